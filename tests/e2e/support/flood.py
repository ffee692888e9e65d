# SPDX-License-Identifier: Apache-2.0
"""A flood of garbage, from an address of its own, bounded in number."""
import random
import socket
import threading
import time

from support import garbage, mqtt

FROM = "127.0.0.2"
PAUSE = 0.001  # what overflows the socket's buffer is never seen


class Streams:
    """Sends to a TCP port; some connections stay open for a while and say nothing more."""

    def __init__(self, port):
        self.port, self.lingering = port, []

    def send(self, chance):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=5, source_address=(FROM, 0))
        self.lingering.append(connection)
        connection.settimeout(0.2)
        try:
            connection.sendall(chance.choice(garbage.STREAMS)(chance))
        finally:
            if chance.random() < 0.7 or len(self.lingering) > 50:
                self.close()

    def close(self):
        for connection in self.lingering:
            connection.close()
        self.lingering.clear()


class Datagrams:
    """Sends to a UDP port."""

    def __init__(self, port, kinds):
        self.port, self.kinds = port, kinds
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((FROM, 0))

    def send(self, chance):
        self.socket.sendto(chance.choice(self.kinds)(chance), ("127.0.0.1", self.port))

    def close(self):
        self.socket.close()


class Publishes:
    """A device that the broker knows publishes what no device says, where it may."""

    def __init__(self, broker, application, name, password):
        self.connection = mqtt.Connection(broker.port, "", f"{application}/{name}", password)
        self.topics = [f"ajour/{application}/{name}/dfu", f"ajour/{application}/{name}/as/device-1/dfu"]

    def send(self, chance):
        topic, payload = chance.choice(self.topics), garbage.bytes_by_chance(chance)
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
