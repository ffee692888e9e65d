# SPDX-License-Identifier: Apache-2.0
"""What an operator is told when a release is published or withdrawn."""
import json

from support.case import APPLICATION, EndToEnd, microbit, sha256, stamped


class Publish(EndToEnd):
    def publish_said(self, data, version, name="firmware"):
        """What `ajour firmware publish` wrote to standard error."""
        file = self.directory / "image.bin"
        file.write_bytes(data)
        return self.server.ajour("firmware", "publish", file, "--name", name, "--version", version).stderr

    def listed(self):
        return {each["name"]: each for each in json.loads(self.server.ajour("--json", "firmware", "list").stdout)}

    def test_an_image_that_is_withdrawn_is_published_with_a_warning_and_listed_as_such(self):
        self.serve_release(["device-1"])
        self.server.ajour("firmware", "withdraw", "--name", "firmware")
        said = self.publish_said(microbit(), "1.0.2")
        self.assertIn("withdrawn", said)
        self.assertIn(sha256(microbit()), said)
        self.assertEqual(self.publish_said(stamped("1.0.3"), "1.0.3", "other"), "")
        self.assertEqual({name: each["withdrawn"] for name, each in self.listed().items()},
                         {"firmware": True, "other": False})
        self.assertIn("withdrawn", self.server.ajour("firmware", "list").stdout)
        self.server.ajour("firmware", "withdraw", "--undo", sha256(microbit()))
        self.assertEqual(self.publish_said(microbit(), "1.0.2"), "")
        self.assertFalse(self.listed()["firmware"]["withdrawn"])

    def test_withdrawing_a_release_names_those_that_are_the_same_image(self):
        self.serve_release(["device-1"])
        self.publish("1.0.1", microbit(), "twin")
        self.publish("1.0.2", stamped("1.0.2"), "other")
        said = self.server.ajour("firmware", "withdraw", "--name", "firmware").stderr
        self.assertIn("twin", said)
        self.assertNotIn("other", said)

    def test_other_bytes_under_a_version_that_was_published_before_are_a_warning(self):
        self.serve_release(["device-1"])
        self.assertEqual(self.publish_said(microbit(), "1.0.1"), "", "the same bytes")
        said = self.publish_said(stamped("other"), "1.0.1")
        self.assertIn("1.0.1", said)
        self.assertIn("other bytes", said)
        self.assertEqual(self.publish_said(stamped("1.0.2"), "1.0.2"), "")

    def test_without_a_server_a_release_is_published_and_listed_all_the_same(self):
        self.serve_release(["device-1"])
        self.server.terminate()
        self.assertIn("is not known", self.publish_said(stamped("1.0.2"), "1.0.2"))
        self.assertIsNone(self.listed()["firmware"]["withdrawn"])

    def test_a_release_that_is_not_there_cannot_be_withdrawn_by_its_name(self):
        self.serve_release(["device-1"])
        done = self.server.ajour("firmware", "withdraw", "--name", "nonexist", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no release 'nonexist'", done.stderr)
