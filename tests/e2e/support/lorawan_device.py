# SPDX-License-Identifier: Apache-2.0
"""Devices of class A at a network server, which is a broker here that refuses downlinks too long for the data rate."""
import base64
import http.server
import json
import queue
import threading
import time
import urllib.error
import urllib.request

from support.mqtt_device import MqttDevice
from support.wire_device import Command

PAYLOAD_MAX = {12: 51, 11: 51, 10: 51, 9: 115, 8: 222, 7: 222}  # EU868


def coded(message):
    return base64.b64encode(message).decode()


def things_uplink(application, device, factor, message):
    return json.dumps({
        "end_device_ids": {"device_id": device, "application_ids": {"application_id": application},
                           "dev_eui": "70B3D57ED0001122"},
        "uplink_message": {"f_port": 223, "frm_payload": coded(message), "settings": {"data_rate": {
            "lora": {"bandwidth": 125000, "spreading_factor": factor, "coding_rate": "4/5"}}}}}).encode()


def chirpstack_uplink(application, eui, factor, message):
    return json.dumps({
        "deviceInfo": {"applicationId": "3f6a", "applicationName": application, "deviceName": "x", "devEui": eui},
        "dr": 12 - factor, "fPort": 223, "data": coded(message), "txInfo": {"modulation": {
            "lora": {"bandwidth": 125000, "spreadingFactor": factor, "codeRate": "CR_4_5"}}}}).encode()


def things_fate(application, device, **told):
    """What became of a downlink, in a member of its own."""
    return json.dumps({"end_device_ids": {"device_id": device, "application_ids": {"application_id": application}},
                       "correlation_ids": ["as:downlink:01HZ"], **told}).encode()


def chirpstack_sent(eui):
    """That a gateway has sent a downlink."""
    return json.dumps({
        "downlinkId": 3461958127, "deviceInfo": {"applicationId": "3f6a", "deviceName": "x", "devEui": eui},
        "queueItemId": "42cb6459", "fCntDown": 2, "gatewayId": "0016c001f153a14c", "txInfo": {"power": 14}}).encode()


class ThingsDevice(MqttDevice):
    """`fits` is how much the network server takes, when that is less than the region has."""
    factor, fits, last = 7, None, b""

    def __init__(self, broker, application, name):
        super().__init__(broker, application, name)
        self.application, self.longest = application, 0
        self.begin = f"v3/{application}@acme/devices/{name}/"

    def command_topic(self):
        return self.begin + "down/replace"

    def tell(self, message):
        self.connection.publish(self.begin + "up", things_uplink(self.application, self.name, self.factor, message))

    def payload_of(self, downlink):
        [one] = downlink["downlinks"]
        assert one["f_port"] == 223, one
        return one["frm_payload"]

    def command_of(self, turn, deadline):
        while True:
            downlink = json.loads(self.connection.next_publish(max(0.01, deadline - time.monotonic()))[1])
            payload = base64.b64decode(self.payload_of(downlink))
            if self.fits is not None and len(payload) > self.fits:
                self.drop(payload)
                return None
            self.last, self.longest = payload, max(self.longest, len(payload))
            assert len(payload) <= PAYLOAD_MAX[self.factor], (len(payload), self.factor)
            if Command(payload).correlation_id == turn:
                return Command(payload)


    def drop(self, payload):
        self.fail(payload, "application_downlink_too_long", length=len(payload), max=self.fits)

    def fail(self, payload, error, **attributes):
        self.connection.publish(self.begin + "down/failed", things_fate(self.application, self.name, downlink_failed={
            "downlink": {"f_port": 223, "frm_payload": coded(payload)},
            "error": {"namespace": "pkg/networkserver", "name": error, "attributes": attributes}}))


class ChirpDevice(ThingsDevice):
    """Its name is its EUI; a gateway sends each downlink at once and says so."""

    def __init__(self, broker, application, name):
        super().__init__(broker, application, name)
        self.begin = f"application/3f6a/device/{name}/"

    def command_topic(self):
        return self.begin + "command/down"

    def tell(self, message):
        self.connection.publish(self.begin + "event/up",
                                chirpstack_uplink(self.application, self.name, self.factor, message))

    def payload_of(self, downlink):
        assert (downlink["devEui"], downlink["fPort"], downlink["confirmed"]) == (self.name, 223, False), downlink
        if self.fits is None or len(base64.b64decode(downlink["data"])) <= self.fits:
            self.connection.publish(self.begin + "event/txack", chirpstack_sent(self.name))
        return downlink["data"]

    def drop(self, payload):
        self.log("DOWNLINK_PAYLOAD_SIZE", item_size=str(len(payload)), max_payload_size=str(self.fits))

    def log(self, code, description="", **context):
        self.connection.publish(self.begin + "event/log", json.dumps({
            "deviceInfo": {"applicationId": "3f6a", "deviceName": "x", "devEui": self.name}, "level": "ERROR",
            "code": code, "description": description, "context": context}).encode())


class ThingsServer:
    """The HTTP interface that takes downlinks; (path, authorization, body) of each are in `posts`."""

    def __init__(self):
        self.posts = posts = queue.Queue()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                posts.put((self.path, self.headers["Authorization"], json.loads(body)))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def post_hook(server, body, secret):
    """The status of a webhook at the server."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.admin_port}/api/ajour/v1/hooks/lorawan/up", body,
                                     {"Authorization": "Bearer " + secret, "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=90) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code
