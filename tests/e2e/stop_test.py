# SPDX-License-Identifier: Apache-2.0
import http.client
import signal
import socket
import subprocess
import threading

from support.case import EndToEnd, microbit
from support.server import BIN
from support.wire_device import Command, status

HALF_A_REQUEST = b"POST /v1/dfu?ct=30 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n\xa4"


class Stop(EndToEnd):
    def connect(self, sent=b""):
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=90)
        self.addCleanup(connection.close)
        connection.sendall(sent)
        return connection

    def test_sigterm_with_requests_open_ends_before_they_would(self):
        self.serve_release(["device-1"], transport__http__timeout__request="10m", transport__http__timeout__idle="10m")
        device = self.device("device-1", mtu=64).start()
        connections = [self.connect() for _ in range(20)] + [self.connect(HALF_A_REQUEST) for _ in range(20)]
        self.server.until(lambda: device.progress_seen() > 8192, "the update to be under way")
        code, seconds = self.server.terminate()
        self.assertEqual(code, 0, self.server.log())
        self.assertLess(seconds, 30)
        for connection in connections:
            self.assertEqual(connection.recv(1000)[:13] in (b"", b"HTTP/1.1 503 "), True)

    def test_a_device_goes_on_after_a_stop_in_the_middle(self):
        self.serve_release(["device-1"])
        device = self.device("device-1", mtu=64).start()
        self.server.until(lambda: device.progress_seen() > 8192, "the update to be under way")
        self.assertEqual(self.server.terminate()[0], 0)
        before = device.progress_seen()
        self.server.start()
        device.finish()
        self.assert_runs(device, "1.0.1", microbit())
        self.assertLessEqual(self.server.metric("ajour_block_bytes_total"), len(microbit()) - before + 4096 + 128)

    def test_every_answer_that_a_stopping_server_gives_is_whole(self):
        names = [f"device-{number}" for number in range(8)]
        self.serve_release(names)
        self.torn = []
        threads = [threading.Thread(target=self.ask_until_it_ends, args=[name]) for name in names]
        for thread in threads:
            thread.start()
        self.server.until(lambda: self.server.metric("ajour_commands_write_total") > 50, "some traffic")
        self.assertEqual(self.server.terminate()[0], 0)
        for thread in threads:
            thread.join()
        self.assertEqual(self.torn, [])

    def ask_until_it_ends(self, name):
        device = self.wire_device(name)
        try:
            while True:
                code, _, body = device.post(status("1.0.0", mtu=512))
                if code == 200:
                    Command(body)
        except OSError:
            return  # closed between answers
        except (ValueError, http.client.HTTPException) as error:
            self.torn.append(error)

    def test_sighup_takes_the_log_level_and_names_what_needs_a_restart(self):
        self.serve()
        self.server.settings.update({"ajour.log.level": "debug", "update.block.max": 512})
        self.server.write_config()
        self.server.process.send_signal(signal.SIGHUP)
        self.server.until(lambda: "ajour.log.level was reloaded" in self.server.log(), "the level")
        self.server.until(lambda: "update.block.max changed, and takes a restart" in self.server.log(), "the rest")

    def test_sighup_with_a_broken_file_keeps_the_server_as_it_is(self):
        self.serve_release(["device-1"])
        self.server.config.write_text("ajour.log.level = loud\n")
        self.server.process.send_signal(signal.SIGHUP)
        self.server.until(lambda: "the settings stay" in self.server.log(), "the complaint")
        self.assertEqual(self.wire_device("device-1").say_until_ready("1.0.0").kind, "write")

    def test_a_second_server_on_the_same_state_is_refused(self):
        self.serve()
        done = self.run_second_server()
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("in use by another ajourd", done.stderr)

    def run_second_server(self):
        return subprocess.run([BIN / "ajourd", f"--config={self.server.config}"], capture_output=True,
                              text=True, timeout=90)
