# SPDX-License-Identifier: Apache-2.0
"""The hawkBit source against a real hawkBit, which all tests of this file share; what goes there is counted."""
import unittest

from support.case import APPLICATION, microbit, sha256
from support.hawkbit import fake, twins
from support.hawkbit.management import Management
from support.hawkbit.real import SECOND_TENANT, TOKEN
from support.hawkbit.real_case import RealCase, shared, start_hawkbit, stop_hawkbit

ROWS_MAX = 40
CLOSED = {"schedule": "0 0 3 1 1 ? 2090", "duration": "02:00:00", "timezone": "+00:00"}
OPEN = {"schedule": "0 0/1 * * * ?", "duration": "02:00:00", "timezone": "+00:00"}


def setUpModule():
    # Not left to tearDownModule, which is not called when this fails.
    unittest.addModuleCleanup(stop_hawkbit)
    start_hawkbit()


class RealHawkbit(RealCase):
    def assert_updates(self, wire, action, version="1.0.1", before="1.0.0"):
        image, command = wire.download(before)
        self.assertEqual((command.kind, command.version, sha256(image)), ("swap", version, sha256(self.image)))
        self.assertEqual(self.status(action) == "finished", False)
        wire.say(version)
        self.until_status(action, "finished")

    def assert_all_finished(self, names, version="1.0.1"):
        """As hawkBit's own API shows it."""
        for name in names:
            target = self.controller(name)
            [action] = self.management.actions(target)
            self.until_status(action["id"], "finished", name)
            self.assertLessEqual(len(self.management.rows(target, action["id"])), ROWS_MAX)
            self.assertEqual(self.management.installed(target)["version"], version)
            self.server.until(lambda: self.management.target(target)["updateStatus"] == "in_sync", f"{target} in sync")

    def run_fleet(self, names):
        device = self.device("device", count=len(names))
        for summary in device.run():
            self.assertEqual((summary["version"], summary["sha256"]), ("1.0.1", sha256(self.image)))
        self.assert_all_finished(names)
        self.assertEqual(self.proxy.count("artifact", controllers={self.controller(name) for name in names}), 1)

    def test_twenty_devices_are_updated_by_assignment(self):
        names = [f"device-{each}" for each in range(1, 21)]
        self.serve_devices(names)
        release = self.release(data=microbit())
        for name in names:
            self.management.assign(release, self.controller(name))
        self.run_fleet(names)
        attributes = self.management.attributes(self.controller("device-7"))
        self.assertEqual((attributes["application"], attributes["device"]), (APPLICATION, "device-7"))

    def test_twenty_devices_are_updated_by_a_rollout(self):
        names = [f"device-{each}" for each in range(1, 21)]
        self.serve_devices(names)
        rollout = self.management.create_rollout(self.prefix, self.release(), f"{self.prefix}.*")
        self.server.until(lambda: self.management.rollout(rollout)["status"] == "ready", "the rollout to be ready")
        self.management.start_rollout(rollout)
        self.run_fleet(names)
        self.server.until(lambda: self.management.rollout(rollout)["status"] == "finished", "the rollout to end")
        self.assertEqual(self.management.rollout(rollout)["totalTargetsPerStatus"]["finished"], 20)

    def test_a_soft_assignment_is_installed(self):
        wire = self.serve_one()
        self.assert_updates(wire, self.assign(type="soft"))

    def test_the_attributes_follow_the_version(self):
        wire = self.serve_one()
        self.assert_updates(wire, self.assign())
        self.server.until(lambda: wire.say("1.0.1") and self.management.attributes(
            self.controller("device-1")).get("version") == "1.0.1", "the new version as an attribute")

    def test_a_download_only_assignment_is_not_swapped_to(self):
        wire = self.serve_one()
        action = self.assign(type="downloadonly")
        image, command = wire.download("1.0.0")
        self.assertEqual((command.kind, sha256(image)), ("wait", sha256(self.image)))
        self.until_status(action, "downloaded")
        self.assertEqual(wire.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(image)).kind, "wait")

    def test_a_cancelled_update_stops_and_the_next_one_begins(self):
        wire = self.serve_one()
        action = self.assign()
        taken, command = wire.download("1.0.0", mtu=512, stop_at=4096)
        self.assertEqual(command.kind, "write")
        self.management.cancel(self.controller("device-1"), action)
        self.server.until(lambda: wire.say("1.0.0", mtu=512, writing="1.0.1", offset=len(taken)).kind == "wait",
                          "the update to stop")
        self.until_status(action, "canceled")
        self.assert_updates(wire, self.assign("1.0.2"), "1.0.2")

    def test_a_cancellation_after_the_swap_is_refused(self):
        wire = self.serve_one()
        action = self.assign()
        self.assertEqual(wire.download("1.0.0")[1].kind, "swap")
        self.server.until(lambda: "downloaded" in self.row_types(action), "hawkBit to know of all bytes")
        self.management.cancel(self.controller("device-1"), action)
        self.server.until(lambda: "cancel_rejected" in self.row_types(action), "the cancellation to be refused")
        wire.say("1.0.1")
        self.until_status(action, "finished")

    def test_a_newer_assignment_takes_the_place_of_an_older_one(self):
        wire = self.serve_one()
        older = self.assign()
        wire.download("1.0.0", stop_at=2048)
        newer = self.assign("1.0.2")
        self.until_status(older, "canceled")

        def is_offered():
            command = wire.say("1.0.0", mtu=1024)
            return command.kind == "write" and command.version == "1.0.2"
        self.server.until(is_offered, "the newer release")
        self.assert_updates(wire, newer, "1.0.2")

    def test_nothing_is_written_or_swapped_while_the_window_is_closed(self):
        wire = self.serve_one()
        action = self.assign(maintenanceWindow=CLOSED)
        self.until_said(wire, "device-1", "NotPermitted")
        self.assertEqual({wire.say("1.0.0").kind for _ in range(20)}, {"wait"})
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)
        self.assertNotEqual(self.status(action), "finished")
        self.management.cancel(self.controller("device-1"), action)
        self.until_status(action, "canceled")
        self.assert_updates(wire, self.assign("1.0.2", maintenanceWindow=OPEN), "1.0.2")

    def test_a_refused_token_is_shown_and_goes_when_it_is_mended(self):
        key = "authentication.gatewaytoken.key"
        wire = self.serve_one()
        action = self.assign()
        self.addCleanup(self.management.configure, key, TOKEN)
        self.management.configure(key, "another")
        self.until_said(wire, "device-1", "401")
        self.management.configure(key, TOKEN)
        self.assert_updates(wire, action)

    def assign_to_be_confirmed(self, policy):
        self.serve_devices(["device-1"], **{"source.hawkbit.confirmation": policy})
        key = "user.confirmation.flow.enabled"
        self.management.configure(key, True)
        self.addCleanup(self.management.configure, key, False)
        return self.wire_device("device-1"), self.assign(confirmationRequired=True)

    def count(self, kind, method=None):
        return self.proxy.count(kind, method, {self.controller("device-1")})

    def test_a_confirmation_is_given_when_the_settings_say_so(self):
        wire, action = self.assign_to_be_confirmed("confirm")
        self.assert_updates(wire, action)
        self.assertIn("wait_for_confirmation", self.row_types(action))

    def test_confirmations_are_made_automatic_when_the_settings_say_so(self):
        wire, action = self.assign_to_be_confirmed("auto")
        self.assert_updates(wire, action)
        self.assertIn("wait_for_confirmation", self.row_types(action))
        self.assertTrue(self.management.auto_confirm(self.controller("device-1"))["active"])
        action = self.assign("1.0.2", confirmationRequired=True)
        self.server.until(lambda: wire.say("1.0.1").kind == "write", "the next release")
        self.assert_updates(wire, action, "1.0.2", "1.0.1")
        self.assertEqual(self.count("confirmation", "POST"), 1)

    def test_what_is_denied_waits_for_hawkbits_operator(self):
        wire, action = self.assign_to_be_confirmed("deny")
        self.until_said(wire, "device-1", f"action {action} to be confirmed")
        self.server.until(lambda: "denied by Ajour's settings" in self.details(action), "the denial in the history")
        polls = self.count("root")
        self.server.until(lambda: self.assertEqual(wire.say("1.0.0").kind, "wait") or self.count("root") > polls + 2,
                          "more polls")
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)
        self.assertEqual(self.status(action), "wait_for_confirmation")
        self.assertEqual([self.count(each) for each in ("confirmation_feedback", "deployment", "artifact")], [1, 0, 0])
        self.management.confirm(self.controller("device-1"), action)
        self.assert_updates(wire, action)

    def until_installed(self, wire, version):
        def is_installed():
            wire.say(version)
            return (self.management.installed(self.controller("device-1")) or {}).get("version") == version
        self.server.until(is_installed, f"hawkBit to show that {version} is installed")

    def test_what_a_device_runs_of_its_own_accord_is_shown_as_installed(self):
        self.release("1.0.0")
        self.serve_devices(["device-1"], **{"source.hawkbit.installed": self.prefix})
        wire = self.wire_device("device-1")
        self.until_installed(wire, "1.0.0")
        self.assert_updates(wire, self.assign())
        self.until_installed(wire, "1.0.1")
        self.assertEqual(self.count("installed", "PUT"), 1)
        for times, version in ((2, "1.0.0"), (3, "1.0.1")):
            self.until_installed(wire, version)
            self.assertEqual(self.count("installed", "PUT"), times)

    def test_what_hawkbit_has_no_set_for_is_told_once_and_harms_nothing(self):
        self.serve_devices(["device-1"], **{"source.hawkbit.installed": "nobody's"})
        wire = self.wire_device("device-1")
        self.server.until(lambda: wire.say("1.0.0") and "hawkBit does not take that" in self.server.log(), "a warning")
        polls = self.count("root")
        self.server.until(lambda: wire.say("1.0.0") and self.count("root") > polls + 2, "more polls")
        self.assertEqual(self.count("installed", "PUT"), 1)
        self.assertIsNone(self.management.installed(self.controller("device-1")))
        self.assert_updates(wire, self.assign())

    def test_an_application_has_its_firmware_from_another_tenant(self):
        other = Management(shared["server"].url, SECOND_TENANT.lower())
        other.configure("authentication.gatewaytoken.enabled", True)
        other.configure("authentication.gatewaytoken.key", "of-acme-alone")
        self.serve_devices(["device-1"], **{
            "source.hawkbit.connection.acme.url": self.proxy.url,
            "source.hawkbit.connection.acme.tenant": SECOND_TENANT,
            "source.hawkbit.connection.acme.token": "of-acme-alone", "source.hawkbit.connection.acme.plain": "true"})
        self.aim(APPLICATION, {"controller": self.prefix + ".{device}", "tenant": "acme"})
        other.create_targets([self.controller("device-1")])
        action = other.assign(self.release(management=other), self.controller("device-1"))
        image, command = self.wire_device("device-1").download("1.0.0")
        self.assertEqual((command.kind, sha256(image)), ("swap", sha256(self.image)))
        self.wire_device("device-1").say("1.0.1")
        self.server.until(lambda: other.action(self.controller("device-1"), action)["status"] == "finished", "the end")
        self.assertEqual(self.management.actions(self.controller("device-1")), [])

    def test_a_device_that_comes_back_with_the_old_version_failed(self):
        wire = self.serve_one()
        action = self.assign()
        for _ in range(2):
            if wire.say_until_ready("1.0.0").kind == "write":
                self.assertEqual(wire.download("1.0.0")[1].kind, "swap")
        wire.say("1.0.0")
        self.until_status(action, "error")
        self.assertIn("1.0.0", self.details(action))

    def test_a_device_that_runs_it_already_needs_no_image(self):
        wire = self.serve_one()
        action = self.assign()
        wire.say("1.0.1")
        self.server.until(lambda: wire.say("1.0.1") and self.status(action) == "finished", "the action to be finished")
        self.assertEqual(self.proxy.count("deployment_feedback", controllers={self.controller("device-1")}), 1)

    def test_the_end_is_told_after_a_kill_and_when_hawkbit_is_back(self):
        wire = self.serve_one()
        action = self.assign()
        taken, command = wire.download("1.0.0", mtu=512, stop_at=8192)
        self.server.kill()
        self.server.start()
        while command.kind in ("write", "wait"):
            if command.kind == "write" and command.offset == len(taken):
                taken += command.data
            command = wire.say("1.0.0", mtu=512, writing="1.0.1", offset=len(taken))
        self.assertEqual((command.kind, sha256(taken)), ("swap", sha256(self.image)))
        self.proxy.is_away = True
        wire.say("1.0.1")
        self.server.until_in_sync(APPLICATION, "device-1", "1.0.1")
        self.server.kill()
        self.server.start()
        self.assertNotEqual(self.status(action), "finished")
        self.proxy.is_away = False
        self.until_status(action, "finished")
        self.assertLessEqual(len(self.rows(action)), ROWS_MAX)

    def start_twins(self):
        """A device that is one at both servers, and an action for it."""
        twin = fake.Fake()
        self.addCleanup(twin.close)
        target = self.controller("device-1")
        self.management.create_targets([target])
        self.devices = [twins.Client(shared["server"].url, TOKEN, target),
                        twins.Client(twin.origin, fake.TOKEN, target)]
        action = self.management.assign(self.release(), target)
        self.actions = [action, twin.deploy(target, self.image)]

    def assert_same(self, method, path, document=None):
        """`{}` stands for the number of the action."""
        number, twin = self.actions[0], self.actions[1].number
        real = self.devices[0].ask(method, path.replace("{}", str(number)), document)
        self.assertEqual(self.devices[1].ask(method, path.replace("{}", str(twin)), document), real, (method, path))
        return real

    def assert_same_download(self):
        real, ours = (device.ask("GET", device.link_of_artifact()) for device in self.devices)
        self.assertEqual(ours, real)

    def assert_same_rows(self):
        self.assertEqual([twins.ROWS[row] for row in self.actions[1].rows], self.row_types(self.actions[0]))

    def test_our_fake_answers_an_update_as_it_does(self):
        self.start_twins()
        self.assert_same("GET", "")
        self.assert_same("GET", "/deploymentBase/{}")
        self.assert_same_download()
        self.assert_same("POST", "/deploymentBase/{}/feedback", twins.feedback("proceeding"))
        self.assert_same("POST", "/deploymentBase/{}/feedback", twins.feedback("closed", "failed"))
        self.assert_same("PUT", "/configData", {"mode": "merge", "data": {"version": "1"}})
        self.assert_same("POST", "/deploymentBase/{}/feedback", twins.feedback("closed", "success"))
        self.assert_same("GET", "")
        self.assert_same("GET", "/installedBase/{}")
        self.assertEqual(self.assert_same("POST", "/deploymentBase/{}/feedback", twins.feedback("proceeding"))[0], 410)
        self.assert_same_rows()

    def test_our_fake_answers_a_cancellation_as_it_does(self):
        self.start_twins()
        self.assert_same("GET", "/deploymentBase/{}")
        self.management.cancel(self.controller("device-1"), self.actions[0])
        self.actions[1].cancel()
        self.assert_same("GET", "")
        self.assert_same("GET", "/deploymentBase/{}")
        self.assert_same("GET", "/cancelAction/{}")
        self.assert_same("POST", "/cancelAction/{}/feedback", twins.feedback("rejected"))
        refused = self.assert_same("POST", "/cancelAction/{}/feedback", twins.feedback("closed", "success"))
        self.assertEqual(refused[0], 405)
        self.assert_same("POST", "/deploymentBase/{}/feedback", twins.feedback("closed", "failure"))
        self.assert_same("GET", "")
        self.assert_same_rows()
