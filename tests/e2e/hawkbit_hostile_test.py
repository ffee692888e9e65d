# SPDX-License-Identifier: Apache-2.0
"""What a hawkBit must not be able to do, whatever it answers: each row gives one clear condition on the device's
status, serves nothing, and a good answer heals it."""
import threading

from support.case import microbit, sha256
from support.hawkbit import faults
from support.hawkbit.case import FakeCase, controller

IMAGE_SIZE = 5000
OVER = threading.Event()  # ends the answers that would last
NOT_YET = "has not been asked after the device yet"  # what a device hears while hawkBit is being asked


def deployment(change):
    """Changes what stands under `deployment`."""
    def on_document(document):
        change(document["deployment"])
    return faults.changed(on_document)


def artifact(**members):
    """Puts these into the first artifact; None takes a member away."""
    def on_deployment(body):
        found = body["chunks"][0]["artifacts"][0]
        for name, value in members.items():
            found[name] = value
            if value is None:
                del found[name]
    return deployment(on_deployment)


def link(href):
    return artifact(_links={"download-http": {"href": href}})


def root_link(rel, href):
    def on_root(document):
        document["_links"] = {rel: {"href": href}}
    return faults.changed(on_root)


# Of the answer to a poll: what stands in the condition.
ROOT = {
    "a_page_of_a_captive_portal": (faults.HTML, "JSON"),
    "an_empty_body": (faults.body(b""), "JSON"),
    "a_list_in_place_of_an_object": (faults.body(b"[1, 2]"), "object"),
    "a_number_beyond_all_bounds": (faults.body(b'{"config": 1e999999}'), "JSON"),
    "nesting_of_100000": (faults.body(b'{"a":' * 100000), "nested|JSON"),
    "bytes_that_are_no_utf_8": (faults.body(b'{"config": "\xff\xfe"}'), "JSON"),
    "links_that_are_a_text": (faults.changed(lambda document: document.update(_links="x")), "_links"),
    "a_link_without_href": (faults.changed(lambda document: document.update(_links={"deploymentBase": {}})), "href"),
    "a_link_to_nowhere": (root_link("deploymentBase", "http://127.0.0.1:1/elsewhere"), "link"),
    "an_action_that_is_no_number": (root_link("deploymentBase", "http://h/d/deploymentBase/..%2f..%2fetc"), "link"),
    "a_server_error": (faults.status(500, body=b"<h1>oops</h1>", kind="text/html"), "500"),
    "an_unknown_device": (faults.status(404), "404"),
    "a_body_without_an_end": (faults.endless, "1048576|larger|bound|bytes"),
}

# No answers at all, after which the source gives the whole tenant a rest: what is told may be another row's fault.
NO_ANSWER = {
    "no_http": (faults.garbage, "GET http"),
    "half_an_answer": (faults.cut, "GET http"),
    "no_answer": (faults.dropped, "GET http"),
    "silence": (faults.silent(OVER), "GET http"),
    "redirects_in_a_circle": (faults.redirecting(), "GET http"),
    "a_redirect_to_a_file": (faults.redirecting("file:///etc/passwd"), "GET http"),
}

# Of the answer that describes the deployment.
DEPLOYMENT = {
    "deployment_html": (faults.HTML, "JSON"),
    "no_deployment": (faults.body(b'{"id": "1"}'), "deployment"),
    "chunks_that_are_a_number": (deployment(lambda body: body.update(chunks=7)), "chunks"),
    "no_chunk": (deployment(lambda body: body.update(chunks=[])), "artifact"),
    "a_chunk_without_artifacts": (deployment(lambda body: body["chunks"][0].update(artifacts=[])), "artifact"),
    "ten_thousand_chunks": (deployment(lambda body: body.update(chunks=body["chunks"] * 10000)), "chunks|bytes"),
    "an_unknown_word_for_update": (deployment(lambda body: body.update(update="perhaps")), "update"),
    "a_window_that_is_neither_open_nor_closed": (
        deployment(lambda body: body.update(maintenanceWindow="ajar")), "maintenanceWindow"),
    "a_version_of_300_bytes": (deployment(lambda body: body["chunks"][0].update(version="9" * 300)), "version"),
    "an_empty_version": (deployment(lambda body: body["chunks"][0].update(version="")), "version"),
    "a_negative_size": (artifact(size=-1), "size"),
    "a_size_of_2_to_the_64": (artifact(size=2**64), "size"),
    "a_size_beyond_the_protocol": (artifact(size=2**40), str(2**40)),
    "a_size_as_text": (artifact(size="4711"), "size"),
    "no_hashes": (artifact(hashes=None), "hash"),
    "a_hash_of_another_length": (artifact(hashes={"sha256": "abc"}), "sha256"),
    "no_link": (artifact(_links=None), "link"),
    "a_link_to_a_file": (link("file:///etc/passwd"), "http|URL|link"),
    "a_link_with_a_password": (link("ftp://u:p@127.0.0.1/x"), "http|URL|link"),
}

