# SPDX-License-Identifier: Apache-2.0
from support.case import APPLICATION, PASSWORD, EndToEnd
from support.memory import BLOCKS, Measured


class Memory(Measured, EndToEnd):
    def test_a_large_image_is_held_by_its_file(self):
        self.serve(**BLOCKS)
        self.server.create(APPLICATION, ["device-1"], PASSWORD)
        self.server.aim(APPLICATION)
        self.assert_held_by_its_file(self.publish)
