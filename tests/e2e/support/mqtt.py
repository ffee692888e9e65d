# SPDX-License-Identifier: Apache-2.0
"""MQTT 3.1.1 as far as a device needs it: one connection, QoS 1, no state that outlives it."""
import socket
import struct

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK = 1, 2, 3, 4, 8, 9

NO_KEEP_ALIVE = 0  # whoever only listens may be silent for as long as a test takes


def text(value):
    data = value.encode()
    return struct.pack("!H", len(data)) + data


def length(number):
    digits = bytearray()
    while True:
        number, digit = divmod(number, 128)
        digits.append(digit | (128 if number else 0))
        if not number:
            return bytes(digits)


class Connection:
    """Everything raises OSError when the broker is away or does not answer in time."""

    def __init__(self, port, client_id, user=None, password=None, timeout=20):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.message, self.received = 0, b""
        flags, payload = 2, text(client_id)
        if user is not None:
            flags, payload = flags | 0xC0, payload + text(user) + text(password)
        self.send(CONNECT, 0, text("MQTT") + struct.pack("!BBH", 4, flags, NO_KEEP_ALIVE) + payload)
        if self.await_packet(CONNACK)[1] != 0:
            raise ConnectionRefusedError("the broker refuses")

    def send(self, kind, flags, body):
        self.socket.sendall(bytes([kind << 4 | flags]) + length(len(body)) + body)

    def read(self, count):
        while len(self.received) < count:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionResetError("the broker is gone")
            self.received += piece
        data, self.received = self.received[:count], self.received[count:]
        return data

    def receive(self):
        """(kind, flags, body) of the next packet."""
        first, size, shift = self.read(1)[0], 0, 0
        while True:
            digit = self.read(1)[0]
            size |= (digit & 127) << shift
            shift += 7
            if digit < 128:
                return first >> 4, first & 15, self.read(size)

    def await_packet(self, wanted):
        while True:
            kind, _, body = self.receive()
            if kind == wanted:
                return body

    def next_message(self):
        self.message = self.message % 65535 + 1
        return struct.pack("!H", self.message)

    def subscribe(self, *topics):
        self.send(SUBSCRIBE, 2, self.next_message() + b"".join(text(each) + b"\1" for each in topics))
        self.await_packet(SUBACK)

    def publish(self, topic, payload):
        self.send(PUBLISH, 2, text(topic) + self.next_message() + payload)

    def next_publish(self, timeout):
        """(topic, payload) of the next message, which is acknowledged."""
        self.socket.settimeout(timeout)
        while True:
            message = self.receive_publish()
            if message is not None:
                return message

    def receive_publish(self):
        """(topic, payload) of the next packet, acknowledged; None when that is no message."""
        kind, flags, body = self.receive()
        if kind != PUBLISH:
            return None
        size = struct.unpack("!H", body[:2])[0]
        topic, rest = body[2:2 + size].decode(), body[2 + size:]
        if flags & 6:
            self.send(PUBACK, 0, rest[:2])
            rest = rest[2:]
        return topic, rest

    def shut(self):
        """Ends what another thread waits for here."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it has ended by itself

    def close(self):
        self.socket.close()
