# SPDX-License-Identifier: Apache-2.0
"""A Drogue Cloud for tests: registry, device endpoint, TTN webhook, command API, token endpoint, WebSocket integration
and the network behind them on one HTTP port, and the MQTT integration on a real mosquitto behind a gate."""
import base64
import collections
import hmac
import http.server
import json
import queue
import socket
import threading
import urllib.parse
import urllib.request

from support.drogue import events
from support.drogue.gate import Gate
from support.drogue.integration import Integration
from support.drogue.objects import BASE, FORBIDDEN, NOT_FOUND, Objects
from support.drogue.sockets import Sockets

USER, TOKEN = "ajour", "drg_token"
CLIENT, SECRET = "ajour-client", "client secret"
COMMANDS = "/api/command/v1alpha1/apps/"
NO_DEVICE = 403, {"code": 403, "error": "AuthenticationError", "message": "Authentication failed"}


def basic(header):
    """(user, password) of an Authorization header; None when it is not one of those."""
    kind, _, text = (header or "").partition(" ")
    if kind != "Basic":
        return None
    user, _, password = base64.b64decode(text).decode().partition(":")
    return user, password


class Cloud:
    def __init__(self, broker):
        self.objects = Objects()
        self.broker = broker
        self.passwords = {USER: TOKEN}   # access tokens
        self.bearers = set()             # tokens of the OpenID provider
        self.tokens_given = 0
        self.patience_max = 90           # seconds that a device waits for a command at most, whatever it asks for
        self.is_registry_away = False    # its every answer is 503
        self.named = {}                  # what it says otherwise of where its parts are; None: it does not
        self.hangs = threading.Event()   # the registry takes requests and answers none
        self.hanging = 0                 # of these, how many
        self.command_answers = []        # what the command API says to the next ones, instead of taking them
        self.command_statuses = collections.Counter()  # its answers
        self.waiters = collections.defaultdict(list)
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.blocks = 0                  # commands that devices got
        self.downlinks = collections.defaultdict(queue.Queue)  # by device, of the network behind
        self.http = Server(self)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.integration = Integration(broker.port, self.take_command)
        self.gate = Gate(broker.port, self.lets_in)
        self.sockets = Sockets(self.is_allowed)
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self.ended.set()
        self.gate.close()
        self.sockets.cut()
        self.integration.close()
        self.http.shutdown()
        self.http.server_close()

    # What an operator does.

    def add_devices(self, application, names, password, firmware=None):
        self.objects.put_object(application, spec={"firmware": firmware} if firmware else None)
        for name in names:
            self.objects.put_object(application, name, self.spec_of(password))

    @staticmethod
    def spec_of(password):
        return {"authentication": {"credentials": [{"pass": password}]}}

    def add_gateway(self, application, name, password):
        """One of The Things Network, whose API is this server's too."""
        external = {"type": "ttnv3", "url": f"{self.url}/network/devices", "headers": {"Authorization": "Bearer key"}}
        self.objects.put_object(application, name, {**self.spec_of(password),
                                                    "commands": {"commands": [{"external": external}]}})

    def settings(self, **more):
        """What the server is told about it: `serve(**cloud.settings())`."""
        return {"ajour__registry": "drogue", "registry__drogue__url": self.url, "registry__drogue__plain": "true",
                "registry__drogue__user": USER, "registry__drogue__token": TOKEN,
                "registry__drogue__pause__max": "2s", "transport__drogue__server": self.gate.url,
                "transport__drogue__user": USER, "transport__drogue__token": TOKEN,
                "transport__drogue__api": self.url, "transport__drogue__plain": "true",
                "transport__drogue__reconnect__min": "100ms",
                "transport__drogue__reconnect__max": "500ms", **more}

    def websocket_settings(self, **more):
        """The same without MQTT."""
        return {**self.settings(), "transport__drogue__server": "", "transport__drogue__input": "websocket",
                "transport__drogue__websocket__url": f"ws://127.0.0.1:{self.http.server_port}/",
                "transport__drogue__commands": "http", **more}

    def revoke(self, user):
        """His access token counts no more, and who is connected by it is cut off."""
        del self.passwords[user]
        self.gate.cut()
        self.sockets.cut()

    # What it does.

    def publish(self, event):
        self.integration.publish(event)
        self.sockets.publish(event)

    def is_allowed(self, header):
        if header and header.startswith("Bearer "):
            return header[7:] in self.bearers
        shown = basic(header)
        return shown is not None and self.passwords.get(shown[0]) == shown[1]

    def endpoints(self):
        """Where its parts are, as it says to everybody."""
        return {"api": self.url, "registry": {"url": self.url}, "command_url": self.url, "http": {"url": self.url},
                "issuer_url": f"{self.url}/realms/drogue", "sso": self.url, "local_certs": False,
                "mqtt_integration": {"host": "127.0.0.1", "port": self.gate.port},
                "websocket_integration": {"url": f"ws://127.0.0.1:{self.http.server_port}"}}

    def lets_in(self, user, password):
        """Whether a client of MQTT may; a user or a password alone is a token of the OpenID provider's."""
        if user is None or password is None:
            return (user or password) in self.bearers
        return self.passwords.get(user) == password

    def give_token(self, header):
        if basic(header) != (CLIENT, urllib.parse.quote(SECRET, safe="")):
            return 401, {"error": "invalid_client"}
        self.tokens_given += 1
        token = f"token-{self.tokens_given}"
        self.bearers.add(token)
        return 200, {"access_token": token, "expires_in": 300, "token_type": "Bearer"}

    def authenticate(self, header):
        """(application, device) of who shows the right password."""
        shown = basic(header)
        if shown is None or "@" not in shown[0]:
            return None
        device, application = shown[0].split("@", 1)
        spec = self.objects.spec(application, urllib.parse.unquote(device))
        for each in spec.get("authentication", {}).get("credentials", []):
            if hmac.compare_digest(str(each.get("pass")), shown[1]):
                return application, urllib.parse.unquote(device)
        return None

    def take_message(self, sender, channel, query, content_type, body):
        """A device's message; (status, headers, body) with the command that came within ct."""
        application, name = sender
        try:
            data = events.data_of(content_type, body)
            patience = min(int(query.get("ct", query.get("commandTimeout", 0))), self.patience_max)
        except ValueError:
            return 406, {}, b""
        device = query.get("as", name)
        waiter = queue.Queue()
        with self.lock:
            self.waiters[application, name].append(waiter)
        try:
            self.publish(events.event(application, device, name, channel, data))
            command, payload = waiter.get(timeout=patience) if patience else (None, None)
        except queue.Empty:
            command = None
        finally:
            with self.lock:
                self.waiters[application, name].remove(waiter)
        return (202, {}, b"") if command is None else (200, {"command": command}, payload)

    def take_uplink(self, sender, body):
        """A webhook of The Things Network, v3."""
        uplink = json.loads(body)
        if "uplink_message" not in uplink:
            return 400, {}, b""
        device = uplink["end_device_ids"]["device_id"]
        data = {"datacontenttype": "application/json", "data": uplink}
        port = str(uplink["uplink_message"].get("f_port", 0))
        self.publish(events.event(*[sender[0], device, sender[1], port, data], lorawanport=port))
        return 202, {}, b""

    def take_command(self, application, device, command, payload):
        """The answer that the HTTP command API gives; by MQTT nobody hears it."""
        spec = self.objects.spec(application, device)
        if not self.objects.has(application, device) or not self.is_enabled(spec):
            return 406
        targets = [device, *spec.get("gatewaySelector", {}).get("matchNames", [])]
        for name in targets[1:]:
            commands = self.objects.spec(application, name).get("commands", {}).get("commands", [])
            if commands and "external" in commands[-1]:
                return self.send_downlink(commands[-1]["external"], device, command, payload)
        for name in targets:
            with self.lock:
                waiting = self.waiters.get((application, name), [])
                self.blocks += 1 if waiting else 0
                for each in waiting:  # also one whose device has hung up, so that it is nobody else's loss
                    each.put((command, payload))
        return 202

    @staticmethod
    def is_enabled(spec):
        """The cloud's own reading: an object with spec.core counts as enabled only when that says disabled."""
        core = spec.get("core")
        return core is None or core.get("disabled") is True

    def send_downlink(self, external, device, command, payload):
        port = int(command[5:]) if command.startswith("port:") else 1
        body = {"downlinks": [{"f_port": port, "frm_payload": base64.b64encode(payload).decode()}]}
        request = urllib.request.Request(f"{external['url']}/{urllib.parse.quote(device, safe='')}/down/replace",
                                         json.dumps(body).encode(), external.get("headers", {}))
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return 200 if answer.status == 200 else 406
        except OSError:
            return 406

    def answer_command(self, path, query, body):
        """As the command API does, whose 202 says only that it was passed on."""
        application, _, device = path[len(COMMANDS):].split("/")
        if self.command_answers:
            status, headers = self.command_answers.pop(0)
        else:
            status, headers = self.take_command(urllib.parse.unquote(application), urllib.parse.unquote(device),
                                                query["command"], body), {}
        self.command_statuses[status] += 1
        return status, headers, b""

    # Who asks what.

    def answer(self, request, body):
        """(status, headers, body) of any request."""
        path, _, text = request.path.partition("?")
        query, header = dict(urllib.parse.parse_qsl(text)), request.headers.get("Authorization")
        if path == "/.well-known/drogue-endpoints":
            return (503, {}, b"") if self.named is None else encoded(200, {**self.endpoints(), **self.named})
        if path == "/realms/drogue/.well-known/openid-configuration":
            return encoded(200, {"issuer": f"{self.url}/realms/drogue", "token_endpoint": f"{self.url}/token"})
        if path == "/token":
            return encoded(*self.give_token(header))
        if path.startswith("/v1/") or path == "/ttn/v3":
            sender = self.authenticate(header)
            if sender is None:
                return encoded(*NO_DEVICE)
            if path == "/ttn/v3":
                return self.take_uplink(sender, body)
            return self.take_message(sender, path.split("/")[2], query, request.headers.get("Content-Type"), body)
        if path.startswith("/network/devices/"):
            [downlink] = json.loads(body)["downlinks"]
            self.downlinks[urllib.parse.unquote(path.split("/")[3])].put(downlink)
            return 200, {}, b""
        if not self.is_allowed(header):
            with self.objects.lock:
                self.objects.counts[request.command, "refused"] += 1
            return encoded(*FORBIDDEN)
        if path.startswith(COMMANDS):
            return self.answer_command(path, query, body)
        if path.startswith(BASE) and self.hangs.is_set():
            self.hanging += 1
            self.ended.wait()
        if path.startswith(BASE) and self.is_registry_away:
            return 503, {}, b""
        if path.startswith(BASE):
            return encoded(*self.objects.answer(request.command, request.path, body))
        return encoded(*NOT_FOUND)


def encoded(status, value):
    return status, {"Content-Type": "application/json"}, b"" if value is None else json.dumps(value).encode()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, cloud):
        self.cloud = cloud
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request, client_address):
        """Devices are killed in the middle of a request; that is no error of the cloud's."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def serve(self):
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self.close_connection = True
            self.server.cloud.sockets.serve(self)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, answer = self.server.cloud.answer(self, body)
        lines = [f"HTTP/1.1 {status} -", f"Content-Length: {len(answer)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if status == 204:
            del lines[1]
        self.wfile.write("\r\n".join(lines).encode() + b"\r\n\r\n" + answer)

    do_GET = do_POST = do_PUT = do_DELETE = serve

    def log_message(self, *_):
        pass
