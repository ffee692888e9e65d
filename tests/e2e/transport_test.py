# SPDX-License-Identifier: Apache-2.0
"""ajour-device over each transport, and from one to another."""
import base64
import random
import time

from support.broker import Broker
from support.case import APPLICATION, PASSWORD, EndToEnd, microbit, sha256
from support.certificates import Certificates

COUNT = 1000
ERASE_UNIT = 4096
SMALL = 2 * 1024 + 12
MTU = 256
KEY = base64.b64encode(b"sixteen bytes ok").decode()
OTHER_KEY = base64.b64encode(b"sixteen bytes no").decode()


class Transport(EndToEnd):
    def open_doors(self, devices, *schemes, data=None):
        """A server that speaks these, with a release for the devices; its URLs, in the same order."""
        self.certificates = Certificates(self.directory) if {"https", "mqtts"} & set(schemes) else None
        settings = {}
        for scheme in schemes:
            settings.update(getattr(self, f"set_{scheme}", dict)())
        credential = {"psk": {"key": KEY}} if "coaps" in schemes else None
        self.serve_release(devices, data=data, credential=credential, **settings)
        if {"mqtt", "mqtts"} & set(schemes):
            self.server.until(lambda: self.server.metric("ajour_transport_mqtt_connected") == 1, "the broker")
        return [self.url_of(scheme) for scheme in schemes]

    def set_https(self):
        return {"transport__http__tls__certificate": self.certificates.server,
                "transport__http__tls__key": self.certificates.server_key}

    def set_mqtt(self):
        return {"transport__mqtt__server": self.open_broker().url, "transport__mqtt__reconnect__max": "500ms"}

    def set_mqtts(self):
        return {"transport__mqtt__server": self.open_broker(self.certificates).url,
                "transport__mqtt__tls__ca": self.certificates.ca,
                "transport__mqtt__tls__certificate": self.certificates.device,
                "transport__mqtt__tls__key": self.certificates.device_key}

    def set_coaps(self):
        return {"transport__coap__tls__psk": "true"}

    def open_broker(self, certificates=None):
        self.broker = Broker(self.directory, certificates=certificates)
        self.addCleanup(self.broker.close)
        return self.broker.start()

    def url_of(self, scheme):
        if scheme in ("mqtt", "mqtts"):
            return self.broker.url
        if scheme == "coaps":
            return self.server.coaps_url
        return self.server.coap_url if scheme == "coap" else f"{scheme}://127.0.0.1:{self.server.port}"

    def door_device(self, name, urls, psk=KEY, **options):
        if self.certificates is not None:
            options = {"ca": self.certificates.ca, **options}
        if any(url.startswith("mqtts") for url in urls):
            options = {"cert": self.certificates.device, "key": self.certificates.device_key, **options}
        if any(url.startswith("coaps") for url in urls):
            options = {"psk_file": self.secret_file(psk), **options}
        return self.device(name, url=urls, **options)

    def secret_file(self, secret):
        file = self.directory / "secret"
        file.touch(mode=0o600)
        file.write_text(secret + "\n")
        return file

    def update_one(self, scheme, **options):
        urls = self.open_doors(["device-1"], scheme)
        device = self.door_device("device-1", urls, **options)
        [summary] = device.run()
        self.assertEqual((summary["version"], summary["swaps"]), ("1.0.1", 1))
        self.assert_runs(device, "1.0.1", microbit())

    def update_many(self, scheme):
        image = microbit()[:SMALL]
        urls = self.open_doors([f"device-{number}" for number in range(1, COUNT + 1)], scheme, data=image)
        begin = time.monotonic()
        summaries = self.door_device("device", urls, count=COUNT, timeout=500).run()
        print(f"{COUNT} devices took {time.monotonic() - begin:.1f} s over {scheme}")
        self.assertEqual(len(summaries), COUNT)
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(image)})
        self.assertEqual({each["swaps"] for each in summaries}, {1})

    def switch(self, first, second, after=100):
        urls = self.open_doors(["device-1"], first, second)
        device = self.door_device("device-1", urls, switch_transport_after=after)
        [summary] = device.run()
        self.assert_runs(device, "1.0.1", microbit())
        over_first, over_second = summary["commands"]
        self.assertEqual(over_first, after)
        self.assertGreater(over_second, after)
        self.assertLessEqual(self.server.metric("ajour_block_bytes_total"), len(microbit()) + 2 * 1024)

    def kill_in_mid_update(self, scheme):
        """Killed again and again; each time it goes on from the last block that it noted, or its erase unit."""
        urls = self.open_doors(["device-1"], scheme)
        device = self.door_device("device-1", urls, mtu=MTU)
        kills, chance = 0, random.Random(3)
        while kills < 5:
            before = device.progress_seen()
            device.start()
            self.server.until(lambda: device.progress_seen() > before or device.process.poll() is not None,
                              "the device to write")
            time.sleep(chance.uniform(0, 0.1))
            if not device.kill():
                break
            kills += 1
        device.run()
        self.assertGreater(kills, 2, "the device was too quick to be killed")
        self.assert_runs(device, "1.0.1", microbit())
        served = self.server.metric("ajour_block_bytes_total")
        self.assertLessEqual(served, len(microbit()) + kills * (ERASE_UNIT + 2 * MTU))

    def test_a_device_updates_over_https(self):
        self.update_one("https")

    def test_a_device_updates_over_mqtt(self):
        self.update_one("mqtt")

    def test_a_device_updates_over_mqtts(self):
        self.update_one("mqtts")

    def test_a_device_updates_over_coap(self):
        self.update_one("coap")

    def test_a_device_updates_over_coaps(self):
        self.update_one("coaps", password_file=None)

    def test_a_thousand_devices_update_over_http(self):
        self.update_many("http")

    def test_a_thousand_devices_update_over_https(self):
        self.update_many("https")

    def test_a_thousand_devices_update_over_mqtt(self):
        self.update_many("mqtt")

    def test_a_thousand_devices_update_over_mqtts(self):
        self.update_many("mqtts")

    def test_a_thousand_devices_update_over_coap(self):
        self.update_many("coap")

    def test_a_thousand_devices_update_over_coaps(self):
        self.update_many("coaps")

    def test_a_device_begins_over_http_and_finishes_over_coap(self):
        self.switch("http", "coap")

    def test_a_device_begins_over_coap_and_finishes_over_mqtt(self):
        self.switch("coap", "mqtt")

    def test_a_device_begins_over_mqtt_and_finishes_over_http(self):
        self.switch("mqtt", "http")

    def test_a_device_begins_over_coaps_and_finishes_over_mqtts(self):
        self.switch("coaps", "mqtts")

    def test_a_device_killed_in_mid_update_goes_on_over_https(self):
        self.kill_in_mid_update("https")

    def test_a_device_killed_in_mid_update_goes_on_over_mqtt(self):
        self.kill_in_mid_update("mqtt")

    def test_a_device_killed_in_mid_update_goes_on_over_mqtts(self):
        self.kill_in_mid_update("mqtts")

    def test_a_device_killed_in_mid_update_goes_on_over_coap(self):
        self.kill_in_mid_update("coap")

    def test_a_device_killed_in_mid_update_goes_on_over_coaps(self):
        self.kill_in_mid_update("coaps")

    def test_a_device_with_a_wrong_key_is_left_without_an_answer(self):
        urls = self.open_doors(["device-1"], "coaps")
        device = self.door_device("device-1", urls, psk=OTHER_KEY, retries=1, timeout=300)
        self.assertEqual(device.start().process.wait(330), 1)
        self.assertIn("DTLS handshake", device.log())
        for secret in (KEY, OTHER_KEY):
            self.assertNotIn(secret, device.log() + self.server.log())
        self.assertIsNone(self.server.firmware_status(APPLICATION, "device-1"))

    def test_a_device_without_a_certificate_gets_nowhere_at_a_broker_that_wants_one(self):
        urls = self.open_doors(["device-1"], "mqtts")
        device = self.door_device("device-1", urls, cert=None, key=None, retries=1, timeout=120)
        self.assertEqual(device.start().process.wait(150), 1)
        self.assertIsNone(self.server.firmware_status(APPLICATION, "device-1"))

    def test_a_device_trusts_a_coaps_server_by_its_certificate(self):
        self.certificates = Certificates(self.directory)
        self.serve_release(["device-1"], transport__coap__tls__certificate=self.certificates.server,
                           transport__coap__tls__key=self.certificates.server_key)
        device = self.device("device-1", url=self.server.coaps_url, ca=self.certificates.ca)
        [summary] = device.run()
        self.assertEqual(summary["sha256"], sha256(microbit()))
        (self.directory / "other").mkdir()
        stranger = self.device("device-1", url=self.server.coaps_url, retries=1, timeout=120,
                               ca=Certificates(self.directory / "other").ca)
        self.assertEqual(stranger.start().process.wait(150), 1)
        self.assertIn("certificate verify failed", stranger.log())

    def test_a_server_with_a_certificate_of_another_authority_gets_no_password(self):
        urls = self.open_doors(["device-1"], "https")
        (self.directory / "other").mkdir()
        other = Certificates(self.directory / "other")
        device = self.door_device("device-1", urls, ca=other.ca, retries=1, timeout=120)
        self.assertEqual(device.start().process.wait(150), 1)
        self.assertIn("SSL certificate problem", device.log())
        self.assertIsNone(self.server.firmware_status(APPLICATION, "device-1"))

    def test_a_broker_with_a_certificate_of_another_authority_gets_no_password(self):
        urls = self.open_doors(["device-1"], "mqtts")
        (self.directory / "other").mkdir()
        other = Certificates(self.directory / "other")
        device = self.door_device("device-1", urls, ca=other.ca, retries=1, timeout=120)
        self.assertEqual(device.start().process.wait(150), 1)
        self.assertIn("device-1: ", device.log())
        self.assertNotIn(PASSWORD, device.log())
        self.assertIsNone(self.server.firmware_status(APPLICATION, "device-1"))
