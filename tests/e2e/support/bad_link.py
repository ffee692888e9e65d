# SPDX-License-Identifier: Apache-2.0
"""Server and devices in networks of their own, with a bad link between them.

The kernel's netem is a module that many kernels lack, so the link is a process: packet_link.py.
"""
import json
import os
import pathlib
import subprocess
import sys
import unittest

from support import packet_link

SERVER_ADDRESS = "192.0.2.1"
LOSS, DUPLICATES, REORDERED, DELAY = 0.10, 0.05, 0.25, 0.2


def enter_new_network():
    """This process, and all that it starts from now on, are alone in a network."""
    if os.geteuid() != 0:
        raise unittest.SkipTest("only root makes network namespaces")
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        raise unittest.SkipTest("there is no /dev/net/tun")
    try:
        packet_link.new_network()
    except PermissionError as error:
        raise unittest.SkipTest(f"no network namespace can be made: {error}") from error


class BadLink:
    """Between this process's network, as 192.0.2.1, and another, as 192.0.2.2."""

    def __init__(self):
        words = [sys.executable, pathlib.Path(packet_link.__file__), LOSS, DUPLICATES, REORDERED, DELAY]
        self.process = subprocess.Popen(map(str, words), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        assert first == "ready\n", first

    def far_side(self):
        """What to put before a command for it to run in the other network."""
        return ["nsenter", f"--net=/proc/{self.process.pid}/ns/net", "--"]

    def end(self):
        """What it did to packets."""
        said, _ = self.process.communicate(timeout=60)
        return json.loads(said)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        self.process.stdin.close()
        self.process.stdout.close()
