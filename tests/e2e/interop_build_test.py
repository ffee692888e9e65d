# SPDX-License-Identifier: Apache-2.0
"""What others wrote and the tests run, fetched and built once for all tests."""
import unittest

from support import foreign_clients, reference_device
from support.hawkbit import swupdate


class InteropBuild(unittest.TestCase):
    def test_cargo_builds_the_reference_device(self):
        reference_device.build()

    def test_pip_installs_aiocoap(self):
        foreign_clients.install_aiocoap()

    def test_npm_installs_node_coap(self):
        foreign_clients.install_node_coap()

    def test_apt_downloads_swupdate(self):
        swupdate.fetch()
