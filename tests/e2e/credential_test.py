# SPDX-License-Identifier: Apache-2.0
import json

from support.case import APPLICATION, PASSWORD, EndToEnd, microbit
from support.server import REGISTRY
from support.wire_device import status


class Credential(EndToEnd):
    def answer_to(self, device):
        code, _, body = device.post(status("1.0.0"))
        return code, body

    def test_a_wrong_password_gets_403_with_a_json_body(self):
        self.serve_release(["device-1"])
        code, body = self.answer_to(self.wire_device("device-1", password="wrong"))
        self.assertEqual(code, 403)
        self.assertEqual(json.loads(body)["error"], "AuthenticationError")
        code, body = self.answer_to(self.wire_device("nobody"))
        self.assertEqual((code, json.loads(body)["error"]), (403, "AuthenticationError"))

    def test_the_brake_stops_guessing_and_lets_known_devices_pass(self):
        self.serve_release(["device-1", "device-2"], exchange__brake__failures=5)
        known = self.wire_device("device-1")
        self.assertEqual(self.answer_to(known)[0], 200)
        codes = [self.answer_to(self.wire_device("device-2", password=f"guess {i}"))[0] for i in range(8)]
        self.assertEqual(codes, [403] * 5 + [429] * 3)
        self.assertEqual(self.answer_to(self.wire_device("device-2"))[0], 429)
        self.assertEqual(self.answer_to(known)[0], 200)

    def test_the_brake_lets_go_after_its_window(self):
        self.serve_release(["device-1"], exchange__brake__failures=2, exchange__brake__window="1s")
        for _ in range(2):
            self.answer_to(self.wire_device("device-1", password="wrong"))
        self.assertEqual(self.answer_to(self.wire_device("device-1"))[0], 429)
        self.server.until(lambda: self.answer_to(self.wire_device("device-1"))[0] == 200, "the brake to let go")

    def test_a_changed_password_counts_at_once(self):
        self.serve_release(["device-1"])
        device = self.wire_device("device-1")
        self.assertEqual(self.answer_to(device)[0], 200)
        path = f"{REGISTRY}/{APPLICATION}/devices/device-1"
        _, found = self.server.request("GET", path)
        found["spec"]["authentication"]["credentials"] = [{"pass": "another"}]
        self.assertEqual(self.server.request("PUT", path, found)[0], 204)
        self.server.until(lambda: self.answer_to(device)[0] == 403, "the old password to be refused")
        self.assertEqual(self.answer_to(self.wire_device("device-1", password="another"))[0], 200)

    def test_no_secret_is_in_the_log(self):
        self.serve_release(["device-1"], ajour__log__level="debug", data=microbit()[:1000])
        self.answer_to(self.wire_device("device-1"))
        self.answer_to(self.wire_device("device-1", password="a wrong guess"))
        token = (self.server.state / "admin.token").read_text().strip()
        for secret in (PASSWORD, "a wrong guess", token):
            self.assertNotIn(secret, self.server.log())

    def test_the_admin_token_is_asked_for_and_in_a_file_of_ones_own(self):
        self.serve()
        token = self.server.state / "admin.token"
        self.assertEqual(token.stat().st_mode & 0o777, 0o600)
        token.rename(self.directory / "elsewhere")
        code, body = self.server.request("GET", REGISTRY)
        self.assertEqual((code, body["error"]), (403, "Forbidden"))
