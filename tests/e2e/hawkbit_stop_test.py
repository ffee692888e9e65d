# SPDX-License-Identifier: Apache-2.0
"""A stop while a hawkBit takes requests and answers none."""
import contextlib
import threading

from support.case import microbit
from support.hawkbit.case import FakeCase, controller

PATIENT = {"source.hawkbit.timeout.request": "1m", "source.hawkbit.timeout.stall": "1m"}
DEVICE = controller("device-1")


class HawkbitStop(FakeCase):
    def assert_stops_while_it_hangs_at(self, kind):
        wire = self.start_fake(settings=PATIENT)
        self.fake.deploy(DEVICE, microbit()[:20011])
        asked, ended = threading.Event(), threading.Event()
        self.addCleanup(ended.set)
        def hang(handler, _):
            handler.close_connection = True
            asked.set()
            ended.wait()
        self.fake.spoil(kind, hang)
        asking = threading.Thread(target=self.ask, args=[wire, asked])
        asking.start()
        self.assertTrue(asked.wait(90), f"hawkBit was not asked for {kind}")
        code, seconds = self.server.terminate()
        ended.set()
        asking.join()
        self.assertEqual(code, 0, self.server.log())  # not by the watchdog, after ajour.stop.deadline
        self.assertLess(seconds, 10)

    @staticmethod
    def ask(wire, asked):
        with contextlib.suppress(OSError, AssertionError):  # the server stops meanwhile
            while not asked.is_set():
                wire.say("1.0.0")

    def test_a_question_that_hangs_does_not_hold_it_up(self):
        self.assert_stops_while_it_hangs_at("root")

    def test_a_download_that_hangs_does_not_hold_it_up(self):
        self.assert_stops_while_it_hangs_at("artifact")
