# SPDX-License-Identifier: Apache-2.0
"""The WebSocket integration: events of /APPLICATION[/CHANNEL][?group_id=GROUP] to whoever connects, and nothing back
(RFC 6455, as far as the server of it needs it)."""
import base64
import collections
import contextlib
import hashlib
import json
import socket
import struct
import threading
import time
import urllib.parse

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PING_SECONDS, SILENCE_SECONDS = 5, 30  # the latter is 10 in the cloud, which no busy machine keeps
POLICY = struct.pack("!H", 1008)


class Listener:
    """One connection."""

    def __init__(self, request, application, channel, group, bearer):
        self.socket, self.file = request.connection, request.rfile
        self.application, self.channel, self.group, self.bearer = application, channel, group, bearer
        self.sending, self.heard = threading.Lock(), time.monotonic()

    def send(self, kind, data):
        size = len(data)
        head = bytes([size]) if size < 126 else struct.pack("!BH", 126, size) if size < 1 << 16 else \
            struct.pack("!BQ", 127, size)
        with self.sending, contextlib.suppress(OSError):
            self.socket.sendall(bytes([0x80 | kind]) + head + data)

    def exactly(self, count):
        data = self.file.read(count)
        if len(data) < count:
            raise ConnectionResetError("the client is gone")
        return data

    def receive(self):
        """(kind, data) of the next frame, which the client has masked."""
        first, second = self.exactly(2)
        size = second & 127
        if size > 125:
            [size] = struct.unpack("!H" if size == 126 else "!Q", self.exactly(2 if size == 126 else 8))
        assert second & 128 and size < 1 << 16, "an unmasked frame, or a huge one"
        mask = self.exactly(4)
        return first & 15, bytes(byte ^ mask[place % 4] for place, byte in enumerate(self.exactly(size)))

    def end(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


class Sockets:
    """Asks is_allowed(header) for each connection, and again for a token of the OpenID provider's."""

    def __init__(self, is_allowed):
        self.is_allowed = is_allowed
        self.lock = threading.Lock()
        self.listeners = []
        self.refused = 0
        self.ended = collections.Counter()  # why the server ended connections
        self.sent = 0

    def publish(self, event):
        with self.lock:
            wanted = [each for each in self.listeners if each.application == event["application"]
                      and each.channel in (None, event["subject"])]
            of_groups = {each.group: each for each in wanted if each.group is not None}
        for each in [each for each in wanted if each.group is None] + list(of_groups.values()):
            each.send(TEXT, json.dumps(event).encode())
            self.sent += 1

    def cut(self):
        with self.lock:
            for each in self.listeners:
                each.end()

    def serve(self, request):
        """Takes a request with an Upgrade over, until its connection ends."""
        path, _, query = request.path.partition("?")
        header = request.headers.get("Authorization")
        if not self.is_allowed(header):
            self.refused += 1
            request.wfile.write(b"HTTP/1.1 403 -\r\nContent-Length: 0\r\n\r\n")
            return
        names = [urllib.parse.unquote(each) for each in path.strip("/").split("/")]
        bearer = header if header.startswith("Bearer ") else None
        listener = Listener(request, names[0], names[1] if len(names) > 1 else None,
                            dict(urllib.parse.parse_qsl(query)).get("group_id"), bearer)
        key = base64.b64encode(hashlib.sha1((request.headers["Sec-WebSocket-Key"] + GUID).encode()).digest()).decode()
        request.wfile.write(f"HTTP/1.1 101 -\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            f"Sec-WebSocket-Accept: {key}\r\n\r\n".encode())
        with self.lock:
            self.listeners.append(listener)
        ends = threading.Event()
        watcher = threading.Thread(target=self.watch, args=[listener, ends], daemon=True)
        watcher.start()
        try:
            with contextlib.suppress(OSError):
                self.listen(listener)
        finally:
            with self.lock:
                self.listeners.remove(listener)
            ends.set()
            watcher.join()

    def listen(self, listener):
        while True:
            kind, data = listener.receive()
            listener.heard = time.monotonic()
            if kind == CLOSE:
                return
            if kind == PING:
                listener.send(PONG, data)
            elif kind != PONG and not self.is_renewed(listener, data):
                self.end(listener, "it spoke")
                return

    def is_renewed(self, listener, data):
        """Whether a client showed the next token; there is nothing else that it may say."""
        try:
            header = "Bearer " + json.loads(data)["RefreshAccessToken"]
        except (ValueError, KeyError, TypeError):
            return False
        if listener.bearer is None or not self.is_allowed(header):
            return False
        listener.bearer = header
        return True

    def watch(self, listener, ends):
        while not ends.wait(PING_SECONDS):
            listener.send(PING, b"")
            if listener.bearer is not None and not self.is_allowed(listener.bearer):
                self.end(listener, "its token ended")
            elif time.monotonic() - listener.heard > SILENCE_SECONDS:
                self.end(listener, "it was silent")

    def end(self, listener, why):
        self.ended[why] += 1
        listener.send(CLOSE, POLICY)
        listener.end()
