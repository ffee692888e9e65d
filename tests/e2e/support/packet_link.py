# SPDX-License-Identifier: Apache-2.0
"""packet_link.py LOSS DUPLICATES REORDERED DELAY: a bad link between this network namespace and a new one.

Each end is a TUN interface, so that what is lost are packets of IP, whatever they carry. Shares are between 0 and 1,
the delay is in seconds, each way. Prints "ready", goes on until its input ends, then prints what it did as JSON.
The new namespace lives as long as this process, and is reached through it.
"""
import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
PACKETS_MAX = 20000


def new_network():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def open_end(name, address, peer):
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    subprocess.run(["ip", "address", "add", address, "peer", peer, "dev", name], check=True)
    subprocess.run(["ip", "link", "set", name, "up"], check=True)
    return end


class PacketLink:
    def __init__(self, loss, duplicates, reordered, delay):
        self.loss, self.duplicates, self.reordered, self.delay = loss, duplicates, reordered, delay
        self.chance, self.under_way, self.sequence = random.Random(1), [], 0
        self.did = {"packets": 0, "lost": 0, "duplicated": 0, "reordered": 0}

    def take(self, end, packet):
        self.did["packets"] += 1
        if self.chance.random() < self.loss or len(self.under_way) >= PACKETS_MAX:
            self.did["lost"] += 1
            return
        self.send_later(end, packet)
        if self.chance.random() < self.duplicates:
            self.did["duplicated"] += 1
            self.send_later(end, packet)

    def send_later(self, end, packet):
        due = time.monotonic() + self.delay
        if self.chance.random() < self.reordered:  # those that follow overtake it
            self.did["reordered"] += 1
            due += self.chance.uniform(0, self.delay / 2)
        self.sequence += 1
        heapq.heappush(self.under_way, (due, self.sequence, end, packet))

    def seconds_left(self):
        return max(0, self.under_way[0][0] - time.monotonic()) if self.under_way else None

    def send_what_is_due(self):
        while self.under_way and self.under_way[0][0] <= time.monotonic():
            _, _, end, packet = heapq.heappop(self.under_way)
            try:
                os.write(end, packet)
            except OSError:  # the interface is full, or gone
                self.did["lost"] += 1

    def run(self, near, far):
        other = {near: far, far: near}
        while True:
            ready, _, _ = select.select([near, far, sys.stdin], [], [], self.seconds_left())
            for end in ready:
                if end is sys.stdin:
                    return
                self.take(other[end], os.read(end, 65536))
            self.send_what_is_due()


def main():
    link = PacketLink(*map(float, sys.argv[1:5]))
    near = open_end("near", "192.0.2.1", "192.0.2.2")
    new_network()
    far = open_end("far", "192.0.2.2", "192.0.2.1")
    print("ready", flush=True)
    link.run(near, far)
    print(json.dumps(link.did), flush=True)


if __name__ == "__main__":
    main()
