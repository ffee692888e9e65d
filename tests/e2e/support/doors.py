# SPDX-License-Identifier: Apache-2.0
"""The ways in for devices. Each says a status with the credential of a device, and gives what came of it:
`"command"`, `"refused"` or `"throttled"`."""
import base64
import http.client

from support import coap, mqtt
from support.wire_device import Command, status

STATUS = status("1.0.0", mtu=64)


def basic(application, device, password):
    return "Basic " + base64.b64encode(f"{device}@{application}:{password}".encode()).decode()


def command_in(body):
    assert Command(body).kind in ("wait", "write"), body
    return "command"


class HttpDoor:
    braked = "throttled"

    def __init__(self, server, application):
        self.port, self.application = server.port, application

    def knock(self, device, password, speaking_for=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        path = "/v1/dfu?ct=30" + (f"&as={speaking_for}" if speaking_for else "")
        connection.request("POST", path, STATUS, {"Authorization": basic(self.application, device, password)})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status == 200:
            return command_in(body)
        return {403: "refused", 429: "throttled"}[answer.status]


class CoapDoor:
    braked = "throttled"

    def __init__(self, server, application):
        self.port, self.application = server.coap_port, application

    def knock(self, device, password, speaking_for=None):
        client = coap.Client(self.port)
        query = ["ct=30", *([f"as={speaking_for}"] if speaking_for else [])]
        who = (coap.AUTHORIZATION, basic(self.application, device, password).encode())
        answer = client.post(["v1", "dfu"], query, [who], STATUS)
        client.close()
        if answer.code == "2.05":
            return command_in(answer.payload)
        return {"4.03": "refused", "4.29": "throttled"}[answer.code]


class MqttDoor:
    """The broker looks at the password, or asks the server about it; a refusal of a status is silence, and a count."""

    braked = "refused"  # the broker has one word for both

    def __init__(self, server, broker, application):
        self.server, self.port, self.application = server, broker.port, application

    def refusals(self):
        return self.server.metric("ajour_transport_mqtt_refusals_total")

    def knock(self, device, password, speaking_for=None):
        branch = f"ajour/{self.application}/{device}" + (f"/as/{speaking_for}" if speaking_for else "")
        try:
            connection = mqtt.Connection(self.port, device, f"{self.application}/{device}", password, timeout=20)
        except ConnectionRefusedError:
            return "refused"
        before = self.refusals()
        connection.subscribe(f"{branch}/command/dfu")
        connection.publish(f"{branch}/dfu", STATUS)
        answer = self.server.until(lambda: self.answer(connection, before), f"what becomes of {device}")
        connection.close()
        return answer

    def answer(self, connection, refusals):
        try:
            return command_in(connection.next_publish(0.2)[1])
        except TimeoutError:
            return "refused" if self.refusals() > refusals else None
