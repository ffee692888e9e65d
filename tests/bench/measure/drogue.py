# SPDX-License-Identifier: Apache-2.0
"""A turn through the drogue transport beside one through the mqtt transport, of one server and by one broker."""
import base64
import contextlib
import datetime
import json
import pathlib
import subprocess
import tempfile
import threading

from measure import mqtt, wire
from measure.probe import Watch
from measure.server import Ajourd
from measure.table import compared, head, mark
from support.mqtt import Connection

TARGETS = ["ajour_transport_drogue", *mqtt.TARGETS]
GOAL = 2.0
OTHERS = 1000  # events a second of another channel
SAMPLE = 5  # seconds of turns that a p99 is of
P99_GOAL = 1.5


def event(channel):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    return json.dumps({
        "specversion": "1.0", "id": "0f5ea9d1-2f9c-4f3e-8a61-7c2b4d1a9e33", "type": "io.drogue.event.v1",
        "source": "drogue://bench/d", "subject": channel, "time": now, "application": wire.APPLICATION,
        "device": "d", "sender": "d", "data_base64": base64.b64encode(wire.STATUS).decode()})


class Probe:
    def __init__(self, port):
        self.link = Connection(port, "probe")
        self.link.subscribe(f"command/{wire.APPLICATION}/d/dfu")
        self.event = event("dfu").encode()

    def turn(self):
        self.link.publish(f"app/{wire.APPLICATION}", self.event)
        self.link.next_publish(60)

    def close(self):
        self.link.close()


@contextlib.contextmanager
def others(port):
    """Events of another channel, as long as the block."""
    words = ["mosquitto_pub", "-h", "127.0.0.1", "-p", str(port), "-t", f"app/{wire.APPLICATION}", "-q", "1", "-l"]
    ending, lines = threading.Event(), (event("temperature") + "\n") * (OTHERS // 100)
    with subprocess.Popen(words, stdin=subprocess.PIPE, text=True) as publisher:
        def feed():
            while not ending.wait(0.01):
                publisher.stdin.write(lines)
                publisher.stdin.flush()
        thread = threading.Thread(target=feed)
        thread.start()
        try:
            yield
        finally:
            ending.set()
            thread.join()
            publisher.stdin.close()


def p99(port):
    with Watch(Probe(port)) as watch:
        threading.Event().wait(SAMPLE)
    return watch.p99()


def compare(ajourd, broker, connections, options):
    words = ["--connections", connections]
    for way in (0, 1):
        mqtt.turns(broker.port, *words, "--seconds", 1, "--drogue", way)  # until all devices are in memory
    pairs = [[mqtt.load(ajourd, broker.port, *words, "--seconds", options.seconds, "--drogue", way) for way in (1, 0)]
             for _ in range(options.rounds)]
    compared(f"QoS 1, {connections} devices", *map(min, zip(*pairs)), GOAL)


def show_p99(ajourd, port):
    head("p99 of a dfu turn, ms", ("alone", 8), ("beside", 8), ("ratio", 6), ("goal", 12))
    alone, before = p99(port), ajourd.metric("ajour_transport_drogue_events_other_total")
    with others(port):
        beside = p99(port)
    rate = (ajourd.metric("ajour_transport_drogue_events_other_total") - before) / SAMPLE
    print(f"{f'beside {rate:.0f} other events/s':42} {alone:8.2f} {beside:8.2f} {beside / alone:6.2f} "
          f"{f'<= {P99_GOAL:.2f}':>12}{mark(beside <= alone * P99_GOAL)}")


def show(options):
    head("Drogue, CPU us per turn", ("drogue", 8), ("mqtt", 8), ("ratio", 6), ("goal", 12))
    with tempfile.TemporaryDirectory() as directory, mqtt.start_broker(pathlib.Path(directory)) as broker, \
            Ajourd(pathlib.Path(directory), devices=1000, transport__drogue__applications=wire.APPLICATION,
                   transport__drogue__server=f"mqtt://127.0.0.1:{broker.port}", **mqtt.settings(broker)) as ajourd:
        mqtt.wait_until_there(ajourd)
        mqtt.wait_for(lambda: ajourd.metric("ajour_transport_drogue_connected") == 1, "server at the cloud")
        for connections in (64, 1000):
            compare(ajourd, broker, connections, options)
        show_p99(ajourd, broker.port)
