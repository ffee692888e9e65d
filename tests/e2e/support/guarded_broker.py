# SPDX-License-Identifier: Apache-2.0
"""A mosquitto with the configuration and the access rules that etc/ has for it."""
import os
import pathlib
import shutil
import subprocess
import unittest

from support.broker import Broker, free_port
from support.server import BIN

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


class AskingBroker(GuardedBroker):
    """Knows the server only, and asks it about all others by the plugin, as the lines in etc/ say."""

    PLUGIN = BIN.parent / "brokers/mosquitto-ajour.so"

    def __init__(self, directory, **options):
        if not self.PLUGIN.exists():
            raise unittest.SkipTest("the plugin for mosquitto was not built: there are no mosquitto-dev or libcurl")
        self.admin_port = free_port("127.0.0.1")
        self.token = directory / "var/broker.token"
        self.options = options
        super().__init__(directory, None, [], None)

    def configuration(self):
        text = super().configuration()
        for line in ("plugin ", "plugin_opt_url ", "plugin_opt_token_file "):
            assert text.count(f"\n#{line}") == 1, line
            text = text.replace(f"\n#{line}", f"\n{line}")
        text = text.replace("/usr/local/lib/mosquitto-ajour.so", str(self.PLUGIN))
        text = text.replace(":8088/", f":{self.admin_port}/").replace(f"{self.guards}/broker.token", str(self.token))
        return text + "".join(f"plugin_opt_{name} {value}\n" for name, value in self.options.items())

    def settings(self):
        return {**super().settings(), "ajour__admin__port": self.admin_port}
