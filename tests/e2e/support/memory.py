# SPDX-License-Identifier: Apache-2.0
"""How much memory a server takes while it fetches and serves a large image, beyond the file that it maps."""
import os
import pathlib
import re
import threading

from support.case import sha256

MIB = 1 << 20
SIZE = 16 * MIB
MOST = 4 * MIB  # beyond the mapped file
BLOCKS = {"update.block.max": 65536}  # which the devices of these tests ask for
RUNNING = "0.9.0"

# What the sanitizer keeps of freed memory would be counted as the server's. With such a small quarantine its own leak
# check is ended at times by what it believes to be thread-local storage, unless it does not look for that.
SANITIZER = "quarantine_size_mb=1:thread_local_quarantine_size_kb=64:intercept_tls_get_addr=0"
os.environ["ASAN_OPTIONS"] = f"{os.environ.get('ASAN_OPTIONS', '')}:{SANITIZER}"


def firmware(size):
    """No two alike, and half as large when it is packed."""
    return os.urandom(size // 2).hex().encode()


def bytes_of(pid):
    """Of the process's memory: what is in no file, and all that is resident."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return [int(re.search(rf"{row}:\s+(\d+)", status)[1]) * 1024 for row in ("RssAnon", "VmRSS")]


class Peak:
    """The most memory of a process, from `with` on until its end."""

    def __init__(self, pid):
        self.pid, self.most, self.ending = pid, bytes_of(pid), threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.ending.wait(0.001):
            self.most = list(map(max, self.most, bytes_of(self.pid)))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()


class Measured:
    """For a test case: `offer(version, image)` makes that the device's next release."""

    def assert_held_by_its_file(self, offer):
        small, large = firmware(MIB), firmware(SIZE)
        offer("1.0.0", small)
        self.take("1.0.0", RUNNING, small)  # now all that a first update brings along is there
        pid = self.server.process.pid
        before = bytes_of(pid)
        with Peak(pid) as peak:
            offer("1.0.1", large)
            self.take("1.0.1", "1.0.0", large)
        anonymous, resident = (most - least for most, least in zip(peak.most, before))
        print(f"grown by {anonymous / MIB:.2f} MiB in no file, {resident / MIB:.2f} MiB in all")
        self.assertLess(anonymous, MOST)
        self.assertLess(resident, SIZE + MOST)

    def take(self, version, running, image):
        """A device of the wire takes the whole image, and says that it runs."""
        device = self.wire_device("device-1")
        self.server.until(lambda: self.is_offered(device, version, running), f"{version} to be offered")
        taken, command = device.download(running, mtu=60000)
        self.assertEqual((command.kind, command.version), ("swap", version))
        self.assertEqual(sha256(taken), sha256(image))
        device.say(version)
        device.close()

    @staticmethod
    def is_offered(device, version, running):
        command = device.say(running, mtu=1024)
        return command.kind == "write" and command.version == version
