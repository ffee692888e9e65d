# SPDX-License-Identifier: Apache-2.0
"""Devices that no one here wrote update: see tests/interop."""
from support import foreign_clients
from support.case import APPLICATION, PASSWORD, EndToEnd, microbit, sha256
from support.reference_device import ReferenceDevice

IMAGE_SIZE = 60 * 1024 + 7  # the last word is not whole


class Interop(EndToEnd):
    def start_server(self, **settings):
        self.image = microbit()[:IMAGE_SIZE]
        self.serve_release(["device-1"], data=self.image, **settings)

    def assert_updates(self, url):
        device = ReferenceDevice(self.server, APPLICATION, "device-1", PASSWORD)
        said = device.run(url)
        self.assertTrue(said.startswith("1.0.1 after "), said)
        self.assertEqual(sha256(device.image_file.read_bytes()), sha256(self.image))
        self.server.until_in_sync(APPLICATION, "device-1", "1.0.1")

    def test_the_reference_device_updates_over_http(self):
        self.start_server()
        self.assert_updates(self.server.url)

    def test_the_reference_device_updates_over_mqtt(self):
        self.start_server(**self.start_broker(["device-1"]).settings())
        self.until_at_broker()
        self.assert_updates(self.broker.url)

    def test_the_reference_device_updates_over_coap(self):
        self.start_server()
        self.assert_updates(self.server.coap_url)

    def assert_updates_with(self, library):
        self.start_server()
        self.server.until(lambda: self.wire_device("device-1").say("1.0.0").kind == "write", "the release")
        password_file = self.directory / "password"
        password_file.write_text(PASSWORD)
        image = foreign_clients.update(library, f"coap://127.0.0.1:{self.server.coap_port}/v1/dfu?ct=30",
                                       f"device-1@{APPLICATION}", password_file, self.directory / "got")
        self.assertEqual(sha256(image), sha256(self.image))

    def test_a_device_on_aiocoap_updates(self):
        self.assert_updates_with("aiocoap")

    def test_a_device_on_node_coap_updates(self):
        self.assert_updates_with("node-coap")
