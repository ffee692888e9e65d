# SPDX-License-Identifier: Apache-2.0
"""What the tests of a real hawkBit stand on: one server for all of a file, and devices that no other test has."""
import itertools
import tempfile

from support.case import microbit
from support.hawkbit.case import HawkbitCase
from support.hawkbit.counting_proxy import CountingProxy
from support.hawkbit.management import Management
from support.hawkbit.real import TOKEN, Hawkbit

SIZE = 20011
shared, number = {}, itertools.count(1)


def start_hawkbit():
    """`shared` has the server, and the proxy that counts what goes to it."""
    directory = shared["directory"] = tempfile.TemporaryDirectory(prefix="ajour-hawkbit-")
    server = shared["server"] = Hawkbit(directory.name)
    server.start()
    shared["proxy"] = CountingProxy(server.port)


def stop_hawkbit():
    for name in ("proxy", "server"):
        if name in shared:
            shared[name].close()
    shared["directory"].cleanup()


class RealCase(HawkbitCase):
    def setUp(self):
        super().setUp()
        self.management, self.proxy = Management(shared["server"].url), shared["proxy"]
        self.proxy.is_away = False
        self.prefix = f"t{next(number)}"

    def controller(self, device):
        return f"{self.prefix}.{device}"

    def release(self, version="1.0.1", data=None, management=None):
        """The id of a distribution set, with an image that no other test has."""
        self.image = (microbit()[:SIZE] if data is None else data) + f"{self.prefix} {version}".encode()
        return (management or self.management).create_release(self.prefix, version, self.image)

    def serve_devices(self, devices, **options):
        target = {"controller": self.prefix + ".{device}"}
        self.serve_from(self.proxy.url, devices, token=TOKEN, target=target, **options)
        self.management.create_targets([self.controller(device) for device in devices])

    def serve_one(self):
        self.serve_devices(["device-1"])
        return self.wire_device("device-1")

    def assign(self, version="1.0.1", device="device-1", **options):
        return self.management.assign(self.release(version), self.controller(device), **options)

    def status(self, action, device="device-1"):
        return self.management.action(self.controller(device), action)["status"]

    def until_status(self, action, status, device="device-1"):
        try:
            self.server.until(lambda: self.status(action, device) == status, f"action {action} to be {status}")
        except AssertionError as error:
            found = f"{self.status(action, device)}: {self.details(action, device)}"
            raise AssertionError(f"{error}, it is {found}") from None

    def rows(self, action, device="device-1"):
        return self.management.rows(self.controller(device), action)

    def row_types(self, action, device="device-1"):
        return [row["type"] for row in self.rows(action, device)]

    def details(self, action, device="device-1"):
        return "\n".join(line for row in self.rows(action, device) for line in row["messages"] or [])
