# SPDX-License-Identifier: Apache-2.0
"""A hundred devices update while garbage comes in by the same port."""
import time

from support import garbage
from support.case import APPLICATION, AT_BROKER, PASSWORD, EndToEnd, microbit, sha256

COUNT = 100
IMAGE_SIZE = 24 * 1024 + 12
MTU = 256
NAMES = [f"device-{number}" for number in range(1, COUNT + 1)]
NOISY = "noisy"  # a device, by its password at the broker


class Flood(EndToEnd):
    def start_server(self, **settings):
        self.image = microbit()[:IMAGE_SIZE]
        self.serve_release([*NAMES, NOISY], data=self.image, **settings)

    def start_server_at_broker(self):
        self.start_server(**self.start_broker([*NAMES, NOISY]).settings())
        self.until_at_broker()

    def assert_all_update_under(self, make_sender, url):
        flood = garbage.Flood(make_sender)
        self.addCleanup(flood.end)
        begin = time.monotonic()
        summaries = self.device("device", count=COUNT, mtu=MTU, url=url, mqtt_user=AT_BROKER).run()
        sent, seconds = flood.end(), time.monotonic() - begin
        print(f"{sent} pieces of garbage in {seconds:.1f} s")
        self.assertGreater(sent, 300, "hardly any garbage was sent")
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(self.image)})
        self.assertEqual(len(summaries), COUNT)
        self.assertIsNone(self.server.process.poll())

    def test_devices_on_http_finish_while_garbage_comes_in(self):
        self.start_server()
        self.assert_all_update_under(lambda: garbage.Streams(self.server.port), self.server.url)

    def test_devices_on_coap_finish_while_garbage_comes_in(self):
        self.start_server()
        self.assert_all_update_under(lambda: garbage.Datagrams(self.server.coap_port),
                                     self.server.coap_url)

    def test_devices_on_mqtt_finish_while_garbage_comes_to_the_broker(self):
        self.start_server_at_broker()
        self.assert_all_update_under(lambda: garbage.Streams(self.broker.port), self.broker.url)

    def test_devices_on_mqtt_finish_while_garbage_comes_through_the_broker(self):
        self.start_server_at_broker()
        self.assert_all_update_under(lambda: garbage.Publishes(self.broker, APPLICATION, NOISY, PASSWORD),
                                     self.broker.url)
