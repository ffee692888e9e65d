# SPDX-License-Identifier: Apache-2.0
"""A real mosquitto on a free port of the loopback interface."""
import os
import pathlib
import socket
import subprocess
import unittest

from support.server import wait_for

PROGRAM = "/usr/sbin/mosquitto"
SETTINGS = "allow_anonymous true\npersistence false\nset_tcp_nodelay true\nmax_queued_messages 10000\n"


def free_port(address):
    with socket.create_server((address, 0)) as probe:
        return probe.getsockname()[1]


class Broker:
    def __init__(self, directory, address="127.0.0.1", certificates=None):
        """With certificates of a test it speaks TLS only, with those who have one themselves."""
        if not os.access(PROGRAM, os.X_OK):
            raise unittest.SkipTest("there is no mosquitto")
        self.address, self.port, self.process = address, free_port(address), None
        self.config = pathlib.Path(directory) / "mosquitto.conf"
        self.log_file = pathlib.Path(directory) / "mosquitto.log"
        user = "user root\n" if os.geteuid() == 0 else ""
        self.certificates = certificates
        self.config.write_text(self.configuration() + user)

    def configuration(self):
        tls, keys = "", self.certificates
        if keys is not None:
            tls = f"cafile {keys.ca}\ncertfile {keys.server}\nkeyfile {keys.server_key}\n"
            tls += "require_certificate true\n"
        return f"listener {self.port} {self.address}\n{tls}{SETTINGS}"

    @property
    def url(self):
        scheme = "mqtt" if self.certificates is None else "mqtts"
        return f"{scheme}://{self.address}:{self.port}"

    def start(self):
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen([PROGRAM, "-c", self.config], stdout=log, stderr=log)
        wait_for(self.takes_connections, "mosquitto to take connections")
        return self

    def takes_connections(self):
        assert self.process.poll() is None, f"mosquitto ended: {self.log_file.read_text()}"
        try:
            socket.create_connection((self.address, self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
