# SPDX-License-Identifier: Apache-2.0
"""mosquitto as a child process, with the configuration and the access rules that etc/ has for it."""
import os
import pathlib
import shutil
import socket
import subprocess
import unittest

from support.server import wait_for

ETC = pathlib.Path(os.environ["AJOUR_SOURCE_DIR"]) / "etc"
PROGRAM = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin")
OUR_PASSWORD = "the server's own"


def free_port(address):
    with socket.socket() as listener:
        listener.bind((address, 0))
        return listener.getsockname()[1]


class Broker:
    """Knows the server, and `devices` of `application` with one password."""

    def __init__(self, directory, application, devices, password, address="127.0.0.1"):
        if PROGRAM is None:
            raise unittest.SkipTest("mosquitto is not installed, see scripts/install")
        self.directory, self.address, self.process = directory / "broker", address, None
        self.directory.mkdir()
        self.port = free_port(address)
        self.write_passwords([f"ajour:{OUR_PASSWORD}", *(f"{application}/{name}:{password}" for name in devices)])
        shutil.copy(ETC / "mosquitto.acl", self.directory)
        self.write_configuration()

    def write_passwords(self, lines):
        file = self.directory / "mosquitto.passwords"
        file.write_text("\n".join(lines) + "\n")
        subprocess.run(["mosquitto_passwd", "-U", file], check=True, capture_output=True, timeout=60)

    def write_configuration(self):
        text = (ETC / "mosquitto.conf").read_text()
        assert "\nlistener 1883\n" in text
        text = text.replace("\nlistener 1883\n", f"\nlistener {self.port} {self.address}\n")
        text = text.replace("/etc/ajour", str(self.directory))
        (self.directory / "mosquitto.conf").write_text(text + "user root\n")

    @property
    def url(self):
        return f"mqtt://{self.address}:{self.port}"

    def settings(self):
        """What the server is told about it."""
        return {"transport__mqtt__server": self.url, "transport__mqtt__user": "ajour",
                "transport__mqtt__password": OUR_PASSWORD}

    def start(self):
        with (self.directory / "log").open("a") as log:
            self.process = subprocess.Popen([PROGRAM, "-c", self.directory / "mosquitto.conf"], stdout=log, stderr=log)
        wait_for(self.answers, "the broker")
        return self

    def answers(self):
        assert self.process.poll() is None, (self.directory / "log").read_text()
        try:
            socket.create_connection((self.address, self.port), timeout=5).close()
        except OSError:
            return False
        return True

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
