# SPDX-License-Identifier: Apache-2.0
"""What hawkBit hears of a device beside its update: what it runs, its labels, and that it never came back."""
import time

from support.case import APPLICATION, microbit
from support.hawkbit.case import FakeCase, controller
from support.hawkbit.fake import TENANT
from support.server import REGISTRY

DEVICE = controller("device-1")
INSTALLED = {"source.hawkbit.installed": "{application}-firmware"}


class HawkbitTelling(FakeCase):
    def setUp(self):
        super().setUp()
        self.image = microbit()[:20011]

    def installed(self):
        return self.fake.tenants[TENANT].installed.get(DEVICE)

    def until_installed(self, wire, version):
        told = (f"{APPLICATION}-firmware", version)
        self.server.until(lambda: wire.say(version) and self.installed() == told, f"hawkBit to hear of {version}")

    def assert_told(self, wire, version, times):
        """However often the device asks."""
        polls = self.fake.count("root")
        self.server.until(lambda: wire.say(version) and self.fake.count("root") >= polls + 3, "three polls more")
        self.assertEqual(self.fake.count("installed", "PUT"), times)

    def test_what_a_device_runs_is_told_once_for_each_change(self):
        wire = self.start_fake(settings=INSTALLED)
        self.until_installed(wire, "1.0.0")
        self.assert_told(wire, "1.0.0", times=1)
        self.until_installed(wire, "0.9.0")
        self.assert_told(wire, "0.9.0", times=2)
        self.server.kill()
        self.server.start()
        self.assert_told(wire, "0.9.0", times=2)

    def test_what_an_action_brought_is_not_told_but_what_follows_is(self):
        wire = self.start_fake(settings=INSTALLED)
        self.until_installed(wire, "1.0.0")
        action = self.fake.deploy(DEVICE, self.image)
        self.finish(wire)
        self.until_ended(action)
        self.assert_told(wire, "1.0.1", times=1)
        self.until_installed(wire, "1.0.0")
        self.until_installed(wire, "1.0.1")
        self.assert_told(wire, "1.0.1", times=3)

    def test_what_a_device_runs_after_a_cancelled_action_is_told(self):
        wire = self.start_fake(settings=INSTALLED)
        action = self.fake.deploy(DEVICE, self.image)
        wire.download("1.0.0", stop_at=2048)
        action.cancel()
        self.until_ended(action, "canceled")
        self.until_installed(wire, "1.0.1")

    def test_nothing_is_told_without_a_name_for_it(self):
        wire = self.start_fake()
        self.assert_told(wire, "1.0.0", times=0)

    def label(self, **labels):
        path = f"{REGISTRY}/{APPLICATION}/devices/device-1"
        device = self.server.request("GET", path)[1]
        device["metadata"]["labels"] = labels
        code, body = self.server.request("PUT", path, device)
        self.assertIn(code, (200, 204), body)

    def test_a_label_that_changes_becomes_an_attribute(self):
        wire = self.start_fake()
        for site in ("north", "south"):
            self.label(site=site)
            self.server.until(lambda: wire.say("1.0.0") and
                              self.fake.tenants[TENANT].attributes.get(DEVICE, {}).get("site") == site, site)
        before, polls = self.fake.count("config"), self.fake.count("root")
        self.server.until(lambda: wire.say("1.0.0") and self.fake.count("root") >= polls + 3, "three polls more")
        self.assertEqual(self.fake.count("config"), before)

    def test_an_action_whose_device_never_comes_back_is_a_failure(self):
        wire = self.start_fake(settings={"source.hawkbit.deadline": "12s"})
        begin = time.monotonic()
        action = self.fake.deploy(DEVICE, self.image)
        self.assertEqual(wire.download("1.0.0")[1].kind, "swap")
        self.until_ended(action, "error")
        self.assertGreater(time.monotonic() - begin, 11)
        told = action.feedback[-1]
        self.assertEqual((told["execution"], told["result"]["finished"], told["code"]), ("closed", "failure", 4))
        self.assertIn("did not report version 1.0.1 within 12 s", str(told["details"]))
        self.assertEqual(wire.say("1.0.0").kind, "wait")
        self.assertEqual([each["execution"] for each in action.feedback].count("closed"), 1)
