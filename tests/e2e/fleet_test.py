# SPDX-License-Identifier: Apache-2.0
import time

from support.case import PASSWORD, EndToEnd, microbit, sha256

COUNT = 1000
IMAGE_SIZE = 16 * 1024 + 12
SECONDS = 500


class Fleet(EndToEnd):
    def test_a_thousand_devices_update_in_bounded_time(self):
        image = microbit()[:IMAGE_SIZE]
        self.serve_release([f"device-{number}" for number in range(1, COUNT + 1)], data=image)
        begin = time.monotonic()
        summaries = self.device("device", count=COUNT, timeout=SECONDS).run()
        print(f"{COUNT} devices took {time.monotonic() - begin:.1f} s")
        self.assertEqual(len(summaries), COUNT)
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(image)})
        self.assertEqual(self.server.metric("ajour_releases_fetched_total"), 1)
        self.assertGreaterEqual(self.server.metric("ajour_block_bytes_total"), COUNT * IMAGE_SIZE)
        self.server.until(self.all_are_in_sync, "all reports to be stored")

    def all_are_in_sync(self):
        _, status = self.server.request("GET", "/api/ajour/v1/status")
        return status["devices"] == {"registered": COUNT, "inSync": COUNT, "updating": 0}

    def test_devices_of_a_registry_that_does_not_know_them_are_refused_and_the_rest_goes_on(self):
        self.serve_release(["device-1"], exchange__brake__failures=100000)
        strangers = self.device("stranger", count=50, retries=1, timeout=120).start()
        [summary] = self.device("device-1").run()
        self.assertEqual(summary["version"], "1.0.1")
        self.assertEqual(strangers.process.wait(150), 1)
        self.assertNotIn(PASSWORD, strangers.log())
