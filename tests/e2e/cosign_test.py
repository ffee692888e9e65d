# SPDX-License-Identifier: Apache-2.0
"""What the real cosign signed is served where signatures are required."""
from support.case import microbit
from support.oci import go_tools
from support.oci.case import IMAGE, OciEndToEnd, plain
from support.oci.signing import signed_by


class Cosign(OciEndToEnd):
    def assert_signed_is_served(self, *options):
        self.start_registry()
        digest = self.push("1.0.1", microbit())
        key = go_tools.cosign_sign(self.directory, f"{self.oci.authority}/{IMAGE}@{digest}", *options)
        self.serve_oci({**plain(self.oci.authority), **signed_by(key, self.directory)})
        self.assert_updates()

    def test_a_signature_at_a_tag_is_accepted(self):
        self.assert_signed_is_served("--new-bundle-format=false")

    def test_a_bundle_that_refers_to_the_manifest_is_accepted(self):
        self.assert_signed_is_served()
