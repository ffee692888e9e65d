# SPDX-License-Identifier: Apache-2.0
"""What is full makes room again, or says so."""
from support.case import APPLICATION, PASSWORD, EndToEnd, sha256, stamped
from support.wire_device import WireDevice

RELEASES = 8  # twice of what the cache holds


class Room(EndToEnd):
    def test_a_small_cache_serves_release_after_release(self):
        self.serve(firmware__cache__max_bytes="1MiB", firmware__cache__in_use="1s")
        self.server.create(APPLICATION, ["device-1"], PASSWORD)
        device = self.wire_device("device-1")
        for number in range(RELEASES):
            version = f"1.0.{number + 1}"
            self.publish(version, stamped(version), name=f"release-{number}")
            self.server.aim(APPLICATION, f"release-{number}")
            taken, command = device.download(f"1.0.{number}")
            self.assertEqual((command.kind, command.version), ("swap", version))
            self.assertEqual(sha256(taken), sha256(stamped(version)))
        self.assertLessEqual(self.server.metric("ajour_firmware_cache_bytes"), 1024 * 1024)

    def test_a_device_whose_target_finds_no_room_says_so_and_gets_it_once_there_is_some(self):
        self.serve(firmware__targets__max=1)
        for application in (APPLICATION, "other"):
            self.server.create(application, ["device-1"], PASSWORD)
            self.server.aim(application)
        self.publish("1.0.1", stamped("1.0.1"))
        first = self.wire_device("device-1")
        first.say_until_ready("1.0.0")
        second = WireDevice(self.server, "other", "device-1", PASSWORD)
        self.addCleanup(second.close)
        self.assertEqual(second.say("1.0.0").kind, "wait")
        self.server.until_status("other", "device-1", self.is_crowded_out, "the reason in its status")
        self.server.until(lambda: "firmware.targets.max" in self.server.log(), "a line in the log")
        self.assertGreaterEqual(self.server.metric("ajour_targets_full_total"), 1)
        self.server.ajour("app", "clear-firmware", APPLICATION)
        self.assertEqual(first.say("1.0.0").kind, "wait")
        self.assertEqual(second.say_until_ready("1.0.0").version, "1.0.1")

    @staticmethod
    def is_crowded_out(firmware):
        return firmware["by_type"]["InSync"].get("reason") == "TooManyTargets"
