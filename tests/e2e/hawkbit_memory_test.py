# SPDX-License-Identifier: Apache-2.0
from support.hawkbit.case import FakeCase, controller
from support.memory import BLOCKS, Measured


class HawkbitMemory(Measured, FakeCase):
    def test_an_artifact_is_held_by_its_file(self):
        self.start_fake(settings=BLOCKS)
        self.assert_held_by_its_file(
            lambda version, image: self.fake.deploy(controller("device-1"), image, version))
