# SPDX-License-Identifier: Apache-2.0
"""Many devices in one ajour-device update to 64 KiB, one table row for each transport."""
import json
import pathlib
import subprocess
import tempfile
import time

from measure import mqtt, server
from measure.probe import CoapProbe, HttpProbe, MqttProbe, Watch
from measure.programs import BIN, cpu_seconds, fail, peak_kib
from measure.server import IMAGE, Ajourd
from measure.table import head
from measure.wire import APPLICATION

TARGETS = ["ajour-device", "ajour_transport_mqtt", *server.TARGETS]
MTU, PATIENCE = 1024, 1800


def start(directory, url, count):
    (directory / "flash").mkdir()
    return subprocess.Popen(
        [BIN / "ajour-device", "--once", "--quiet", "--server", url, "--application", APPLICATION, "--device", "d",
         "--password-file", directory / "password", "--version", "1.0.0", "--flash", directory / "flash",
         "--count", str(count), "--mtu", str(MTU), "--connections", str(count),
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


def measure(directory, count, ajourd, url, probe):
    """What `show` prints."""
    process = start(directory, url, count)
    with Watch(probe) as beside:
        seconds, cpu, peak, own_cpu, own_peak = watch(process, ajourd)
    check(directory, process, count)
    return seconds, own_cpu / count * 1e3, own_peak / 1024, cpu / count * 1e3, peak / 1024, beside.p99()


def over_http(directory, count):
    with Ajourd(directory, devices=count) as ajourd:
        return measure(directory, count, ajourd, f"http://127.0.0.1:{ajourd.port}", HttpProbe(ajourd.port))


def over_mqtt(directory, count):
    with mqtt.start_broker(directory) as broker, \
            Ajourd(directory, devices=count, **mqtt.settings(broker)) as ajourd:
        mqtt.wait_until_there(ajourd)
        return measure(directory, count, ajourd, f"mqtt://127.0.0.1:{broker.port}", MqttProbe(broker.port))


def over_coap(directory, count):
    with Ajourd(directory, devices=count) as ajourd:
        port = ajourd.number_in("plugins/transport-coap/port")
        return measure(directory, count, ajourd, f"coap://127.0.0.1:{port}", CoapProbe(port))


def show(options):
    head("64 KiB each, in one ajour-device", ("seconds", 8), ("ajourd ms", 10), ("MiB", 10), ("device ms", 10),
         ("MiB", 10), ("p99 ms", 8))
    for name, over in (("HTTP", over_http), ("MQTT", over_mqtt), ("CoAP", over_coap)):
        with tempfile.TemporaryDirectory() as place:
            numbers = over(pathlib.Path(place), options.devices)
        print(f"{f'{name}, {options.devices} devices':42} {numbers[0]:8.1f}"
              + "".join(f" {number:10.2f}" for number in numbers[1:5]) + f" {numbers[5]:8.1f}")
