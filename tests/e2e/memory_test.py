# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import re
import threading

from support.case import EndToEnd, sha256

MIB = 1 << 20
SIZE = 16 * MIB
MOST = 4 * MIB  # beyond the mapped file

# What the sanitizer keeps of freed memory would be counted as the server's.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1:thread_local_quarantine_size_kb=64"


def anonymous_bytes(pid):
    """Of the process's memory, what is in no file."""
    return int(re.search(r"RssAnon:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) * 1024


class Peak:
    """The most anonymous memory of a process, from `with` on until its end."""

    def __init__(self, pid):
        self.pid, self.most, self.ending = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.ending.wait(0.005):
            self.most = max(self.most, anonymous_bytes(self.pid))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()


class Memory(EndToEnd):
    def take(self, version, image, mtu=60000):
        """A device of the wire takes the whole image."""
        device = self.wire_device("device-1")
        taken, command = device.download(version, mtu=mtu)
        device.close()
        self.assertEqual(sha256(taken), sha256(image))
        self.assertEqual(command.kind, "swap")

    def test_a_large_image_is_held_by_its_file(self):
        small, large = os.urandom(MIB), os.urandom(SIZE)
        self.serve_release(["device-1"], data=small, update__block__max=65536)
        self.take("1.0.0", small)  # now all that a first update brings along is there
        before = anonymous_bytes(self.server.process.pid)
        with Peak(self.server.process.pid) as peak:
            self.publish("1.0.2", large)
            self.until_offered("1.0.2")
            self.take("1.0.1", large)
        grown = peak.most - before
        print(f"grown by {grown / MIB:.2f} MiB")
        self.assertLess(grown, MOST)

    def until_offered(self, version):
        device = self.wire_device("device-1")

        def is_offered():
            command = device.say("1.0.1", mtu=1024)
            return command.kind == "write" and command.version == version
        self.server.until(is_offered, f"{version} to be offered")
        device.close()