# Of the image itself.
IMAGE = {
    "a_flipped_bit": (faults.flipped, "SHA-256"),
    "more_bytes_than_were_promised": (faults.longer, str(IMAGE_SIZE)),
    "half_an_image": (faults.cut, "."),
    "a_page_in_place_of_the_image": (faults.HTML, "."),
    "an_image_in_single_bytes": (faults.trickling(OVER), "."),
    "an_image_that_is_not_there": (faults.status(404), "404"),
    "an_image_without_an_end": (faults.endless, str(IMAGE_SIZE)),
    "a_redirect_of_the_image_in_a_circle": (faults.redirecting(), "redirect"),
}


class Row:
    """One device whose hawkBit answers wrongly, with an image of its own."""

    def __init__(self, test, device, fault):
        self.test, self.device, self.number = test, device, 0
        self.wire = test.wire_device(device)
        self.deploy()
        if fault is not None:
            test.fake.spoil(test.kind, fault, controller(device))

    def deploy(self):
        self.number += 1
        self.version = f"1.{self.number}.1"
        self.image = microbit()[:IMAGE_SIZE - 64] + f"{self.device} {self.version}".encode().ljust(64, b"\0")
        self.action = self.test.fake.deploy(controller(self.device), self.image, self.version)

    def problem(self):
        """What stands on the device's status; it must never be given a block."""
        assert self.wire.say("1.0.0").kind == "wait"
        found = self.test.condition(self.device)
        if found is None or found.get("reason") not in ("SourceFailed", "NotReady") or NOT_YET in found["message"]:
            return None
        return found["message"].partition(": ")[2] or None

    def assert_heals(self):
        """A good answer is enough, or a new deployment where hawkBit was told that this one cannot be."""
        if self.action.state == "error":
            self.deploy()
        assert self.action.state == "running", self.action.state
        # Longer than the pauses that a source makes after several failures.
        self.test.server.until(lambda: self.wire.unless_wait("1.0.0"), f"{self.device} to heal", 150)
        taken, command = self.wire.download("1.0.0")
        assert (command.kind, command.version) == ("swap", self.version), vars(command)
        assert sha256(taken) == sha256(self.image)


class HawkbitHostile(FakeCase):
    def assert_table(self, kind, table, settings=None):
        self.kind = kind
        self.addCleanup(OVER.set)
        names = [name.replace("_", "-") for name in table]
        self.start_fake(*names, settings=settings)
        rows = [Row(self, name, fault) for name, (fault, _) in zip(names, table.values())]
        for row, (_, words) in zip(rows, table.values()):
            with self.subTest(row.device):
                self.assert_clear(self.server.until(row.problem, "a condition that says what is wrong"), words)
        self.assertEqual(self.server.metric("ajour_block_bytes_total"), 0)
        self.fake.heal()
        for row in rows:
            with self.subTest(row.device):
                row.assert_heals()

    def assert_clear(self, message, words):
        self.assertRegex(message, words)
        self.assertLess(len(message), 1000)
        self.assertTrue(message.isprintable(), message)
        self.assertNotIn("s3cret", message)

    def test_nothing_comes_of_a_wrong_answer_to_a_poll(self):
        self.assert_table("root", ROOT)

    def test_nothing_comes_of_no_answer_to_a_poll(self):
        self.assert_table("root", NO_ANSWER, {"source.hawkbit.timeout.request": "5s"})

    def test_nothing_comes_of_a_wrong_deployment(self):
        self.assert_table("deployment", DEPLOYMENT)

    def test_nothing_comes_of_a_wrong_image(self):
        self.assert_table("artifact", IMAGE)
