# SPDX-License-Identifier: Apache-2.0
"""What a thousand devices cost a hawkBit."""
from support.case import microbit, sha256
from support.hawkbit.case import FakeCase, controller

COUNT, IMAGE_SIZE, ROWS_MAX, REQUESTS_MAX = 1000, 16 * 1024 + 12, 40, 20
# As they are when nobody sets them.
PATIENT = {"source.hawkbit.poll.min": "5s", "source.hawkbit.poll.active": "30s", "source.hawkbit.poll.jitter": 10,
           "source.hawkbit.fresh": "10s", "source.hawkbit.feedback.interval": "60s"}


class HawkbitFleet(FakeCase):
    def test_a_thousand_devices_cost_one_download_and_few_rows_each(self):
        names = [f"device-{number}" for number in range(1, COUNT + 1)]
        self.start_fake(*names, sleep="00:05:00", settings=PATIENT)
        image = microbit()[:IMAGE_SIZE]
        actions = [self.fake.deploy(controller(name), image) for name in names]
        for summary in self.device("device", count=COUNT, timeout=500).run():
            self.assertEqual((summary["version"], summary["sha256"]), ("1.0.1", sha256(image)))
        self.server.until(lambda: all(action.state == "finished" for action in actions), "all actions to end")
        self.assertEqual(self.fake.count("artifact"), 1)
        self.assertLessEqual(max(len(action.rows) for action in actions), ROWS_MAX)
        counts = self.fake.counts()
        self.assertLessEqual(sum(counts.values()), REQUESTS_MAX * COUNT, counts)
        print(f"{COUNT} devices: {dict(counts)}; at most {max(len(action.rows) for action in actions)} rows")
