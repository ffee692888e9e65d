# SPDX-License-Identifier: Apache-2.0
"""A table of answers that no OCI registry should give: see support/oci/hostile_*.py."""
from support.case import APPLICATION, PASSWORD, microbit, sha256
from support.oci import hostile_answers, hostile_blobs, hostile_manifests
from support.oci.case import OciEndToEnd
from support.oci.hostile import HostileRegistry
from support.server import REGISTRY

SIZE = 5000
IMPATIENT = {"source.oci.poll": "1s", "source.oci.timeout.connect": "3s", "source.oci.timeout.request": "4s",
             "source.oci.timeout.stall": "4s", "source.oci.layers.entries_max": 1000}


def image_of(name):
    return name.encode().ljust(64, b"\0") + microbit()[:SIZE - 64]


class OciHostile(OciEndToEnd):
    def serve_cases(self, cases):
        """A registry and a device for each: one that is ill is left alone for a while, which is not what others see."""
        settings = {}
        for number, case in enumerate(cases):
            case.registry, case.named = HostileRegistry(), f"c{number}"
            self.addCleanup(case.registry.close)
            case.repository = case.registry.add(f"hostile/{case.name}", image_of(case.name), "1.0.1")
            settings[f"source.oci.registry.{case.named}.prefix"] = f"{case.registry.authority}/"
            settings[f"source.oci.registry.{case.named}.plain"] = "true"
        self.serve(**settings, **IMPATIENT)
        assert self.server.request("POST", REGISTRY, {"metadata": {"name": APPLICATION}})[0] == 201
        for case in cases:
            self.create_device(case)
            case.device = self.wire_device(case.name)

    def create_device(self, case):
        more = dict(case.more)
        image = case.repository.name + ("" if more.pop("image_without_tag", False) else ":1")
        spec = {"authentication": {"credentials": [{"pass": PASSWORD}]},
                "firmware": {"container": {"image": image, "registry": case.named, "imagePullPolicy": "Always", **more}}}
        code, body = self.server.request("POST", f"{REGISTRY}/{APPLICATION}/devices", {
            "metadata": {"application": APPLICATION, "name": case.name}, "spec": spec})
        assert code == 201, (code, body)

    def message_of(self, case, kinds, say):
        """The last that one of these conditions of its device said, and whether it is what the case is about."""
        case.device.say(say)
        firmware = self.server.firmware_status(APPLICATION, case.name) or {"by_type": {}}
        found = [firmware["by_type"][kind].get("message", "") for kind in kinds if kind in firmware["by_type"]]
        case.said = found[0] if found else ""
        return case.said if case.said and all(word in case.said for word in case.words) else None

    def assert_each_is_refused(self, table):
        cases = table.cases
        self.serve_cases(cases)
        for case in cases:
            case.spoil(case.repository)
            with self.subTest(f"{case} makes its device wait"):
                self.assertEqual(case.device.say("1.0.0").kind, "wait")
        self.assert_each_tells(cases, ["InSync"], "1.0.0")
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)
        self.assert_each_heals(cases)
        self.assert_each_keeps_its_last_good_release(cases)
        self.assertNotIn(hostile_answers.SIGNED, self.server.log())

    def assert_each_tells(self, cases, kinds, say):
        for case in cases:
            with self.subTest(case.name):
                message = self.until_it_tells(case, kinds, say)
                self.assertLess(len(message), 600)
                self.assertTrue(message.isprintable(), message)
                self.assertNotIn(hostile_answers.SIGNED, message)

    def until_it_tells(self, case, kinds, say):
        try:
            message = self.server.until(lambda: self.message_of(case, kinds, say), f"{case} with {case.words}")
        except AssertionError as error:
            raise AssertionError(f"{error}; it was {case.said!r}") from None
        print(f"{case}: {message}")
        return message

    def assert_each_heals(self, cases):
        for case in cases:
            case.repository.restore()
        for case in cases:
            with self.subTest(f"{case} heals"):
                self.assert_serves(case, image_of(case.name))

    def assert_serves(self, case, image):
        found, command = case.device.download("1.0.0")
        self.assertEqual((command.kind, command.version, sha256(found)), ("swap", "1.0.1", sha256(image)))

    def assert_each_keeps_its_last_good_release(self, cases):
        for case in cases:
            case.repository.image, case.repository.version = image_of("next " + case.name), "1.0.2"
            case.repository.restore()
            case.spoil(case.repository)
        self.assert_each_tells(cases, ["SourceFailed", "SourceWarning"], "1.0.1")
        for case in cases:
            with self.subTest(f"{case} keeps"):
                self.assert_serves(case, image_of(case.name))

    def test_each_hostile_manifest_is_told_and_nothing_wrong_is_served(self):
        self.assert_each_is_refused(hostile_manifests.TABLE)

    def test_each_hostile_blob_is_told_and_nothing_wrong_is_served(self):
        self.assert_each_is_refused(hostile_blobs.TABLE)

    def test_each_hostile_answer_is_told_and_nothing_wrong_is_served(self):
        self.assert_each_is_refused(hostile_answers.TABLE)
