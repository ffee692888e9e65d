# SPDX-License-Identifier: Apache-2.0
from support.hawkbit.case import FakeCase, controller
from support.memory import BLOCKS, Measured

# What the sanitizer keeps for each thread that polls for the first time would be counted as the image's.
ONE_POLLER = {"source.hawkbit.polls.max": 1}


class HawkbitMemory(Measured, FakeCase):
    def test_an_artifact_is_held_by_its_file(self):
        self.start_fake(settings={**BLOCKS, **ONE_POLLER})
        self.assert_held_by_its_file(
            lambda version, image: self.fake.deploy(controller("device-1"), image, version))
