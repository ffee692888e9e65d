# SPDX-License-Identifier: Apache-2.0
"""Many devices in one ajour-device update to 64 KiB, one table row for each transport."""
import json
import pathlib
import subprocess
import tempfile
import time

from measure import server
from measure.probe import HttpProbe, Watch
from measure.programs import BIN, cpu_seconds, fail, peak_kib
from measure.server import IMAGE, Ajourd
from measure.table import head
from measure.wire import APPLICATION

TARGETS = ["ajour-device", *server.TARGETS]
MTU, WORKERS, PATIENCE = 1024, 16, 1800


def start(directory, url, count):
    (directory / "flash").mkdir()
    return subprocess.Popen(
        [BIN / "ajour-device", "--once", "--quiet", "--server", url, "--application", APPLICATION, "--device", "d",
         "--password-file", directory / "password", "--version", "1.0.0", "--flash", directory / "flash",
         "--count", str(count), "--mtu", str(MTU), "--workers", str(WORKERS), "--connections", str(count),
         "--retries", "0", "--poll-max", "1", "--summary", directory / "summary"], stderr=subprocess.DEVNULL)


def watch(process, ajourd):
    """Until it ends: seconds, CPU seconds and peak KiB of the devices, and the same of the server."""
    begin, before, cpu, peak = time.monotonic(), cpu_seconds(ajourd.pid), 0, 0
    while process.poll() is None:
        try:
            cpu, peak = cpu_seconds(process.pid), peak_kib(process.pid)
        except (OSError, TypeError):  # it just ended
            pass
        if time.monotonic() - begin > PATIENCE:
            process.kill()
        time.sleep(0.05)
    return time.monotonic() - begin, cpu, peak, cpu_seconds(ajourd.pid) - before, peak_kib(ajourd.pid)


def check(directory, process, count):
    lines = (directory / "summary").read_text().splitlines()
    right = sum(json.loads(line)["size"] == len(IMAGE) for line in lines)
    if process.returncode != 0 or right != count:
        fail(f"{right} of {count} devices have the image")


def measure(name, count, url_of, probe_of, **flags):
    with tempfile.TemporaryDirectory() as place:
        directory = pathlib.Path(place)
        with Ajourd(directory, devices=count, fleet__report__interval="500ms", **flags) as ajourd:
            process = start(directory, url_of(ajourd), count)
            with Watch(probe_of(ajourd)) as beside:
                seconds, cpu, peak, own_cpu, own_peak = watch(process, ajourd)
            check(directory, process, count)
    print(f"{f'{name}, {count} devices':42} {seconds:8.1f} {own_cpu / count * 1e3:10.2f} {own_peak / 1024:10.0f}"
          f" {cpu / count * 1e3:10.2f} {peak / 1024:10.0f} {beside.p99():8.1f}")


def show(options):
    head("64 KiB each, in one ajour-device", ("seconds", 8), ("ajourd ms", 10), ("MiB", 10), ("device ms", 10),
         ("MiB", 10), ("p99 ms", 8))
    measure("HTTP", options.devices, lambda ajourd: f"http://127.0.0.1:{ajourd.port}",
            lambda ajourd: HttpProbe(ajourd.port))
