# SPDX-License-Identifier: Apache-2.0
"""Hands out tokens for docker-registry, as its specification of token authentication says; ES256 by openssl."""
import base64
import http.server
import json
import secrets
import ssl
import subprocess
import threading
import time
import urllib.parse

ISSUER, SERVICE = "tokens of the tests", "firmware"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def integers_of(der):
    """The two numbers of a DER signature, as JWS wants them: 32 bytes each."""
    length = der[3]
    first, second = der[4:4 + length], der[6 + length:]
    return b"".join(each.lstrip(b"\0").rjust(32, b"\0") for each in (first, second))


class TokenServer:
    """Who shows the right password may push and pull; `anonymous` is what others may do. `lifetime` is in seconds."""

    def __init__(self, certificates, user, password, anonymous=(), lifetime=300, tls=False):
        self.certificate, self.key = certificates.server, certificates.server_key
        self.user, self.password, self.anonymous, self.lifetime = user, password, list(anonymous), lifetime
        self.asked = []  # what each request asked for: its scopes, and its Authorization
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                server.answer(self)

            def log_message(self, *_):
                pass
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate, self.key)
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.http.server_port}/token"
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    def section(self):
        """What docker-registry must know of it."""
        return {"token": {"realm": self.url, "service": SERVICE, "issuer": ISSUER,
                          "rootcertbundle": str(self.certificate)}}

    def answer(self, handler):
        scopes = urllib.parse.parse_qs(urllib.parse.urlsplit(handler.path).query).get("scope", [])
        shown = handler.headers.get("Authorization")
        self.asked.append((scopes, shown))
        if shown not in (None, self.basic()):
            return self.say(handler, 401, {"details": "incorrect username or password"})
        granted = None if shown else self.anonymous
        access = [self.access_of(scope, granted) for scope in scopes]
        self.say(handler, 200, {"token": self.sign(access), "expires_in": self.lifetime})

    def basic(self):
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    @staticmethod
    def access_of(scope, granted):
        kind, name, actions = scope.split(":")
        return {"type": kind, "name": name,
                "actions": [each for each in actions.split(",") if granted is None or each in granted]}

    @staticmethod
    def say(handler, status, body):
        data = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def sign(self, access):
        """A token for that access."""
        der = ssl.PEM_cert_to_DER_cert(self.certificate.read_text())
        now = int(time.time())
        head = {"typ": "JWT", "alg": "ES256", "x5c": [base64.b64encode(der).decode()]}
        claims = {"iss": ISSUER, "aud": SERVICE, "sub": self.user, "exp": now + self.lifetime, "nbf": now - 10,
                  "iat": now, "jti": secrets.token_hex(8), "access": access}
        signed = ".".join(base64url(json.dumps(each).encode()) for each in (head, claims))
        done = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=signed.encode(),
                              capture_output=True, check=True, timeout=90)
        return f"{signed}.{base64url(integers_of(done.stdout))}"

    def bearer(self, repository):
        """The Authorization of one who may push there."""
        return "Bearer " + self.sign([{"type": "repository", "name": repository, "actions": ["push", "pull"]}])

    def close(self):
        self.http.shutdown()
        self.http.server_close()
