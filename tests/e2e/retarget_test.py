# SPDX-License-Identifier: Apache-2.0
from support.case import APPLICATION, EndToEnd, microbit, sha256, stamped

HALF = 100 * 1024


class Retarget(EndToEnd):
    def start_half_way(self, **settings):
        """A device that has taken the first HALF bytes of 1.0.1 when 1.0.2 takes its place."""
        self.serve_release(["device-1"], **settings)
        device = self.wire_device("device-1")
        taken, _ = device.download("1.0.0", stop_at=HALF)
        self.publish("1.0.2", stamped("1.0.2"))
        self.server.until(self.new_release_is_known, "the new release to be known")
        return device, taken

    def new_release_is_known(self):
        """Asks as the device at its offset would, which brings it no further."""
        self.wire_device("device-1").say("1.0.0", mtu=8, writing="1.0.1", offset=HALF)
        return self.server.firmware_status(APPLICATION, "device-1")["target"] == "1.0.2"

    def test_a_device_half_way_finishes_its_release_and_then_gets_the_newer(self):
        device, taken = self.start_half_way()
        command = device.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        while command.kind == "write":
            self.assertEqual((command.version, command.offset), ("1.0.1", len(taken)))
            taken += command.data
            command = device.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        self.assertEqual((command.kind, command.version, taken), ("swap", "1.0.1", microbit()))
        image, command = device.download("1.0.1")
        self.assertEqual((command.kind, command.version, image), ("swap", "1.0.2", stamped("1.0.2")))
        self.assertEqual(device.say("1.0.2").kind, "sync")

    def test_a_device_goes_on_with_a_replaced_release_after_the_server_was_killed(self):
        device, taken = self.start_half_way()
        self.server.until(lambda: self.progress() > 0, "the flight to be stored")
        self.server.kill()
        self.server.start()
        device.close()
        command = device.say_until_ready("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        self.assertEqual((command.kind, command.version, command.offset), ("write", "1.0.1", len(taken)))
        self.assertEqual(command.data, microbit()[len(taken):len(taken) + 1024])

    def progress(self):
        firmware = self.server.firmware_status(APPLICATION, "device-1")
        message = firmware["by_type"].get("UpdateProgress", {}).get("message", "0")
        return float(message.split()[0])

    def test_with_restart_a_device_half_way_begins_the_newer_at_0(self):
        device, taken = self.start_half_way(update__retarget="restart")
        command = device.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        self.assertEqual((command.kind, command.version, command.offset), ("write", "1.0.2", 0))

    def test_a_stock_device_that_keeps_its_offset_across_a_new_target_gets_no_block(self):
        device, taken = self.start_half_way(update__retarget="restart")
        device.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        command = device.say("1.0.0", mtu=1024, writing="1.0.2", offset=len(taken))
        self.assertEqual(command.kind, "wait")
        firmware = self.server.until_status(
            APPLICATION, "device-1", lambda found: found["by_type"]["InSync"].get("reason"), "a reason")
        self.assertEqual(firmware["by_type"]["InSync"]["reason"], "MustRestart")
        self.assertEqual(device.say("1.0.0", mtu=1024).offset, 0)

    def finish(self, device, taken):
        """Takes the rest of 1.0.1, block by block."""
        command = device.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        while command.kind == "write":
            self.assertEqual((command.version, command.offset), ("1.0.1", len(taken)))
            taken += command.data
            command = device.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        self.assertEqual((command.kind, taken), ("swap", microbit()))
        self.assertEqual((command.version, command.checksum.hex()), ("1.0.1", sha256(microbit())))

    def half_way(self):
        self.serve_release(["device-1"])
        device = self.wire_device("device-1")
        return device, device.download("1.0.0", stop_at=HALF)[0]

    def reason(self):
        return self.server.firmware_status(APPLICATION, "device-1")["by_type"]["InSync"].get("reason")

    def test_a_device_half_way_finishes_its_release_when_its_new_target_does_not_exist(self):
        device, taken = self.half_way()
        self.server.aim(APPLICATION, "nope")
        self.finish(device, taken)
        firmware = self.server.until_status(
            APPLICATION, "device-1", lambda found: "SourceFailed" in found["by_type"], "the source's failure")
        self.assertIn("nope", firmware["by_type"]["SourceFailed"]["message"])
        self.assertEqual(device.say("1.0.1").kind, "wait")
        self.server.until(lambda: self.reason() == "SourceFailed", "the reason")

    def test_a_device_half_way_finishes_its_release_when_it_has_no_target_any_more(self):
        device, taken = self.half_way()
        self.server.ajour("app", "clear-firmware", APPLICATION)
        self.finish(device, taken)
        self.assertEqual(device.say("1.0.1").kind, "wait")
        self.server.until(lambda: self.reason() == "NoTarget", "the reason")

    def test_with_restart_a_device_half_way_waits_when_it_has_no_target_any_more(self):
        self.serve_release(["device-1"], update__retarget="restart")
        device = self.wire_device("device-1")
        taken = device.download("1.0.0", stop_at=HALF)[0]
        self.server.ajour("app", "clear-firmware", APPLICATION)
        command = device.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken))
        self.assertEqual(command.kind, "wait")

    def test_a_real_device_follows_two_releases_that_come_while_it_updates(self):
        self.serve_release(["device-1"])
        device = self.device("device-1", mtu=64).start()
        self.server.until(lambda: device.progress_seen() > HALF / 4, "a part of the first")
        self.publish("1.0.2", stamped("1.0.2"))
        self.publish("1.0.3", stamped("1.0.3"))
        device.finish()
        self.device("device-1").run()
        self.assert_runs(device, "1.0.3", stamped("1.0.3"))
