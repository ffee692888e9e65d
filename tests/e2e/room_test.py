# SPDX-License-Identifier: Apache-2.0
"""What is full makes room again, or says so."""
from support.case import APPLICATION, PASSWORD, EndToEnd, sha256, stamped

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
