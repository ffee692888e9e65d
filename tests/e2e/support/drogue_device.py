# SPDX-License-Identifier: Apache-2.0
"""Devices at Drogue Cloud, whose MQTT integration is a broker here: what they say comes as events of the cloud's."""
import base64
import datetime
import json

from support.mqtt_device import MqttDevice


def event(application, device, sender, subject, **data):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    return json.dumps({
        "specversion": "1.0", "id": "0f5ea9d1-2f9c-4f3e-8a61-7c2b4d1a9e33", "type": "io.drogue.event.v1",
        "source": f"drogue://{application}/{device}", "subject": subject, "time": now,
        "application": application, "device": device, "sender": sender, **data}).encode()


def coded(message):
    return base64.b64encode(message).decode()


class DrogueDevice(MqttDevice):
    def __init__(self, broker, application, name):
        super().__init__(broker, application, name)
        self.application = application

    def command_topic(self):
        return f"command/{self.application}/{self.name}/dfu"

    def tell(self, message):
        self.connection.publish(f"app/{self.application}", event(
            self.application, self.name, self.name, "dfu", data_base64=coded(message)))


class LorawanDevice(DrogueDevice):
    """The Things Network's webhook brings what it says; its first status is on port 1, as today's firmware has it."""

    def command_topic(self):
        return f"command/{self.application}/{self.name}/port:223"

    def tell(self, message):
        port = 223 if self.image else 1
        self.connection.publish(f"app/{self.application}", event(
            self.application, self.name, "ttn-gateway", str(port), data={
                "end_device_ids": {"device_id": self.name},
                "uplink_message": {"f_port": port, "frm_payload": coded(message)}}))
