# SPDX-License-Identifier: Apache-2.0
"""HTTP beside a bare Beast server that answers the same number of bytes."""
import pathlib
import re
import subprocess
import tempfile

from measure import server
from measure.programs import BIN, Running, cpu_seconds, fail, run
from measure.server import Ajourd
from measure.table import compared, head
from measure.wire import ANSWER, STATUS, WHO

TARGETS = ["http_echo", *server.TARGETS]
GOAL = 1.5


def start_echo():
    process = subprocess.Popen([BIN / "http_echo", "--port", "0", "--size", str(ANSWER)],
                               stdout=subprocess.PIPE, text=True)
    return Running(process, int(process.stdout.readline().rsplit(":", 1)[1]))


def write_script(file):
    body = "".join(f"\\x{byte:02x}" for byte in STATUS)
    file.write_text(f'wrk.method = "POST"\nwrk.body = "{body}"\n'
                    f'wrk.headers["Authorization"] = "Basic {WHO}"\n'
                    'wrk.headers["Content-Type"] = "application/cbor"\n')


def load(target, script, connections, seconds):
    """CPU microseconds of the server per request."""
    before = cpu_seconds(target.pid)
    printed = run("wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script,
                  f"http://127.0.0.1:{target.port}/v1/dfu?ct=30", stdout=subprocess.PIPE, text=True).stdout
    spent = cpu_seconds(target.pid) - before
    requests, mebibytes = re.search(r"(\d+) requests in [^,]+, ([\d.]+)MB read", printed).groups()
    if "Non-2xx" in printed or float(mebibytes) * 2**20 < int(requests) * ANSWER:
        fail("wrong answers\n" + printed)
    return spent / int(requests) * 1e6


def show(options):
    with tempfile.TemporaryDirectory() as directory:
        state = pathlib.Path(directory)
        script = state / "status.lua"
        write_script(script)
        with Ajourd(state) as ajourd, start_echo() as echo:
            head("HTTP, CPU us per request", ("ajourd", 8), ("beast", 8), ("ratio", 6), ("goal", 12))
            for connections in (64, 1000):
                pairs = [[load(each, script, connections, options.seconds) for each in (ajourd, echo)]
                         for _ in range(options.rounds)]
                compared(f"{connections} connections", *map(min, zip(*pairs)), GOAL)
