# SPDX-License-Identifier: Apache-2.0
"""ajourd with the device `d` and the devices d-1 to d-N, and a release for them."""
import json
import re
import subprocess
import urllib.request

from measure import wire
from measure.programs import BIN, Running, fail, run, wait_for

TARGETS = ["ajourd", "ajour", "ajour_transport_http", "ajour_transport_coap", "ajour_source_file"]
IMAGE = bytes(range(256)) * 256  # 64 KiB


class Ajourd(Running):
    def __init__(self, state, devices=0, **flags):
        self.state = state
        flags = {"ajour.state": state, "ajour.admin.port": 0, "ajour.log.level": "warning",
                 "source.file.root": state / "releases", "transport.http.address": "127.0.0.1",
                 "transport.http.port": 0, "transport.http.threads": 1,
                 "transport.coap.address": "127.0.0.1", "transport.coap.port": 0,
                 "transport.http.connections.max": 12000, "transport.http.connections.share": 100,
                 **{name.replace("__", "."): value for name, value in flags.items()}}
        self.settings = [f"--set={name}={value}" for name, value in flags.items()]
        super().__init__(subprocess.Popen([BIN / "ajourd", *self.settings], cwd=state))
        self.port = self.number_in("plugins/transport-http/port")
        self.admin = self.number_in("admin.port")
        self.prepare(devices)

    def number_in(self, name):
        file = self.state / name

        def number():
            if self.process.poll() is not None:
                fail("ajourd ended, see above")
            return int(file.read_text() or 0) if file.exists() else None
        return wait_for(number, file)

    def prepare(self, devices):
        (self.state / "password").write_text(wire.PASSWORD)
        (self.state / "image.bin").write_bytes(IMAGE)
        self.ajour("app", "create", wire.APPLICATION)
        self.ajour("firmware", "publish", self.state / "image.bin", "--name", "bench", "--version", "1.0.1")
        self.ajour("app", "set-firmware", wire.APPLICATION, "--file", "bench")
        for name in ["d", *(f"d-{number}" for number in range(1, devices + 1))]:
            self.create(name)
        # Until device and release are in memory: the first turns wait, and more than a few are refused.
        wait_for(lambda: wire.has_block(self.port), "block")

    def ajour(self, *words):
        run(BIN / "ajour", *self.settings, "--server", f"http://127.0.0.1:{self.admin}",
            "--token-file", self.state / "admin.token", *words, stdout=subprocess.DEVNULL, cwd=self.state)

    def create(self, name):
        self.admin_request(f"/api/registry/v1alpha1/apps/{wire.APPLICATION}/devices", {
            "metadata": {"application": wire.APPLICATION, "name": name},
            "spec": {"authentication": {"credentials": [{"pass": wire.PASSWORD}]}}})

    def metric(self, name):
        text = self.admin_request("/metrics").decode()
        return float(re.search(rf"^{name} (.*)$", text, re.MULTILINE)[1])

    def admin_request(self, path, body=None):
        """Posts the body, or gets."""
        token = (self.state / "admin.token").read_text().strip()
        request = urllib.request.Request(f"http://127.0.0.1:{self.admin}{path}", headers={
            "Content-Type": "application/json", "Authorization": f"Bearer {token}"})
        if body is not None:
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()
