# SPDX-License-Identifier: Apache-2.0
"""What Drogue Cloud's MQTT integration asks of its clients, in front of a broker that asks nothing: that we know who
they are, a clean session, and packets of 16 KiB at most."""
import collections
import contextlib
import socket
import struct
import threading

CONNECT, PUBLISH = 1, 3
PACKET_MAX = 16 * 1024
VERSION_5 = 5
BAD_LOGIN = {4: b"\x20\x02\x00\x04", VERSION_5: b"\x20\x03\x00\x86\x00"}  # CONNACK of 3.1.1 and 5
CLEAN, WILL, PASSWORD, USER = 2, 4, 64, 128                               # flags of CONNECT


class Unwelcome(Exception):
    """A client that is let go, with the bytes that tell it why."""

    def __init__(self, why, answer=b""):
        super().__init__(why)
        self.why, self.answer = why, answer


def packet_size(data):
    """Of the packet at the beginning, its head included; None when that has not come yet."""
    size = 0
    for place in range(1, min(len(data), 5)):
        size |= (data[place] & 127) << 7 * (place - 1)
        if data[place] < 128:
            return size + place + 1
    return None


class Fields:
    """Reads the fields of a packet one after the other."""

    def __init__(self, data):
        self.data, self.place = data, 0

    def take(self, count):
        self.place += count
        return self.data[self.place - count:self.place]

    def number(self, form):
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def text(self):
        return bytes(self.take(self.number("!H"))).decode()

    def skip_properties(self):
        size = shift = 0
        while True:
            digit = self.number("!B")
            size |= (digit & 127) << shift
            shift += 7
            if digit < 128:
                return self.take(size)


class Login:
    """Who a CONNECT says that he is."""

    def __init__(self, packet):
        fields = Fields(packet)
        fields.take(packet_size(packet) - self.body_size(packet))
        fields.text()
        self.version, flags = fields.number("!B"), fields.number("!B")
        fields.number("!H")
        if self.version == VERSION_5:
            fields.skip_properties()
        self.client_id, self.is_clean = fields.text(), bool(flags & CLEAN)
        if flags & WILL:
            raise Unwelcome("a will")
        self.user = fields.text() if flags & USER else None
        self.password = fields.text() if flags & PASSWORD else None

    @staticmethod
    def body_size(packet):
        head = 1
        while packet[head] >= 128:
            head += 1
        return packet_size(packet) - head - 1


class Gate:
    """Asks is_allowed(user, password) at each CONNECT; either may be None."""

    def __init__(self, broker_port, is_allowed):
        self.broker_port, self.is_allowed = broker_port, is_allowed
        self.unwelcome = collections.Counter()  # why clients were let go
        self.largest = 0                        # packet that was let through
        self.lock = threading.Lock()
        self.open = set()                       # sockets
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return f"mqtt://127.0.0.1:{self.port}"

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.cut()

    def cut(self):
        """Ends all connections; who is allowed may come again."""
        with self.lock:
            for each in self.open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self.serve, args=[self.listener.accept()[0]], daemon=True).start()

    def serve(self, client):
        with client, contextlib.suppress(OSError):
            try:
                first = self.first_packet(client)
                with socket.create_connection(("127.0.0.1", self.broker_port)) as broker:
                    self.join(client, broker, first)
            except Unwelcome as reason:
                with self.lock:
                    self.unwelcome[reason.why] += 1
                client.sendall(reason.answer)

    def join(self, client, broker, first):
        for each in (client, broker):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self.lock:
            self.open |= {client, broker}
        back = threading.Thread(target=self.copy, args=[broker, client], daemon=True)
        back.start()
        try:
            self.pass_on(client, broker, first)
        finally:
            with self.lock:
                self.open -= {client, broker}
            with contextlib.suppress(OSError):
                broker.shutdown(socket.SHUT_RDWR)
            back.join()

    def first_packet(self, client):
        """What has come, of which the first packet is whole and a welcome CONNECT."""
        data = bytearray()
        while (size := packet_size(data)) is None or len(data) < size:
            if size is not None and size > PACKET_MAX:
                raise Unwelcome("too large")
            data += self.received(client)
        if data[0] >> 4 != CONNECT:
            raise Unwelcome("no CONNECT")
        login = Login(bytes(data))
        if not login.is_clean:
            raise Unwelcome("no clean session")
        if not self.is_allowed(login.user, login.password):
            raise Unwelcome("login", BAD_LOGIN[login.version])
        return data

    @staticmethod
    def received(client):
        piece = client.recv(1 << 16)
        if not piece:
            raise ConnectionResetError("the client is gone")
        return piece

    def pass_on(self, client, broker, data):
        """Whole packets, as long as none is too large."""
        while True:
            whole = self.whole_packets(data)
            broker.sendall(data[:whole])
            del data[:whole]
            data += self.received(client)

    def whole_packets(self, data):
        """How many bytes of the data are whole packets."""
        place = 0
        while (size := packet_size(data[place:place + 5])) is not None:
            if size > PACKET_MAX:
                raise Unwelcome("too large")
            if place + size > len(data):
                break
            self.largest = max(self.largest, size)
            place += size
        return place

    @staticmethod
    def copy(broker, client):
        with contextlib.suppress(OSError):
            while piece := broker.recv(1 << 16):
                client.sendall(piece)
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
