# SPDX-License-Identifier: Apache-2.0
import unittest

from support.oci import go_tools


class GoToolsBuild(unittest.TestCase):
    def test_go_installs_oras(self):
        go_tools.install_oras()
