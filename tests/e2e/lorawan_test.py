# SPDX-License-Identifier: Apache-2.0
import base64
import datetime
import json
import time

from support.broker import Broker
from support.case import APPLICATION, EndToEnd, sha256
from support.lorawan_device import PAYLOAD_MAX, ChirpDevice, ThingsDevice, ThingsServer, post_hook, things_uplink
from support.wire_device import Command, status

IMAGE = bytes(range(256)) * 8
EUI = "0102030405060708"
UNBOUNDED = {"transport__lorawan__airtime__device": "0s", "transport__lorawan__airtime__duty_cycle": "none"}


def seconds_of(moment):
    return datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()


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

    def shown(self, name):
        """What `ajour status` says of a device, as a row of its JSON."""
        rows = json.loads(self.server.ajour("--json", "status", APPLICATION).stdout)
        [row] = [row for row in rows if row["device"] == name]
        return row

    def progress_message(self, name):
        firmware = self.server.firmware_status(APPLICATION, name) or {"by_type": {}}
        return firmware["by_type"].get("UpdateProgress", {}).get("message", "")

    def test_status_tells_how_many_downlinks_are_left_and_when_it_ends(self):
        self.serve_lorawan(["meter"], transport__lorawan__airtime__device="360s",
                           transport__lorawan__airtime__duty_cycle="none")
        meter = self.device(ThingsDevice, "meter", 12)
        before = time.time()
        meter.update("1.0.0", stop_at=40)
        self.assertEqual(meter.say("1.0.0", mtu=1024, **meter.progress()).kind, "write")
        row, after = self.shown("meter"), time.time()
        self.assertEqual((row["state"], row["offset"], row["size"]), ("updating", len(meter.image), len(IMAGE)))
        self.assertEqual(row["pace"], "air time")
        self.assertAlmostEqual(row["secondsPerBlock"], 27.93, delta=0.01)  # 2.793 s of 360 s in an hour
        takes = row["blocksLeft"] * 27.93
        self.assertTrue(before + takes - 2 <= seconds_of(row["end"]) <= after + takes + 2, row)
        self.assertIn("a block in", row["note"])
        table = self.server.ajour("status", APPLICATION).stdout
        self.assertIn(f"{row['blocksLeft']} blocks", table)
        self.assertIn(row["end"][:15], table)
        self.server.until(lambda: f"{row['blocksLeft']} blocks left until" in self.progress_message("meter"),
                          "the registry to say as much")
        self.assertRegex(self.progress_message("meter"), r"^[0-9.]+ %, ")

    def test_a_device_without_air_time_says_that_it_waits_and_until_when(self):
        self.serve_lorawan(["greedy"], transport__lorawan__airtime__application="8s",
                           transport__lorawan__airtime__duty_cycle="none")
        greedy = self.device(ThingsDevice, "greedy", 12)
        greedy.say("1.0.0", mtu=1024)

        def waits():
            command = greedy.ask("1.0.0", 0.5, mtu=1024, **greedy.progress())
            if command is not None and command.kind == "write":
                greedy.image, greedy.writing = greedy.image + command.data, command.version
            return self.shown("greedy")["waitsUntil"]
        until = self.server.until(waits, "the end of the air time")
        row = self.shown("greedy")
        self.assertEqual((row["state"], row["waitsFor"]), ("waits for air time", "air time of its application"))
        wait = seconds_of(until) - time.time()
        self.assertTrue(50 * 60 <= wait <= 66 * 60, wait)
        self.assertIn("waits for air time", self.server.ajour("status", APPLICATION).stdout)
        self.server.until(lambda: "waits for air time of its application until" in self.progress_message("greedy"),
                          "the condition to say that it waits")

    def test_a_command_that_no_hour_has_air_time_for_is_a_reason(self):
        self.serve_lorawan(["slow"], transport__lorawan__airtime__device="1s",
                           transport__lorawan__airtime__duty_cycle="none")
        slow = self.device(ThingsDevice, "slow", 12)

        def reason():
            slow.ask("1.0.0", 0.5, mtu=1024)
            firmware = self.server.firmware_status(APPLICATION, "slow")
            return firmware and firmware["by_type"]["InSync"].get("reason") == "NoAirTime"
        self.server.until(reason, "the reason to be there")
        self.assertEqual(self.shown("slow")["state"], "NoAirTime")

    def test_a_device_whose_network_drops_its_downlinks_says_so_and_gets_shorter_ones(self):
        self.serve_lorawan(["meter"], **UNBOUNDED)
        meter = self.device(ThingsDevice, "meter", 7)
        meter.fits = 115
        self.server.until(lambda: meter.ask("1.0.0", 90, mtu=1024) is None, "the network to drop a downlink")
        self.server.until(lambda: self.shown("meter")["unsent"] == "it is too long for the data rate",
                          "the server to show it")
        self.assertIn("the network has not sent the last command: it is too long",
                      self.server.ajour("status", APPLICATION).stdout)
        self.server.until(lambda: "has not sent the last command" in self.progress_message("meter"),
                          "the registry to say as much")
        self.assertIn("for fleet/meter: application_downlink_too_long; 115 bytes would fit", self.server.log())
        self.assert_updates(meter)
        self.assertLessEqual(meter.longest, 115)
        self.server.until(lambda: "has not sent" not in self.progress_message("meter"), "the registry to forget it")
        self.assertGreaterEqual(self.server.metric("ajour_transport_lorawan_downlinks_too_long_total"), 2)

    def test_a_device_at_chirpstack_whose_downlinks_are_dropped_gets_shorter_ones(self):
        self.serve_lorawan([EUI], transport__lorawan__network="chirpstack",
                           transport__lorawan__name__device="{device_eui}", **UNBOUNDED)
        meter = self.device(ChirpDevice, EUI, 7)
        meter.fits = 115
        self.assert_updates(meter)
        self.assertLessEqual(meter.longest, 115)
        self.assertGreaterEqual(self.server.metric("ajour_transport_lorawan_downlinks_too_long_total"), 2)

    def test_a_device_gets_back_the_air_time_of_what_no_gateway_could_send(self):
        self.serve_lorawan(["meter"], transport__lorawan__airtime__device="9s",
                           transport__lorawan__airtime__duty_cycle="none")
        meter = self.device(ThingsDevice, "meter", 12)
        returned = "ajour_transport_lorawan_airtime_returned_milliseconds_total"
        for turn in range(1, 7):
            self.assertIsNotNone(meter.ask("1.0.0", 90, mtu=1024))
            meter.fail(meter.last, "transmission", result="TOO_LATE")
            self.server.until(lambda: self.server.metric(
                "ajour_transport_lorawan_downlinks_untransmitted_total") == turn, "the server to know")
        self.assertGreater(self.server.metric(returned), 9000)
        self.assertEqual(self.server.metric(returned),
                         self.server.metric("ajour_transport_lorawan_airtime_milliseconds_total"))

    def test_a_device_that_waited_for_air_time_finishes_when_there_is_more(self):
        self.serve_lorawan(["meter"], transport__lorawan__airtime__device="8s",
                           transport__lorawan__airtime__duty_cycle="none")
        meter = self.device(ThingsDevice, "meter", 12)
        meter.update("1.0.0", stop_at=32)
        self.server.until(lambda: meter.ask("1.0.0", 0.5, mtu=1024, **meter.progress()) is None and
                          self.shown("meter")["waitsUntil"], "the end of the air time")
        self.server.terminate()
        self.server.settings["transport.lorawan.airtime.device"] = "0s"
        self.server.write_config()
        self.server.start()
        self.assert_updates(meter)

    def test_webhooks_are_answered_by_the_api(self):
        api = ThingsServer()
        self.addCleanup(api.close)
        self.serve_release(["device-1"], data=IMAGE, transport__lorawan__webhook__secret="word",
                           transport__lorawan__api=api.url, transport__lorawan__plain="true",
                           transport__lorawan__api__key="NNSXS.KEY")
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
