# SPDX-License-Identifier: Apache-2.0
"""A hundred devices go on where they were when what serves them dies and comes back."""
from support.case import AT_BROKER, EndToEnd, microbit, sha256

COUNT = 100
IMAGE_SIZE = 24 * 1024 + 12
MTU = 256
NAMES = [f"device-{number}" for number in range(1, COUNT + 1)]


class Restart(EndToEnd):
    def start_server(self, **settings):
        self.image = microbit()[:IMAGE_SIZE]
        self.serve_release(NAMES, data=self.image, **settings)

    def start_server_at_broker(self):
        self.start_server(**self.start_broker(NAMES).settings())
        self.until_at_broker()

    def assert_all_finish_when_killed(self, what, url):
        """Kills it when a third of all bytes is served, and starts it again."""
        devices = self.device("device", count=COUNT, mtu=MTU, url=url, mqtt_user=AT_BROKER).start()
        self.server.until(self.third_is_served, "a third of the update")
        self.assertIsNone(devices.process.poll(), "the devices were too quick")
        what.kill()
        what.start()
        summaries = devices.finish()
        self.assertEqual(len(summaries), COUNT)
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(self.image)})

    def third_is_served(self):
        return self.server.metric("ajour_block_bytes_total") > COUNT * IMAGE_SIZE / 3

    def test_devices_on_http_finish_when_the_server_is_killed(self):
        self.start_server()
        self.assert_all_finish_when_killed(self.server, self.server.url)

    def test_devices_on_mqtt_finish_when_the_server_is_killed(self):
        self.start_server_at_broker()
        self.assert_all_finish_when_killed(self.server, self.broker.url)

    def test_devices_on_mqtt_finish_when_the_broker_is_killed(self):
        self.start_server_at_broker()
        self.assert_all_finish_when_killed(self.broker, self.broker.url)

    def test_devices_on_coap_finish_when_the_server_is_killed(self):
        self.start_server()
        self.assert_all_finish_when_killed(self.server, self.server.coap_url)
