# SPDX-License-Identifier: Apache-2.0
"""What every end-to-end test stands on: a directory of its own, a server, devices, and a real image."""
import base64
import functools
import hashlib
import os
import pathlib
import subprocess
import tempfile
import unittest

from support.device import Device
from support.guarded_broker import AskingBroker, GuardedBroker
from support.server import Server
from support.wire_device import WireDevice

SOURCE = pathlib.Path(os.environ["AJOUR_SOURCE_DIR"])
PASSWORD = "correct horse"
APPLICATION = "fleet"
KEY = base64.b64encode(b"sixteen bytes ok").decode()
AT_BROKER = "{application}/{device}"  # the user name that the access rules of etc/ ask for


@functools.cache
def microbit():
    """MicroPython for the micro:bit, about 240 KiB."""
    with tempfile.NamedTemporaryFile() as file:
        done = subprocess.run([SOURCE / "scripts/microbit-image", file.name], capture_output=True, text=True)
        if done.returncode != 0:
            raise unittest.SkipTest(done.stderr.strip())
        return pathlib.Path(file.name).read_bytes()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def stamped(version):
    """The image with a version stamp behind it, as a build would make for another release of the same source."""
    return microbit() + version.encode().ljust(16, b"\0")


class EndToEnd(unittest.TestCase):
    def setUp(self):
        microbit()
        directory = tempfile.TemporaryDirectory(prefix="ajour-e2e-")
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def serve(self, **settings):
        self.server = Server(self.directory, **settings)
        self.addCleanup(self.server.close)
        return self.server.start()

    def publish(self, version, data, name="firmware"):
        file = self.directory / "image.bin"
        file.write_bytes(data)
        self.server.publish(file, version, name)

    def serve_release(self, devices, version="1.0.1", data=None, credential=None, **settings):
        """A server with an application whose devices should run a release."""
        self.serve(**settings)
        self.server.create(APPLICATION, devices, PASSWORD, credential)
        self.publish(version, microbit() if data is None else data)
        self.server.aim(APPLICATION)

    def start_broker(self, devices, **options):
        """A broker that knows these devices and the server; its settings are for `serve`."""
        self.broker = GuardedBroker(self.directory, APPLICATION, devices, PASSWORD, **options)
        self.addCleanup(self.broker.close)
        return self.broker.start()

    def start_asking_broker(self, **options):
        """A broker that asks the server whom it lets in; its settings are for `serve`."""
        self.broker = AskingBroker(self.directory, **options)
        self.addCleanup(self.broker.close)
        return self.broker.start()

    def until_at_broker(self):
        self.server.until(lambda: self.server.metric("ajour_transport_mqtt_connected") == 1, "the server at the broker")

    def device(self, name, **options):
        device = Device(self.server, APPLICATION, name, PASSWORD, **options)
        self.addCleanup(device.close)
        return device

    def key_file(self):
        file = self.directory / "key"
        file.touch(mode=0o600)
        file.write_text(KEY)
        return file

    def wire_device(self, name, style="packed", password=PASSWORD):
        device = WireDevice(self.server, APPLICATION, name, password, style)
        self.addCleanup(device.close)
        return device

    def assert_runs(self, device, version, data, name=None):
        """The flash holds that release, byte by byte, and the registry says so."""
        found, image = device.flash(name)
        self.assertEqual(found, version)
        self.assertEqual(sha256(image), sha256(data))
        firmware = self.server.until_in_sync(APPLICATION, name or device.name, version)
        self.assertEqual(firmware["target"], version)
