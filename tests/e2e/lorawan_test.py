# SPDX-License-Identifier: Apache-2.0
import base64

from support.broker import Broker
from support.case import APPLICATION, EndToEnd, sha256
from support.lorawan_device import PAYLOAD_MAX, ChirpDevice, ThingsDevice, ThingsServer, post_hook, things_uplink
from support.wire_device import Command, status

IMAGE = bytes(range(256)) * 8
EUI = "0102030405060708"
UNBOUNDED = {"transport__lorawan__airtime__device": "0s", "transport__lorawan__airtime__duty_cycle": "none"}


class Lorawan(EndToEnd):
    def serve_lorawan(self, devices, **settings):
        self.broker = Broker(self.directory)
        self.addCleanup(self.broker.close)
        self.broker.start()
        self.serve_release(devices, data=IMAGE, transport__lorawan__server=self.broker.url, **settings)
        self.server.until(lambda: self.server.metric("ajour_transport_lorawan_connected") == 1, "the server there")

    def device(self, kind, name, factor):
        device = kind(self.broker, APPLICATION, name)
        device.factor = factor
        self.addCleanup(device.close)
        return device

    def assert_updates(self, device):
        command = device.update("1.0.0", mtu=1024)
        self.assertEqual((command.kind, command.checksum.hex()), ("swap", sha256(IMAGE)))
        self.assertEqual(device.image, IMAGE)

    def test_a_device_at_the_things_stack_updates_whatever_mtu_it_claims(self):
        self.serve_lorawan(["slow", "fast"], **UNBOUNDED)
        for name, factor, longest in (("slow", 12, 51), ("fast", 7, 222)):
            device = self.device(ThingsDevice, name, factor)
            self.assert_updates(device)
            self.assertGreater(device.longest, longest - 8, "the room is used up to a word")
        self.assertEqual(self.server.metric("ajour_transport_lorawan_commands_too_long_total"), 0)

    def test_a_data_rate_that_changes_half_way_makes_blocks_shorter_and_longer(self):
        self.serve_lorawan(["meter"], **UNBOUNDED)
        device = self.device(ThingsDevice, "meter", 7)
        for factor, stop in ((7, 600), (12, 900), (9, 1300)):
            device.factor, device.longest = factor, 0
            device.update("1.0.0", mtu=1024, stop_at=stop)
            self.assertGreater(device.longest, PAYLOAD_MAX[factor] - 8, f"the room at SF{factor} is used")
        device.factor = 7
        self.assert_updates(device)
        self.assertEqual(self.server.metric("ajour_transport_lorawan_commands_too_long_total"), 0)

    def test_a_device_at_chirpstack_updates(self):
        self.serve_lorawan([EUI], transport__lorawan__network="chirpstack",
                           transport__lorawan__name__device="{device_eui}", **UNBOUNDED)
        self.assert_updates(self.device(ChirpDevice, EUI, 8))

    def test_a_device_without_air_time_hears_nothing_and_its_neighbour_does(self):
        self.serve_lorawan(["greedy", "modest"], transport__lorawan__airtime__device="8s")
        greedy = self.device(ThingsDevice, "greedy", 12)
        self.assertIsNotNone(greedy.ask("1.0.0", 90))
        self.server.until(lambda: greedy.ask("1.0.0", 0.2) is None and self.server.metric(
            "ajour_transport_lorawan_commands_without_airtime_total") > 0, "the end of the air time")
        self.assertLessEqual(self.server.metric("ajour_transport_lorawan_airtime_milliseconds_total"), 8000)
        self.assertIsNotNone(self.device(ThingsDevice, "modest", 7).ask("1.0.0", 90))

    def test_webhooks_are_answered_by_the_api(self):
        api = ThingsServer()
        self.addCleanup(api.close)
        self.serve_release(["device-1"], data=IMAGE, transport__lorawan__webhook__secret="word",
                           transport__lorawan__api=api.url, transport__lorawan__api__key="NNSXS.KEY")
        body = things_uplink(APPLICATION, "device-1", 9, status("1.0.1", correlation_id=7))
        self.assertEqual(post_hook(self.server, body, "another"), 403)
        self.assertEqual(post_hook(self.server, b"{}", "word"), 400)
        self.assertEqual(post_hook(self.server, body, "word"), 204)
        path, authorization, downlink = api.posts.get(timeout=90)
        self.assertEqual(path, f"/api/v3/as/applications/{APPLICATION}/webhooks/ajour/devices/device-1/down/replace")
        self.assertEqual(authorization, "Bearer NNSXS.KEY")
        command = Command(base64.b64decode(downlink["downlinks"][0]["frm_payload"]))
        self.assertEqual(command.correlation_id, 7)
        self.assertNotIn("NNSXS", self.server.log())
