# SPDX-License-Identifier: Apache-2.0
"""A registry that does not work as it should, and what devices see of it."""
import itertools
import socket
import threading

from support.case import APPLICATION, PASSWORD, microbit, sha256, stamped
from support.oci.case import IMAGE, OciEndToEnd, plain
from support.oci.nginx import Nginx
from support.oci.push import digest_of
from support.server import REGISTRY

LATEST = f"{IMAGE}:latest"


def large(version, size=4 << 20):
    """An image that no buffer on the way holds whole."""
    return (stamped(version) * (size // len(stamped(version)) + 1))[:size]


class OciTrouble(OciEndToEnd):
    def serve_through_relay(self, image=LATEST):
        """Whatever passes between the server and its registry is seen."""
        self.start_relay()
        self.serve_oci(plain(self.relay.authority), ["device-1", "device-2"], image=image)

    def start_with_a_good_release(self):
        self.start_registry()
        self.digest = self.push("latest", microbit(), "1.0.1")
        self.serve_through_relay()
        self.assert_updates()

    def blobs(self):
        return self.relay.requests("GET", "/blobs/")

    def test_a_cache_of_another_registry_updates_a_device(self):
        self.start_registry()
        self.push("1.0.1", microbit())
        upstream = self.oci
        self.start_registry(name="cache", proxy={"remoteurl": upstream.url})
        self.serve_oci(plain(self.oci.authority))
        self.assert_updates()
        self.assertTrue(upstream.requests("GET", "/blobs/"))

    def test_an_interrupted_download_goes_on_where_it_was(self):
        self.start_registry()
        self.push("latest", large("1.0.1"), "1.0.1")
        self.start_relay()
        cuts = itertools.chain([1 << 20, 1 << 20], itertools.repeat(None))
        self.relay.cut = lambda passed: next(cuts) if "/blobs/" in passed.path else None
        self.serve_oci(plain(self.relay.authority), image=LATEST)
        device = self.wire_device("device-1")
        command = device.say_until_ready("1.0.0", mtu=1024)
        self.assertEqual(command.version, "1.0.1")
        first, second, third = self.blobs()
        self.assertEqual([each.status for each in (first, second, third)], [200, 206, 206])
        self.assertEqual((first.range, third.range), ("", f"bytes={2 << 20}-"))
        self.assertEqual(sum(each.sent for each in (first, second, third)), 4 << 20)

    def test_a_registry_that_is_stopped_in_mid_download_is_asked_for_the_rest(self):
        self.start_registry()
        self.push("latest", large("1.0.1"), "1.0.1")
        self.start_relay()

        def stop_half_way(passed):
            if "/blobs/" not in passed.path or len(self.blobs()) > 1:
                return None
            self.oci.stop()
            return 2 << 20
        self.relay.cut = stop_half_way
        self.serve_oci(plain(self.relay.authority), image=LATEST)
        self.wire_device("device-1").say("1.0.0")
        self.refusal()
        self.oci.start()
        self.assertEqual(self.wire_device("device-1").say_until_ready("1.0.0").version, "1.0.1")
        taken = self.blobs()
        self.assertGreater(taken[0].sent, 0)
        self.assertEqual(sum(each.sent for each in taken), 4 << 20)

    def damage(self, digest, change):
        """What a disk may do to a blob."""
        file = self.oci.blob_file(digest)
        data = file.read_bytes()
        file.write_bytes(change(data))
        return data

    def assert_damage_is_refused(self, change, *words):
        self.start_with_a_good_release()
        image = stamped("1.0.2")
        digest = digest_of(image)
        self.pusher.blob(IMAGE, image)
        good = self.damage(digest, change)
        self.push_without_blob("latest", image, "1.0.2")
        self.warning(*words, say="1.0.1")
        self.assertEqual(self.wire_device("device-1").say("1.0.1").kind, "sync")
        image_of_other, command = self.wire_device("device-2").download("1.0.0")
        self.assertEqual((command.version, sha256(image_of_other)), ("1.0.1", sha256(microbit())))
        self.damage(digest, lambda _: good)
        self.until_offered("1.0.1", "the mended release")
        self.assert_updates("1.0.2", image)

    def push_without_blob(self, tag, image, version):
        """The blob is there already."""
        self.pusher.manifest(IMAGE, tag, {
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "artifactType": "application/vnd.ajour.firmware.v1",
            "config": self.pusher.blob(IMAGE, b"{}", "application/vnd.oci.empty.v1+json"),
            "layers": [{"mediaType": "application/octet-stream", "digest": digest_of(image), "size": len(image)}],
            "annotations": {"org.opencontainers.image.version": version}})

    def test_a_blob_that_was_damaged_on_disk_is_refused_and_the_last_good_release_stays(self):
        self.assert_damage_is_refused(lambda data: data[:5000] + b"evil" + data[5004:], sha256(stamped("1.0.2")))

    def test_a_blob_that_was_truncated_on_disk_is_refused_and_the_last_good_release_stays(self):
        self.assert_damage_is_refused(lambda data: data[:100], "100", str(len(stamped("1.0.2"))))

    def test_a_blob_that_was_replaced_by_a_longer_one_is_refused_and_the_last_good_release_stays(self):
        self.assert_damage_is_refused(lambda data: data + b"more", str(len(stamped("1.0.2"))))

    def test_while_a_registry_is_down_devices_get_what_is_there(self):
        self.start_with_a_good_release()
        self.oci.stop()
        self.source_warning("not looked at again", say="1.0.1")
        image, command = self.wire_device("device-2").download("1.0.0")
        self.assertEqual((command.kind, command.version, sha256(image)), ("swap", "1.0.1", sha256(microbit())))
        self.oci.start()
        self.push("latest", stamped("1.0.2"), "1.0.2")
        self.until_offered("1.0.1", "the next release")
        self.assert_updates("1.0.2", stamped("1.0.2"))

    def test_a_tag_that_is_gone_is_told_and_the_last_good_release_stays(self):
        self.start_with_a_good_release()
        self.pusher.remove(IMAGE, self.digest)
        self.warning("latest", "404", say="1.0.1")
        self.assertEqual(self.wire_device("device-2").say_until_ready("1.0.0").version, "1.0.1")

    def test_a_registry_that_hangs_delays_its_own_devices_only(self):
        self.start_registry()
        self.push("latest", microbit(), "1.0.1")
        hanging = socket.create_server(("127.0.0.1", 0), backlog=128)  # accepts, and says nothing
        self.addCleanup(hanging.close)
        port = hanging.getsockname()[1]
        # It hangs for longer than anybody here waits, and has more to look up than there are threads.
        self.serve_oci({**plain(self.oci.authority), "source.oci.registry.hanging.prefix": f"127.0.0.1:{port}/",
                        "source.oci.registry.hanging.plain": "true", "source.oci.timeout.request": "10m",
                        "source.oci.timeout.resolve": "10m", "exchange.patience": "1s"}, image=LATEST)
        stuck = [self.stuck_device(number) for number in range(10)]
        for device in stuck:
            self.assertEqual(device.say("1.0.0").kind, "wait")
        self.assertEqual(self.server.metric("ajour_releases_resolved_total"), 4, "the threads are not all held up")
        self.assertEqual(self.wire_device("device-1").say_until_ready("1.0.0").version, "1.0.1")
        self.assert_updates()
        device = self.wire_device("device-1")
        for _ in range(100):
            self.assertEqual(device.say("1.0.1").kind, "sync")
        for device in stuck[:2]:
            self.assertEqual(device.say("1.0.0").kind, "wait")
        self.assertEqual(self.server.metric("ajour_releases_failed_total"), 0, "it hangs no more")

    def test_the_server_stops_in_time_while_a_download_hangs(self):
        self.start_registry()
        self.push("latest", large("1.0.1"), "1.0.1")
        self.start_relay()
        hanging = threading.Event()
        self.addCleanup(hanging.set)
        self.relay.cut = lambda passed: hanging.wait(60) if "/blobs/" in passed.path else None
        self.serve_oci({**plain(self.relay.authority), "exchange.patience": "1s"}, image=LATEST)
        self.wire_device("device-1").say("1.0.0")
        self.server.until(self.blobs, "the download")
        code, seconds = self.server.terminate()
        self.assertEqual(code, 0, self.server.log())
        self.assertLess(seconds, 30)

    def stuck_device(self, number):
        """Each has a target of its own."""
        name = f"stuck-{number}"
        spec = {"authentication": {"credentials": [{"pass": PASSWORD}]},
                "firmware": {"container": {"image": f"acme/stuck-{number}:1", "registry": "hanging"}}}
        code, body = self.server.request("POST", f"{REGISTRY}/{APPLICATION}/devices", {
            "metadata": {"application": APPLICATION, "name": name}, "spec": spec})
        assert code == 201, (code, body)
        return self.wire_device(name)

    def test_a_rate_limit_is_kept_to(self):
        self.start_registry()
        self.push("1.0.1", microbit())
        front = Nginx.rate_limit(self.directory, self.oci.url, per_minute=30, seconds=3)
        self.addCleanup(front.close)
        self.serve_oci(plain(front.authority))
        self.refusal("429", "TOOMANYREQUESTS")
        self.assert_updates()
        seen = front.requests()
        refused = [each for each in seen if each.status == 429]
        self.assertTrue(refused, "nobody was refused")
        for each in refused:
            early = [other for other in seen if each.at < other.at < each.at + 2.9]
            self.assertEqual(early, [], "asked again before Retry-After was over")
