# SPDX-License-Identifier: Apache-2.0
"""A client that no one here wrote finds in our fake the hawkBit that it knows."""
import pathlib
import tempfile
import unittest

from support.hawkbit.actions import Artifact, Chunk
from support.hawkbit.fake import TENANT, TOKEN, Fake
from support.hawkbit.swupdate import Swupdate
from support.server import wait_for

IMAGE = b"what it runs then" * 300


class HawkbitSwupdate(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="ajour-e2e-")
        self.addCleanup(directory.cleanup)
        self.fake = Fake()
        self.addCleanup(self.fake.close)
        self.client = Swupdate(pathlib.Path(directory.name), self.fake.origin, TENANT, TOKEN, "dev-1")
        self.addCleanup(self.client.close)

    def deploy(self, data):
        return self.fake.deploy("dev-1", chunks=[Chunk([Artifact(data, "image.swu")])])

    def until(self, question, what):
        try:
            wait_for(question, what)
        except AssertionError as error:
            raise AssertionError(f"{error}:\n{self.client.log()[-4000:]}") from None

    def test_it_installs_what_is_deployed_and_says_so(self):
        action = self.deploy(self.client.update("1.0.1", IMAGE))
        self.client.start()
        self.until(lambda: "pending testing" in self.client.log(), "the update to be installed")
        self.assertEqual(self.client.installed.read_bytes(), IMAGE)
        self.client.close()
        self.client.start(result=2)
        self.until(lambda: not action.active, "the result")
        self.assertEqual(action.state, "finished")
        self.assertEqual(action.rows.count("DOWNLOAD"), 1)
        self.assertEqual(self.fake.count("artifact"), 1)

    def test_it_refuses_what_is_no_update_and_says_so(self):
        action = self.deploy(b"no update at all" * 100)
        self.client.start()
        self.until(lambda: not action.active, "the refusal")
        self.assertEqual(action.state, "error")
        self.assertEqual(action.feedback[-1]["result"]["finished"], "failure")

    def test_it_answers_a_cancellation(self):
        action = self.deploy(IMAGE)
        action.cancel()
        self.client.start()
        self.until(lambda: not action.active, "the answer to the cancellation")
        self.assertEqual(action.state, "canceled")
