# SPDX-License-Identifier: Apache-2.0
"""A server that starts while its OCI registry is away."""
from support.case import microbit, sha256, stamped
from support.oci.case import IMAGE, OciEndToEnd, plain

POLICY = {"policy": "semver >=1.0.1 <2"}


class OciRestart(OciEndToEnd):
    def restart_without_the_registry(self):
        self.oci.stop()
        self.server.kill()
        self.server.start()

    def assert_updates_from_memory(self):
        self.source_warning("not looked at again", say="1.0.1")
        image, command = self.wire_device("device-2").download("1.0.0")
        self.assertEqual((command.kind, command.version, sha256(image)), ("swap", "1.0.1", sha256(microbit())))

    def serve_a_tag(self, **more):
        self.start_registry()
        self.push("latest", microbit(), "1.0.1")
        self.serve_oci({**plain(self.oci.authority), **more}, ["device-1", "device-2"], image=f"{IMAGE}:latest")

    def test_devices_get_what_their_target_was_offered_before(self):
        self.serve_a_tag()
        self.assert_updates()
        self.restart_without_the_registry()
        self.assert_updates_from_memory()
        self.oci.start()
        self.push("latest", stamped("1.0.2"), "1.0.2")
        self.until_offered("1.0.1", "the next release")

    def test_devices_get_what_their_policy_chose_before(self):
        self.start_registry()
        self.push("1.0.1", microbit(), "1.0.1")
        self.serve_oci(plain(self.oci.authority), ["device-1", "device-2"], image=IMAGE, **POLICY)
        self.assert_updates()
        self.restart_without_the_registry()
        self.assert_updates_from_memory()

    def test_nothing_is_served_whose_signature_cannot_be_checked(self):
        self.serve_a_tag()
        self.assert_updates()
        self.server.settings["source.oci.signature"] = "require"
        self.server.write_config()
        self.restart_without_the_registry()
        device = self.wire_device("device-2")
        for _ in range(20):
            self.assertEqual(device.say("1.0.0").kind, "wait")

    def test_a_tag_that_moved_under_the_same_version_meanwhile_is_seen(self):
        self.serve_a_tag()
        self.assert_updates()
        self.server.kill()
        self.push("latest", stamped("1.0.9"), "1.0.1")
        self.server.start()
        self.source_warning("the tag moved under the same version", say="1.0.1")
        image, command = self.wire_device("device-2").download("1.0.0")
        self.assertEqual((command.version, sha256(image)), ("1.0.1", sha256(microbit())))
