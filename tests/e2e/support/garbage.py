# SPDX-License-Identifier: Apache-2.0
"""A flood of what no device says, from an address of its own, bounded in number."""
import random
import socket
import threading
import time

from support import coap, mqtt

FROM = "127.0.0.2"
PAUSE = 0.001  # what overflows the socket's buffer is never seen
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


def a_request(chance):
    """One that is fine but for its credential."""
    options = [(coap.URI_PATH, b"v1"), (coap.URI_PATH, b"dfu"), (coap.CONTENT_FORMAT, b"\x3c"),
               (coap.AUTHORIZATION, b"Basic " + chance.randbytes(20))]
    return coap.encode(coap.CONFIRMABLE, coap.POST, chance.randrange(65536), chance.randbytes(4), options,
                       chance.randbytes(30))


def a_truncated_datagram(chance):
    data = a_request(chance)
    return data[:chance.randrange(len(data))]


def a_datagram_with_wrong_bytes(chance):
    data = bytearray(a_request(chance))
    for _ in range(chance.randrange(1, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def the_first_block_of_many(chance):
    options = [(coap.URI_PATH, b"v1"), (coap.URI_PATH, b"dfu"), (coap.BLOCK1, b"\x0e")]
    return coap.encode(coap.CONFIRMABLE, coap.POST, chance.randrange(65536), chance.randbytes(8), options, bytes(1024))


DATAGRAMS = [a_truncated_datagram, a_datagram_with_wrong_bytes, the_first_block_of_many, bytes_by_chance]


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
    """Sends to a UDP port."""

    def __init__(self, port):
        self.port = port
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((FROM, 0))

    def send(self, chance):
        self.socket.sendto(chance.choice(DATAGRAMS)(chance), ("127.0.0.1", self.port))

    def close(self):
        self.socket.close()


class Publishes:
    """A device that the broker knows publishes what no device says, where it may."""

    def __init__(self, broker, application, name, password):
        self.connection = mqtt.Connection(broker.port, "", f"{application}/{name}", password)
        self.topics = [f"ajour/{application}/{name}/dfu", f"ajour/{application}/{name}/as/device-1/dfu"]

    def send(self, chance):
        topic, payload = chance.choice(self.topics), bytes_by_chance(chance)
        self.connection.send(mqtt.PUBLISH, 0, mqtt.text(topic) + payload)

    def close(self):
        self.connection.close()


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
        time.sleep(PAUSE)
        with self.lock:
            self.sent += 1

    def end(self):
        """How many pieces were sent."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        return self.sent
