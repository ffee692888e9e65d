# SPDX-License-Identifier: Apache-2.0
"""Whose signature a release must have."""
import shutil

from support.case import APPLICATION, microbit, stamped
from support.oci.case import IMAGE, OciEndToEnd, plain
from support.oci.signing import Signer, signed_by, simple_payload, statement


class OciSignature(OciEndToEnd):
    def setUp(self):
        super().setUp()
        self.start_registry()
        self.signer = Signer(self.directory)
        self.digest = self.push("1.0.1", microbit())

    def serve_signed(self, signature="require", **more):
        self.serve_oci({**plain(self.oci.authority), **signed_by(self.signer.public, self.directory, signature)}, **more)

    def test_a_signature_at_a_tag_is_enough(self):
        self.signer.sign(self.pusher, IMAGE, self.digest)
        self.serve_signed()
        self.assert_updates()

    def test_a_bundle_is_enough(self):
        self.signer.sign_with_bundle(self.pusher, IMAGE, self.digest)
        self.serve_signed()
        self.assert_updates()

    def test_an_unsigned_release_is_not_served_where_signatures_are_required(self):
        self.serve_signed()
        self.refusal("it is not signed")
        self.signer.sign(self.pusher, IMAGE, self.digest)
        self.assert_updates()

    def test_an_unsigned_release_is_served_where_signatures_are_verified_if_there(self):
        self.serve_signed("verify")
        self.assert_updates()

    def assert_refused_in_both_modes(self, *words):
        self.serve_signed("require")
        self.refusal(*words)
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)
        self.server.settings["source.oci.signature"] = "verify"
        self.server.terminate()
        self.server.write_config()
        self.server.start()
        self.refusal(*words)
        self.until_looked(lambda: self.server.metric("ajour_source_oci_signatures_refused_total") > 0, "a look", "1.0.0")
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)

    def test_a_signature_by_another_key_is_refused(self):
        Signer(self.directory, "stranger").sign(self.pusher, IMAGE, self.digest)
        self.assert_refused_in_both_modes("signature")

    def test_a_bundle_by_another_key_is_refused(self):
        Signer(self.directory, "stranger").sign_with_bundle(self.pusher, IMAGE, self.digest)
        self.assert_refused_in_both_modes("signature")

    def test_a_tampered_signature_is_refused(self):
        self.signer.sign(self.pusher, IMAGE, self.digest, spoil=lambda found: found[:-1] + bytes([found[-1] ^ 1]))
        self.assert_refused_in_both_modes("signature")

    def test_a_signature_of_another_release_is_refused(self):
        other = self.push("1.0.2", stamped("1.0.2"))
        self.signer.sign(self.pusher, IMAGE, self.digest, payload=simple_payload(other))
        self.assert_refused_in_both_modes("signature")

    def test_a_bundle_of_another_release_is_refused(self):
        other = self.push("1.0.2", stamped("1.0.2"))
        self.signer.sign_with_bundle(self.pusher, IMAGE, self.digest, payload=statement(other))
        self.assert_refused_in_both_modes("signature")

    def test_a_wrongly_signed_release_is_served_where_signatures_are_off(self):
        Signer(self.directory, "stranger").sign(self.pusher, IMAGE, self.digest)
        self.serve_signed("off")
        self.assert_updates()

    def test_each_application_has_keys_of_its_own(self):
        self.signer.sign(self.pusher, IMAGE, self.digest)
        self.serve_signed()
        self.assert_updates()
        stranger = Signer(self.directory, "stranger")
        shutil.copy(stranger.public, self.directory / f"keys/{APPLICATION}.pub")
        self.server.terminate()
        self.server.start()
        self.refusal("signature")

    def test_the_last_signed_release_stays_when_an_unsigned_one_follows(self):
        digest = self.push("latest", microbit(), "1.0.1")
        self.signer.sign(self.pusher, IMAGE, digest)
        self.serve_signed(image=f"{IMAGE}:latest", devices=["device-1", "device-2"])
        self.assert_updates()
        self.push("latest", stamped("1.0.2"), "1.0.2")
        self.warning("it is not signed", say="1.0.1")
        self.assertEqual(self.wire_device("device-2").say_until_ready("1.0.0").version, "1.0.1")
