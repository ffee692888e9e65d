# SPDX-License-Identifier: Apache-2.0
"""The one turn that is measured: a device that asks for the first block, whatever it got before."""
import base64
import socket

BLOCK = 512
# {0: "1.0.0", 1: 512, 3: {0: "1.0.1", 1: 0}}: always the first block, so each answer is as long as the other
STATUS = bytes.fromhex("a30045312e302e3001190200" "03a20045312e302e310100")
ANSWER = BLOCK + 18  # a write with a version of five bytes at offset 0
APPLICATION, PASSWORD = "bench", "secret"
WHO = base64.b64encode(f"d@{APPLICATION}:{PASSWORD}".encode()).decode()


def request():
    return (f"POST /v1/dfu HTTP/1.1\r\nHost: a\r\nAuthorization: Basic {WHO}\r\n"
            f"Content-Length: {len(STATUS)}\r\n\r\n").encode() + STATUS


def ask(port):
    """A connection that is kept, and the answer to one request on it."""
    link = socket.create_connection(("127.0.0.1", port), timeout=10)
    link.sendall(request())
    return link, link.recv(4096)


def has_block(port):
    link, answer = ask(port)
    link.close()
    return answer.startswith(b"HTTP/1.1 200") and len(answer) > ANSWER
