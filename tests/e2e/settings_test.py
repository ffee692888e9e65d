# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import unittest.mock

from support.case import SOURCE, EndToEnd
from support.server import BIN, Server

BAD = """# a comment
update.block.max = 1024
updte.poll = 60s
transport.http.port = eighty
transport.http.tls.key = /no/such/file
firmware.cache.max_bytes = 3
"""


class Settings(EndToEnd):
    def check(self, text):
        config = self.directory / "ajour.properties"
        config.write_text(text)
        return subprocess.run([BIN / "ajour", "--config", config, "check"], capture_output=True, text=True,
                              timeout=90, cwd=self.directory)

    def test_check_names_every_mistake_by_its_line_and_the_nearest_right_name(self):
        done = self.check(BAD)
        self.assertEqual(done.returncode, 1)
        lines = done.stdout.splitlines()
        for line, words in ((3, ["updte.poll", "update.poll"]), (4, ["transport.http.port", "eighty"]),
                            (5, ["transport.http.tls.key", "/no/such/file"]),
                            (6, ["firmware.cache.max_bytes"])):
            [found] = [each for each in lines if f":{line}:" in each or f":{line} " in each]
            for word in words:
                self.assertIn(word, found)
        self.assertEqual(len(lines), 4, lines)

    def test_check_finds_all_that_a_start_would_refuse_in_the_order_of_the_lines(self):
        lines = ["transport.http.tls.key = key.pem", "ajour.registry = foo", "ajour.admin.address = notanip.invalid",
                 "transport.coap.address = 999.1.1.1", "transport.mqtt.server = mqt://foo",
                 f"ajour.state = {self.directory}/in_the_way/state", "update.poll = never"]
        (self.directory / "in_the_way").write_text("a file")
        for number, line in enumerate(lines[:-1]):
            with self.subTest(line):
                done = self.check("# a comment\n" + line + "\n")
                self.assertEqual(done.returncode, 1, done.stderr)
                [complaint] = done.stdout.splitlines()
                self.assertIn(f":2: {line.split(' ')[0]}: ", complaint)
        told = self.check("\n".join(lines) + "\n").stdout.splitlines()
        numbers = [int(line.split(".properties:")[1].split(":")[0]) for line in told if ".properties:" in line]
        self.assertEqual(numbers, sorted(numbers))
        self.assertTrue({1, 2, 4, 5, 7} <= set(numbers), told)

    def test_a_target_that_no_source_serves_is_warned_of(self):
        self.serve()
        self.server.create("lamps", [], "")
        done = self.server.ajour("app", "set-firmware", "lamps", "--spec", '{"fil": {"name": "x"}}')
        self.assertIn("did you mean file?", done.stderr)
        self.assertEqual(self.server.ajour("app", "set-firmware", "lamps", "--file", "x").stderr, "")

    def test_check_leaves_nothing_behind(self):
        done = self.check("ajour.state = var\n")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual([each.name for each in self.directory.iterdir()], ["ajour.properties"])

    def test_check_and_server_warn_of_a_variable_that_is_no_setting(self):
        with unittest.mock.patch.dict(os.environ, {"AJOUR_TRANSPORT_HTTP_PRT": "3"}):
            self.assertIn("did you mean AJOUR_TRANSPORT_HTTP_PORT?", self.check("").stderr)
            self.serve()
        self.assertIn("did you mean AJOUR_TRANSPORT_HTTP_PORT?", self.server.log())

    def test_check_finds_nothing_wrong_with_the_sample(self):
        done = self.check((SOURCE / "etc/ajour.properties").read_text())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_server_does_not_start_on_a_bad_file_and_says_where_it_is_bad(self):
        server = Server(self.directory)
        server.config.write_text(BAD)
        done = subprocess.run([BIN / "ajourd", f"--config={server.config}"], capture_output=True, text=True,
                              timeout=90, cwd=self.directory)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("ajour.properties:6: firmware.cache.max_bytes: found '3'", done.stderr)

    def test_plugins_shows_what_is_loaded(self):
        done = subprocess.run([BIN / "ajour", "plugins"], capture_output=True, text=True, timeout=90,
                              cwd=self.directory)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("http", done.stdout)
        self.assertIn("file", done.stdout)

    def test_publish_takes_no_name_that_leaves_the_directory(self):
        self.serve()
        file = self.directory / "image.bin"
        file.write_bytes(b"image")
        for name in ("../escape", "a/b", ".hidden", ""):
            done = self.server.ajour("firmware", "publish", file, "--name", name, "--version", "1", check=False)
            self.assertNotEqual(done.returncode, 0, name)
        self.assertFalse((self.directory / "var/escape.bin").exists())
