# SPDX-License-Identifier: Apache-2.0
"""A device beside those that are measured, which takes a turn now and then and notes how long it took."""
import threading
import time

from measure import wire
from support import coap, mqtt

PAUSE = 0.01


class HttpProbe:
    def __init__(self, port):
        self.link, _ = wire.ask(port)

    def turn(self):
        self.link.sendall(wire.request())
        assert self.link.recv(4096).startswith(b"HTTP/1.1 200")

    def close(self):
        self.link.close()


class MqttProbe:
    def __init__(self, port):
        self.link = mqtt.Connection(port, "probe")
        self.link.subscribe(f"ajour/{wire.APPLICATION}/d/command/dfu")

    def turn(self):
        self.link.publish(f"ajour/{wire.APPLICATION}/d/dfu", wire.STATUS)
        self.link.next_publish(60)

    def close(self):
        self.link.close()


class CoapProbe:
    def __init__(self, port):
        self.client = coap.Client(port)

    def turn(self):
        who = (coap.AUTHORIZATION, f"Basic {wire.WHO}".encode())
        assert self.client.post(["v1", "dfu"], ["ct=30"], [who], wire.STATUS).code == "2.05"

    def close(self):
        self.client.close()


class Watch:
    """Takes turns from `with` on until its end; then `p99` is in milliseconds."""

    def __init__(self, probe):
        self.probe, self.times, self.ending = probe, [], threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        while not self.ending.wait(PAUSE):
            begin = time.perf_counter()
            self.probe.turn()
            self.times.append(time.perf_counter() - begin)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()
        self.probe.close()

    def p99(self):
        return sorted(self.times)[len(self.times) * 99 // 100] * 1000
