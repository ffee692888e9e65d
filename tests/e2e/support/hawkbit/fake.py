# SPDX-License-Identifier: Apache-2.0
"""A hawkBit for what a real one does not do on demand: DDI on a free port, and `spoil` to make it answer wrongly."""
import collections
import contextlib
import http.server
import re
import sys
import threading
import urllib.parse

from support.hawkbit import ddi
from support.hawkbit.actions import Artifact, Chunk, Controllers, Refusal

TENANT, TOKEN = "DEFAULT", "s3cret"
PATH = re.compile(r"/([^/]+)/controller/v1/([^/?]+)(/[^?]*)?(?:\?.*)?$")


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # who asked is gone
            super().handle_error(request, client_address)


class Fake:
    """`origin` is what the operator writes; `log` has (method, kind, controller, authorization) of each request, `told`
    the kind and body of each that tells something, and `ranges` what each for an artifact wants: None is all of it."""

    def __init__(self, tenants=((TENANT, TOKEN),), sleep="00:00:01", quota=1000):
        self.tokens, self.sleep, self.quota = dict(tenants), sleep, quota
        self.tenants = {name: Controllers() for name in self.tokens}
        self.lock, self.log, self.told, self.ranges, self.faults = threading.RLock(), [], [], [], {}
        self.http = Server(("127.0.0.1", 0), handler_of(self), bind_and_activate=False)
        self.http.request_queue_size, self.http.daemon_threads = 1024, True
        self.http.server_bind()
        self.http.server_activate()
        self.origin = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def deploy(self, controller, data=b"", version="1.0.1", tenant=TENANT, chunks=None, **options):
        """One action whose one chunk has one artifact, or the given chunks."""
        with self.lock:
            return self.tenants[tenant].deploy(controller, chunks or [Chunk([Artifact(data)], version)],
                                               quota=self.quota, **options)

    def spoil(self, kind, fault, controller=None, times=None):
        """Requests of a kind get `fault(handler, answer)` instead, so many times or until `heal`."""
        with self.lock:
            self.faults[kind, controller] = [fault, times]

    def heal(self):
        with self.lock:
            self.faults.clear()

    def count(self, kind, method=None, controller=None):
        with self.lock:
            return sum(1 for how, what, who, _ in self.log
                       if what == kind and method in (None, how) and controller in (None, who))

    def counts(self):
        with self.lock:
            return collections.Counter(what for _, what, _, _ in self.log)

    def fault_for(self, kind, controller):
        with self.lock:
            entry = self.faults.get((kind, controller)) or self.faults.get((kind, None))
            if entry is None or entry[1] == 0:
                return None
            if entry[1] is not None:
                entry[1] -= 1
            return entry[0]

    def answer(self, method, path, headers, body):
        """(fault or None, answer) of one request."""
        found = PATH.match(path)
        if found is None:
            return None, ddi.Answer(404)
        tenant, controller, rest = found.group(1).upper(), urllib.parse.unquote(found.group(2)), found.group(3) or ""
        kind = ddi.kind_of(rest)
        with self.lock:
            self.log.append((method, kind, controller, headers.get("Authorization")))
            if method != "GET":
                self.told.append((kind, body))
            elif kind == "artifact":
                self.ranges.append(headers.get("Range"))
        fault = self.fault_for(kind, controller)
        if fault is not None and method != "GET":
            return fault, ddi.Answer(200)  # nothing came of it
        return fault, self.good_answer(tenant, controller, method, rest, headers, body)

    def good_answer(self, tenant, controller, method, rest, headers, body):
        with self.lock:
            shown = headers.get("Authorization")
            if tenant not in self.tokens or shown != f"GatewayToken {self.tokens[tenant]}":
                return ddi.Answer(401)
            base = f"http://{headers['Host']}/{tenant}/controller/v1/{controller}"
            try:
                return ddi.respond(self.tenants[tenant], self.sleep, controller, method, rest, base, headers, body)
            except Refusal as refusal:
                return ddi.refusal_of(refusal)


def handler_of(fake):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version, disable_nagle_algorithm, timeout = "HTTP/1.1", True, 60

        def serve(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fault, answer = fake.answer(self.command, self.path, self.headers, body)
            with contextlib.suppress(OSError):  # who asked is gone
                if fault is None:
                    self.tell(answer)
                else:
                    fault(self, answer)

        do_GET = do_PUT = do_POST = serve

        def tell(self, answer):
            kind = "application/octet-stream" if answer.document is None else "application/hal+json"
            self.begin(answer.status, {"Content-Type": kind, "Content-Length": len(answer.data), **answer.headers})
            self.wfile.write(answer.data)

        def begin(self, status, headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, str(value))
            self.end_headers()

        def log_message(self, *_):
            pass

    return Handler
