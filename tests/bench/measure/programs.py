# SPDX-License-Identifier: Apache-2.0
"""What is built, started, watched and stopped."""
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = pathlib.Path(os.environ.get("AJOUR_BENCH_BUILD", ROOT / "build" / "bench"))
BIN = BUILD / "bin"
TICKS = os.sysconf("SC_CLK_TCK")


def fail(text):
    sys.exit(f"scripts/bench: {text}")


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, **options)


def build(targets):
    run(ROOT / "scripts" / "install", "test", stdout=sys.stderr)
    run("cmake", "--preset", "bench", "-B", BUILD, cwd=ROOT, stdout=sys.stderr)
    run("cmake", "--build", BUILD, "--target", *targets, cwd=ROOT, stdout=sys.stderr)


def wait_for(question, what, seconds=10):
    """The first answer that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.1)
    fail(f"no {what} after {seconds} s")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def kib_of(pid, field):
    return int(re.search(rf"{field}:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1])


def resident_kib(pid):
    return kib_of(pid, "VmRSS")


def peak_kib(pid):
    return kib_of(pid, "VmHWM")


class Running:
    """A process with a port, or without; stopped by its pid."""

    def __init__(self, process, port=None):
        self.process, self.port, self.pid = process, port, process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
