# SPDX-License-Identifier: Apache-2.0
"""Devices on LoRaWAN behind Drogue Cloud, and how much air time their commands may take."""
from support.case import APPLICATION, PASSWORD, sha256
from support.drogue.case import DrogueCase
from support.drogue.lora_device import GATEWAY, LoraDevice

IMAGE = bytes(range(256))
AIRTIME = "transport.drogue.lora.airtime."
FULL = 2793  # milliseconds of a full downlink at SF12


class DrogueAirtime(DrogueCase):
    def serve_lora(self, name, budget, factor=12):
        self.start_cloud()
        self.cloud.add_gateway(APPLICATION, GATEWAY, PASSWORD)
        self.cloud.objects.put_object(APPLICATION, name, {"gatewaySelector": {"matchNames": [GATEWAY]}})
        self.serve_behind(data=IMAGE, registry__drogue__status__interval="1s",
                          registry__drogue__status__interval__max="1s",
                          **{AIRTIME + "device": budget, AIRTIME + "duty_cycle": "none"})
        device = LoraDevice(self.cloud, APPLICATION, name, factor)
        self.addCleanup(device.close)
        return device

    def metric(self, name):
        return self.server.metric(f"ajour_transport_drogue_{name}_total")

    def ask_until_refused(self, device):
        """Takes what comes, until the server finds no air time for an answer."""
        before = self.metric("commands_without_airtime")
        device.is_refused = lambda: self.metric("commands_without_airtime") > before

        def turn():
            device.take(device.ask("1.0.0", 90, mtu=512, **device.progress()))
            return device.is_refused()
        self.server.until(turn, "the end of the air time")
        device.is_refused = lambda: False

    @staticmethod
    def progress_of(firmware):
        return firmware["by_type"].get("UpdateProgress", {})

    def update_of(self, name):
        """What the server itself shows of it."""
        code, updates = self.server.request("GET", f"/api/ajour/v1/updates/{APPLICATION}")
        self.assertEqual(code, 200)
        [update] = [each for each in updates if each["device"] == name]
        return update

    def test_a_device_gets_what_its_air_time_allows_and_the_rest_when_there_is_more(self):
        device = self.serve_lora("sensor-1", "9s")
        self.ask_until_refused(device)
        self.assertTrue(0 < len(device.image) < len(IMAGE), len(device.image))
        self.assertLessEqual(self.metric("airtime_milliseconds"), 9000)
        self.assertGreater(self.metric("airtime_milliseconds"), 9000 - FULL, "another one would have fitted")
        update = self.update_of("sensor-1")
        self.assertEqual(update["waitsFor"], "air time of the device")
        self.assertIn("the next waits for air time of the device until", update["note"])
        shown = self.until_firmware("sensor-1", lambda firmware: self.progress_of(firmware).get("reason"),
                                    "the cloud to show that it waits")
        self.assertEqual(self.progress_of(shown)["reason"], "WaitsForAirTime")
        self.assertIn("waits for air time of the device until", self.progress_of(shown)["message"])

        self.server.terminate()
        self.server.settings[AIRTIME + "device"] = "600s"
        self.server.write_config()
        self.server.start()
        self.until_connected(self.server)
        command = device.update("1.0.0", mtu=512)
        self.assertEqual((command.kind, command.checksum.hex()), ("swap", sha256(IMAGE)))
        self.assertEqual(device.image, IMAGE)
        self.assertLessEqual(device.longest, 51)
        self.assertEqual(device.say("1.0.1").kind, "sync")
        self.until_in_sync("sensor-1", "1.0.1")

    def test_one_device_that_waits_leaves_the_air_to_its_neighbour(self):
        slow = self.serve_lora("sensor-1", "9s")
        self.cloud.objects.put_object(APPLICATION, "sensor-2", {"gatewaySelector": {"matchNames": [GATEWAY]}})
        fast = LoraDevice(self.cloud, APPLICATION, "sensor-2", 7)
        self.addCleanup(fast.close)
        self.ask_until_refused(slow)
        self.assertEqual(fast.update("1.0.0", mtu=512).kind, "swap")
        self.assertEqual(fast.image, IMAGE)

    def test_a_budget_in_which_not_one_block_fits_is_told_as_that(self):
        device = self.serve_lora("sensor-1", "1s")
        self.ask_until_refused(device)

        def reason():
            if device.ask("1.0.0", 0.2, mtu=512) is not None:
                return None  # a command to wait is shorter
            return (self.firmware("sensor-1") or {"by_type": {}})["by_type"].get("InSync", {}).get("reason")
        self.assertEqual(self.server.until(lambda: reason() == "NoAirTime" and "NoAirTime", "the reason"), "NoAirTime")
        self.assertIn("never fits into the air time of the device", self.update_of("sensor-1")["note"])
        self.assertEqual(device.image, b"")
        self.assertIn("a command for fleet/sensor-1 takes more air time than an hour has for it", self.server.log())
