# SPDX-License-Identifier: Apache-2.0
"""A hundred devices go on where they were when what serves them dies and comes back."""
from support.case import EndToEnd, microbit, sha256

COUNT = 100
IMAGE_SIZE = 24 * 1024 + 12
MTU = 256


class Restart(EndToEnd):
    def begin(self, url_of, **settings):
        """Until a third of all bytes is served."""
        self.image = microbit()[:IMAGE_SIZE]
        self.serve_release([f"device-{number}" for number in range(1, COUNT + 1)], data=self.image, **settings)
        self.devices = self.device("device", count=COUNT, mtu=MTU, workers=16, url=url_of(self.server)).start()
        self.until_share_is_served(1 / 3)

    def until_share_is_served(self, share):
        self.server.until(lambda: self.server.metric("ajour_block_bytes_total") > share * COUNT * IMAGE_SIZE,
                          f"{share:.0%} of the update")
        self.assertIsNone(self.devices.process.poll(), "the devices were too quick")

    def kill_and_start(self, what):
        what.kill()
        what.start()

    def assert_all_finish(self):
        summaries = self.devices.finish()
        self.assertEqual(len(summaries), COUNT)
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(self.image)})

    def test_devices_on_http_finish_when_the_server_is_killed_and_comes_back(self):
        self.begin(lambda server: server.url)
        self.kill_and_start(self.server)
        self.assert_all_finish()
