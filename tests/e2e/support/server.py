# SPDX-License-Identifier: Apache-2.0
"""ajourd as a child process on a state directory of its own, and what its operator does."""
import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.error
import urllib.request

BIN = pathlib.Path(os.environ["AJOUR_BIN"])
REGISTRY = "/api/registry/v1alpha1/apps"
QUICK = {
    "transport.http.address": "127.0.0.1", "transport.http.port": 0, "ajour.admin.port": 0,
    "transport.coap.address": "127.0.0.1", "transport.coap.port": 0, "transport.coap.tls.port": 0,
    "update.poll": "1s", "update.backoff": "1s", "update.poll.jitter": 0,
    "firmware.fresh": "100ms", "fleet.report.interval": "50ms",
    # A busy machine is slow, and that is not what is tested.
    "exchange.patience": "10s", "ajour.stop.deadline": "60s",
}
PATIENCE = 90  # seconds that a test waits for what should come soon, however busy the machine is


def wait_for(question, what, seconds=PATIENCE):
    """The first answer that is true; AssertionError when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.02)


class Server:
    def __init__(self, directory, **settings):
        self.directory = pathlib.Path(directory)
        self.state = self.directory / "var"
        self.config = self.directory / "ajour.properties"
        self.settings = {**QUICK, **{key.replace("__", "."): value for key, value in settings.items()}}
        self.write_config()
        self.log_file = self.directory / "ajourd.log"
        self.process, self.port, self.coap_port, self.admin_port = None, None, None, None
        self.coaps_port = None

    def write_config(self):
        lines = [f"ajour.directory = {self.directory}"]
        lines += [f"{key} = {value}" for key, value in self.settings.items()]
        self.config.write_text("\n".join(lines) + "\n")

    def start(self):
        """Starts on free ports, and after a crash on those that it had."""
        (self.state / "admin.port").unlink(missing_ok=True)
        for transport in ("http", "coap"):
            (self.state / f"plugins/transport-{transport}/port").unlink(missing_ok=True)
        (self.state / "plugins/transport-coap/tls.port").unlink(missing_ok=True)
        command = [BIN / "ajourd", f"--config={self.config}"]
        if self.port is not None:
            command += [f"--set=transport.http.port={self.port}", f"--set=ajour.admin.port={self.admin_port}",
                        f"--set=transport.coap.port={self.coap_port}"]
        if self.coaps_port is not None:
            command.append(f"--set=transport.coap.tls.port={self.coaps_port}")
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.directory)
        wait_for(self.is_ready, "ajourd to be ready")
        self.port = self.read_port("plugins/transport-http/port")
        self.coap_port = self.read_port("plugins/transport-coap/port")
        self.coaps_port = self.read_port("plugins/transport-coap/tls.port")
        return self

    def is_ready(self):
        assert self.process.poll() is None, f"ajourd ended with {self.process.returncode}:\n{self.log()}"
        self.admin_port = self.read_port("admin.port")
        if self.admin_port is None:
            return False
        try:
            return self.request("GET", "/readyz?part=transports")[0] == 200  # a broker may be away
        except OSError:
            return False

    def read_port(self, name):
        file = self.state / name
        return int(file.read_text()) if file.exists() else None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def coap_url(self):
        return f"coap://127.0.0.1:{self.coap_port}"

    @property
    def coaps_url(self):
        return f"coaps://127.0.0.1:{self.coaps_port}"

    def log(self):
        return self.log_file.read_text(errors="replace")

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE)

    def terminate(self):
        """The exit code, and how many seconds it took."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        return code, time.monotonic() - begin

    def close(self):
        """After each test; a server that runs must be able to stop in order, without a sanitizer's report."""
        if self.process is None or self.process.poll() is not None:
            return
        try:
            code, _ = self.terminate()
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        assert code == 0, f"ajourd ended with {code}:\n{self.log()[-8000:]}"

    def request(self, method, path, body=None):
        """Status code and decoded body of an admin request."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.admin_port}{path}", method=method)
        token = self.state / "admin.token"
        if token.exists():
            request.add_header("Authorization", "Bearer " + token.read_text().strip())
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, self.decoded(answer)
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, self.decoded(answer)

    @staticmethod
    def decoded(answer):
        text = answer.read().decode()
        return json.loads(text) if "json" in answer.headers.get("Content-Type", "") and text else text

    def metric(self, name):
        """The value of one metric without labels."""
        for line in self.request("GET", "/metrics")[1].splitlines():
            if line.startswith(name + " "):
                return float(line.split()[1])
        raise AssertionError(f"no metric {name}")

    def ajour(self, *arguments, check=True):
        """Runs the operator's command line on this server's settings."""
        command = [BIN / "ajour", "--config", self.config, *map(str, arguments)]
        if self.admin_port:
            command += ["--server", f"http://127.0.0.1:{self.admin_port}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, cwd=self.directory)
        assert not check or done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done

    def create(self, application, devices, password, credential=None):
        """An application with devices that share a password, or another credential; through the API, because it
        is quick."""
        assert self.request("POST", REGISTRY, {"metadata": {"name": application}})[0] == 201
        spec = {"authentication": {"credentials": [credential or {"pass": password}]}}
        for device in devices:
            metadata = {"application": application, "name": device}
            code, body = self.request("POST", f"{REGISTRY}/{application}/devices",
                                      {"metadata": metadata, "spec": spec})
            assert code == 201, (code, body)

    def publish(self, file, version, name="firmware"):
        self.ajour("firmware", "publish", file, "--name", name, "--version", version)

    def aim(self, application, name="firmware"):
        """Makes a release of the file source the application's target."""
        self.ajour("app", "set-firmware", application, "--file", name)

    def firmware_status(self, application, device):
        """`status.firmware` with its conditions by type; None when the device was never heard."""
        code, found = self.request("GET", f"{REGISTRY}/{application}/devices/{device}")
        assert code == 200, (code, found)
        firmware = found.get("status", {}).get("firmware")
        if firmware is not None:
            firmware["by_type"] = {each["type"]: each for each in firmware["conditions"]}
        return firmware

    def until_status(self, application, device, question, what):
        """The device's status once `question` says yes to it."""
        def answer():
            found = self.firmware_status(application, device)
            return found if found is not None and question(found) else None
        return wait_for(answer, what)

    def until_in_sync(self, application, device, version):
        def is_in_sync(firmware):
            return firmware["by_type"]["InSync"]["status"] == "True" and firmware["current"] == version
        return self.until_status(application, device, is_in_sync, f"{device} to be in sync with {version}")

    @staticmethod
    def until(question, what, seconds=PATIENCE):
        return wait_for(question, what, seconds)
