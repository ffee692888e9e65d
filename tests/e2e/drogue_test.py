# SPDX-License-Identifier: Apache-2.0
from support.broker import Broker
from support.case import APPLICATION, EndToEnd, microbit, sha256
from support.drogue_device import DrogueDevice, LorawanDevice
from support.mqtt import PUBACK, Connection
from support.mqtt_device import Updating

POISON = [b"", b"garbage", b"{}", b"[" * 2000, b'{"subject":"dfu","data":{"version":7}}', b'{"subject":"dfu","time":"x"}']
# The air time of devices on LoRaWAN is not what those tests are about.
UNBOUNDED = {"transport__drogue__lora__airtime__device": "0s",
             "transport__drogue__lora__airtime__duty_cycle": "none"}


class Drogue(EndToEnd):
    def setUp(self):
        super().setUp()
        self.broker = Broker(self.directory)
        self.addCleanup(self.broker.close)
        self.broker.start()
        self.settings = {
            "transport__drogue__server": self.broker.url, "transport__drogue__applications": APPLICATION,
            "transport__drogue__reconnect__min": "100ms", "transport__drogue__reconnect__max": "500ms"}

    def serve_drogue(self, devices, data=None, **settings):
        self.serve_release(devices, data=data, **{**self.settings, **settings})
        self.server.until(lambda: self.server.metric("ajour_transport_drogue_connected") == 1, "the server at the cloud")

    def device(self, kind, name):
        device = kind(self.broker, APPLICATION, name)
        self.addCleanup(device.close)
        return device

    def test_a_device_updates_with_both_versions_of_mqtt(self):
        for version in ("3.1.1", "5"):
            with self.subTest(version):
                self.serve_drogue(["device-1"], transport__drogue__version=version)
                device = self.device(DrogueDevice, "device-1")
                command = device.update("1.0.0")
                self.assertEqual((command.kind, command.version, command.checksum.hex()),
                                 ("swap", "1.0.1", sha256(microbit())))
                self.assertEqual(device.image, microbit())
                self.assertEqual(device.say("1.0.1").kind, "sync")
                self.server.close()
                self.setUp()

    def test_a_device_on_lorawan_updates_in_commands_that_fit(self):
        data = bytes(range(256)) * 4
        self.serve_drogue(["ttn-gateway"], data=data, **UNBOUNDED)
        self.server.request("POST", f"/api/registry/v1alpha1/apps/{APPLICATION}/devices", {
            "metadata": {"application": APPLICATION, "name": "device-1"},
            "spec": {"gatewaySelector": {"matchNames": ["ttn-gateway"]}}})
        device = self.device(LorawanDevice, "device-1")
        command = device.update("1.0.0", mtu=512)
        self.assertEqual((command.kind, command.checksum.hex()), ("swap", sha256(data)))
        self.assertEqual(device.image, data)

    def test_devices_finish_amid_poison_and_a_restart_of_the_cloud(self):
        names = [f"device-{number}" for number in range(20)]
        self.serve_drogue(names)
        devices = [Updating(self.device(DrogueDevice, name)) for name in names]
        self.addCleanup(lambda: [each.thread.join(60) for each in devices])
        vandal = Connection(self.broker.port, "vandal")
        for message in POISON:
            vandal.publish(f"app/{APPLICATION}", message)
            vandal.await_packet(PUBACK)
        vandal.close()
        self.server.until(lambda: sum(len(each.device.image) for each in devices) > len(microbit()), "some blocks")
        self.broker.kill()
        self.broker.start()
        for each in devices:
            self.assertEqual(each.finish().kind, "swap")
            self.assertEqual(sha256(each.device.image), sha256(microbit()))
        self.assertGreaterEqual(self.server.metric("ajour_transport_drogue_events_unreadable_total"), len(POISON))
