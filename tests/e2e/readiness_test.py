# SPDX-License-Identifier: Apache-2.0
"""/readyz says which part does not work, and why; and a server that cannot do what its file says does not start."""
import sqlite3
import subprocess

from support.case import EndToEnd
from support.server import BIN, Server
from support.wire_device import status


class Readiness(EndToEnd):
    def readyz(self, query=""):
        code, body = self.server.request("GET", f"/readyz{query}")
        return code, {part["part"]: part.get("reason", "") for part in body.get("parts", [])}

    def refused(self, text):
        """What a server says that is not to start with these lines."""
        server = Server(self.directory)
        server.config.write_text(f"ajour.directory = {self.directory}\najour.admin.port = 0\n{text}")
        done = subprocess.run([BIN / "ajourd", f"--config={server.config}"], capture_output=True, text=True,
                              timeout=60, cwd=self.directory)
        self.assertEqual(done.returncode, 78, done.stderr)
        return done.stderr

    def test_every_part_is_named_while_all_is_well(self):
        self.serve()
        code, parts = self.readyz()
        self.assertEqual(code, 200, parts)
        for name in ("transports", "reports", "transport.http", "source.file"):
            self.assertEqual(parts[name], "")
        self.assertEqual(self.readyz("?part=transport.http"), (200, {"transport.http": ""}))
        self.assertEqual(self.readyz("?part=nobody")[0], 404)

    def test_a_broker_that_is_away_is_named_until_it_is_back(self):
        self.start_broker([])
        self.serve(**self.broker.settings())
        self.until_at_broker()
        self.server.until(lambda: self.readyz()[0] == 200, "readiness")
        self.broker.kill()
        self.server.until(lambda: self.readyz()[0] == 503, "the broker to be missed")
        parts = self.readyz()[1]
        self.assertIn("the broker", parts["transport.mqtt"])
        self.assertEqual({name for name, why in parts.items() if why}, {"transport.mqtt"})
        self.assertEqual(self.readyz("?part=transport.http")[0], 200, "one door says nothing of another")
        self.broker.start()
        self.server.until(lambda: self.readyz()[0] == 200, "the broker to be found again")

    def test_reports_that_cannot_be_stored_are_named_until_they_can(self):
        self.serve_release(["device-1"])
        self.server.until(lambda: self.readyz()[0] == 200, "readiness")
        holder = sqlite3.connect(self.server.state / "ajour.db", timeout=60, isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("BEGIN IMMEDIATE")

        def is_named():
            self.wire_device("device-1").post(status("1.0.0", mtu=128))
            return "storing what" in self.readyz()[1]["reports"]
        self.server.until(is_named, "the store to be missed", 60)
        self.assertEqual(self.readyz()[0], 503)
        holder.execute("ROLLBACK")
        self.server.until(lambda: self.readyz()[0] == 200, "the store to be back", 60)

    def test_a_plugin_with_settings_that_cannot_run_ends_the_start(self):
        for line, word in (("transport.http.tls.key = key.pem", "tls.certificate and tls.key"),
                           ("transport.http.address = 999.1.1.1", "999.1.1.1"),
                           ("transport.coap.address = localhost", "localhost"),
                           ("transport.mqtt.server = mqtt//broker", "transport.mqtt.server")):
            with self.subTest(line):
                said = self.refused(line + "\n")
                self.assertIn("ajour.properties:3: " + line.split(" ")[0], said)
                self.assertIn(word, said)

    def test_a_stray_plugin_that_nobody_set_anything_of_is_named(self):
        plugins = self.directory / "plugins"
        plugins.mkdir(mode=0o755)
        for file in (BIN.parent / "plugins").glob("ajour-*.so"):
            (plugins / file.name).write_bytes(file.read_bytes())
        (plugins / "ajour-transport-stray.so").write_text("no library")
        self.serve(ajour__plugins=plugins)
        code, parts = self.readyz()
        self.assertEqual(code, 503)
        self.assertIn("cannot be loaded", parts["transport.stray"])
        self.assertEqual(self.server.request("GET", "/healthz")[0], 200)
        self.server.settings["transport.stray.enabled"] = "false"
        self.server.write_config()
        self.server.terminate()
        self.server.start()
        self.assertEqual(self.readyz()[0], 200)
