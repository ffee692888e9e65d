# SPDX-License-Identifier: Apache-2.0
import contextlib
import socket
import threading

from support.case import PASSWORD, EndToEnd, microbit
from support.server import REGISTRY
from support.wire_device import WireDevice

STUCK = "stuck"
# Nobody gives up before the test ends the hanging.
PATIENT = {"source.oci.timeout.request": "10m", "source.oci.timeout.resolve": "10m", "exchange.patience": "5m",
           "transport.http.timeout.answer_max": "10m"}


class Hanging(EndToEnd):
    """An OCI registry that accepts connections and never answers."""

    def setUp(self):
        super().setUp()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.addCleanup(self.listener.close)
        self.accepted = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                self.accepted.append(self.listener.accept()[0])

    def serve_both(self, stuck):
        """A device of the file source, and `stuck` ones that want each its own image from that OCI registry."""
        port = self.listener.getsockname()[1]
        self.serve_release(["device-1"], data=microbit()[:1000],
                           **{"source.oci.prefix": f"127.0.0.1:{port}/", "source.oci.plain": "true", **PATIENT})
        self.server.create(STUCK, [f"s-{number}" for number in range(stuck)], PASSWORD)
        for number in range(stuck):
            path = f"{REGISTRY}/{STUCK}/devices/s-{number}"
            device = self.server.request("GET", path)[1]
            device["spec"]["firmware"] = {"container": {"image": f"fw-{number}:1"}}
            self.assertEqual(self.server.request("PUT", path, device)[0], 204)

    def ask_stuck(self, stuck):
        """All ask and wait for their answer; the threads to join."""
        devices = [WireDevice(self.server, STUCK, f"s-{number}", PASSWORD) for number in range(stuck)]
        threads = [threading.Thread(target=self.ask_one, args=[device]) for device in devices]
        for device, thread in zip(devices, threads):
            device.seconds = 300
            self.addCleanup(device.close)
            thread.start()
        self.server.until(lambda: self.accepted, "the OCI registry to be asked")
        return threads

    def ask_one(self, device):
        with contextlib.suppress(OSError, AssertionError):  # the server may stop meanwhile
            self.answers.append(device.say("1.0.0").kind)

    def test_it_holds_up_its_own_devices_only_and_tells_them_to_wait(self):
        self.answers = []
        self.serve_both(stuck=32)
        threads = self.ask_stuck(32)
        taken, command = self.wire_device("device-1").download("1.0.0")
        self.assertEqual((taken, command.kind), (microbit()[:1000], "swap"))
        self.assertEqual(self.answers, [], "the others still wait, or this was no test")
        self.end_the_hanging()
        for thread in threads:
            thread.join()
        self.assertEqual(self.answers, ["wait"] * 32)

    def end_the_hanging(self):
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes who accepts
        self.listener.close()
        for connection in self.accepted:
            connection.close()

    def test_a_stop_does_not_wait_for_it(self):
        self.answers = []
        self.serve_both(stuck=8)
        threads = self.ask_stuck(8)
        code, seconds = self.server.terminate()
        for thread in threads:
            thread.join()
        self.assertEqual(code, 0, self.server.log())
        self.assertLess(seconds, 30)
