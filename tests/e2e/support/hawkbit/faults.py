# SPDX-License-Identifier: Apache-2.0
"""What a server may answer instead of what it should: each is a `fault(handler, answer)` for Fake.spoil."""
import copy
import json
import socket


def status(code, headers=None, body=b"", kind="application/json"):
    """Another status, with or without a body."""
    def fault(handler, _):
        handler.begin(code, {"Content-Type": kind, "Content-Length": len(body), **(headers or {})})
        handler.wfile.write(body)
    return fault


def quota(code):
    body = {"exceptionClass": "org.eclipse.hawkbit.exception", "errorCode": "hawkbit.server.error.quota.tooManyEntries",
            "message": "quota exceeded", "info": {}}
    return status(code, body=json.dumps(body).encode())


def body(data, kind="application/hal+json"):
    """A good status with these bytes."""
    return status(200, body=data, kind=kind)


HTML = body(b"<!DOCTYPE html><html><body>Sign in to the guests' network</body></html>", "text/html")


def changed(change):
    """The good answer, its document changed; `change` may return another."""
    def fault(handler, answer):
        document = copy.deepcopy(answer.document)
        other = change(document)
        handler.tell(type(answer)(answer.status, document if other is None else other))
    return fault


def endless(handler, _):
    """A body that does not end, as long as somebody reads it; at most 1 GiB."""
    handler.close_connection = True
    handler.begin(200, {"Content-Type": "application/hal+json"})
    for _ in range(16384):
        handler.wfile.write(b'{"a":' * 13107)


def cut(handler, answer):
    """Half of the body, and the connection ends."""
    handler.close_connection = True
    handler.begin(answer.status, {"Content-Type": "application/hal+json", "Content-Length": len(answer.data),
                                  **answer.headers})
    handler.wfile.write(answer.data[:len(answer.data) // 2])
    handler.connection.shutdown(socket.SHUT_RDWR)


def longer(handler, answer):
    """A good status and more bytes than there should be."""
    data = answer.data + b"more"
    handler.begin(200, {"Content-Type": "application/octet-stream", "Content-Length": len(data)})
    handler.wfile.write(data)


def flipped(handler, answer):
    """As many bytes as there should be, but not these."""
    data = answer.data[:-1] + bytes([answer.data[-1] ^ 1])
    handler.tell(type(answer)(answer.status, data=data, headers=answer.headers))


def silent(until, seconds=60):
    """Takes the request and says nothing until the event is set."""
    def fault(handler, _):
        handler.close_connection = True
        until.wait(seconds)
    return fault


def trickling(until, seconds=60):
    """A byte of the body now and then."""
    def fault(handler, answer):
        handler.close_connection = True
        handler.begin(answer.status, {"Content-Length": len(answer.data), **answer.headers})
        for byte in answer.data[:int(seconds * 4)]:
            handler.wfile.write(bytes([byte]))
            if until.wait(0.25):
                return
    return fault


def redirecting(location=None):
    """Somewhere else, or to the same place again and again."""
    def fault(handler, _):
        handler.begin(302, {"Location": location or handler.path, "Content-Length": 0})
    return fault


def dropped(handler, _):
    """The connection ends without an answer."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def garbage(handler, _):
    """What is no HTTP at all."""
    handler.close_connection = True
    handler.wfile.write(b"\x00\x01\x02 220 mail.example ESMTP\r\n" * 4)
    handler.connection.shutdown(socket.SHUT_RDWR)
