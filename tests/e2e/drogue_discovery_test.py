# SPDX-License-Identifier: Apache-2.0
"""A server that is told the URL of a Drogue Cloud's API, and finds the rest there."""
from support.broker import free_port
from support.case import microbit
from support.drogue.case import DrogueCase
from support.drogue.cloud import CLIENT, SECRET

NO_SERVER = {"transport.drogue.server": "", "transport.drogue.websocket.url": ""}
BY_WEBSOCKET = {"transport.drogue.input": "websocket", "transport.drogue.commands": "http"}


class DrogueDiscovery(DrogueCase):
    def assert_updates(self):
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())

    def test_the_mqtt_integration_is_found(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**NO_SERVER)
        self.assert_updates()

    def test_the_websocket_integration_is_found(self):
        self.start_cloud(["device-1"])
        self.serve_behind(**NO_SERVER, **BY_WEBSOCKET)
        self.assert_updates()
        self.assertGreater(self.cloud.sockets.sent, 0)

    def test_the_token_endpoint_is_found(self):
        self.start_cloud(["device-1"])
        settings = {f"{part}.drogue.{name}": value for part in ("registry", "transport") for name, value in (
            ("user", ""), ("token", ""), ("oidc.client", CLIENT), ("oidc.secret", SECRET))}
        self.serve_behind(**NO_SERVER, **settings)
        self.assert_updates()
        self.assertGreaterEqual(self.cloud.tokens_given, 2)

    def test_settings_win_over_what_the_cloud_says(self):
        self.start_cloud(["device-1"])
        nobody = free_port("127.0.0.1")
        self.cloud.named = {"mqtt_integration": {"host": "127.0.0.1", "port": nobody},
                            "issuer_url": f"http://127.0.0.1:{nobody}/"}
        self.serve_behind()
        self.assert_updates()

    def test_a_cloud_that_is_not_there_yet_is_found_later(self):
        self.start_cloud(["device-1"])
        self.cloud.named = None
        self.serve(**self.cloud.settings(), **NO_SERVER, **{"transport.drogue.applications": "fleet"})
        self.publish("1.0.1", microbit())
        self.server.until(lambda: "where its parts are" in self.server.log(), "the first look", 90)
        self.cloud.named = {}
        self.until_connected(self.server)
        self.assert_updates()
