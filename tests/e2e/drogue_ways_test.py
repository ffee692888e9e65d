# SPDX-License-Identifier: Apache-2.0
"""The other ways into a Drogue Cloud and out of it: events by WebSocket, commands by HTTP."""
from support.case import APPLICATION, PASSWORD, microbit
from support.drogue.case import DrogueCase
from support.wire_device import status

POSTS = "ajour_transport_drogue_command_posts_"
BY_HTTP = {"transport.drogue.commands": "http"}


class DrogueWays(DrogueCase):
    def posts(self, outcome):
        return self.server.metric(f"{POSTS}{outcome}_total")

    def until_posts(self, outcome, count):
        self.server.until(lambda: self.posts(outcome) >= count, f"{count} commands to be {outcome}", 90)

    def say(self, name, **options):
        """A status of a device that does not wait for its command."""
        self.cloud.take_message((APPLICATION, name), "dfu", {}, "application/octet-stream", status("1.0.0", **options))

    def test_a_device_updates_by_websocket_and_http_alone(self):
        self.start_cloud(["device-1"])
        self.serve_behind(by=self.cloud.websocket_settings())
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())
        self.assertGreaterEqual(self.posts("accepted"), len(microbit()) // 1024)
        self.assertEqual(self.cloud.command_statuses[202], self.posts("accepted"))
        self.assertEqual(self.cloud.gate.largest, 0, "something came by MQTT")

    def test_an_update_goes_on_after_the_websocket_was_cut(self):
        self.start_cloud(["device-1"])
        self.serve_behind(by=self.cloud.websocket_settings())
        self.cloud.patience_max = 5  # the command that is lost with the connection is not what is waited for
        device = self.device("device-1", mtu=256, timeout=280).start()
        self.server.until(lambda: device.progress_seen() > 0, "the update to be under way", 90)
        self.cloud.sockets.cut()
        device.finish()
        self.assert_runs(device, "1.0.1", microbit())
        self.assertGreaterEqual(self.server.metric("ajour_transport_drogue_connections_lost_total"), 1)
        self.assertEqual(dict(self.cloud.sockets.ended), {})

    def test_other_applications_and_channels_do_not_come_by_websocket(self):
        self.start_cloud(["device-1"])
        self.serve_behind(by=self.cloud.websocket_settings(**{"transport__drogue__lora__sender": "none"}))
        self.cloud.add_devices("other", ["device-1"], PASSWORD)
        for application, channel in (("other", "dfu"), (APPLICATION, "temperature"), (APPLICATION, "dfu")):
            self.cloud.take_message((application, "device-1"), channel, {}, None, status("1.0.0"))
        self.until_posts("accepted", 1)
        self.assertEqual(self.server.metric("ajour_transport_drogue_events_total"), 1)

    def test_a_command_that_the_cloud_rejects_is_no_end_of_it(self):
        self.start_cloud(["device-1", "device-2"])
        self.serve_behind(**BY_HTTP)
        spec = {**self.cloud.spec_of(PASSWORD), "core": {}}  # the cloud takes that for disabled
        self.cloud.objects.put_object(APPLICATION, "device-2", spec)
        self.say("device-2")
        self.until_posts("rejected", 1)
        self.assertIn(f"the cloud answered 406 to a command for {APPLICATION}/device-2", self.server.log())
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())

    def test_every_odd_answer_is_told_apart_and_the_update_goes_on(self):
        odd = [(503, {"Retry-After": "1"}), (200, {}), (503, {}), (503, {}), (403, {}), (404, {}), (406, {}), (500, {}),
               (418, {}), (301, {"Location": "/"})]
        self.start_cloud(["device-1"])
        self.serve_behind(**BY_HTTP, **{"transport.drogue.commands.threads": 1})
        self.cloud.command_answers = list(odd)
        for outcome, count in (("accepted", 1), ("busy", 1), ("denied", 1), ("denied", 2), ("rejected", 1), ("failed", 1),
                               ("failed", 2), ("failed", 3)):
            self.say("device-1")
            self.until_posts(outcome, count)
        self.assertEqual(self.posts("repeated"), 2)
        self.assertEqual(self.cloud.command_answers, [])
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())

    def test_a_device_behind_a_gateway_of_its_own_gets_its_commands_there(self):
        self.start_cloud(["gateway-1"])
        spec = {"gatewaySelector": {"matchNames": ["gateway-1"]}}
        self.cloud.objects.put_object(APPLICATION, "device-1", spec)
        self.serve_behind(by=self.cloud.websocket_settings())
        code, headers, command = self.cloud.take_message((APPLICATION, "gateway-1"), "dfu", {"as": "device-1", "ct": 90},
                                                         "application/octet-stream", status("1.0.0"))
        self.assertEqual((code, headers), (200, {"command": "dfu"}))
        self.assertTrue(command)
