# SPDX-License-Identifier: Apache-2.0
"""Pre-shared keys over coaps: guessing them is braked as passwords are, and a session ends with its key."""
import base64

from support.case import APPLICATION, KEY, PASSWORD, EndToEnd, microbit
from support.doors import HttpDoor
from support.openssl import shakes_hands
from support.server import REGISTRY

BRAKE = 5
NEW_KEY = base64.b64encode(b"another key of 20 by").decode()
LONG_AGO = "2021-01-01T00:00:00Z"


class PreSharedKey(EndToEnd):
    def setUp(self):
        super().setUp()
        self.serve_release(["device-1", "device-2"], credential={"psk": {"key": KEY}},
                           exchange__brake__failures=BRAKE, exchange__brake__window="10m",
                           transport__coap__tls__psk="true")
        self.server.create("others", ["other-1", "other-2"], PASSWORD)

    def shakes_hands(self, key=KEY, device="device-1"):
        return shakes_hands(self.server.coaps_port, device, key)

    def knock(self, password=PASSWORD, device="other-1"):
        return HttpDoor(self.server, "others").knock(device, password)

    def metric(self, name):
        return self.server.metric(f"ajour_{name}")

    def test_guessed_keys_brake_every_door(self):
        self.assertTrue(self.shakes_hands())
        for number in range(BRAKE):
            self.assertFalse(self.shakes_hands(base64.b64encode(f"guess {number}".encode()).decode()))
        self.server.until(lambda: self.metric("handshakes_refused_total") == BRAKE, "the failures to be counted")
        self.assertEqual(self.knock(), "throttled")
        self.assertFalse(self.shakes_hands(), "who guesses gets no key any more")
        self.assertGreater(self.metric("handshakes_throttled_total"), 0)
        self.assertEqual(self.metric("handshakes_refused_total"), BRAKE)

    def test_guessed_names_count_as_guessed_keys_do(self):
        for number in range(BRAKE):
            self.assertFalse(self.shakes_hands(device=f"nobody-{number}"))
        self.server.until(lambda: self.metric("handshakes_refused_total") == BRAKE, "the failures to be counted")
        self.assertEqual(self.knock(), "throttled")

    def test_guessed_passwords_brake_handshakes(self):
        self.assertEqual(self.knock(), "command")
        for number in range(BRAKE):
            self.assertEqual(self.knock(f"guess {number}", "other-2"), "refused")
        self.assertFalse(self.shakes_hands())
        self.assertEqual(self.knock(), "command")

    def put_key(self, psk):
        path = f"{REGISTRY}/{APPLICATION}/devices/device-1"
        _, found = self.server.request("GET", path)
        found["spec"]["authentication"]["credentials"] = [{"psk": psk}]
        self.assertEqual(self.server.request("PUT", path, found)[0], 204)

    def key_device(self, key):
        file = self.directory / "key"
        file.touch(mode=0o600)
        file.write_text(key)
        return self.device("device-1", url=self.server.coaps_url, psk_file=file, mtu=64)

    def assert_ends_in_mid_update(self, change):
        """A device's session goes no further than the key that it began with."""
        device = self.key_device(KEY).start()
        self.server.until(lambda: device.progress_seen() > 0, "the device to write")
        change()
        self.server.until(lambda: self.metric("transport_coap_tls_sessions_refused_total") == 1,
                          f"the session to end\n{device.log()}")
        self.assertEqual(self.metric("statuses_refused_total"), 1)
        self.server.until(lambda: self.metric("transport_coap_tls_sessions") == 0, "no session to be left")
        device.kill()
        self.assertLess(device.progress_seen(), len(microbit()))

    def test_a_session_ends_when_its_key_is_replaced(self):
        self.assert_ends_in_mid_update(lambda: self.put_key({"key": NEW_KEY}))
        device = self.key_device(NEW_KEY)
        device.run()
        self.assert_runs(device, "1.0.1", microbit())

    def test_a_session_ends_when_its_key_expires(self):
        self.assert_ends_in_mid_update(lambda: self.put_key({"key": KEY, "validity": {"notAfter": LONG_AGO}}))
        self.assertFalse(self.shakes_hands())
