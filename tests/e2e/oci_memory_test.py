# SPDX-License-Identifier: Apache-2.0
"""A large image is held by its file, however it came: fetched as it is, or unpacked on its way."""
from support.case import APPLICATION, PASSWORD
from support.memory import BLOCKS, Measured
from support.oci.case import IMAGE, OciEndToEnd, plain
from support.oci.images import run
from support.oci.registry import find_tool

ZSTD_LAYER = "application/vnd.oci.image.layer.v1.tar+zstd"


class OciMemory(Measured, OciEndToEnd):
    def assert_held(self, push):
        """`push(name, image, version)` brings it to the registry."""
        self.start_registry()
        self.start_images()
        self.serve(**plain(self.oci.authority), **BLOCKS)
        self.server.create(APPLICATION, ["device-1"], PASSWORD)

        def offer(version, image):
            push(f"{IMAGE}:{version}", image, version)
            self.aim(f"{IMAGE}:{version}")
        self.assert_held_by_its_file(offer)

    def test_an_artifact_is_held_by_its_file(self):
        self.assert_held(lambda name, image, version: self.push(version, image))

    def test_an_image_of_a_gzip_layer_by_buildah_is_held_by_its_file(self):
        self.assert_held(lambda *release: self.images.build(*release))

    def test_an_image_of_gzip_layers_by_umoci_is_held_by_its_file(self):
        self.assert_held(lambda *release: self.images.insert(*release))

    def push_zstd(self, name, image, version):
        """One layer at the level that libzstd takes when it is told none, by the cmake that built all this."""
        self.images.write(image, version)
        run(find_tool("cmake"), "-E", "tar", "cf", "layer", "--zstd", "firmware.bin", "firmware.json",
            directory=self.images.directory)
        packed = (self.images.directory / "layer").read_bytes()
        self.pusher.artifact(IMAGE, version, packed, layer=ZSTD_LAYER, title="firmware.tar.zst")

    def test_an_image_of_a_zstd_layer_at_its_default_level_is_held_by_its_file(self):
        self.assert_held(self.push_zstd)

    def test_an_image_of_zstd_layers_by_skopeo_with_a_window_of_8_mib_is_held_by_its_file(self):
        self.assert_held(lambda *release: self.images.insert(*release, "zstd"))
