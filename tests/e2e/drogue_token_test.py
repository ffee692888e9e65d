# SPDX-License-Identifier: Apache-2.0
"""What Ajour shows to a Drogue Cloud is revoked in the middle of an update, and replaced while it runs."""
import signal

from support.case import microbit
from support.drogue.case import NEVER, DrogueCase
from support.drogue.cloud import CLIENT, SECRET, TOKEN, USER

NEXT = "drg_the_next_one"
AT_ONCE = {"registry.drogue.status.settle": "0ms", "registry.drogue.status.interval": "0s",
           "registry.drogue.status.turns": 0, "registry.drogue.status.interval.max": "0s",
           "registry.drogue.poll": "200ms", "registry.drogue.timeout.request": "1m"}
# Who is refused or cut off would not come again within the test, were it not for another token.
PATIENT = {"registry.drogue.pause.min": NEVER, "registry.drogue.pause.max": NEVER,
           "transport.drogue.reconnect.min": "30m", "transport.drogue.reconnect.max": NEVER}
NO_USER = {f"{part}.drogue.{name}": "" for part in ("registry", "transport") for name in ("user", "token")}


class DrogueToken(DrogueCase):
    def start_cloud(self, devices=(), **options):
        super().start_cloud(devices, **options)
        self.cloud.patience_max = 5  # the command that is lost with a connection is not what is waited for

    def serve_with_token_file(self, by=None, **settings):
        self.token = self.directory / "token"
        self.token.write_text(TOKEN + "\n")
        for part in ("registry", "transport"):
            settings[f"{part}.drogue.token"] = f"file:{self.token}"
        self.serve_behind(by=by, **{**AT_ONCE, **settings})

    def until_at_least(self, metric, count=1):
        self.server.until(lambda: self.server.metric(metric) >= count, f"{metric} to be {count}", 90)

    def replace_token(self):
        """As somebody would who never heard of Ajour: at the cloud first, and then in the file, whole."""
        self.cloud.passwords[USER] = NEXT
        file = self.directory / "token.next"
        file.write_text(NEXT + "\n")
        file.rename(self.token)

    def update_over_a_revocation(self, sign):
        """Until the metric `sign` there is no other token."""
        device = self.device("device-1", mtu=256, timeout=280).start()
        self.until_firmware("device-1", lambda _: True, "the first status", 90)
        self.server.until(lambda: device.progress_seen() > 0, "the update to be under way", 90)
        self.cloud.revoke(USER)
        self.until_at_least("ajour_registry_drogue_refused_total")
        self.until_at_least(sign)
        self.assertLess(device.progress_seen(), len(microbit()))
        self.replace_token()
        self.until_connected(self.server)
        device.finish()
        self.assert_runs(device, "1.0.1", microbit())
        self.assertNotIn(TOKEN, self.server.log())
        self.assertNotIn(NEXT, self.server.log())

    def test_another_access_token_ends_every_pause(self):
        self.start_cloud(["device-1"])
        self.serve_with_token_file(by=self.cloud.settings(), **PATIENT)
        self.update_over_a_revocation(sign="ajour_transport_drogue_connections_lost_total")

    def test_an_access_token_is_replaced_after_the_mqtt_integration_refused_it(self):
        self.start_cloud(["device-1"])
        self.serve_with_token_file(by=self.cloud.settings())
        self.update_over_a_revocation(sign="ajour_transport_drogue_connect_failures_total")
        self.assertGreater(self.cloud.gate.unwelcome["login"], 0)

    def test_an_access_token_is_replaced_after_the_websocket_integration_refused_it(self):
        self.start_cloud(["device-1"])
        self.serve_with_token_file(by=self.cloud.websocket_settings())
        self.update_over_a_revocation(sign="ajour_transport_drogue_connect_failures_total")
        self.assertGreater(self.cloud.sockets.refused, 0)

    def test_a_reload_of_the_settings_does_not_ask_for_a_restart(self):
        self.start_cloud(["device-1"])
        self.serve_with_token_file(by=self.cloud.settings())
        self.cloud.revoke(USER)
        self.replace_token()
        self.server.process.send_signal(signal.SIGHUP)
        self.server.until(lambda: "reloaded the settings" in self.server.log(), "the reload")
        self.assertNotIn("takes a restart", self.server.log())
        self.until_connected(self.server)
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())

    def test_a_token_of_the_openid_provider_is_got_anew_on_both_ways(self):
        self.start_cloud(["device-1"])
        settings = {f"{part}.drogue.oidc.{name}": value for part in ("registry", "transport")
                    for name, value in (("url", f"{self.cloud.url}/token"), ("client", CLIENT), ("secret", SECRET))}
        self.serve_behind(**AT_ONCE, **NO_USER, **settings)
        device = self.device("device-1", mtu=256, timeout=280).start()
        self.until_firmware("device-1", lambda _: True, "the first status", 90)
        given = self.cloud.tokens_given
        self.cloud.bearers.clear()
        self.cloud.gate.cut()
        device.finish()
        self.assert_runs(device, "1.0.1", microbit())
        self.assertGreaterEqual(self.cloud.tokens_given, given + 2)
        self.assertGreaterEqual(self.server.metric("ajour_transport_drogue_tokens_total"), 2)
        self.assertNotIn("token-", self.server.log())
