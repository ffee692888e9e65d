# SPDX-License-Identifier: Apache-2.0
from support.case import EndToEnd, microbit, sha256, stamped


class Update(EndToEnd):
    def update_devices(self, count):
        """`count` devices, in one process if many; each ends with the image."""
        names = [f"device-{number}" for number in range(1, count + 1)]
        self.serve_release(names)
        options = {"count": count} if count > 1 else {}
        device = self.device("device" if count > 1 else "device-1", **options)
        summaries = device.run()
        self.assertEqual(len(summaries), count)
        for summary in summaries:
            self.assertEqual((summary["version"], summary["swaps"]), ("1.0.1", 1))
            self.assertEqual(summary["sha256"], sha256(microbit()))
        for name in names:
            self.assert_runs(device, "1.0.1", microbit(), name)

    def test_one_device_gets_the_release(self):
        self.update_devices(1)

    def test_fifty_devices_get_the_release_and_it_is_fetched_once(self):
        self.update_devices(50)
        self.assertEqual(self.server.metric("ajour_releases_fetched_total"), 1)

    def test_five_devices_in_processes_of_their_own_get_the_release(self):
        names = [f"device-{number}" for number in range(1, 6)]
        self.serve_release(names)
        devices = [self.device(name).start() for name in names]
        for device in devices:
            device.finish()
            self.assert_runs(device, "1.0.1", microbit())

    def test_a_device_that_is_in_sync_gets_the_next_release_when_it_is_published(self):
        self.serve_release(["device-1"])
        self.device("device-1").run()
        self.publish("1.0.2", stamped("1.0.2"))
        summary = self.server.until(lambda: self.run_once_if("1.0.2"), "the next release")
        self.assertEqual(summary["swaps"], 1)

    def run_once_if(self, version):
        device = self.device("device-1")
        [summary] = device.run()
        if summary["version"] != version:
            return None
        self.assert_runs(device, version, stamped(version))
        return summary

    def test_every_block_length_gives_the_same_image(self):
        lengths = [8, 60, 500, 1024, 60000]
        self.serve_release([f"device-{length}" for length in lengths], data=microbit()[:20011])
        for length in lengths:
            device = self.device(f"device-{length}", mtu=length)
            device.run()
            self.assert_runs(device, "1.0.1", microbit()[:20011])
