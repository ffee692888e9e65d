# SPDX-License-Identifier: Apache-2.0
"""SIGHUP: the whole file is checked, what can change is taken over at once, and the rest is named."""
import http.client
import shutil
import signal
import ssl

from support.authority import Authority
from support.case import EndToEnd

NAMES = "subjectAltName=IP:127.0.0.1\n"


class Reload(EndToEnd):
    def reload(self, expected="reloaded the settings"):
        """What was logged from the signal until the end of the reload."""
        before = len(self.server.log())
        self.server.process.send_signal(signal.SIGHUP)
        said = self.server.until(lambda: expected in self.server.log()[before:] and self.server.log()[before:],
                                 f"the log to say: {expected}")
        return said

    def change(self, **settings):
        self.server.settings.update({key.replace("__", "."): value for key, value in settings.items()})
        self.server.write_config()

    def test_a_file_that_a_start_would_refuse_is_refused_whole(self):
        self.serve()
        good = self.server.config.read_text()
        for line, word in (("bad", "without '='"), ("transport.http.prot = 1", "transport.http.port"),
                           ("transport.coap.timeout.answer = banana", "banana"),
                           ("transport.http.tls.key = key.pem", "one is set"),
                           ("ajour.registry = foo", "embedded"), ("ajour.admin.address = not.an.ip", "not.an.ip"),
                           ("source.nobody.enabled = true", "no such plugin")):
            with self.subTest(line):
                self.server.config.write_text(good + line + "\najour.log.level = debug\n")
                said = self.reload("the settings stay")
                place = f"ajour.properties:{good.count(chr(10)) + 1}: "
                [complaint] = [each for each in said.splitlines() if place in each]
                self.assertIn(word, complaint)
                self.assertNotIn("was reloaded", said)
        self.server.config.write_text(good)
        self.assertNotIn("restart", self.reload())

    def test_what_takes_a_restart_is_named_until_it_is_what_runs_again(self):
        self.serve(update__block__max=1024)
        self.change(update__block__max=512, transport__http__threads=3)
        said = self.reload()
        for key in ("update.block.max", "transport.http.threads"):
            self.assertIn(f"{key} changed, and takes a restart", said)
        self.assertIn("update.block.max changed", self.reload(), "it is still not what runs")
        self.change(update__block__max="1024", transport__http__threads=2)
        self.assertNotIn("restart", self.reload())

    def test_a_secret_in_a_file_that_changed_is_named(self):
        secret = self.directory / "secret"
        secret.write_text("one\n")
        self.serve(transport__mqtt__user="ajour", transport__mqtt__password=f"file:{secret}")
        secret.write_text("two\n")
        said = self.reload()
        self.assertIn("transport.mqtt.password changed, and takes a restart", said)
        self.assertNotIn("two", said)

    def test_a_log_that_was_renamed_is_begun_anew(self):
        file = self.directory / "x.log"
        self.serve(ajour__log__file=file)
        old = file.rename(self.directory / "x.log.old")
        self.server.process.send_signal(signal.SIGHUP)
        self.server.until(lambda: file.exists() and "reloaded the settings" in file.read_text(), "the new log")
        self.assertNotIn("reloaded the settings", old.read_text())
        other = self.directory / "other.log"
        self.change(ajour__log__file=other)
        self.server.process.send_signal(signal.SIGHUP)
        self.server.until(lambda: other.exists() and "ajour.log.file was reloaded" in other.read_text(), "the other log")

    def test_a_new_certificate_is_served_and_open_connections_go_on(self):
        authority = Authority(self.directory, "root", "/CN=Root")
        one = authority.issue("one", "/CN=one", extensions=NAMES)
        two = authority.issue("two", "/CN=two", extensions=NAMES)
        certificate, key = self.directory / "server.pem", self.directory / "server.key"
        shutil.copy(one.certificate, certificate)
        shutil.copy(one.key, key)
        self.serve(transport__http__tls__certificate=certificate, transport__http__tls__key=key)
        trust = ssl.create_default_context(cafile=authority.certificate)
        live, shown = self.connect(trust)
        self.assertEqual(shown, "one")

        shutil.copy(two.certificate, certificate)
        self.server.process.send_signal(signal.SIGHUP)
        self.server.until(lambda: "key values mismatch" in self.server.log(), "the complaint that the key is another")
        self.assertEqual(self.connect(trust)[1], "one", "half a change changes nothing")
        shutil.copy(two.key, key)
        self.assertIn("CN=two", self.reload())
        self.assertEqual(self.connect(trust)[1], "two")
        live.request("POST", "/v1/dfu", b"x")
        self.assertEqual(live.getresponse().status, 403)

        self.change(transport__http__tls__certificate=one.certificate, transport__http__tls__key=one.key)
        self.assertIn("transport.http.tls.certificate was reloaded", self.reload())
        self.assertEqual(self.connect(trust)[1], "one")
        self.assertNotIn("transport.http.tls", self.reload(), "it is what runs")

    def connect(self, trust):
        """A connection, and the common name of the certificate that the server showed."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.server.port, context=trust, timeout=30)
        self.addCleanup(connection.close)
        connection.connect()
        subject = dict(pair[0] for pair in connection.sock.getpeercert()["subject"])
        return connection, subject["commonName"]
