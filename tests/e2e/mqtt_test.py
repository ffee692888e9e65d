# SPDX-License-Identifier: Apache-2.0
from support.broker import Broker
from support.case import APPLICATION, PASSWORD, EndToEnd, microbit, sha256
from support.mqtt import Connection
from support.mqtt_device import MqttDevice, Updating
from support.server import Server


class Mqtt(EndToEnd):
    def setUp(self):
        super().setUp()
        self.broker = Broker(self.directory)
        self.addCleanup(self.broker.close)
        self.broker.start()
        self.settings = {
            "transport__mqtt__server": self.broker.url, "transport__mqtt__client_id": "server-1",
            "transport__mqtt__reconnect__min": "100ms", "transport__mqtt__reconnect__max": "500ms",
        }

    def serve_mqtt(self, devices, **settings):
        self.serve_release(devices, **{**self.settings, **settings})
        self.until_at_broker()

    def mqtt_device(self, name, branch=None):
        device = MqttDevice(self.broker, APPLICATION, name, branch)
        self.addCleanup(device.close)
        return device

    def start_all(self, names, **options):
        devices = [Updating(self.mqtt_device(name), **options) for name in names]
        self.addCleanup(lambda: [each.thread.join(60) for each in devices])
        return devices

    def until_half(self, devices):
        half = sum(len(microbit()) for _ in devices) / 2
        self.server.until(lambda: sum(len(each.device.image) for each in devices) > half, "half of the update")

    def assert_all_finish(self, devices):
        for each in devices:
            self.assertEqual(each.finish().kind, "swap")
            self.assertEqual(sha256(each.device.image), sha256(microbit()))

    def test_a_device_updates(self):
        self.serve_mqtt(["device-1"])
        device = self.mqtt_device("device-1")
        command = device.update("1.0.0")
        self.assertEqual((command.kind, command.version, command.checksum.hex()),
                         ("swap", "1.0.1", sha256(microbit())))
        self.assertEqual(device.image, microbit())
        self.assertEqual(device.say("1.0.1").kind, "sync")
        self.server.until_in_sync(APPLICATION, "device-1", "1.0.1")

    def test_a_device_starts_over_http_and_finishes_over_mqtt(self):
        self.serve_mqtt(["device-1"])
        device = self.mqtt_device("device-1")
        device.image, command = self.wire_device("device-1").download("1.0.0", stop_at=100_000)
        device.writing = command.version
        self.assertEqual(device.update("1.0.0").kind, "swap")
        self.assertEqual(device.image, microbit())

    def test_a_device_starts_over_mqtt_and_finishes_over_http(self):
        self.serve_mqtt(["device-1"])
        device = self.mqtt_device("device-1")
        device.update("1.0.0", stop_at=100_000)
        http = self.wire_device("device-1")
        while (command := http.say("1.0.0", mtu=1024, **device.progress())).kind == "write":
            device.image += command.data
        self.assertEqual((command.kind, device.image), ("swap", microbit()))

    def test_devices_finish_when_the_broker_is_killed_in_mid_update(self):
        names = [f"device-{number}" for number in range(1, 6)]
        self.serve_mqtt(names)
        devices = self.start_all(names)
        self.until_half(devices)
        self.broker.kill()
        self.server.until(lambda: self.server.metric("ajour_transport_mqtt_connected") == 0, "the loss")
        self.broker.start()
        self.assert_all_finish(devices)
        self.assertEqual(self.server.metric("ajour_transport_mqtt_connects_total"), 2)

    def test_devices_finish_when_the_server_is_killed_in_mid_update(self):
        names = [f"device-{number}" for number in range(1, 6)]
        self.serve_mqtt(names)
        watcher = Connection(self.broker.port, "watcher", timeout=90)
        self.addCleanup(watcher.close)
        watcher.subscribe("ajour/status")
        devices = self.start_all(names)
        self.until_half(devices)
        self.server.kill()
        self.assertEqual(watcher.next_publish(90), ("ajour/status", b"offline server-1"), "the last will")
        self.server.start()
        self.assert_all_finish(devices)
        self.assertEqual(watcher.next_publish(90), ("ajour/status", b"online server-1"))

    def serve_replicas(self, names):
        """Two servers, each with a store of its own, that share the statuses of the same devices."""
        servers = []
        for number in (1, 2):
            directory = self.directory / f"replica-{number}"
            directory.mkdir()
            settings = {**self.settings, "transport__mqtt__client_id": f"server-{number}",
                        "transport__mqtt__group": "servers", "update__replicas": "many"}
            self.server = Server(directory, **settings)
            self.addCleanup(self.server.close)
            self.server.start().create(APPLICATION, names, PASSWORD)
            self.publish("1.0.1", microbit())
            self.server.aim(APPLICATION)
            self.until_at_broker()
            servers.append(self.server)
        return servers

    def test_devices_of_two_replicas_finish_when_one_is_killed_in_mid_update(self):
        names = [f"device-{number}" for number in range(1, 9)]
        doomed, survivor = self.serve_replicas(names)
        devices = self.start_all(names)
        self.until_half(devices)
        for server in (doomed, survivor):
            self.assertGreater(server.metric("ajour_block_bytes_total"), len(microbit()), "they share the work")
        doomed.kill()
        self.assert_all_finish(devices)
        self.assertEqual(survivor.metric("ajour_transport_mqtt_connects_total"), 1)

    def test_a_server_starts_without_its_broker_and_serves_others_meanwhile(self):
        self.broker.kill()
        self.serve_release(["device-1"], **self.settings)
        self.device("device-1").run()
        self.assertEqual(self.server.metric("ajour_transport_mqtt_connected"), 0)
        self.assertIn("cannot connect to the broker", self.server.log())
        self.broker.start()
        self.until_at_broker()
        self.assertEqual(self.mqtt_device("device-1").say("1.0.1").kind, "sync")

    def test_a_gateway_speaks_for_those_that_name_it(self):
        self.serve_mqtt(["gateway", "stranger"])
        metadata = {"application": APPLICATION, "name": "device-1"}
        code, _ = self.server.request(
            "POST", f"/api/registry/v1alpha1/apps/{APPLICATION}/devices",
            {"metadata": metadata, "spec": {"gatewaySelector": {"matchNames": ["gateway"]}}})
        self.assertEqual(code, 201)
        stranger = self.mqtt_device("device-1", f"ajour/{APPLICATION}/stranger/as/device-1")
        self.assertIsNone(stranger.ask("1.0.0", 2))
        through = self.mqtt_device("device-1", f"ajour/{APPLICATION}/gateway/as/device-1")
        self.assertEqual(through.update("1.0.0").kind, "swap")
        self.assertEqual(through.image, microbit())

    def test_disabled_and_unknown_devices_get_no_answer(self):
        self.serve_mqtt(["device-1"])
        metadata = {"application": APPLICATION, "name": "disabled"}
        self.server.request("POST", f"/api/registry/v1alpha1/apps/{APPLICATION}/devices",
                            {"metadata": metadata, "spec": {"core": {"disabled": True}}})
        for name in ("disabled", "nobody"):
            self.assertIsNone(self.mqtt_device(name).ask("1.0.0", 2), name)
        self.server.until(lambda: self.server.metric("ajour_transport_mqtt_refusals_total") == 2, "both refusals")
        self.assertNotEqual(self.mqtt_device("device-1").say("1.0.0").kind, "sync")

    def test_a_stop_in_mid_update_is_quick_and_announced(self):
        self.serve_mqtt(["device-1"])
        watcher = Connection(self.broker.port, "watcher", timeout=90)
        self.addCleanup(watcher.close)
        watcher.subscribe("ajour/status")
        devices = self.start_all(["device-1"])
        self.until_half(devices)
        code, seconds = self.server.terminate()
        self.assertEqual((code, seconds < 30), (0, True), self.server.log())
        self.assertEqual(watcher.next_publish(90), ("ajour/status", b"offline server-1"))
        self.server.start()
        self.assert_all_finish(devices)

    def test_the_password_at_the_broker_is_seen_nowhere(self):
        secret = self.directory / "secret"
        secret.write_text(PASSWORD)
        self.serve(**self.settings, transport__mqtt__user="ajour", transport__mqtt__password=f"file:{secret}")
        self.until_at_broker()
        self.assertNotIn(PASSWORD, self.server.log())
        self.assertNotIn(PASSWORD, self.server.ajour("check").stdout)
