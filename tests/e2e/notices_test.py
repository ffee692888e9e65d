# SPDX-License-Identifier: Apache-2.0
"""What the log says of refused devices and failing sources: who, from where, and why, and nothing twice."""
import http.client
import json

from support.case import APPLICATION, PASSWORD, EndToEnd, microbit, sha256
from support.doors import CoapDoor, HttpDoor, basic

BRAKE = 5
HERE = "127.0.0.1"


class Notices(EndToEnd):
    def setUp(self):
        super().setUp()
        self.serve_release(["device-1", "device-2"], data=microbit()[:1000], exchange__brake__failures=BRAKE)

    def lines(self, *words):
        return [line for line in self.server.log().splitlines() if all(word in line for word in words)]

    def until_line(self, *words):
        self.server.until(lambda: self.lines(*words), f"a line with {words}:\n{self.server.log()}")
        self.assertEqual(len(self.lines(*words)), 1)

    def test_a_wrong_password_is_named_once_and_so_is_the_brake(self):
        door = HttpDoor(self.server, APPLICATION)
        for _ in range(BRAKE):
            self.assertEqual(door.knock("device-1", "a guess that nobody may read"), "refused")
        self.assertEqual(door.knock("device-1", PASSWORD), "throttled")
        self.until_line("warning", f"refused a status of {APPLICATION}/device-1 from {HERE}: wrong credential")
        self.until_line("warning", f"{HERE} showed {BRAKE} wrong credentials")
        self.assertEqual(self.server.metric("ajour_log_lines_left_out_total"), BRAKE - 1)
        self.assertNotIn("nobody may read", self.server.log())

    def test_an_unknown_device_is_named_at_another_door_too(self):
        self.assertEqual(CoapDoor(self.server, APPLICATION).knock("nobody", PASSWORD), "refused")
        self.until_line("warning", f"refused a status of {APPLICATION}/nobody from {HERE}")

    def test_a_status_that_cannot_be_read_is_named(self):
        connection = http.client.HTTPConnection(HERE, self.server.port, timeout=20)
        connection.request("POST", "/v1/dfu", b"\xff\xff", {"Authorization": basic(APPLICATION, "device-1", PASSWORD)})
        self.assertEqual(connection.getresponse().status, 400)
        connection.close()
        self.until_line("warning", f"cannot read a status of {APPLICATION}/device-1 from {HERE}: ")

    def write_metadata(self, checksum):
        image = microbit()[:1000]
        file = self.directory / "var/releases/firmware.json"
        file.write_text(json.dumps({"version": "1.0.2", "size": len(image), "checksum": checksum}))

    def test_a_source_that_fails_is_named_once_and_once_when_it_is_well(self):
        device = self.wire_device("device-1")
        self.write_metadata("00" * 32)

        def asks_until(*words):
            def has_line():
                device.say("1.0.0")
                return self.lines(*words)
            return self.server.until(has_line, f"a line with {words}:\n{self.server.log()}")
        asks_until("warning", f"source file for application {APPLICATION} fails for", "asked by device-1")
        self.write_metadata(sha256(microbit()[:1000]))
        asks_until("info", f"source file for application {APPLICATION} is well again for")
        self.assertEqual(len(self.lines("fails for")), 1)
