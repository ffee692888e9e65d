# SPDX-License-Identifier: Apache-2.0
"""What a real hawkBit does not do on demand, and what the source makes of it."""
import hashlib
import threading
import time

from support.case import PASSWORD, microbit, sha256
from support.hawkbit import faults
from support.hawkbit.actions import Artifact, Chunk
from support.hawkbit.case import FakeCase, controller
from support.hawkbit.cdn import Cdn
from support.wire_device import WireDevice

DEVICE = controller("device-1")


class HawkbitFault(FakeCase):
    def setUp(self):
        super().setUp()
        self.image = microbit()[:20011]

    def start(self, chunks=None, settings=None, action=None, **options):
        """A device, and an action for it."""
        wire = self.start_fake(settings=settings, **options)
        self.action = self.fake.deploy(DEVICE, self.image, chunks=chunks, **(action or {}))
        return wire

    def assert_updates(self, wire, version="1.0.1"):
        self.assertEqual(sha256(self.finish(wire, version)), sha256(self.image))
        self.until_ended(self.action)

    def cdn(self, data):
        server = Cdn(data)
        self.addCleanup(server.close)
        return server

    def assert_quota_spares_the_end(self, code):
        wire = self.start()
        self.fake.spoil("deployment_feedback", faults.quota(code))
        image, command = wire.download("1.0.0")
        self.assertEqual((command.kind, sha256(image)), ("swap", sha256(self.image)))
        self.server.until(lambda: self.fake.count("deployment_feedback") >= 1, "the progress to be refused")
        self.fake.heal()
        wire.say("1.0.1")
        self.until_ended(self.action)
        self.assert_told_once()

    def assert_told_once(self):
        """How much there is to tell depends on how long the device takes; but nothing is told twice."""
        told = [body for kind, body in self.fake.told if kind == "deployment_feedback"]
        self.assertEqual(len(told), len(set(told)), told)

    def test_a_used_up_quota_costs_the_progress_and_not_the_end(self):
        self.assert_quota_spares_the_end(429)

    def test_a_quota_of_older_servers_is_understood(self):
        self.assert_quota_spares_the_end(403)

    def test_feedback_that_meets_another_change_is_sent_again(self):
        wire = self.start()
        self.fake.spoil("deployment_feedback", faults.status(409), times=2)
        self.assert_updates(wire)

    def test_feedback_is_sent_again_after_server_errors_and_cut_connections(self):
        wire = self.start()
        self.finish(wire)
        for fault in (faults.status(503), faults.dropped, faults.status(500)):
            self.fake.spoil("deployment_feedback", fault, times=1)
        self.until_ended(self.action)

    def assert_not_repeated(self, code):
        wire = self.start()
        self.fake.spoil("deployment_feedback", faults.status(code))
        self.finish(wire)
        self.server.until(lambda: any(b"closed" in body for _, body in self.fake.told), "its end to be told")
        polls = self.fake.count("root")
        self.server.until(lambda: self.fake.count("root") >= polls + 3, "three polls more")
        self.assert_told_once()

    def test_feedback_on_what_has_ended_is_not_repeated(self):
        self.assert_not_repeated(410)

    def test_feedback_on_what_is_unknown_is_not_repeated(self):
        self.assert_not_repeated(404)

    def settled(self, kind):
        """How many requests there were once three seconds bring no more."""
        seen = [-1]

        def is_settled():
            seen.append(self.fake.count(kind))
            time.sleep(3)
            return seen[-1] == self.fake.count(kind)
        self.server.until(is_settled, f"no more requests of kind {kind}")
        return seen[-1]

    def test_throttling_slows_the_requests_down(self):
        wire = self.start()
        self.fake.spoil("root", faults.status(429, {"Retry-After": "600"}))
        wire.say("1.0.0")
        self.server.until(lambda: self.fake.count("root"), "the first poll")
        before = self.settled("root")
        time.sleep(2)
        wire.say("1.0.0")
        self.assertLessEqual(self.fake.count("root") - before, 1)

    def test_a_content_server_is_not_shown_the_token(self):
        content = self.cdn(self.image)
        self.assert_updates(self.start(chunks=[Chunk([Artifact(self.image, url=content.url)])]))
        self.assertEqual(content.authorizations, [None])
        self.assertEqual(self.fake.count("artifact"), 0)

    def test_a_content_server_that_hawkbit_redirects_to_is_not_shown_the_token(self):
        content, wire = self.cdn(self.image), self.start()
        self.fake.spoil("artifact", faults.redirecting(content.url))
        self.assert_updates(wire)
        self.assertEqual(content.authorizations, [None])

    def test_the_signature_of_a_link_is_not_told(self):
        content = self.cdn(self.image[:-1] + b"?")
        wire = self.start(chunks=[Chunk([Artifact(self.image, url=content.url)])])
        message = self.until_said(wire, "device-1", "SourceFailed")["message"]
        self.assertNotIn("c0ffee", message)
        self.assertNotIn("c0ffee", self.server.log())

    def test_a_link_that_has_run_out_is_asked_for_anew(self):
        content = self.cdn(self.image)
        content.status = 403
        wire = self.start(chunks=[Chunk([Artifact(self.image, url=content.url)])])
        self.until_said(wire, "device-1", "403")
        with self.fake.lock:
            self.action.chunks[0].artifacts[0].url = self.cdn(self.image).url
        self.assert_updates(wire)
        self.assertLess(len(self.action.rows), 20)

    def test_an_interval_of_a_day_is_kept(self):
        wire = self.start_fake(sleep="PT24H")
        wire.say("1.0.0")
        self.server.until(lambda: self.fake.count("root") >= 1, "the first poll")
        before = self.settled("root")
        for _ in range(10):
            wire.say("1.0.0")
            time.sleep(0.2)
        self.assertEqual(self.fake.count("root"), before)

    def test_an_unknown_interval_is_no_failure(self):
        self.assert_updates(self.start(sleep="every now and then"))

    def test_the_module_and_the_artifact_are_chosen_by_the_settings(self):
        chunks = [Chunk([Artifact(b"a modem's" * 100, "modem.bin")], "9.9.9", "modem", "bApp"),
                  Chunk([Artifact(b"a note", "README.txt"), Artifact(self.image, "app-v1.bin")], "1.0.1", "app", "os")]
        wire = self.start(chunks=chunks, settings={"source.hawkbit.part": "os", "source.hawkbit.artifact": "app-*.bin"})
        self.assert_updates(wire)

    def test_several_that_match_are_a_failure_when_one_is_expected(self):
        chunks = [Chunk([Artifact(self.image, "a.bin"), Artifact(b"other", "b.bin")])]
        wire = self.start(chunks=chunks, settings={"source.hawkbit.match": "one"})
        wire.say("1.0.0")
        self.until_ended(self.action, "error")
        self.assertIn("a.bin", str(self.action.feedback[-1]["details"]))

    def test_an_old_upload_without_sha_256_is_verified_by_its_other_hashes(self):
        hashes = {name: hashlib.new(name, self.image).hexdigest() for name in ("sha1", "md5")}
        self.assert_updates(self.start(chunks=[Chunk([Artifact(self.image, hashes=hashes)])]))

    def assert_refuses(self, name, shown):
        truth = Artifact(self.image).claimed_hashes()
        wire = self.start(chunks=[Chunk([Artifact(self.image, hashes={**truth, name: truth[name][::-1]})])])
        self.until_said(wire, "device-1", f"{shown} .* expected {truth[name][::-1]}")
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)

    def test_a_wrong_sha_1_is_refused_beside_a_right_sha_256(self):
        self.assert_refuses("sha1", "SHA-1")

    def test_a_wrong_md5_is_refused_beside_a_right_sha_256(self):
        self.assert_refuses("md5", "MD5")

    def test_an_image_that_never_verifies_ends_the_action(self):
        wire = self.start()
        self.fake.spoil("artifact", faults.flipped)

        def is_over():
            wire.say("1.0.0")
            return self.action.state == "error"
        self.server.until(is_over, "the failure to be told")
        self.assertIn("SHA-256", str(self.action.feedback[-1]["details"]))
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)

    def test_a_cut_download_goes_on_where_it_was(self):
        wire = self.start()
        self.fake.spoil("artifact", faults.cut, times=2)
        self.assert_updates(wire)
        first = len(self.image) // 2
        second = first + (len(self.image) - first) // 2
        self.assertEqual(self.fake.ranges, [None, f"bytes={first}-", f"bytes={second}-"])

    def test_a_window_that_opens_and_closes_is_obeyed_at_once(self):
        wire = self.start(action={"window": "unavailable"})
        self.until_said(wire, "device-1", "NotPermitted")
        self.set_window("available")
        taken, command = wire.download("1.0.0", mtu=512, stop_at=4096)
        self.assertEqual(command.kind, "write")
        self.set_window("unavailable")

        def is_stopped():
            return wire.say("1.0.0", mtu=512, writing="1.0.1", offset=len(taken)).kind == "wait"
        self.server.until(is_stopped, "the writing to stop")
        self.assertTrue(all(is_stopped() for _ in range(10)))
        self.assertTrue(self.action.active)
        self.set_window("available")
        self.assert_updates(wire)

    def test_a_window_that_closed_while_the_device_was_silent_lets_nothing_through(self):
        wire = self.start(action={"window": "available"})
        taken, command = wire.download("1.0.0", stop_at=len(self.image))
        self.assertEqual((command.kind, sha256(taken)), ("write", sha256(self.image)))
        self.set_window("unavailable")
        before = self.action.rows.count("RETRIEVED")
        self.server.until(lambda: self.action.rows.count("RETRIEVED") > before, "the source to hear of it")
        time.sleep(3)
        self.assertEqual(wire.say("1.0.0", mtu=1024, writing="1.0.1", offset=len(taken)).kind, "wait")
        self.set_window("available")
        self.assert_updates(wire)

    def set_window(self, window):
        """As hawkBit's clock would; it changes the link."""
        with self.fake.lock:
            self.action.window = window
            self.action.revision += 1

    def test_a_cancellation_that_is_gone_again_harms_nothing(self):
        wire = self.start()
        wire.download("1.0.0", stop_at=2048)
        self.fake.spoil("cancel", faults.status(404), times=1)
        self.fake.spoil("cancel_feedback", faults.status(404), times=2)
        self.action.cancel()
        self.until_ended(self.action, "canceled")
        self.action = self.fake.deploy(DEVICE, self.image, "1.0.2")
        self.assert_updates(wire, "1.0.2")

    def test_a_success_that_meets_a_cancellation_counts(self):
        wire = self.start()
        self.assertEqual(wire.download("1.0.0")[1].kind, "swap")
        self.action.cancel()
        wire.say("1.0.1")
        self.until_ended(self.action)

    def test_attributes_are_sent_when_they_are_asked_for_and_not_again(self):
        wire = self.start()
        self.assert_updates(wire)
        self.server.until(lambda: wire.say("1.0.1") and
                          self.fake.tenants["DEFAULT"].attributes[DEVICE].get("version") == "1.0.1", "the attributes")
        before = self.settled("config")
        for _ in range(10):
            wire.say("1.0.1")
            time.sleep(0.2)
        self.assertEqual(self.fake.count("config"), before)
        self.assertLessEqual(before, 3)

    def test_a_slow_hawkbit_is_asked_after_several_devices_at_once_but_not_after_all(self):
        over, names = threading.Event(), [f"device-{number}" for number in range(1, 13)]
        self.addCleanup(over.set)
        self.start_fake(*names, settings={"source.hawkbit.polls.max": 3, "source.hawkbit.timeout.request": "10m"})
        for name in names:
            wire = self.wire_device(name)
            self.server.until(lambda: wire.say("1.0.0") and self.polls_of(name), f"hawkBit to be asked after {name}")
        self.fake.spoil("root", faults.silent(over, 600))
        self.server.until(lambda: self.running_polls() == 3, "three polls to hang")
        self.server.until(lambda: self.server.metric("ajour_source_hawkbit_poll_delay_seconds") >= 3, "others to be late")
        self.assertEqual(self.running_polls(), 3)
        asked = {name: self.polls_of(name) for name in names}
        self.fake.heal()
        over.set()
        self.server.until(lambda: all(self.polls_of(name) > asked[name] for name in names), "all to be asked after")

    def polls_of(self, name):
        return self.fake.count("root", controller=controller(name))

    def running_polls(self):
        return self.server.metric("ajour_source_hawkbit_polls_running")

    def test_a_hawkbit_that_hangs_delays_its_own_devices_only(self):
        over = threading.Event()
        self.addCleanup(over.set)
        self.start(settings={"source.hawkbit.timeout.request": "10m", "exchange.patience": "1s"})
        self.fake.spoil("root", faults.silent(over, 600))
        self.wire_device("device-1").say("1.0.0")
        self.server.until(lambda: self.fake.count("root"), "hawkBit to be asked")
        self.server.request("POST", "/api/registry/v1alpha1/apps", {"metadata": {"name": "other"}})
        self.server.request("POST", "/api/registry/v1alpha1/apps/other/devices", {
            "metadata": {"application": "other", "name": "device-2"},
            "spec": {"authentication": {"credentials": [{"pass": PASSWORD}]}}})
        self.publish("1.0.1", self.image)
        self.server.ajour("app", "set-firmware", "other", "--file", "firmware")
        device = self.device_of("other", "device-2")
        self.assertEqual(device.download("1.0.0")[1].kind, "swap")
        self.assertEqual(self.server.metric("ajour_source_hawkbit_polls_failed_total"), 0, "it hangs no more")

    def device_of(self, application, name):
        device = WireDevice(self.server, application, name, PASSWORD)
        self.addCleanup(device.close)
        return device
