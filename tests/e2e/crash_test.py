# SPDX-License-Identifier: Apache-2.0
import random
import time

from support.case import APPLICATION, EndToEnd, microbit

MTU = 256


class Crash(EndToEnd):
    def test_a_killed_server_goes_on_where_its_devices_are(self):
        names = [f"device-{number}" for number in range(1, 6)]
        self.serve_release(names)
        device = self.device("device", count=5, mtu=MTU).start()
        self.server.until(self.half_is_served, "half of the update")
        self.server.kill()
        written = [self.bytes_written(device, name) for name in names]
        self.server.start()
        device.finish()
        for name in names:
            self.assert_runs(device, "1.0.1", microbit(), name)
        self.assert_nobody_began_again(written)

    def half_is_served(self):
        return self.server.metric("ajour_block_bytes_total") > len(microbit()) * 5 / 2

    @staticmethod
    def bytes_written(device, name):
        return max(file.stat().st_size for file in (device.directory / name).glob("slot-*"))

    def assert_nobody_began_again(self, written):
        """What was served after the crash is what was missing; a slot is filled up to its erase unit."""
        missing = sum(len(microbit()) - size for size in written)
        slack = len(written) * (4096 + 2 * MTU)
        self.assertLessEqual(self.server.metric("ajour_block_bytes_total"), missing + slack)

    def test_a_server_killed_again_and_again_serves_the_right_image(self):
        self.serve_release(["device-1"])
        device = self.device("device-1", mtu=128).start()
        chance = random.Random(1)
        for _ in range(5):
            time.sleep(chance.uniform(0.05, 0.4))
            self.server.kill()
            self.server.start()
        device.finish()
        self.assert_runs(device, "1.0.1", microbit())

    def test_a_device_killed_again_and_again_goes_on_from_its_last_block(self):
        self.serve_release(["device-1"])
        kills, chance = 0, random.Random(2)
        device = self.device("device-1", mtu=MTU)
        while kills < 25:
            device.start()
            time.sleep(chance.uniform(0.01, 0.2))
            if not device.kill():
                break
            kills += 1
        device.run()
        self.assertGreater(kills, 2, "the device was too quick to be killed")
        self.assert_runs(device, "1.0.1", microbit())
        served = self.server.metric("ajour_block_bytes_total")
        self.assertLessEqual(served, len(microbit()) + kills * 2 * MTU)

    def test_a_registry_change_survives_a_kill_that_follows_it(self):
        self.serve()
        self.server.create(APPLICATION, ["device-1"], "secret")
        self.server.kill()
        self.server.start()
        self.assertIsNone(self.server.firmware_status(APPLICATION, "device-1"))

    def test_a_kill_while_the_release_is_fetched_leaves_nothing_that_is_served(self):
        self.serve_release(["device-1"])
        device = self.wire_device("device-1")
        device.say("1.0.0")
        self.server.kill()
        partial = self.server.state / "firmware/partial"
        (partial / "left-over").write_bytes(microbit()[:1000])
        self.server.start()
        self.assertEqual(list(partial.iterdir()), [])
        image, command = self.wire_device("device-1").download("1.0.0")
        self.assertEqual((image, command.kind), (microbit(), "swap"))
