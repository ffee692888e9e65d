# SPDX-License-Identifier: Apache-2.0
"""What a fleet costs its OCI registry."""
import time

from support.case import microbit, sha256
from support.oci.case import IMAGE, OciEndToEnd, plain

COUNT = 1000
IMAGE_SIZE = 2 * 1024 + 12


class OciFleet(OciEndToEnd):
    def test_a_thousand_devices_cost_one_manifest_and_one_blob(self):
        image = microbit()[:IMAGE_SIZE]
        self.start_registry()
        self.push("1.0.1", image)
        self.start_relay()
        self.serve_oci(plain(self.relay.authority), [f"device-{number}" for number in range(1, COUNT + 1)])
        summaries = self.device("device", count=COUNT, timeout=500).run()
        self.assertEqual(len(summaries), COUNT)
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(image)})
        self.assertEqual(len(self.relay.requests("GET", "/manifests/")), 1, self.relay.passed)
        self.assertEqual(len(self.relay.requests("GET", "/blobs/")), 1, self.relay.passed)

    def test_a_fleet_looks_at_a_tag_once_an_interval(self):
        names = [f"device-{number}" for number in range(1, 51)]
        self.start_registry()
        self.push("latest", microbit()[:IMAGE_SIZE], "1.0.1")
        self.start_relay()
        self.serve_oci(plain(self.relay.authority), names, image=f"{IMAGE}:latest")
        self.device("device", count=len(names)).run()
        devices, before, begin = [self.wire_device(name) for name in names], len(self.relay.passed), time.monotonic()
        while time.monotonic() < begin + 4:
            for device in devices:
                self.assertEqual(device.say("1.0.1").kind, "sync")
        seconds, looks = time.monotonic() - begin, self.relay.passed[before:]
        self.assertEqual({(each.method, each.path) for each in looks}, {("HEAD", f"/v2/{IMAGE}/manifests/latest")})
        self.assertLessEqual(len(looks), seconds + 1)
        self.assertGreaterEqual(len(looks), 2)
