# SPDX-License-Identifier: Apache-2.0
"""OCI registries that want to know who asks: over TLS, with a password file or a token server."""
import base64
import subprocess

from support.certificates import Certificates
from support.oci.case import OciEndToEnd, plain
from support.oci.push import Pusher
from support.oci.registry import find_tool
from support.oci.token_server import TokenServer

USER, SECRET, NEXT_SECRET = "robot", "a password of the robot", "its password of tomorrow"


def basic(user, secret):
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


class Guarded(OciEndToEnd):
    def setUp(self):
        super().setUp()
        self.certificates = Certificates(self.directory)

    def secret_file(self, text=SECRET, name="oci-password"):
        file = self.directory / name
        file.touch(mode=0o600)
        file.write_text(text)
        return file

    def trusting(self, **more):
        """The settings of one who trusts the test's authority."""
        return {**plain(self.oci.authority), "source.oci.plain": "false", "source.oci.tls.ca": self.certificates.ca,
                "ajour.log.level": "debug", **more}

    def knowing(self, secret_file):
        """... and has a password."""
        return self.trusting(**{"source.oci.user": USER, "source.oci.password.file": secret_file})

    def set_password(self, secret):
        """docker-registry reads the file again when it changes."""
        file = self.directory / "htpasswd"
        subprocess.run([find_tool("htpasswd"), "-B", "-C", "5", "-b", "-c", file, USER, secret], check=True,
                       capture_output=True, timeout=90)
        return file

    def start_guarded_registry(self):
        """By passwords; with a release in it."""
        htpasswd = {"realm": "firmware", "path": str(self.set_password(SECRET))}
        self.start_registry(tls=self.certificates, auth={"htpasswd": htpasswd})
        self.pusher = Pusher(self.oci.url, basic(USER, SECRET), self.certificates.ca)

    def start_token_registry(self, repository, **options):
        """By tokens; likewise."""
        self.tokens = TokenServer(self.certificates, USER, SECRET, tls=True, **options)
        self.addCleanup(self.tokens.close)
        self.start_registry(tls=self.certificates, auth=self.tokens.section())
        self.pusher = Pusher(self.oci.url, self.tokens.bearer(repository), self.certificates.ca)

    def assert_kept(self, *secrets):
        """None of them is in what the server wrote, nor in what it shows of a device."""
        shown = self.server.log() + str(self.server.firmware_status("fleet", "device-1"))
        for secret in [SECRET, NEXT_SECRET, basic(USER, SECRET).split()[1], *secrets]:
            self.assertNotIn(secret, shown)
