# SPDX-License-Identifier: Apache-2.0
"""What the tests of Drogue Cloud stand on: a cloud, a server of ours behind it, and devices that know the cloud only."""
from support.broker import Broker
from support.case import APPLICATION, PASSWORD, EndToEnd, microbit, sha256
from support.device import Device
from support.drogue.cloud import Cloud
from support.server import Server, wait_for

NEVER = "1h"


class DrogueCase(EndToEnd):
    def start_cloud(self, devices=(), firmware=None, **options):
        self.broker = Broker(self.directory, **options).start()
        self.addCleanup(self.broker.close)
        self.cloud = Cloud(self.broker)
        self.addCleanup(self.cloud.close)
        self.cloud.add_devices(APPLICATION, devices, PASSWORD, firmware or {"file": {"name": "firmware"}})

    def serve_behind(self, version="1.0.1", data=None, by=None, **settings):
        """A server with a release for what start_cloud configured, connected to the cloud by some settings of its."""
        self.serve(**(by or self.cloud.settings()), **{"transport.drogue.applications": APPLICATION, **settings})
        self.publish(version, microbit() if data is None else data)
        self.until_connected(self.server)

    @staticmethod
    def until_connected(server):
        def is_connected():
            return server.metric("ajour_transport_drogue_connected") == 1
        wait_for(is_connected, "the server to be at the cloud", 90)

    def serve_replica(self, **settings):
        """Another server at the same cloud, with a directory of its own."""
        directory = self.directory / "replica"
        directory.mkdir()
        replica = Server(directory, **self.cloud.settings(), **{"transport.drogue.applications": APPLICATION, **settings})
        self.addCleanup(replica.close)
        return replica.start()

    def device(self, name, **options):
        device = Device(self.server, APPLICATION, name, PASSWORD, url=self.cloud.url, **options)
        self.addCleanup(device.close)
        return device

    def firmware(self, device):
        """`status.firmware` in the cloud, with its conditions by type; None when there is none."""
        firmware = self.cloud.objects.firmware(APPLICATION, device)
        if firmware is not None:
            self.assertIsInstance(firmware["conditions"], list)
            firmware["by_type"] = {each["type"]: each for each in firmware["conditions"]}
        return firmware

    def until_firmware(self, device, question, what, seconds=90):
        def answer():
            found = self.firmware(device)
            return found if found is not None and question(found) else None
        return wait_for(answer, what, seconds)

    def until_in_sync(self, device, version, seconds=90):
        def is_in_sync(firmware):
            return firmware["by_type"]["InSync"]["status"] == "True" and firmware["current"] == version
        return self.until_firmware(device, is_in_sync, f"{device} to be in sync with {version}", seconds)

    def assert_runs(self, device, version, data, name=None):
        found, image = device.flash(name)
        self.assertEqual((found, sha256(image)), (version, sha256(data)))
        self.assertEqual(self.until_in_sync(name or device.name, version)["target"], version)
