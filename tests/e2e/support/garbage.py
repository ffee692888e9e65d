# SPDX-License-Identifier: Apache-2.0
"""A flood of what no device says, from an address of its own, bounded in number."""
import random
import socket
import threading

FROM = "127.0.0.2"
WHOLE = b"POST /v1/dfu?ct=30 HTTP/1.1\r\nHost: x\r\nContent-Type: application/cbor\r\nContent-Length: 16\r\n\r\n"


def half_a_request(chance):
    return WHOLE[:chance.randrange(1, len(WHOLE))]


def a_request_with_a_body_that_is_none(chance):
    return WHOLE + chance.randbytes(16)


def a_header_without_an_end(chance):
    return b"POST /v1/dfu HTTP/1.1\r\n" + b"X: y\r\n" * chance.randrange(1, 4000)


def a_body_that_is_too_long(chance):
    return WHOLE.replace(b"16", b"999999999999") + chance.randbytes(1000)


def bytes_by_chance(chance):
    return chance.randbytes(chance.randrange(1, 2000))


STREAMS = [half_a_request, a_request_with_a_body_that_is_none, a_header_without_an_end, a_body_that_is_too_long,
           bytes_by_chance]


class Streams:
    """Sends to a TCP port; some connections stay open for a while and say nothing more."""

    def __init__(self, port):
        self.port, self.lingering = port, []

    def send(self, chance):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=5, source_address=(FROM, 0))
        self.lingering.append(connection)
        connection.settimeout(0.2)
        try:
            connection.sendall(chance.choice(STREAMS)(chance))
        finally:
            if chance.random() < 0.7 or len(self.lingering) > 50:
                self.close()

    def close(self):
        for connection in self.lingering:
            connection.close()
        self.lingering.clear()


class Datagrams:
    """Sends to a UDP port what `make` makes."""

    def __init__(self, port, make):
        self.port, self.make = port, make
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((FROM, 0))

    def send(self, chance):
        self.socket.sendto(self.make(chance), ("127.0.0.1", self.port))

    def close(self):
        self.socket.close()


class Flood:
    """Each of a few threads has a sender of its own and sends garbage until `end`, but at most `count` pieces."""

    def __init__(self, make_sender, count=25000, threads=4):
        self.count, self.sent, self.lock, self.stopping = count, 0, threading.Lock(), threading.Event()
        self.threads = [threading.Thread(target=self.run, args=[make_sender(), random.Random(seed)])
                        for seed in range(threads)]
        for thread in self.threads:
            thread.start()

    def run(self, sender, chance):
        for _ in range(self.count):
            if self.stopping.is_set():
                break
            self.send(sender, chance)
        sender.close()

    def send(self, sender, chance):
        try:
            sender.send(chance)
        except OSError:  # the server closed, as it should
            pass
        with self.lock:
            self.sent += 1

    def end(self):
        """How many pieces were sent."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        return self.sent
