# SPDX-License-Identifier: Apache-2.0
"""A mosquitto with the configuration and the access rules that etc/ has for it."""
import os
import pathlib
import shutil
import subprocess

from support.broker import Broker

ETC = pathlib.Path(os.environ["AJOUR_SOURCE_DIR"]) / "etc"
OUR_PASSWORD = "the server's own"


class GuardedBroker(Broker):
    """Knows the server, and `devices` of `application` with one password."""

    def __init__(self, directory, application, devices, password, **options):
        self.guards = directory / "broker"
        self.guards.mkdir()
        super().__init__(directory, **options)
        shutil.copy(ETC / "mosquitto.acl", self.guards)
        self.write_passwords([f"ajour:{OUR_PASSWORD}", *(f"{application}/{name}:{password}" for name in devices)])

    def write_passwords(self, lines):
        file = self.guards / "mosquitto.passwords"
        file.write_text("\n".join(lines) + "\n")
        subprocess.run(["mosquitto_passwd", "-U", file], check=True, capture_output=True, timeout=60)

    def configuration(self):
        text = (ETC / "mosquitto.conf").read_text()
        assert "\nlistener 1883\n" in text
        text = text.replace("\nlistener 1883\n", f"\nlistener {self.port} {self.address}\n")
        return text.replace("/etc/ajour", str(self.guards))

    def settings(self):
        """What the server is told about it."""
        return {"transport__mqtt__server": self.url, "transport__mqtt__user": "ajour",
                "transport__mqtt__password": OUR_PASSWORD, "transport__mqtt__reconnect__min": "100ms",
                "transport__mqtt__reconnect__max": "500ms"}
