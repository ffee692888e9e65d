# SPDX-License-Identifier: Apache-2.0
"""A stop while a Drogue Cloud's registry takes requests and answers none."""
from support.case import APPLICATION
from support.drogue.case import DrogueCase
from support.wire_device import status


class DrogueStop(DrogueCase):
    def ask(self, count):
        for number in range(1, count + 1):
            self.cloud.take_message((APPLICATION, f"device-{number}"), "dfu", {}, None, status("1.0.0"))

    def assert_stops(self):
        code, seconds = self.server.terminate()
        self.assertEqual(code, 0, self.server.log())  # not by the watchdog, after ajour.stop.deadline
        self.assertLess(seconds, 10)
        self.assertNotIn("did not stop within", self.server.log())

    def test_look_ups_that_hang_do_not_hold_it_up(self):
        self.start_cloud([f"device-{number}" for number in range(1, 9)])
        self.serve_behind(**{"registry.drogue.timeout.request": "1m", "registry.drogue.poll": "0s"})
        self.cloud.hangs.set()
        self.ask(8)
        self.server.until(lambda: self.cloud.hanging >= 1, "the registry to be asked", 90)
        self.assert_stops()

    def test_a_look_through_and_statuses_that_hang_do_not_hold_it_up(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**{"registry.drogue.timeout.request": "1m", "registry.drogue.poll": "100ms",
                             "registry.drogue.status.settle": "5s"})
        self.ask(1)
        self.server.until(lambda: self.server.metric("ajour_registry_drogue_statuses_waiting") > 0, "a status", 90)
        self.cloud.hangs.set()
        self.server.until(lambda: self.cloud.hanging >= 1, "the registry to be looked through", 90)
        self.assert_stops()
