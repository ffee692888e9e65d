# SPDX-License-Identifier: Apache-2.0
"""Devices at a Drogue Cloud, which know nothing of Ajour: the registry and the transport `drogue` together."""
import re
import time

from support.case import APPLICATION, PASSWORD, microbit, stamped
from support.drogue.case import NEVER, DrogueCase
from support.drogue.cloud import CLIENT, SECRET, TOKEN, USER
from support.wire_device import status

AT_ONCE = {"registry.drogue.status.settle": "0ms", "registry.drogue.status.interval": "0s",
           "registry.drogue.status.turns": 0, "registry.drogue.status.interval.max": "0s"}
FORGETFUL = {**AT_ONCE, "registry.drogue.poll": "200ms", "registry.drogue.cache.age": "200ms", "fleet.fresh": "200ms"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z")


class DrogueRegistry(DrogueCase):
    def test_a_device_updates_through_the_cloud(self):
        self.start_cloud(["device-1"])
        self.serve_behind()
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())

    def test_the_status_is_what_the_console_reads(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**AT_ONCE)
        device = self.device("device-1", mtu=256).start()
        def is_updating(firmware):
            return "UpdateProgress" in firmware["by_type"]
        updating = self.until_firmware("device-1", is_updating, "progress")
        self.assertEqual((updating["current"], updating["target"]), ("1.0.0", "1.0.1"))
        progress = updating["by_type"]["UpdateProgress"]
        self.assertRegex(progress["message"], r"^\d{1,3}\.\d\d$")
        self.assertEqual(progress["status"], "Unknown")
        self.assertEqual(updating["by_type"]["InSync"]["status"], "False")
        device.finish()
        done = self.until_in_sync("device-1", "1.0.1")
        self.assertEqual(set(done) - {"by_type"}, {"conditions", "current", "target"})
        [condition] = done["conditions"]
        self.assertRegex(condition.pop("lastTransitionTime"), TIME)
        self.assertEqual(condition, {"type": "InSync", "status": "True"})

    def test_fifty_devices_cost_few_requests(self):
        names = [f"device-{number}" for number in range(1, 51)]
        self.start_cloud(names)
        self.serve_behind()
        begin = time.monotonic()
        self.device("device", count=len(names), mtu=512).run()
        for name in names:
            self.until_in_sync(name, "1.0.1")
        calls, blocks = self.cloud.objects.calls, self.cloud.blocks
        print(f"{calls} requests for {blocks} commands in {time.monotonic() - begin:.0f} s: "
              f"{calls / blocks:.4f} each; {dict(self.cloud.objects.counts)}")
        self.assertLess(calls, 0.02 * blocks)

    def test_a_new_target_counts_after_the_next_look(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**{"registry.drogue.poll": "300ms", "fleet.fresh": NEVER})
        device = self.device("device-1")
        device.run()
        data = stamped("2.0")
        file = self.directory / "next.bin"
        file.write_bytes(data)
        self.server.publish(file, "2.0", "other")
        self.cloud.objects.put_object(APPLICATION, spec={"firmware": {"file": {"name": "other"}}})
        self.server.until(lambda: self.server.metric("ajour_registry_drogue_changes_total") >= 1, "the change to be seen")
        device.run()
        self.assert_runs(device, "2.0", data)

    def test_updates_go_on_while_the_registry_is_away(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**FORGETFUL)
        device = self.device("device-1", mtu=256).start()
        self.until_firmware("device-1", lambda _: True, "the first status")
        self.cloud.is_registry_away = True
        device.finish()
        self.assertEqual(device.flash()[0], "1.0.1")
        self.assertEqual(self.firmware("device-1")["current"], "1.0.0")
        self.cloud.is_registry_away = False
        self.until_in_sync("device-1", "1.0.1")

    def test_a_storm_of_conflicts_loses_no_status_and_no_change_of_others(self):
        self.start_cloud(["device-1"])
        self.serve_behind()
        self.cloud.objects.conflicts = 12
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())
        self.assertEqual(self.cloud.objects.conflicts, 0)
        self.assertEqual(self.cloud.objects.find(APPLICATION, "device-1")["metadata"]["annotations"], {"storm": "0"})
        self.assertEqual(self.cloud.objects.find(APPLICATION, "device-1")["spec"], self.cloud.spec_of(PASSWORD))

    def test_a_device_that_is_deleted_half_way_is_no_trouble(self):
        self.start_cloud(["device-1", "device-2"])
        self.serve_behind(**AT_ONCE, **{"registry.drogue.poll": "200ms"})
        gone = self.device("device-1", mtu=64).start()
        self.until_firmware("device-1", lambda _: True, "the first status")
        self.cloud.objects.remove(APPLICATION, "device-1")
        device = self.device("device-2")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())
        gone.kill()
        self.assertIsNone(self.cloud.objects.find(APPLICATION, "device-1"))
        self.server.until(lambda: self.server.metric("ajour_registry_drogue_statuses_waiting") == 0, "nothing to wait")

    def test_an_access_token_is_revoked_and_valid_again(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**FORGETFUL)
        device = self.device("device-1", mtu=256).start()
        self.until_firmware("device-1", lambda _: True, "the first status")
        del self.cloud.passwords[USER]
        device.finish()
        self.server.until(lambda: self.server.metric("ajour_registry_drogue_refused_total") > 0, "the refusal")
        self.cloud.passwords[USER] = TOKEN
        self.assert_runs(device, "1.0.1", microbit())
        self.assertNotIn(TOKEN, self.server.log())

    def test_a_token_of_the_openid_provider_is_revoked_and_got_anew(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**AT_ONCE, **{
            "registry.drogue.user": "", "registry.drogue.token": "", "registry.drogue.oidc.url": f"{self.cloud.url}/token",
            "registry.drogue.oidc.client": CLIENT, "registry.drogue.oidc.secret": SECRET, "registry.drogue.poll": "200ms"})
        device = self.device("device-1", mtu=256).start()
        self.until_firmware("device-1", lambda _: True, "the first status")
        self.cloud.bearers.clear()
        device.finish()
        self.assert_runs(device, "1.0.1", microbit())
        self.assertGreaterEqual(self.cloud.tokens_given, 2)
        self.assertNotIn("token-1", self.server.log())

    def test_a_device_beside_the_cloud_is_known_by_the_same_record(self):
        self.start_cloud(["device-1"])
        self.serve_behind()
        self.assertEqual(self.wire_device("device-1").post(status("1.0.1"))[0], 200)
        self.assertEqual(self.wire_device("device-1", password="wrong").post(status("1.0.1"))[0], 403)
