# SPDX-License-Identifier: Apache-2.0
"""A mosquitto that asks the server whom it lets in."""
import os
import pathlib
import signal
import time

from support.case import APPLICATION, PASSWORD, EndToEnd, microbit
from support.mqtt import Connection
from support.server import REGISTRY, wait_for

CHANGED = "battery + staple & 100 % \u00e4=/"


class BrokerAsks(EndToEnd):
    def serve_through_broker(self, devices=("device-1",), **options):
        self.start_asking_broker(**options)
        self.serve_release(devices, data=microbit()[:1000], **self.broker.settings())
        self.until_at_broker()

    def logs_in(self, user="fleet/device-1", password=PASSWORD):
        try:
            Connection(self.broker.port, "client", user, password, timeout=90).close()
            return True
        except ConnectionRefusedError:
            return False

    def change(self, device="device-1", **spec):
        path = f"{REGISTRY}/{APPLICATION}/devices/{device}"
        _, found = self.server.request("GET", path)
        found["spec"].update(spec)
        self.assertEqual(self.server.request("PUT", path, found)[0], 204)

    def logins(self):
        return self.server.metric("ajour_logins_total")

    def broker_log(self):
        return self.broker.log_file.read_text(errors="replace")

    def test_a_device_updates_with_its_password_of_the_registry(self):
        self.serve_through_broker()
        device = self.device("device-1", url=self.broker.url)
        device.run()
        self.assert_runs(device, "1.0.1", microbit()[:1000])

    def test_those_without_the_right_password_stay_outside(self):
        self.serve_through_broker(["device-1", "disabled"])
        self.change("disabled", core={"disabled": True})
        self.assertTrue(self.logs_in())
        for user, password in [("fleet/device-1", "wrong"), ("fleet/device-1", ""), ("fleet/nobody", PASSWORD),
                               ("other/device-1", PASSWORD), ("fleet/disabled", PASSWORD), ("device-1", PASSWORD),
                               ("fleet/device-1/as/device-2", PASSWORD), ("ajour", PASSWORD), ("", ""),
                               ("fleet/device-1", "x" * 50_000), ("fleet/" + "x" * 50_000, PASSWORD),
                               ("fleet/device-1", "\u00e4" * 500), ("fleet/\u00e4+%&=", "+%&= ")]:
            self.assertFalse(self.logs_in(user, password), user)
        self.assertNotIn("cannot log in", self.broker_log(), "none of these is a fault of the server")

    def test_users_of_the_broker_are_left_to_its_password_file(self):
        self.serve_through_broker()
        self.broker.write_passwords(["ajour:the server's own", "monitor:m", "team/of/people:t"])
        self.broker.process.send_signal(signal.SIGHUP)
        wait_for(lambda: self.logs_in("monitor", "m"), "the new password file")
        self.assertTrue(self.logs_in("team/of/people", "t"))
        self.assertTrue(self.logs_in(), "the plugin goes on after a reload")

    def test_a_changed_password_counts_at_the_next_login(self):
        self.serve_through_broker(cache_seconds=0)
        self.assertTrue(self.logs_in())
        self.change(authentication={"credentials": [{"pass": CHANGED}]})
        self.assertFalse(self.logs_in())
        self.assertTrue(self.logs_in(password=CHANGED))

    def test_a_login_is_remembered_for_a_moment_only(self):
        self.serve_through_broker(cache_seconds=3)
        begin = time.monotonic()
        self.assertTrue(self.logs_in())
        self.assertTrue(self.logs_in())
        self.assertEqual(self.logins(), 1)
        self.change(core={"disabled": True})
        wait_for(lambda: not self.logs_in(), "the end of the memory")
        self.assertGreater(time.monotonic() - begin, 2.9)
        self.assertEqual(self.logins(), 2)

    def test_nobody_new_logs_in_while_the_server_is_away_and_all_do_when_it_is_back(self):
        self.serve_through_broker(cache_seconds=0)
        self.assertTrue(self.logs_in())
        self.server.kill()
        self.assertFalse(self.logs_in())
        self.assertIn("ajour: devices cannot log in: ", self.broker_log())
        self.server.start()
        wait_for(self.logs_in, "the login")
        self.assertIn("ajour: Ajour answers again", self.broker_log())

    def test_a_server_that_hangs_holds_the_broker_up_for_half_of_its_time_at_most(self):
        self.serve_through_broker(cache_seconds=0, timeout=10)
        self.assertTrue(self.logs_in())
        self.server.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.server.process.pid, os.WSTOPPED)
        self.addCleanup(self.server.process.send_signal, signal.SIGCONT)
        begin = time.monotonic()
        self.assertFalse(self.logs_in())
        waited = time.monotonic() - begin
        self.assertTrue(9.9 < waited < 20, waited)
        begin = time.monotonic()
        self.assertFalse(self.logs_in())
        self.assertLess(time.monotonic() - begin, 9, "it is not asked again at once")
        self.server.process.send_signal(signal.SIGCONT)
        wait_for(self.logs_in, "the login")

    def test_a_token_that_is_replaced_is_taken_at_the_next_login(self):
        self.serve_through_broker(cache_seconds=0)
        right = self.broker.token.read_text()
        self.broker.token.write_text("ajour_wrong\n")
        self.assertFalse(self.logs_in())
        self.assertIn(f"the token in {self.broker.token} is not accepted", self.broker_log())
        self.broker.token.write_text(right)
        wait_for(self.logs_in, "the login")

    def test_passwords_and_tokens_are_seen_nowhere(self):
        self.serve_through_broker(cache_seconds=0, timeout=1)
        token = self.broker.token.read_text().strip()
        self.assertTrue(self.logs_in())
        self.assertFalse(self.logs_in(password=CHANGED))
        self.server.kill()
        self.assertFalse(self.logs_in())
        seen = self.server.log() + self.broker_log() + pathlib.Path(
            f"/proc/{self.broker.process.pid}/cmdline").read_text()
        for secret in (PASSWORD, CHANGED, token):
            self.assertNotIn(secret, seen)
