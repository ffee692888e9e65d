# SPDX-License-Identifier: Apache-2.0
"""The container image by its programs, which `run` put where the tests look for them: in the place of Drogue Cloud's own
update server, and alone. `run` says as whom they run and what they may write."""
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from support.broker import free_port  # noqa: E402
from support.case import APPLICATION, EndToEnd, microbit  # noqa: E402
from support.certificates import Certificates  # noqa: E402
from support.drogue.case import DrogueCase  # noqa: E402
from support.drogue.cloud import TOKEN, USER  # noqa: E402
from support.oci.push import VERSION, Pusher  # noqa: E402
from support.oci.registry import OciRegistry  # noqa: E402
from support.server import BIN, Server, wait_for  # noqa: E402

SEALED, PLAIN = pathlib.Path(os.environ["AJOUR_IMAGE_SEALED"]), pathlib.Path(os.environ["AJOUR_IMAGE_PLAIN"])
# Of an image, nothing of the machine that it was built on or that it is tried on.
ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
PLUGINS = {each.name for each in (SEALED / "usr/local/lib/ajour").glob("ajour-*.so")}


def run(name, *arguments):
    return subprocess.run([BIN / name, *arguments], capture_output=True, text=True, timeout=90, env=ENVIRONMENT)


class Content(unittest.TestCase):
    def test_says_what_it_is_and_how_it_is_started(self):
        configuration = json.loads(os.environ["AJOUR_IMAGE"])["OCIv1"]["config"]
        self.assertEqual(configuration["Entrypoint"], ["/start.sh"])
        self.assertEqual((configuration["User"], configuration["WorkingDir"]), ("65532:0", "/var/lib/ajour"))
        self.assertIn("8080/tcp", configuration["ExposedPorts"])
        self.assertEqual([each for each in configuration["Env"] if not each.startswith("PATH=")], [])
        labels = configuration["Labels"]
        version = re.search(r"^project\(Ajour VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(), re.MULTILINE)[1]
        self.assertEqual(labels["org.opencontainers.image.version"], version)
        self.assertEqual(labels["org.opencontainers.image.licenses"], "Apache-2.0")
        self.assertEqual(run("ajourd", "--version").stdout, f"ajourd {version}\n")

    def test_every_program_and_plugin_finds_its_libraries(self):
        files = [each for each in (SEALED / "usr/local").rglob("*") if each.is_file()
                 and each.read_bytes().startswith(b"\x7fELF")]
        self.assertGreater(len(files), 10)
        for file in files:
            found = run("ldd", f"/{file.relative_to(SEALED)}")
            self.assertEqual(found.returncode, 0, found.stderr)
            self.assertEqual([each for each in found.stdout.splitlines() if "not found" in each], [], file)

    def test_every_plugin_is_taken(self):
        shown = run("ajour", "--config", "/etc/ajour/ajour.properties", "--json", "plugins")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        states = {each["file"]: each["state"] for each in json.loads(shown.stdout)}
        self.assertGreaterEqual(len(PLUGINS), 9)
        self.assertEqual(states, {f"/usr/local/lib/ajour/{name}": "on" for name in PLUGINS})

    def test_both_properties_files_are_right(self):
        for name in ("ajour", "ajour-drogue"):
            checked = run("ajour", "--config", f"/etc/ajour/{name}.properties", "check")
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_has_nothing_that_only_builds_want(self):
        unwanted = {each.name for each in (SEALED / "usr").rglob("*") if each.suffix in {".a", ".hpp", ".cmake"}}
        self.assertEqual(unwanted, set())
        self.assertFalse((SEALED / "usr/bin/cmake").exists())


class Alone(EndToEnd):
    def test_devices_update_over_http_and_coap(self):
        self.serve_release(["device-1", "device-2"])
        for name, url in (("device-1", self.server.url), ("device-2", self.server.coap_url)):
            device = self.device(name, url=url)
            device.run()
            self.assert_runs(device, "1.0.1", microbit())


class InTheCloudsPlace(DrogueCase):
    """With the variables of the original's Deployment; only that the test's broker speaks no TLS is said besides."""

    def start_image(self, program, state, **changes):
        self.port = free_port("127.0.0.1")
        variables = {
            **ENVIRONMENT, "DROGUE_USER": USER, "DROGUE_TOKEN": TOKEN, "DROGUE_DEVICE_REGISTRY": self.cloud.url,
            "AJOUR_TRANSPORT_DROGUE_SERVER": self.cloud.gate.url, "MQTT_GROUP_ID": "firmware",
            "OCI_REGISTRY_PREFIX": f"{self.oci.authority}/acme/", "OCI_REGISTRY_TOKEN": "nobody asks for it",
            "AJOUR_SOURCE_OCI_TLS_CA": str(self.certificates.ca), "HAWKBIT_ENABLE": "false",
            "AJOUR_ADMIN_ADDRESS": "127.0.0.1", "AJOUR_ADMIN_PORT": str(self.port), **changes}
        self.server = Server(self.directory)
        self.server.state, self.server.admin_port = state, self.port
        with self.server.log_file.open("w") as log:
            self.server.process = subprocess.Popen([BIN / program], stdout=log, stderr=log, env=variables)
        self.addCleanup(self.server.close)
        wait_for(self.is_ready, "every part to be ready", 120)
        # It finds applications by itself, some time after it is connected.
        wait_for(lambda: self.server.metric("ajour_transport_drogue_applications") == 1, "the application to be found")

    def start_firmware(self):
        self.directory.chmod(0o755)  # the authority of the OCI registry is for any user
        self.certificates = Certificates(self.directory)
        self.oci = OciRegistry(self.directory, tls=self.certificates)
        self.addCleanup(self.oci.stop)
        self.oci.start()
        Pusher(self.oci.url, ca=self.certificates.ca).artifact("acme/firmware", "1.0.1", microbit(), {VERSION: "1.0.1"})
        self.start_cloud(["device-1"], {"container": {"image": "firmware:1.0.1"}})

    def is_ready(self):
        self.assertIsNone(self.server.process.poll(), self.server.log())
        try:
            return self.get("/readyz") == 200
        except OSError:
            return False

    def get(self, path):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            client.request("GET", path)
            return client.getresponse().status
        finally:
            client.close()

    def assert_updates_a_device(self):
        device = self.device("device-1", timeout=120)
        try:
            device.run()
        except AssertionError as thrown:
            raise AssertionError(f"{thrown}\nThe server said:\n{self.server.log()}") from None
        self.assert_runs(device, "1.0.1", microbit())

    def test_a_device_updates_as_on_kubernetes(self):
        self.start_firmware()
        self.start_image("start.sh", SEALED / "var/lib/ajour")
        self.assertEqual([self.get(path) for path in ("/healthz", "/readyz?part=transports", "/metrics")], [200] * 3)
        self.assertEqual(self.get("/api/registry/v1alpha1/apps"), 403)
        status = pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text()
        self.assertRegex(status, r"Uid:\t65532\t")
        self.assertRegex(status, r"CapEff:\t0+\n")
        self.assert_updates_a_device()
        self.assertEqual(self.server.terminate()[0], 0, self.server.log())

    def test_a_device_updates_from_a_container_without_a_volume_of_any_user(self):
        self.start_firmware()
        self.start_image("start-as-any-user", PLAIN / "var/lib/ajour")
        self.assert_updates_a_device()


if __name__ == "__main__":
    unittest.main(verbosity=2)
