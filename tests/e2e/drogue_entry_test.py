# SPDX-License-Identifier: Apache-2.0
"""scripts/ajour-drogue and etc/ajour-drogue.properties with the real ajourd, and no cloud yet."""
import os
import pathlib
import socket
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

from support.server import BIN, wait_for

SOURCE = pathlib.Path(os.environ["AJOUR_SOURCE_DIR"])
CONFIG = SOURCE / "etc/ajour-drogue.properties"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class DrogueEntry(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="ajour-e2e-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.nobody = free_port()  # nobody listens there any more
        self.port = free_port()

    def environment(self, **changes):
        """What the original's Deployment gives, and where a test may listen and write."""
        return {
            "PATH": os.environ["PATH"], "AJOURD": str(BIN / "ajourd"), "HAWKBIT_ENABLE": "false",
            "OCI_REGISTRY_PREFIX": f"127.0.0.1:{self.nobody}/acme/", "OCI_REGISTRY_TOKEN": "oci-secret",
            "DROGUE_TOKEN": "drg-secret", "DROGUE_USER": "ajour", "MQTT_GROUP_ID": "firmware",
            "DROGUE_DEVICE_REGISTRY": f"http://127.0.0.1:{self.nobody}",
            "DROGUE_MQTT_INTEGRATION": f"127.0.0.1:{self.nobody}", "RUST_LOG": "drogue_ajour_update_server=debug",
            "AJOUR_STATE": str(self.folder / "state"), "AJOUR_ADMIN_ADDRESS": "127.0.0.1",
            "AJOUR_ADMIN_PORT": str(self.port), **changes}

    def start(self, **changes):
        log = (self.folder / "log").open("w")
        self.addCleanup(log.close)
        process = subprocess.Popen(["sh", SOURCE / "scripts/ajour-drogue"], stdout=log, stderr=log,
                                   env=self.environment(**changes))
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        return process

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=90) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except urllib.error.URLError:
            return None

    def log(self):
        return (self.folder / "log").read_text()

    def test_check_finds_nothing_wrong_with_the_settings(self):
        done = subprocess.run([BIN / "ajour", "--config", CONFIG, "check"], capture_output=True, text=True, timeout=90,
                              env={"PATH": os.environ["PATH"]})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_stock_environment_makes_a_server_that_answers_probes_and_waits_for_the_cloud(self):
        process = self.start()
        status, _ = wait_for(lambda: self.get("/healthz"), "an answer to the probe")
        self.assertEqual(status, 200, self.log())
        status, metrics = self.get("/metrics")
        self.assertEqual(status, 200)
        self.assertIn("ajour_transport_drogue_connected 0", metrics)
        wait_for(lambda: self.get("/readyz?part=transports")[0] == 200, "the probe of Kubernetes, which the cloud's "
                 "absence does not end")
        self.assertIn("transport.drogue", self.get("/readyz")[1])
        self.assertEqual(self.get("/api/registry/v1alpha1/apps")[0], 403)
        self.assertNotIn("secret", pathlib.Path(f"/proc/{process.pid}/cmdline").read_text())
        process.terminate()
        self.assertEqual(process.wait(timeout=90), 0)
        self.assertNotIn("drg-secret", self.log())
        self.assertNotIn("oci-secret", self.log())
