# SPDX-License-Identifier: Apache-2.0
import json

from support.case import APPLICATION, EndToEnd, microbit, sha256, stamped


class Refusal(EndToEnd):
    def write_release(self, version, image, size=None, checksum=None):
        """What a broken publisher may leave in the directory."""
        root = self.directory / "var/releases"
        root.mkdir(parents=True, exist_ok=True)
        metadata = {"version": version, "size": size or len(image), "checksum": checksum or sha256(image)}
        (root / "firmware.bin").write_bytes(image)
        (root / "firmware.json").write_text(json.dumps(metadata))

    def serve_broken(self, **broken):
        self.serve()
        self.server.create(APPLICATION, ["device-1"], "correct horse")
        self.write_release("1.0.1", microbit(), **broken)
        self.server.aim(APPLICATION)

    def refused_status(self):
        """What the device's status says once its source was asked."""
        device = self.wire_device("device-1")

        def is_refused(firmware):
            device.say("1.0.0")
            return firmware["by_type"]["InSync"].get("reason") == "SourceFailed"
        device.say("1.0.0")
        return self.server.until_status(APPLICATION, "device-1", is_refused, "the refusal")["by_type"]["InSync"]

    def test_a_wrong_checksum_is_refused_with_a_condition_that_says_so(self):
        self.serve_broken(checksum="00" * 32)
        condition = self.refused_status()
        self.assertEqual(condition["status"], "False")
        self.assertIn(sha256(microbit()), condition["message"])
        self.assertIn("expected " + "00" * 32, condition["message"])
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)

    def test_a_wrong_size_is_refused_with_a_condition_that_says_so(self):
        self.serve_broken(size=len(microbit()) + 1)
        self.assertIn(str(len(microbit()) + 1), self.refused_status()["message"])

    def test_the_last_good_release_stays_when_a_broken_one_follows(self):
        self.serve_release(["device-1", "device-2"])
        self.assertEqual(self.wire_device("device-1").say_until_ready("1.0.0").version, "1.0.1")
        self.write_release("1.0.2", stamped("1.0.2"), checksum="11" * 32)
        device = self.wire_device("device-2")

        def warns(firmware):
            device.say("1.0.0")
            return "SourceFailed" in firmware["by_type"]
        device.say("1.0.0")
        firmware = self.server.until_status(APPLICATION, "device-2", warns, "the warning")
        self.assertEqual(firmware["target"], "1.0.1")
        self.assertIn("11" * 32, firmware["by_type"]["SourceFailed"]["message"])
        image, command = device.download("1.0.0")
        self.assertEqual((command.kind, command.version, image), ("swap", "1.0.1", microbit()))

    def test_a_release_that_is_put_right_is_served(self):
        self.serve_broken(checksum="00" * 32)
        self.refused_status()
        self.publish("1.0.1", microbit())
        [summary] = self.device("device-1").run()
        self.assertEqual(summary["sha256"], sha256(microbit()))

    def test_a_withdrawn_release_is_served_to_nobody_not_even_half_way(self):
        self.serve_release(["device-1"])
        device = self.wire_device("device-1")
        taken, _ = device.download("1.0.0", stop_at=50 * 1024)
        self.server.ajour("firmware", "withdraw", sha256(microbit()))
        command = device.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        self.assertEqual(command.kind, "wait")

    def test_the_loop_guard_stops_a_release_that_a_device_came_back_from_twice(self):
        self.serve_release(["device-1"], data=microbit()[:4096])
        device = self.wire_device("device-1")
        for _ in range(2):
            self.assertEqual(device.download("1.0.0")[1].kind, "swap")
        self.assertEqual(device.say("1.0.0").kind, "wait")
        firmware = self.server.until_status(
            APPLICATION, "device-1", lambda found: found["by_type"]["InSync"].get("reason"), "a reason")
        self.assertEqual(firmware["by_type"]["InSync"]["reason"], "Reverted")
        self.server.kill()
        self.server.start()
        device.close()
        self.assertEqual({device.say("1.0.0").kind for _ in range(10)}, {"wait"})
        self.publish("1.0.2", stamped("1.0.2"))
        self.assertEqual(device.say_until_ready("1.0.0").version, "1.0.2")

    def test_a_version_that_stock_devices_cannot_hold_is_warned_of(self):
        version = "1.0.1-release-candidate"
        self.serve_release(["device-1"], version=version)
        self.assertEqual(self.wire_device("device-1").say_until_ready("1.0.0").version, version)
        firmware = self.server.until_status(
            APPLICATION, "device-1", lambda found: "Warning" in found["by_type"], "the warning")
        self.assertIn(str(len(version)), firmware["by_type"]["Warning"]["message"])

    def test_a_device_without_a_target_is_told_to_wait(self):
        self.serve()
        self.server.create(APPLICATION, ["device-1"], "correct horse")
        command = self.wire_device("device-1").say("1.0.0", correlation_id=7)
        self.assertEqual((command.kind, command.correlation_id), ("wait", 7))
        self.assertGreater(command.poll, 0)
