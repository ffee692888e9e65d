# SPDX-License-Identifier: Apache-2.0
"""A device on LoRaWAN behind Drogue Cloud's gateway for The Things Network; it knows the cloud's webhook only."""
import base64
import json
import queue
import time

from support.mqtt_device import MqttDevice
from support.wire_device import Command

GATEWAY = "ttn-gateway"


class LoraDevice(MqttDevice):
    """`is_refused` says whether the server has found no air time for the last uplink's answer."""

    def __init__(self, cloud, application, name, factor):
        super().__init__(None, application, name)
        self.cloud, self.application, self.factor = cloud, application, factor
        self.is_refused = lambda: False
        self.longest = 0

    def connect(self):
        self.connection = self.cloud.downlinks[self.name]

    def close(self):
        self.connection = None

    def tell(self, message):
        uplink = {"end_device_ids": {"device_id": self.name, "dev_addr": "260B0000"},
                  "uplink_message": {"f_port": 223 if self.image else 1, "session_key_id": "x", "settings": {
                      "frequency": "868300000",
                      "data_rate": {"lora": {"bandwidth": 125000, "spreading_factor": self.factor}}},
                      "frm_payload": base64.b64encode(message).decode()}}
        code, _, _ = self.cloud.take_uplink((self.application, GATEWAY), json.dumps(uplink).encode())
        assert code == 202, code

    def command_of(self, turn, deadline):
        while time.monotonic() < deadline and not self.is_refused():
            try:
                payload = base64.b64decode(self.connection.get(timeout=0.05)["frm_payload"])
            except queue.Empty:
                continue
            self.longest = max(self.longest, len(payload))
            if Command(payload).correlation_id == turn:
                return Command(payload)
        return None

    def take(self, command):
        """Writes a block that continues what is there."""
        if command is not None and command.kind == "write" and command.offset == len(self.image):
            self.image, self.writing = self.image + command.data, command.version
