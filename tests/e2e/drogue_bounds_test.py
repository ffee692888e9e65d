# SPDX-License-Identifier: Apache-2.0
"""What Drogue Cloud does not take: packets over 16 KiB, sessions that outlive a connection."""
from support.case import APPLICATION, microbit
from support.drogue.case import DrogueCase
from support.drogue.gate import PACKET_MAX
from support.wire_device import Command, status

GREEDY = 60000


class DrogueBounds(DrogueCase):
    def ask(self, name, **options):
        """The command that a status through the cloud is answered with."""
        code, _, body = self.cloud.take_message((APPLICATION, name), "dfu", {"ct": 90}, "application/octet-stream",
                                                status("1.0.0", **options))
        return Command(body) if code == 200 else None

    def ask_until_write(self, name, **options):
        def is_write():
            command = self.ask(name, **options)
            return command if command is not None and command.kind == "write" else None
        return self.server.until(is_write, "a block", 90)

    def test_the_largest_command_fits_with_both_versions(self):
        for version in ("3.1.1", "5"):
            with self.subTest(version):
                self.start_cloud(["device-1"])
                self.serve_behind(**{"transport.drogue.version": version, "update.block.max": 65536})
                command = self.ask_until_write("device-1", mtu=GREEDY)
                self.assertGreater(len(command.data), PACKET_MAX - 512)
                self.assertEqual(dict(self.cloud.gate.unwelcome), {})
                self.assertEqual(self.server.metric("ajour_transport_drogue_connects_total"), 1)
                self.server.close()
                self.setUp()

    def test_a_bound_that_the_cloud_does_not_keep_costs_its_own_device_only(self):
        self.start_cloud(["device-1", "device-2"])
        self.serve_behind(**{"update.block.max": 65536, "transport.drogue.command.max": "128KiB"})
        def is_withheld():
            self.cloud.take_message((APPLICATION, "device-1"), "dfu", {}, None, status("1.0.0", mtu=GREEDY))
            return self.server.metric("ajour_transport_drogue_events_withheld_total") > 0
        self.server.until(is_withheld, "the greedy device to be left alone", 90)
        self.assertGreaterEqual(self.cloud.gate.unwelcome["too large"], 1)
        self.until_connected(self.server)
        device = self.device("device-2")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())
