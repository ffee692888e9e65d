# SPDX-License-Identifier: Apache-2.0
"""A server of files that is not hawkBit: another origin, which must not see hawkBit's token."""
import http.server
import threading


class Cdn:
    def __init__(self, data):
        self.data, self.status, self.authorizations = data, 200, []
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/app.bin?signature=c0ffee"
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()


def handler_of(cdn):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version, disable_nagle_algorithm = "HTTP/1.1", True

        def do_GET(self):
            cdn.authorizations.append(self.headers.get("Authorization"))
            self.send_response(cdn.status)
            self.send_header("Content-Length", str(len(cdn.data)))
            self.end_headers()
            self.wfile.write(cdn.data)

        def log_message(self, *_):
            pass

    return Handler
