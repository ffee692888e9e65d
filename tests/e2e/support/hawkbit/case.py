# SPDX-License-Identifier: Apache-2.0
"""What the tests of the hawkBit source stand on: a server of ours whose application has its firmware from a hawkBit."""
import json
import re

from support.case import APPLICATION, PASSWORD, EndToEnd
from support.hawkbit.fake import TENANT, TOKEN, Fake

QUICK = {
    "source.hawkbit.plain": "true", "source.hawkbit.poll.min": "1s", "source.hawkbit.poll.active": "1s",
    "source.hawkbit.poll.jitter": 0, "source.hawkbit.fresh": "1s", "source.hawkbit.feedback.interval": "0s",
    "source.hawkbit.requests.per_second": 10000, "source.hawkbit.writes.per_second": 10000,
    "source.hawkbit.timeout.request": "20s", "source.hawkbit.timeout.stall": "10s",
}


def controller(device):
    """The default id of a device."""
    return f"{APPLICATION}.{device}"


class HawkbitCase(EndToEnd):
    def serve_from(self, url, devices, tenant=TENANT, token=TOKEN, target=None, **settings):
        secret = self.directory / "token"
        secret.touch(mode=0o600)
        secret.write_text(token)
        place = {"source.hawkbit.url": url, "source.hawkbit.tenant": tenant, "source.hawkbit.token": f"file:{secret}"}
        self.serve(**{**QUICK, **place, **settings})
        self.server.create(APPLICATION, devices, PASSWORD)
        self.aim(APPLICATION, target)

    def aim(self, application, target=None):
        self.server.ajour("app", "set-firmware", application, "--spec", json.dumps({"hawkbit": target or {}}))

    def condition(self, device, kind="InSync"):
        firmware = self.server.firmware_status(APPLICATION, device)
        return None if firmware is None else firmware["by_type"].get(kind)

    def until_said(self, wire, device, words, version="1.0.0"):
        """The condition InSync once its reason or message has these words; the device asks again until then."""
        def answer():
            wire.say(version)
            found = self.condition(device) or {}
            return found if re.search(words, f"{found.get('reason')} {found.get('message')}") else None
        try:
            return self.server.until(answer, f"{device} to say {words}")
        except AssertionError as error:
            raise AssertionError(f"{error}, it is {self.condition(device)}") from None


class FakeCase(HawkbitCase):
    """With a hawkBit that answers as it is told."""

    def start_fake(self, *devices, settings=None, **options):
        self.fake = Fake(**options)
        self.addCleanup(self.fake.close)
        self.serve_from(self.fake.origin, list(devices) or ["device-1"], **(settings or {}))
        return self.wire_device(list(devices)[0] if devices else "device-1")

    def until_ended(self, action, state="finished"):
        try:
            self.server.until(lambda: action.state == state, f"action {action.number} to be {state}")
        except AssertionError as error:
            raise AssertionError(f"{error}, it is {action.state} after {action.rows}") from None

    def finish(self, wire, version="1.0.1", before="1.0.0"):
        """Takes the whole release and says that it runs; the image."""
        image, command = wire.download(before)
        assert command.kind == "swap" and command.version == version, vars(command)
        assert wire.say(version).kind in ("sync", "wait")
        return image
