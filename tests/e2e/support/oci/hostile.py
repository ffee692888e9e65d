# SPDX-License-Identifier: Apache-2.0
"""A small OCI registry that is right until a repository of it is spoilt. No real one gives such answers on demand."""
import http.server
import json
import re
import socket
import threading

from support.oci.push import EMPTY, MANIFEST, OCTETS, TITLE, VERSION, describe, digest_of

ROUTE = re.compile(r"/v2/(?P<repository>.+)/(?P<kind>manifests|blobs|tags|referrers)/(?P<reference>[^/?]+)")
ENDLESS = 64 << 20  # nobody waits for the end of this


class Exchange:
    """One request, and how to answer it."""

    def __init__(self, handler, kind, reference):
        self.handler, self.kind, self.reference, self.method = handler, kind, reference, handler.command
        self.headers = handler.headers

    @property
    def authority(self):
        return "127.0.0.1:%d" % self.handler.server.server_port

    def say(self, status, body=b"", media_type="application/json", length=None, **headers):
        """An answer; `length` is what it claims to have."""
        data = body if isinstance(body, bytes) else body.encode()
        self.handler.send_response_only(status)
        claimed = {"Content_Type": media_type, "Content_Length": str(len(data) if length is None else length)}
        for name, value in {**claimed, **headers}.items():
            if value is not None:
                self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        if self.method != "HEAD":
            self.handler.wfile.write(data)
        if length is not None and length != len(data):
            self.handler.close_connection = True
            self.handler.wfile.flush()
            self.handler.connection.shutdown(socket.SHUT_WR)

    def say_endlessly(self, piece, status=200, media_type=OCTETS, **headers):
        """A body without a length, that ends when nobody listens any more."""
        self.say(status, b"", media_type, Content_Length=None, **headers)
        self.handler.close_connection = True
        for _ in range(ENDLESS // len(piece) if self.method != "HEAD" else 0):
            self.handler.wfile.write(piece)

    def say_raw(self, data):
        self.handler.close_connection = True
        self.handler.wfile.write(data)

    def challenge(self, challenge):
        self.say(401, b'{"errors":[{"code":"UNAUTHORIZED"}]}', WWW_Authenticate=challenge)


class Repository:
    """What a repository has; `on[kind]` answers in its place."""

    def __init__(self, name, image, version):
        self.name, self.image, self.version = name, image, version
        self.restore()

    def restore(self):
        """All is right again."""
        self.manifests, self.blobs, self.on = {}, {}, {}
        self.layer = self.blob(self.image, OCTETS, annotations={TITLE: "firmware.bin"})
        self.manifest = {
            "schemaVersion": 2, "mediaType": MANIFEST, "artifactType": "application/vnd.ajour.firmware.v1",
            "config": self.blob(b"{}", EMPTY), "layers": [self.layer], "annotations": {VERSION: self.version}}
        self.push(self.manifest)
        self.push(self.manifest, reference=self.version)

    def blob(self, data, media_type=OCTETS, **more):
        descriptor = describe(data, media_type, **more)
        self.blobs[descriptor["digest"]] = data
        return descriptor

    def push(self, manifest, media_type=MANIFEST, reference="1"):
        """Stores a manifest, or bytes that are none, at a tag and at its digest; the digest."""
        data = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
        self.manifests[reference] = self.manifests[digest_of(data)] = (data, media_type)
        return digest_of(data)

    def push_layer(self, **changes):
        """The right manifest, but for its layer."""
        self.push({**self.manifest, "layers": [{**self.layer, **changes}]})

    def answer(self, exchange):
        spoilt = self.on.get(exchange.kind)
        if spoilt is not None:
            return spoilt(exchange)
        return self.answer_well(exchange)

    def answer_well(self, exchange):
        if exchange.kind == "manifests" and exchange.reference in self.manifests:
            data, media_type = self.manifests[exchange.reference]
            return exchange.say(200, data, media_type, Docker_Content_Digest=digest_of(data))
        if exchange.kind == "blobs" and exchange.reference in self.blobs:
            return exchange.say(200, self.blobs[exchange.reference], OCTETS)
        if exchange.kind == "tags":
            return exchange.say(200, json.dumps({"name": self.name, "tags": ["1", self.version]}))
        return exchange.say(404, '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"not here"}]}')


class HostileRegistry:
    def __init__(self):
        self.repositories, self.seen = {}, []
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                try:
                    registry.answer(self)
                except OSError:  # who asked has heard enough
                    self.close_connection = True
            do_HEAD = do_POST = do_GET

            def log_message(self, *_):
                pass
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.handle_error = lambda *_: None  # who asked has heard enough here too
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def authority(self):
        return f"127.0.0.1:{self.http.server_port}"

    @property
    def url(self):
        return f"http://{self.authority}"

    def add(self, name, image, version):
        self.repositories[name] = Repository(name, image, version)
        return self.repositories[name]

    def answer(self, handler):
        self.seen.append((handler.command, handler.path, handler.headers.get("Authorization")))
        found = ROUTE.match(handler.path)
        if found is None:  # a token server, or where a redirect went: /NAME/...
            name, _, kind = handler.path.lstrip("/").split("?")[0].partition("/-/")
        else:
            name, kind = found["repository"], found["kind"]
        repository = self.repositories.get(name)
        exchange = Exchange(handler, kind, found["reference"] if found else "")
        if repository is None:
            return exchange.say(404)
        return repository.answer(exchange)

    def close(self):
        self.http.shutdown()
        self.http.server_close()
