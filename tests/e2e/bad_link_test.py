# SPDX-License-Identifier: Apache-2.0
"""Devices behind a link that loses 10 % of the packets each way, doubles 5 %, reorders some and takes 200 ms."""
from support import bad_link
from support.case import EndToEnd, microbit, sha256

COUNT = 100
IMAGE_SIZE = 4 * 1024 + 12


class BadLink(EndToEnd):
    def setUp(self):
        bad_link.enter_new_network()
        super().setUp()
        self.link = bad_link.BadLink()
        self.addCleanup(self.link.close)

    def update(self, url_of, **settings):
        image = microbit()[:IMAGE_SIZE]
        names = [f"device-{number}" for number in range(1, COUNT + 1)]
        self.serve_release(names, data=image, **settings)
        device = self.device("device", count=COUNT, workers=COUNT, url=url_of(self.server))
        device.prefix = self.link.far_side()
        summaries = device.run()
        self.assertEqual(len(summaries), COUNT)
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(image)})
        self.assert_link_was_bad()

    def assert_link_was_bad(self):
        did = self.link.end()
        print(did)
        self.assertGreater(did["packets"], COUNT * 10)
        for what, share in (("lost", 0.05), ("duplicated", 0.02), ("reordered", 0.10)):
            self.assertGreater(did[what], did["packets"] * share, did)

    def test_a_hundred_devices_update_over_http(self):
        self.update(lambda server: f"http://{bad_link.SERVER_ADDRESS}:{server.port}",
                    transport__http__address=bad_link.SERVER_ADDRESS)
