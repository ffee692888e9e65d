# SPDX-License-Identifier: Apache-2.0
from support.case import microbit, stamped
from support.oci.case import IMAGE, OciEndToEnd, plain
from support.oci.images import IN_TWO_LAYERS, LIKE_THE_BUNDLER


class OciShapes(OciEndToEnd):
    def serve_image(self, push, image="acme/image:1", **more):
        """What `push` pushed, in the registry of one who uses tools."""
        self.start_registry()
        self.start_images()
        push(self.images)
        self.serve_oci(plain(self.oci.authority), image=image, **more)

    def test_an_artifact_as_oras_makes_it_updates_a_device(self):
        self.serve_artifact("1.0.1")
        self.assert_updates("1.0.1")

    def test_an_artifact_that_skopeo_copied_updates_a_device(self):
        self.start_registry()
        self.start_images()
        self.push("1.0.1", microbit())
        self.images.copy(f"{IMAGE}:1.0.1", "acme/copy:1.0.2")
        self.serve_oci(plain(self.oci.authority), image="acme/copy:1.0.2")
        self.assert_updates("1.0.2")

    def test_an_image_of_one_layer_by_buildah_updates_a_device(self):
        self.serve_image(lambda images: images.build("acme/image:1", microbit(), "2.0.0"))
        self.assert_updates("2.0.0")

    def test_an_image_of_several_layers_by_buildah_updates_a_device(self):
        self.serve_image(lambda images: images.build("acme/image:1", microbit(), "2.0.0", IN_TWO_LAYERS, layers=True))
        self.assert_updates("2.0.0")

    def test_an_image_in_dockers_format_updates_a_device(self):
        self.serve_image(lambda images: images.build("acme/image:1", microbit(), "2.0.0", format="docker"))
        self.assert_updates("2.0.0")

    def test_an_image_with_the_names_of_the_bundler_updates_a_device(self):
        self.serve_image(lambda images: images.build("acme/image:1", microbit(), "2.0.0", LIKE_THE_BUNDLER))
        self.assert_updates("2.0.0")

    def test_an_image_by_umoci_whose_manifest_has_no_media_type_updates_a_device(self):
        self.serve_image(lambda images: images.insert("acme/image:1", microbit(), "2.0.0"))
        self.assert_updates("2.0.0")

    def test_an_image_of_zstd_layers_updates_a_device(self):
        self.serve_image(lambda images: images.insert("acme/image:1", microbit(), "2.0.0", "zstd"))
        self.assert_updates("2.0.0")

    def test_an_index_gives_each_device_what_is_for_its_platform(self):
        def push(images):
            images.build("acme/arm:1", stamped("arm"), "2.0.0")
            images.build("acme/riscv:1", stamped("riscv"), "2.0.1")
            images.index("acme/image:1", {("none", "arm"): "acme/arm:1", ("none", "riscv64"): "acme/riscv:1"})
        self.serve_image(push, platform="none/arm")
        self.assert_updates("2.0.0", stamped("arm"))
        self.aim("acme/image:1", platform="none/riscv64")
        self.until_offered("2.0.0", "the other platform")
        self.assert_updates("2.0.1", stamped("riscv"))

    def test_an_index_without_the_platform_names_those_that_it_has(self):
        def push(images):
            images.build("acme/arm:1", stamped("arm"), "2.0.0")
            images.build("acme/riscv:1", stamped("riscv"), "2.0.0")
            images.index("acme/image:1", {("none", "arm"): "acme/arm:1", ("none", "riscv64"): "acme/riscv:1"})
        self.serve_image(push, platform="none/xtensa")
        self.refusal("none/arm", "none/riscv64", "none/xtensa")

    def test_a_digest_pins_the_release(self):
        self.start_registry()
        digest = self.push("1.0.1", microbit(), "1.0.1")
        self.push("1.0.1", stamped("1.0.2"), "1.0.2")
        self.serve_oci(plain(self.oci.authority), image=f"{IMAGE}:1.0.1@{digest}", imagePullPolicy="Always")
        self.assert_updates("1.0.1")
        self.assertEqual({path.split("/")[-1] for path, _ in self.oci.requests("GET", "/manifests/")}, {digest})
        self.assertEqual(self.oci.requests("HEAD", "/manifests/"), [])
