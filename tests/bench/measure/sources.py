# SPDX-License-Identifier: Apache-2.0
"""Devices of the file source beside a fleet of another source: one that says at once that there is nothing, and one
that hangs, an OCI registry that accepts connections and never answers. Each device of that fleet has a target of its
own, so that there is always one more to ask for."""
import contextlib
import pathlib
import socket
import subprocess
import tempfile
import threading
import time

from measure import server, wire
from measure.probe import HttpProbe, Watch
from measure.programs import BIN, Running, fail, wait_for
from measure.server import Ajourd
from measure.table import head, mark

TARGETS = ["ajour-device", "ajour_source_oci", *server.TARGETS]
OTHERS, FIRST = 2000, 300
APPLICATION = "others"
GOAL = 2.0  # times what it is when that source answers, or a millisecond more
LEAST = 1.0


class OtherServer:
    """Accepts connections; says nothing, or to each that there is nothing."""

    def __init__(self, hangs):
        self.listener, self.hangs = socket.create_server(("127.0.0.1", 0), backlog=1024), hangs
        self.port, self.accepted = self.listener.getsockname()[1], []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection = self.listener.accept()[0]
                self.accepted.append(connection)
                if not self.hangs:
                    threading.Thread(target=self.answer, args=[connection], daemon=True).start()

    @staticmethod
    def answer(connection):
        with contextlib.suppress(OSError):
            while connection.recv(4096):
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
        for connection in self.accepted:
            connection.close()


def create_others(ajourd):
    ajourd.ajour("app", "create", APPLICATION)
    for number in range(1, OTHERS + 1):
        ajourd.admin_request(f"/api/registry/v1alpha1/apps/{APPLICATION}/devices", {
            "metadata": {"application": APPLICATION, "name": f"o-{number}"},
            "spec": {"authentication": {"credentials": [{"pass": wire.PASSWORD}]},
                     "firmware": {"container": {"image": f"fw-{number}:1"}}}})


def start_others(ajourd):
    flash = ajourd.state / "flash"
    flash.mkdir()
    process = subprocess.Popen(
        [BIN / "ajour-device", "--quiet", "--server", f"http://127.0.0.1:{ajourd.port}",
         "--application", APPLICATION, "--device", "o", "--password-file", ajourd.state / "password",
         "--version", "1.0.0", "--flash", flash, "--count", str(OTHERS), "--connections", str(OTHERS),
         "--retries", "0", "--poll-max", "1"], stderr=subprocess.DEVNULL)
    return Running(process)


def p99(times):
    return sorted(times)[len(times) * 99 // 100] * 1000


def first_turn(port, name):
    """Seconds until a device that the server does not know yet has its first block."""
    text = wire.request().replace(wire.WHO.encode(), credential(name))
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        begin = time.perf_counter()
        link.sendall(text)
        if not link.recv(4096).startswith(b"HTTP/1.1 200"):
            fail(f"{name} got no answer")
        return time.perf_counter() - begin


def credential(name):
    return wire.base64.b64encode(f"{name}@{wire.APPLICATION}:{wire.PASSWORD}".encode())


def measure(ajourd, seconds, names):
    """p99 in milliseconds of the turns of a device in memory, and of first turns."""
    with Watch(HttpProbe(ajourd.port)) as beside:
        time.sleep(seconds)
        first = []
        for name in names:
            first.append(first_turn(ajourd.port, name))
            time.sleep(0.01)
    return beside.p99(), p99(first)


def wait_until_asked(ajourd, other):
    """All have asked for their firmware, and the server that they depend on was asked."""
    before = ajourd.metric("ajour_statuses_total")
    wait_for(lambda: other.accepted and ajourd.metric("ajour_statuses_total") > before + OTHERS,
             "fleet of another source", 60)


def measure_beside(directory, seconds, hangs):
    with OtherServer(hangs) as other:
        settings = {"source.oci.prefix": f"127.0.0.1:{other.port}/", "source.oci.plain": "true"}
        with Ajourd(directory, devices=FIRST, **settings) as ajourd:
            create_others(ajourd)
            with start_others(ajourd):
                wait_until_asked(ajourd, other)
                return measure(ajourd, seconds, [f"d-{number}" for number in range(1, FIRST + 1)])


def show_row(what, answers, hangs):
    good = hangs <= max(answers * GOAL, answers + LEAST)
    print(f"{what:42} {answers:8.2f} {hangs:8.2f} {hangs / answers:6.2f} {f'<= {GOAL:.2f}':>12}{mark(good)}")


def show(options):
    numbers = []
    for hangs in (False, True):
        with tempfile.TemporaryDirectory() as place:
            numbers.append(measure_beside(pathlib.Path(place), options.seconds, hangs))
    head(f"p99 ms, beside {OTHERS} of a source that", ("answers", 8), ("hangs", 8), ("ratio", 6), ("goal", 12))
    for what, *each in zip(("turn of a device in memory", "first turn of a device"), *numbers):
        show_row(what, *each)
