# SPDX-License-Identifier: Apache-2.0
"""Repositories of one OCI registry, of which one is broken."""
from support.case import APPLICATION, PASSWORD, microbit
from support.oci.case import OciEndToEnd, plain
from support.server import REGISTRY

ILL, WELL = "acme/ill", "acme/well"


class OciNeighbours(OciEndToEnd):
    def setUp(self):
        super().setUp()
        self.start_registry()
        self.push("1.0.1", microbit(), "1.0.1", repository=ILL)
        self.push("1.0.1", microbit(), "1.0.1", repository=WELL)
        self.good = self.link().read_text()
        self.link().write_text("no digest")

    def link(self):
        """What docker-registry follows from the tag to its manifest."""
        return self.oci.data / f"docker/registry/v2/repositories/{ILL}/_manifests/tags/1.0.1/current/link"

    def serve_both(self):
        """device-1 is to run what is well, the other what is ill."""
        self.serve_oci(plain(self.oci.authority), image=f"{WELL}:1.0.1")
        spec = {"authentication": {"credentials": [{"pass": PASSWORD}]},
                "firmware": {"container": {"image": f"{ILL}:1.0.1"}}}
        code, body = self.server.request("POST", f"{REGISTRY}/{APPLICATION}/devices", {
            "metadata": {"application": APPLICATION, "name": "device-2"}, "spec": spec})
        self.assertEqual(code, 201, body)
        self.refusal(f"{ILL}:1.0.1", "500", name="device-2")

    def test_a_broken_repository_is_no_trouble_of_its_neighbours(self):
        self.serve_both()
        ill = self.wire_device("device-2")
        self.server.until(lambda: ill.say("1.0.0") and len(self.oci.requests("HEAD", ILL) + self.oci.requests("GET", ILL))
                          > 2, "what is ill to be asked for again")
        self.assert_updates()
        self.link().write_text(self.good)
        self.server.until(lambda: ill.say("1.0.0").kind == "write", "what is well again", 60)
