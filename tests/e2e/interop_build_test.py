# SPDX-License-Identifier: Apache-2.0
import unittest

from support import reference_device


class InteropBuild(unittest.TestCase):
    def test_cargo_builds_the_reference_device(self):
        reference_device.build()
