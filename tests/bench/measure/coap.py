# SPDX-License-Identifier: Apache-2.0
"""CoAP beside a bare UDP socket that answers the same number of bytes, and beside a server on libcoap.

libcoap walks all its sessions at each pass, so with many peers it is measured with those that it keeps up with.
"""
import json
import pathlib
import subprocess
import tempfile

from measure import server
from measure.programs import BIN, Running, run
from measure.server import Ajourd
from measure.table import head, mark
from measure.wire import ANSWER

TARGETS = ["udp_echo", "libcoap_echo", "coap_load", *server.TARGETS]
GOAL, GROWTH = 1.6, 1.5
OVERHEAD = 21  # header, token, content format, the option that names the command, the payload marker
LIBCOAP_MOST = 10_000  # peers
FEW = 64


def start(program, size):
    process = subprocess.Popen([BIN / program, "--port", "0", "--size", str(size)], stdout=subprocess.PIPE, text=True)
    return Running(process, int(process.stdout.readline().rsplit(":", 1)[1]))


def load(target, port, peers, seconds):
    """What coap_load says of one run."""
    return json.loads(run(BIN / "coap_load", "--port", port, "--pid", target.pid, "--peers", peers,
                          "--seconds", seconds, stdout=subprocess.PIPE, text=True).stdout)


def best(found):
    return min(found, key=lambda each: each["cpu_us_per_request"])


def compare(ajourd, port, peers, options):
    """The best rounds of each: ajourd, the bare socket, and libcoap or None."""
    with start("udp_echo", ANSWER + OVERHEAD) as bare, start("libcoap_echo", ANSWER) as libcoap:
        rounds = [(load(ajourd, port, peers, options.seconds), load(bare, bare.port, peers, options.seconds))
                  for _ in range(options.rounds)]
        ours, echo = (best(column) for column in zip(*rounds))
        its = load(libcoap, libcoap.port, peers, options.seconds) if peers <= LIBCOAP_MOST else None
    return ours, echo, its


def row(peers, ours, echo, its):
    cpu, bare = ours["cpu_us_per_request"], echo["cpu_us_per_request"]
    grown = (ours["resident_kib"] - ours["resident_kib_before"]) * 1024 / peers
    grown = f"{grown:8.0f}" if peers > FEW else f"{'-':>8}"  # not what a server takes when it begins to work
    libcoap = f"{its['cpu_us_per_request']:8.2f}" if its else f"{'-':>8}"
    print(f"{f'{peers} peers':42} {cpu:8.2f} {bare:8.2f} {cpu / bare:6.2f} {f'<= {GOAL:.2f}':>12} {libcoap}"
          f" {grown}{mark(cpu / bare <= GOAL)}")
    return cpu


def show(options):
    head("CoAP, CPU us per request", ("ajourd", 8), ("udp", 8), ("ratio", 6), ("goal", 12), ("libcoap", 8),
         ("B/peer", 8))
    times = []
    for peers in (FEW, 10_000, 100_000):
        with tempfile.TemporaryDirectory() as directory, Ajourd(pathlib.Path(directory)) as ajourd:
            port = ajourd.number_in("plugins/transport-coap/port")
            times.append(row(peers, *compare(ajourd, port, peers, options)))
    growth = max(times) / times[0]
    print(f"{f'worst / {FEW} peers':42} {growth:8.2f} {'':15} {f'<= {GROWTH:.2f}':>12}{mark(growth <= GROWTH)}")
