# SPDX-License-Identifier: Apache-2.0
"""Many devices at a Drogue Cloud, and what goes wrong on the way to it."""
import base64
import json
import time

from support.case import APPLICATION, PASSWORD, microbit, sha256
from support.drogue import events
from support.drogue.case import DrogueCase
from support.wire_device import Command, status

COUNT = 500
SECONDS = 600
MINUTE = 60
NOTHING = [
    b"", b"nonsense", b"[]", b"{}", b"null", b"\xff\xfe", b"[" * 20000, b'{"specversion":"1.0"}',
    b'{"specversion":"1.0","id":"1","type":"t","source":"drogue://a/d","time":"yesterday","subject":"dfu"}',
]


def spoiled(**changes):
    """An event of device-1 with other attributes; None leaves one out."""
    data = {"datacontenttype": "application/octet-stream", "data_base64": base64.b64encode(status("1.0.0")).decode()}
    made = events.event(APPLICATION, "device-1", "device-1", "dfu", data)
    made.update(changes)
    return json.dumps({name: value for name, value in made.items() if value is not None}).encode()


def poison():
    """What ended the original's consumer, or its process."""
    both = {"data": "x"}
    return NOTHING + [
        spoiled(id=None), spoiled(type=None), spoiled(source=None), spoiled(specversion=None), spoiled(**both),
        spoiled(time="2023-13-99T99:99:99Z"), spoiled(dataschema="foo"), spoiled(extension={"a": []}),
        spoiled(extension=1.5), spoiled(data_base64=None, data={"a": {"b": []}}), spoiled(data_base64="%%%"),
        spoiled(data_base64=None, data="[]"), spoiled(data_base64=None, data=7), spoiled(device=None, sender=None),
        spoiled(device="a/b"), spoiled(device="", sender=""), spoiled(device="+", sender="#"),
        spoiled(subject="x" * 70000),
    ]


class DrogueFleet(DrogueCase):
    def test_five_hundred_devices_update_though_one_of_two_replicas_is_killed(self):
        names = [f"device-{number}" for number in range(1, COUNT + 1)]
        self.start_cloud(names)
        settings = {"transport.drogue.group": "ajour", "update.replicas": "many"}
        self.serve_behind(**settings)
        replica = self.serve_replica(**settings)
        file = self.directory / "image.bin"
        replica.publish(file, "1.0.1", "firmware")
        self.until_connected(replica)
        begin = time.monotonic()
        devices = self.device("device", count=COUNT, timeout=SECONDS).start()
        self.server.until(lambda: self.cloud.blocks > 30000, "the fleet to be half way", SECONDS)
        replica.kill()
        self.assertEqual(devices.process.wait(SECONDS), 0, devices.log()[-2000:])
        summaries = [json.loads(line) for line in devices.summary_file.read_text().splitlines()]
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(microbit())})
        self.assertEqual(len(summaries), COUNT)
        for name in names:
            self.until_in_sync(name, "1.0.1", 60)
        calls, blocks = self.cloud.objects.calls, self.cloud.blocks
        print(f"{COUNT} devices took {time.monotonic() - begin:.0f} s; {calls} requests for {blocks} commands: "
              f"{calls / blocks:.4f} each; {dict(self.cloud.objects.counts)}")
        self.assertLess(calls, 0.02 * blocks)

    def test_a_minute_without_the_broker_is_made_good(self):
        self.start_cloud(["device-1"])
        self.serve_behind()
        device = self.device("device-1", mtu=256, timeout=SECONDS).start()
        self.server.until(lambda: self.cloud.blocks > 20, "some blocks")
        self.broker.kill()
        self.server.until(lambda: self.server.metric("ajour_transport_drogue_connections_lost_total") == 1, "the loss")
        time.sleep(MINUTE)
        self.assertLess(device.progress_seen(), len(microbit()))
        self.assertIsNone(device.process.poll(), device.log()[-2000:])
        self.broker.start()
        self.assertEqual(device.process.wait(SECONDS), 0, device.log()[-2000:])
        self.assert_runs(device, "1.0.1", microbit())
        self.assertEqual(self.server.metric("ajour_transport_drogue_connects_total"), 2)

    def test_no_event_of_any_shape_stops_it(self):
        self.start_cloud(["device-1"])
        self.serve_behind()
        for text in poison():
            self.cloud.integration.publish_text(APPLICATION, text)
        device = self.device("device-1")
        device.run()
        self.assert_runs(device, "1.0.1", microbit())
        self.assertGreater(self.server.metric("ajour_transport_drogue_events_unreadable_total"), len(NOTHING) - 1)

    def test_a_device_behind_the_things_network_gets_a_downlink(self):
        self.start_cloud()
        self.cloud.add_gateway(APPLICATION, "ttn-gateway", PASSWORD)
        self.cloud.objects.put_object(APPLICATION, "sensor-1", {"gatewaySelector": {"matchNames": ["ttn-gateway"]}})
        self.serve_behind()
        for port in (1, 223):
            uplink = {"end_device_ids": {"device_id": "sensor-1", "dev_addr": "260B0000"},
                      "uplink_message": {"f_port": port, "session_key_id": "x", "settings": {"frequency": "868300000"},
                                         "frm_payload": base64.b64encode(status("1.0.0", mtu=32)).decode()}}
            code, _, _ = self.cloud.take_uplink((APPLICATION, "ttn-gateway"), json.dumps(uplink).encode())
            self.assertEqual(code, 202)
            downlink = self.cloud.downlinks["sensor-1"].get(timeout=90)
            self.assertEqual(downlink["f_port"], 223)
            payload = base64.b64decode(downlink["frm_payload"])
            self.assertLessEqual(len(payload), 51)
            self.assertIn(Command(payload).kind, ("wait", "write"))
        self.until_firmware("sensor-1", lambda firmware: firmware["target"] == "1.0.1", "the status")
