# SPDX-License-Identifier: Apache-2.0
"""Change events of a Drogue Cloud's registry, which somebody passes on to Ajour's webhook."""
import json
import urllib.error
import urllib.request
import uuid

from support.case import APPLICATION, PASSWORD, microbit, stamped
from support.drogue.case import NEVER, DrogueCase

TYPE = "io.drogue.registry.change."
SECRET = "the secret of events"
# Nothing is asked for again by itself.
BLIND = {"registry.drogue.poll": "0s", "registry.drogue.cache.age": NEVER, "registry.drogue.cache.missing": NEVER,
         "fleet.fresh": NEVER, "registry.drogue.events.secret": SECRET}


class DrogueChange(DrogueCase):
    def serve_blind(self, **settings):
        """A server that knows device-1 and its first target, and has a second release."""
        self.serve_behind(**{**BLIND, **settings})
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())
        file = self.directory / "next.bin"
        file.write_bytes(stamped("2.0"))
        self.server.publish(file, "2.0", "other")
        return device

    def post(self, headers, body, secret=SECRET):
        """The status that the webhook answers."""
        url = f"http://127.0.0.1:{self.server.admin_port}/api/ajour/v1/hooks/drogue/changes"
        shown = {"Authorization": f"Bearer {secret}"} if secret else {}
        request = urllib.request.Request(url, body, {**headers, **shown})
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code

    @staticmethod
    def event(kind, subject, **names):
        return {"specversion": "1.0", "id": str(uuid.uuid4()), "type": TYPE + kind, "subject": subject,
                "source": "drogue:/drogue/" + APPLICATION, "instance": "drogue", "application": APPLICATION,
                "partitionkey": "drogue/" + APPLICATION, **names}

    def post_binary(self, event):
        """As a Knative source does."""
        headers = {f"ce-{name}": value for name, value in event.items()}
        return self.post({"Content-Type": "application/json", **headers}, b'{"revision":2,"uid":"x"}')

    def post_structured(self, event):
        body = {**event, "datacontenttype": "application/json", "data": {"revision": 2, "uid": "x"}}
        return self.post({"Content-Type": "application/cloudevents+json"}, json.dumps(body).encode())

    def until_changes(self, count):
        self.server.until(lambda: self.server.metric("ajour_registry_drogue_changes_total") >= count, "the change", 90)

    def assert_updates_to_other(self, device):
        device.run()
        self.assert_runs(device, "2.0", stamped("2.0"))

    def test_a_changed_device_counts_at_its_event(self):
        self.start_cloud(["device-1"])
        device = self.serve_blind()
        spec = {**self.cloud.spec_of(PASSWORD), "firmware": {"file": {"name": "other"}}}
        self.cloud.objects.put_object(APPLICATION, "device-1", spec)
        self.assertEqual(self.post_binary(self.event("device", ".spec.firmware", device="device-1")), 204)
        self.until_changes(1)
        self.assert_updates_to_other(device)

    def test_a_changed_application_counts_at_its_event(self):
        self.start_cloud(["device-1"])
        device = self.serve_blind()
        self.cloud.objects.put_object(APPLICATION, spec={"firmware": {"file": {"name": "other"}}})
        self.assertEqual(self.post_structured(self.event("application", ".spec.firmware")), 204)
        self.until_changes(1)
        self.assert_updates_to_other(device)

    def test_events_of_statuses_and_of_strangers_cost_no_request(self):
        self.start_cloud(["device-1", "stranger"])
        self.serve_blind()
        self.server.until(lambda: self.server.metric("ajour_registry_drogue_statuses_waiting") == 0, "the statuses", 90)
        calls = self.server.metric("ajour_registry_drogue_calls_total")
        for event in (self.event("device", ".status.firmware", device="device-1"),
                      self.event("device", ".", device="stranger"), self.event("device", ".", device="nobody")):
            self.assertEqual(self.post_binary(event), 204)
        self.assertEqual(self.server.metric("ajour_registry_drogue_events_total"), 3)
        self.server.until(lambda: self.server.metric("ajour_registry_drogue_events_waiting") == 0, "the events", 90)
        # One that costs a request comes last, so that the others are over and done with before it.
        self.assertEqual(self.post_binary(self.event("device", ".spec", device="device-1")), 204)
        self.server.until(lambda: self.server.metric("ajour_registry_drogue_calls_total") > calls, "a request", 90)
        self.assertEqual(self.server.metric("ajour_registry_drogue_calls_total"), calls + 1)

    def test_who_does_not_know_the_secret_is_refused_and_nonsense_too(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**BLIND)
        event = json.dumps(self.event("application", ".")).encode()
        kind = {"Content-Type": "application/cloudevents+json"}
        self.assertEqual(self.post(kind, event, secret=None), 403)
        self.assertEqual(self.post(kind, event, secret="guessed"), 403)
        for body in (b"", b"nonsense", b"[]", b"[" * 100000):
            self.assertEqual(self.post(kind, body), 400)
        self.assertEqual(self.server.metric("ajour_registry_drogue_events_refused_total"), 6)
        self.assertEqual(self.post(kind, event), 204)
        self.assertNotIn(SECRET, self.server.log())
