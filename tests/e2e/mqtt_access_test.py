# SPDX-License-Identifier: Apache-2.0
"""ajour-device at a broker with the access control that is shipped."""
from support.case import APPLICATION, EndToEnd, microbit

DEVICES = ["device-1", "device-2"]
USER = "{application}/{device}"


class MqttAccess(EndToEnd):
    def setUp(self):
        super().setUp()
        self.broker = self.start_broker(DEVICES)
        self.serve_release(DEVICES, **self.broker.settings())
        self.until_at_broker()

    def assert_not_heard(self, device):
        self.assertNotEqual(device.start().process.wait(90), 0)
        self.assertEqual(self.server.metric("ajour_transport_mqtt_statuses_total"), 0)
        self.assertIsNone(self.server.firmware_status(APPLICATION, device.name))
        self.assertEqual(device.progress_seen(), 0)

    def test_a_device_updates_by_its_password_of_the_other_transports(self):
        device = self.device("device-1", url=self.broker.url, mqtt_user=USER)
        device.run()
        self.assert_runs(device, "1.0.1", microbit())

    def test_a_device_that_lies_about_its_name_is_not_heard(self):
        self.assert_not_heard(self.device("device-2", url=self.broker.url, timeout=5,
                                          mqtt_user=f"{APPLICATION}/device-1"))

    def test_a_device_with_a_wrong_password_is_not_heard(self):
        device = self.device("device-1", url=self.broker.url, timeout=5, mqtt_user=USER)
        device.options["password-file"].write_text("guess")
        self.assert_not_heard(device)
