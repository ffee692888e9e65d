# SPDX-License-Identifier: Apache-2.0
"""Devices behind a link that loses 10 % of the packets each way, doubles 5 %, reorders some and takes 200 ms."""
from support import bad_link
from support.case import AT_BROKER, KEY, EndToEnd, microbit, sha256

COUNT = 100
IMAGE_SIZE = 1024 + 8  # few turns: after each loss CoAP waits for seconds, and twice as long after the next


NAMES = [f"device-{number}" for number in range(1, COUNT + 1)]
HERE = bad_link.SERVER_ADDRESS


class BadLink(EndToEnd):
    def setUp(self):
        bad_link.enter_new_network()
        super().setUp()
        self.link = bad_link.BadLink()
        self.addCleanup(self.link.close)

    def start_server(self, **settings):
        self.image = microbit()[:IMAGE_SIZE]
        self.serve_release(NAMES, data=self.image, **settings)

    def assert_all_update(self, url, **options):
        device = self.device("device", count=COUNT, url=url, mqtt_user=AT_BROKER, timeout=500, **options)
        device.prefix = self.link.far_side()
        summaries = device.run()
        self.assertEqual(len(summaries), COUNT)
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(self.image)})
        self.assert_link_was_bad()

    def assert_link_was_bad(self):
        did = self.link.end()
        print(did)
        self.assertGreater(did["packets"], COUNT * 5)
        for what, share in (("lost", 0.05), ("duplicated", 0.02), ("reordered", 0.10)):
            self.assertGreater(did[what], did["packets"] * share, did)

    def test_a_hundred_devices_update_over_http(self):
        self.start_server(transport__http__address=HERE)
        self.assert_all_update(f"http://{HERE}:{self.server.port}")

    def test_a_hundred_devices_update_over_mqtt(self):
        broker = self.start_broker(NAMES, address=HERE)
        self.start_server(**broker.settings())
        self.until_at_broker()
        self.assert_all_update(broker.url)

    def test_a_hundred_devices_update_over_coap(self):
        self.start_server(transport__coap__address=HERE)
        self.assert_all_update(f"coap://{HERE}:{self.server.coap_port}")

    def test_a_hundred_devices_update_over_coaps(self):
        self.start_server(transport__coap__address=HERE, transport__coap__tls__psk="true",
                          credential={"psk": {"key": KEY}})
        self.assert_all_update(f"coaps://{HERE}:{self.server.coaps_port}", psk_file=self.key_file())
