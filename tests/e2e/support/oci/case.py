# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests of the OCI source stand on."""
from support.case import APPLICATION, PASSWORD, EndToEnd, microbit
from support.oci.images import Images
from support.oci.push import VERSION, Pusher
from support.oci.registry import OciRegistry
from support.oci.relay import Relay
from support.server import REGISTRY

IMAGE = "acme/firmware"  # the repository that most tests use
QUICK = {"source.oci.poll": "1s"}


def plain(authority):
    """The settings of an OCI registry on 127.0.0.1 without TLS."""
    return {"source.oci.prefix": f"{authority}/", "source.oci.plain": "true", **QUICK}


class OciEndToEnd(EndToEnd):
    def start_registry(self, **options):
        """A docker-registry; one that is open also has a `pusher` and the `images` of tools."""
        self.oci = OciRegistry(self.directory, **options)
        self.addCleanup(self.oci.stop)
        self.oci.start()
        self.pusher = Pusher(self.oci.url)
        return self.oci

    def start_images(self):
        self.images = Images(self.directory, self.oci)

    def start_relay(self):
        self.relay = Relay(self.oci.port)
        self.addCleanup(self.relay.close)
        return self.relay

    def push(self, tag, image, version=None, repository=IMAGE):
        """By hand, as oras does; the digest of the manifest."""
        return self.pusher.artifact(repository, tag, image, {VERSION: version} if version else None)

    def serve_oci(self, settings, devices=("device-1",), image=f"{IMAGE}:1.0.1", **more):
        """A server whose application has this target."""
        self.serve(**settings)
        self.server.create(APPLICATION, devices, PASSWORD)
        self.aim(image, **more)

    def serve_artifact(self, version="1.0.1", data=None, **more):
        """From an open registry, by a tag."""
        self.start_registry()
        self.push(version, microbit() if data is None else data)
        self.serve_oci(plain(self.oci.authority), image=f"{IMAGE}:{version}", **more)

    def aim(self, image, **more):
        target = {"metadata": {"name": APPLICATION}, "spec": {"firmware": {"container": {"image": image, **more}}}}
        code, body = self.server.request("PUT", f"{REGISTRY}/{APPLICATION}", target)
        assert code == 204, (code, body)

    def until_offered(self, running, what):
        """Until a device that runs this is told to write something else."""
        device = self.wire_device("device-1")
        self.server.until(lambda: device.say(running).kind == "write", what)

    def assert_updates(self, version="1.0.1", data=None, name="device-1"):
        device = self.device(name)
        device.run()
        self.assert_runs(device, version, microbit() if data is None else data)
        return device

    def condition(self, kind, words, say, name="device-1"):
        """The message of the condition of that kind once it has these words; the device goes on saying what it runs."""
        device, seen = self.wire_device(name), []

        def message():
            device.say(say)
            firmware = self.server.firmware_status(APPLICATION, name) or {"by_type": {}}
            found = firmware["by_type"].get(kind, {}).get("message", "")
            seen.append(found)
            return found if found and all(each in found for each in words) else None
        try:
            return self.server.until(message, f"{kind} with {words}")
        except AssertionError as error:
            raise AssertionError(f"{error}; it was {seen[-1]!r}") from None

    def until_looked(self, question, what, say="1.0.1"):
        """Sources are asked when devices ask."""
        device = self.wire_device("device-1")
        self.server.until(lambda: device.say(say) and question(), what)

    def refusal(self, *words, name="device-1"):
        """What stands on a device that waits for its source."""
        return self.condition("InSync", words, "1.0.0", name)

    def warning(self, *words, name="device-1", say="1.0.0"):
        """What stands on a device that is served the last good release, as its source failed."""
        return self.condition("SourceFailed", ["the last good release is served", *words], say, name)

    def source_warning(self, *words, name="device-1", say="1.0.0"):
        """What its source wants people to know."""
        return self.condition("SourceWarning", words, say, name)
