# SPDX-License-Identifier: Apache-2.0
"""One device, one credential: what the registry says holds whatever way a device comes in."""
from support.case import APPLICATION, PASSWORD, EndToEnd, microbit
from support.doors import CoapDoor, HttpDoor, MqttDoor
from support.server import REGISTRY

DEVICES = ["device-1", "gateway", "stranger", "disabled"]
CHILD = "child"  # it has no password of its own
BRAKE = 5


class OneCredential(EndToEnd):
    def setUp(self):
        super().setUp()
        broker = self.start_asking_broker(cache_seconds=0)
        self.serve_release(DEVICES, data=microbit()[:1000], exchange__brake__failures=BRAKE, **broker.settings())
        self.change("disabled", core={"disabled": True})
        self.create_child()
        self.until_at_broker()
        self.doors = [HttpDoor(self.server, APPLICATION), CoapDoor(self.server, APPLICATION),
                      MqttDoor(self.server, broker, APPLICATION)]

    def create_child(self):
        code, _ = self.server.request("POST", f"{REGISTRY}/{APPLICATION}/devices", {
            "metadata": {"application": APPLICATION, "name": CHILD},
            "spec": {"gatewaySelector": {"matchNames": ["gateway"]}}})
        self.assertEqual(code, 201)

    def change(self, device, **spec):
        path = f"{REGISTRY}/{APPLICATION}/devices/{device}"
        _, found = self.server.request("GET", path)
        found["spec"].update(spec)
        self.assertEqual(self.server.request("PUT", path, found)[0], 204)

    def answers(self, device, password=PASSWORD, speaking_for=None):
        """What comes of it at each door."""
        return {type(door).__name__: door.knock(device, password, speaking_for) for door in self.doors}

    def assert_everywhere(self, expected, answers):
        self.assertEqual(answers, {type(door).__name__: expected for door in self.doors})

    def test_one_credential_opens_every_door(self):
        self.assert_everywhere("command", self.answers("device-1"))

    def test_a_wrong_password_opens_no_door(self):
        self.assert_everywhere("refused", self.answers("device-1", "wrong"))

    def test_a_disabled_device_is_refused_at_every_door(self):
        self.assert_everywhere("refused", self.answers("disabled"))

    def test_a_device_that_is_disabled_later_is_refused_at_every_door(self):
        self.assert_everywhere("command", self.answers("device-1"))
        self.change("device-1", core={"disabled": True})
        self.server.until(lambda: self.doors[0].knock("device-1", PASSWORD) == "refused", "the refusal")
        self.assert_everywhere("refused", self.answers("device-1"))

    def test_a_gateway_speaks_for_its_child_at_every_door(self):
        self.assert_everywhere("command", self.answers("gateway", speaking_for=CHILD))

    def test_a_stranger_speaks_for_nobody_at_any_door(self):
        self.assert_everywhere("refused", self.answers("stranger", speaking_for=CHILD))
        self.assert_everywhere("refused", self.answers("gateway", speaking_for="device-1"))

    def assert_brakes(self, guessed, other):
        """Guessing at one door closes another one to those who are not known yet, and to them only."""
        begin = self.throttled()
        self.assertEqual(other.knock("device-1", PASSWORD), "command")
        answers = [guessed.knock("gateway", f"guess {number}") for number in range(BRAKE + 1)]
        self.assertEqual(answers, ["refused"] * BRAKE + [guessed.braked])
        self.assertEqual(other.knock("gateway", PASSWORD), other.braked)
        self.assertEqual(other.knock("device-1", PASSWORD), "command")
        self.assertEqual(self.throttled(), begin + 2)

    def throttled(self):
        return sum(self.server.metric(f"ajour_{what}_throttled_total") for what in ("statuses", "logins"))

    def test_wrong_passwords_over_coap_brake_http(self):
        http, coap, _ = self.doors
        self.assert_brakes(coap, http)

    def test_wrong_passwords_over_http_brake_coap(self):
        http, coap, _ = self.doors
        self.assert_brakes(http, coap)

    def test_wrong_passwords_over_mqtt_brake_http(self):
        http, _, mqtt = self.doors
        self.assert_brakes(mqtt, http)

    def test_wrong_passwords_over_http_brake_mqtt(self):
        http, _, mqtt = self.doors
        self.assert_brakes(http, mqtt)

    def test_wrong_passwords_over_mqtt_brake_coap(self):
        _, coap, mqtt = self.doors
        self.assert_brakes(mqtt, coap)

    def test_wrong_passwords_over_coap_brake_mqtt(self):
        _, coap, mqtt = self.doors
        self.assert_brakes(coap, mqtt)
