# SPDX-License-Identifier: Apache-2.0
"""Stands between Ajour and a server: passes on what is asked and answered, remembers it, and cuts bodies short when
it is told to."""
import http.client
import http.server
import threading

PIECE = 16 * 1024
NOT_PASSED_ON = {"connection", "transfer-encoding", "keep-alive"}


class Passed:
    """One request and what became of it."""

    def __init__(self, method, path, headers):
        self.method, self.path, self.headers = method, path, {name.lower(): value for name, value in headers}
        self.status, self.sent = None, 0

    @property
    def range(self):
        return self.headers.get("range", "")

    def __repr__(self):
        return f"{self.method} {self.path} {self.range} -> {self.status}, {self.sent} bytes"


class Relay:
    """`cut` is asked for each answer how many bytes of its body may pass, None for all; the connection ends then."""

    def __init__(self, port):
        self.upstream, self.passed, self.cut = port, [], lambda passed: None
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                relay.pass_on(self)
            do_HEAD = do_GET

            def log_message(self, *_):
                pass
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def authority(self):
        return f"127.0.0.1:{self.http.server_port}"

    @property
    def url(self):
        return f"http://{self.authority}"

    def requests(self, method, part):
        """Those with `part` in their path, in order."""
        return [each for each in list(self.passed) if each.method == method and part in each.path]

    def pass_on(self, handler):
        passed = Passed(handler.command, handler.path, handler.headers.items())
        self.passed.append(passed)
        upstream = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=90)
        try:
            upstream.request(handler.command, handler.path, headers=dict(handler.headers.items()))
            self.answer(handler, upstream.getresponse(), passed)
        except (OSError, http.client.HTTPException):
            handler.close_connection = True
        finally:
            upstream.close()

    def answer(self, handler, answer, passed):
        passed.status = answer.status
        handler.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in NOT_PASSED_ON:
                handler.send_header(name, value)
        handler.end_headers()
        allowed = self.cut(passed)
        while piece := answer.read(PIECE):
            if allowed is not None and passed.sent + len(piece) > allowed:
                handler.wfile.write(piece[:allowed - passed.sent])
                passed.sent = allowed
                handler.close_connection = True
                return
            handler.wfile.write(piece)
            passed.sent += len(piece)
        handler.close_connection = True  # which is how one learns that the server ended in mid-answer

    def close(self):
        self.http.shutdown()
        self.http.server_close()
