# SPDX-License-Identifier: Apache-2.0
"""A reverse proxy that counts what goes to hawkBit, and can be told to be away, as a server that is down."""
import contextlib
import http.client
import http.server
import threading

from support.hawkbit.ddi import kind_of
from support.hawkbit.fake import PATH

OWN = {"connection", "keep-alive", "transfer-encoding", "content-length", "server", "date"}


class CountingProxy:
    def __init__(self, port):
        self.upstream, self.lock, self.log, self.is_away = port, threading.Lock(), [], False
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def note(self, method, path):
        found = PATH.match(path)
        if found is not None:
            with self.lock:
                self.log.append((method, kind_of(found.group(3) or ""), found.group(2)))

    def count(self, kind, method=None, controllers=None):
        with self.lock:
            return sum(1 for how, what, who in self.log
                       if what == kind and method in (None, how) and (controllers is None or who in controllers))

    def ask(self, method, path, headers, body):
        """hawkBit's answer: status, headers, body. The Host of the request stays, so links lead here."""
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()


def handler_of(proxy):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version, disable_nagle_algorithm, timeout = "HTTP/1.1", True, 60

        def serve(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if proxy.is_away:
                self.close_connection = True
                return
            proxy.note(self.command, self.path)
            status, headers, data = proxy.ask(self.command, self.path, dict(self.headers), body)
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in OWN:
                    self.send_header(name, value)
            if status not in (204, 304):
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_PUT = do_POST = serve

        def log_message(self, *_):
            pass

    return Handler
