# SPDX-License-Identifier: Apache-2.0
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request

from support.case import microbit, sha256, stamped
from support.oci.case import IMAGE, OciEndToEnd, plain

SECRET = "the secret of the hooks"
SLOW = {"source.oci.poll": "1h"}


class OciChange(OciEndToEnd):
    def test_latest_updates_a_device_once_and_never_again(self):
        self.start_registry()
        self.push("latest", microbit())
        self.serve_oci(plain(self.oci.authority), image=f"{IMAGE}:latest")
        device = self.device("device-1")
        [summary] = device.run()
        self.assertEqual(summary["swaps"], 1)
        version, image = device.flash()
        self.assertEqual(sha256(image), sha256(microbit()))
        self.assertNotEqual(version, "latest")
        self.assert_stays_in_sync(version)

    def assert_says_sync(self, version, seconds):
        device, end = self.wire_device("device-1"), time.monotonic() + seconds
        while time.monotonic() < end:
            self.assertEqual(device.say(version).kind, "sync")
            time.sleep(0.2)

    def assert_stays_in_sync(self, version, seconds=3):
        """Over several looks at the tag."""
        self.assert_says_sync(version, seconds)
        self.assertGreater(len(self.oci.requests("HEAD", "/manifests/latest")), 1)

    def test_a_new_version_under_the_same_tag_updates_devices(self):
        self.start_registry()
        self.push("latest", microbit(), "1.0.1")
        self.serve_oci(plain(self.oci.authority), image=f"{IMAGE}:latest")
        self.assert_updates("1.0.1")
        self.push("latest", stamped("1.0.2"), "1.0.2")
        self.until_offered("1.0.1", "the next version")
        self.assert_updates("1.0.2", stamped("1.0.2"))

    def test_new_bytes_under_the_same_version_are_shown_and_not_served(self):
        self.start_registry()
        self.push("latest", microbit(), "1.0.1")
        self.serve_oci(plain(self.oci.authority), image=f"{IMAGE}:latest")
        self.assert_updates("1.0.1")
        self.push("latest", stamped("moved"), "1.0.1")
        self.source_warning("moved under the same version 1.0.1", sha256(stamped("moved"))[:12], say="1.0.1")
        self.assertEqual(self.wire_device("device-1").say("1.0.1").kind, "sync")

    def test_new_annotations_of_the_same_bytes_are_no_new_release(self):
        self.start_registry()
        self.push("latest", microbit(), "1.0.1")
        self.serve_oci(plain(self.oci.authority), image=f"{IMAGE}:latest")
        self.assert_updates("1.0.1")
        self.pusher.artifact(IMAGE, "latest", microbit(), {
            "org.opencontainers.image.version": "1.0.1", "org.opencontainers.image.created": "2031-01-01T00:00:00Z"})
        self.until_looked(lambda: len(self.oci.requests("GET", "/manifests/")) > 1, "a look at the new manifest")
        self.assert_stays_in_sync("1.0.1", 1.5)
        self.assertEqual(self.server.metric("ajour_releases_fetched_total"), 1)

    def test_a_version_that_the_target_names_is_what_devices_report(self):
        self.start_registry()
        self.push("latest", microbit(), "1.0.1")
        self.serve_oci(plain(self.oci.authority), image=f"{IMAGE}:latest", version="7.0.0")
        self.assert_updates("7.0.0")

    def test_a_tag_that_is_a_version_is_looked_at_once(self):
        self.start_registry()
        self.push("1.0.1", microbit())
        self.serve_oci(plain(self.oci.authority))
        self.assert_updates("1.0.1")
        self.push("1.0.1", stamped("moved"), "1.0.2")
        self.assert_says_sync("1.0.1", 2.5)
        self.assertEqual(self.oci.requests("HEAD", "/manifests/"), [])

    def test_a_tag_that_is_a_version_is_looked_at_again_where_the_target_says_always(self):
        self.start_registry()
        self.push("1.0.1", microbit())
        self.serve_oci(plain(self.oci.authority), imagePullPolicy="Always")
        self.assert_updates("1.0.1")
        self.push("1.0.1", stamped("1.0.2"), "1.0.2")
        self.until_offered("1.0.1", "what the tag leads to now")
        self.assert_updates("1.0.2", stamped("1.0.2"))

    def test_a_policy_takes_the_highest_version_in_its_range(self):
        self.start_registry()
        for tag in ("0.9.0", "1.2.0", "1.10.0", "1.9.9", "2.0.0", "1.11.0-rc.1", "latest", "nightly"):
            self.push(tag, stamped(tag))
        self.serve_oci(plain(self.oci.authority), image=IMAGE, policy='semver ">=1.2 <2"')
        self.assert_updates("1.10.0", stamped("1.10.0"))
        self.push("1.10.1", stamped("1.10.1"))
        self.until_offered("1.10.0", "the next version")
        self.assert_updates("1.10.1", stamped("1.10.1"))

    def serve_slowly(self):
        """Without a hook the next look at the tag is an hour away."""
        self.start_registry()
        self.push("latest", microbit(), "1.0.1")
        secret = self.directory / "hook-secret"
        secret.touch(mode=0o600)
        secret.write_text(SECRET)
        self.serve_oci({**plain(self.oci.authority), **SLOW, "source.oci.hook.secret": f"file:{secret}",
                        "source.oci.hook.interval": "100ms"},
                       image=f"{IMAGE}:latest")
        self.assert_updates("1.0.1")

    @property
    def hook(self):
        return f"http://127.0.0.1:{self.server.admin_port}/api/ajour/v1/hooks/registry"

    def call_hook(self, body, **headers):
        """The status of the answer."""
        request = urllib.request.Request(self.hook, json.dumps(body).encode(),
                                         {"Content-Type": "application/json", **headers}, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code

    def assert_refreshes(self, body, **headers):
        self.serve_slowly()
        self.push("latest", stamped("1.0.2"), "1.0.2")
        self.assertEqual(self.wire_device("device-1").say("1.0.1").kind, "sync")
        self.assertIn(self.call_hook(body), [403], "without a secret")
        self.assertIn(self.call_hook(body, **{name: "wrong " + value for name, value in headers.items()}), [403])
        self.assertEqual(self.wire_device("device-1").say("1.0.1").kind, "sync")
        self.assertIn(self.call_hook(body, **headers), [204])
        self.until_offered("1.0.1", "the next version")  # an hour before the next look without the hook
        self.assert_updates("1.0.2", stamped("1.0.2"))
        self.assertNotIn(SECRET, self.server.log())

    def test_a_registry_that_notifies_is_looked_at_at_once(self):
        """docker-registry itself calls the hook."""
        self.serve_slowly()
        self.oci.stop()
        self.oci.sections["notifications"] = {"endpoints": [
            {"name": "ajour", "url": self.hook, "headers": {"Authorization": [f"Bearer {SECRET}"]},
             "timeout": "2s", "threshold": 5, "backoff": "1s"}]}
        self.oci.start()
        self.push("latest", stamped("1.0.2"), "1.0.2")
        self.until_offered("1.0.1", "the next version")
        self.assert_updates("1.0.2", stamped("1.0.2"))
        self.assertNotIn(SECRET, self.server.log())

    def test_a_hook_of_harbor_refreshes_at_once(self):
        data = {"resources": [{"tag": "latest", "resource_url": f"harbor.example/{IMAGE}:latest"}],
                "repository": {"name": "firmware", "namespace": "acme", "repo_full_name": IMAGE}}
        self.assert_refreshes({"type": "PUSH_ARTIFACT", "occur_at": 1, "event_data": data}, Authorization=SECRET)

    def test_a_signed_hook_of_github_refreshes_at_once(self):
        body = {"action": "published", "registry_package": {
            "name": "firmware", "namespace": "acme", "package_type": "CONTAINER",
            "package_version": {"container_metadata": {"tag": {"name": "latest"}}}}}
        signature = hmac.new(SECRET.encode(), json.dumps(body).encode(), hashlib.sha256).hexdigest()
        self.assert_refreshes(body, **{"X-Hub-Signature-256": f"sha256={signature}", "X-GitHub-Event": "registry_package"})
