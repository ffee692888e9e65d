# SPDX-License-Identifier: Apache-2.0
"""What the real oras pushes updates devices."""
from support.case import microbit
from support.oci import go_tools
from support.oci.case import OciEndToEnd, plain


class Oras(OciEndToEnd):
    def assert_push_updates(self, tag, version, *options, file="firmware.bin:application/octet-stream"):
        self.start_registry()
        go_tools.oras_push(self.directory, f"{self.oci.authority}/acme/oras:{tag}", microbit(), *options, file=file)
        self.serve_oci(plain(self.oci.authority), image=f"acme/oras:{tag}")
        self.assert_updates(version)

    def test_an_artifact_updates_a_device(self):
        self.assert_push_updates("latest", "1.4.2", "--artifact-type=application/vnd.ajour.firmware.v1",
                                 "--annotation=org.opencontainers.image.version=1.4.2")

    def test_an_artifact_of_the_first_specification_updates_a_device(self):
        self.assert_push_updates("1.4.2", "1.4.2", "--image-spec=v1.0")

    def test_a_file_that_was_given_no_type_updates_a_device(self):
        self.assert_push_updates("1.4.2", "1.4.2", file="firmware.bin")
