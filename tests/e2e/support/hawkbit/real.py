# SPDX-License-Identifier: Apache-2.0
"""A real hawkBit update server as a child process, on loopback and with little memory."""
import base64
import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import unittest
import urllib.request

from support.server import BIN, wait_for

JAR = pathlib.Path(os.environ.get("AJOUR_TEST_HAWKBIT_JAR") or BIN.parent / "interop/hawkbit/hawkbit-update-server.jar")
TOKEN = "s3cret-gateway"
SECOND_TENANT = "ACME"
SMALL = ["-Xms96m", "-Xmx384m", "-XX:MaxMetaspaceSize=256m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
SECONDS_TO_START = 300  # a busy machine; 20 on a free one


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Hawkbit:
    def __init__(self, directory):
        if not JAR.exists():
            raise unittest.SkipTest(f"{JAR} is not there: no hawkBit could be had, see scripts/fetch-hawkbit")
        if shutil.which("java") is None:
            raise unittest.SkipTest("java is not installed, see scripts/install")
        self.directory, self.port, self.process = pathlib.Path(directory), free_port(), None
        self.log_file = self.directory / "hawkbit.log"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def settings(self):
        ddi = "hawkbit.server.ddi.security.authentication.gatewaytoken"
        return {
            "server.address": "127.0.0.1", "server.port": self.port,
            f"{ddi}.enabled": "true", f"{ddi}.key": TOKEN,
            "hawkbit.controller.minPollingTime": "00:00:01", "hawkbit.controller.pollingTime": "00:00:01",
            "hawkbit.rollout.scheduler.fixedDelay": 300, "hawkbit.server.repository.eagerPollPersistence": "true",
            "org.eclipse.hawkbit.artifact.fs.path": self.directory / "artifacts",
            f"hawkbit.security.user.{SECOND_TENANT.lower()}.tenant": SECOND_TENANT,
            f"hawkbit.security.user.{SECOND_TENANT.lower()}.password": "{noop}admin",
            f"hawkbit.security.user.{SECOND_TENANT.lower()}.roles": "TENANT_ADMIN",
            "spring.datasource.url": f"jdbc:h2:file:{self.directory}/db;MODE=LEGACY;",
            "springdoc.swagger-ui.enabled": "false", "springdoc.api-docs.enabled": "false",
            "logging.level.root": "WARN",
        }

    def start(self):
        command = ["java", *SMALL, "-jar", JAR, *(f"--{key}={value}" for key, value in self.settings().items())]
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.directory,
                                            preexec_fn=die_with_parent)
        wait_for(self.is_ready, "hawkBit to be ready", SECONDS_TO_START)
        return self

    def is_ready(self):
        """The first request of a user also makes the user's tenant."""
        assert self.process.poll() is None, f"hawkBit ended with {self.process.returncode}:\n{self.log()[-4000:]}"
        try:
            return all(self.greets(user) for user in ("admin", SECOND_TENANT.lower()))
        except OSError:
            return False

    def greets(self, user):
        request = urllib.request.Request(f"{self.url}/rest/v1/userinfo")
        request.add_header("Authorization", "Basic " + base64.b64encode(f"{user}:admin".encode()).decode())
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status == 200

    def log(self):
        return self.log_file.read_text(errors="replace")

    def close(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
