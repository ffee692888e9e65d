# SPDX-License-Identifier: Apache-2.0
"""MQTT beside a bare libmosquitto client that answers the same number of bytes, by the same broker."""
import pathlib
import re
import socket
import subprocess
import tempfile

from measure import server
from measure.programs import BIN, Running, cpu_seconds, fail, run, wait_for
from measure.server import Ajourd
from measure.table import compared, head
from measure.wire import ANSWER

TARGETS = ["mqtt_echo", "mqtt_load", "ajour_transport_mqtt", *server.TARGETS]
GOAL = 1.5
# Without these lines each answer waits for a delayed ACK, and a burst of statuses is dropped.
BROKER = """listener {port} 127.0.0.1
allow_anonymous true
persistence false
set_tcp_nodelay true
max_queued_messages 0
max_inflight_messages 0
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_open(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def start_broker(directory):
    port = free_port()
    (directory / "mosquitto.conf").write_text(BROKER.format(port=port))
    process = subprocess.Popen(["/usr/sbin/mosquitto", "-c", directory / "mosquitto.conf"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: is_open(port), "broker")
    return Running(process, port)


def settings(broker):
    return {"transport__mqtt__server": f"mqtt://127.0.0.1:{broker.port}"}


def wait_until_there(ajourd):
    wait_for(lambda: ajourd.metric("ajour_transport_mqtt_connected") == 1, "server at the broker")


def start_echo(port, qos):
    process = subprocess.Popen([BIN / "mqtt_echo", "--port", str(port), "--size", str(ANSWER), "--qos", str(qos)],
                               stdout=subprocess.PIPE, text=True)
    if process.stdout.readline() != "subscribed\n":
        fail("mqtt_echo did not subscribe")
    return Running(process)


def turns(port, *words):
    """How many turns there were, and how many answers had another length."""
    words = ["--port", port, "--size", ANSWER, *words]
    printed = run(BIN / "mqtt_load", *words, stdout=subprocess.PIPE, text=True).stdout
    return map(int, re.match(r"turns (\d+) others (\d+)", printed).groups())


def load(target, port, *words):
    """CPU microseconds of the client per turn."""
    before = cpu_seconds(target.pid)
    count, others = turns(port, *words)
    if others or not count:
        fail(f"{others} of {count + others} answers were wrong")
    return (cpu_seconds(target.pid) - before) / count * 1e6


def compare(ajourd, broker, qos, connections, options):
    words = ["--qos", qos, "--connections", connections]
    turns(broker.port, *words, "--seconds", 1)  # until all devices are in memory
    with start_echo(broker.port, qos) as echo:
        pairs = [(load(ajourd, broker.port, *words, "--seconds", options.seconds),
                  load(echo, broker.port, *words, "--seconds", options.seconds, "--echo", 1))
                 for _ in range(options.rounds)]
    compared(f"QoS {qos}, {connections} devices", *map(min, zip(*pairs)), GOAL)


def show(options):
    head("MQTT, CPU us per turn", ("ajourd", 8), ("echo", 8), ("ratio", 6), ("goal", 12))
    for qos in (0, 1):
        with tempfile.TemporaryDirectory() as directory, start_broker(pathlib.Path(directory)) as broker, \
                Ajourd(pathlib.Path(directory), devices=1000, transport__mqtt__qos=qos, **settings(broker)) as ajourd:
            wait_until_there(ajourd)
            for connections in (64, 1000):
                compare(ajourd, broker, qos, connections, options)
