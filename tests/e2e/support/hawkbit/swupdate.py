# SPDX-License-Identifier: Apache-2.0
"""Debian's swupdate, a client of hawkBit that no one here wrote. Unpacked only: its package starts a service."""
import hashlib
import os
import pathlib
import subprocess
import unittest

from support.server import BIN

PLACE = BIN.parent / "interop/swupdate"
PROGRAM = PLACE / "usr/bin/swupdate"
# What it is linked with and no other test needs.
PACKAGES = ["swupdate", "libswupdate0.1", "libconfig9", "libjson-c5", "libfdisk1", "libgpiod2", "liblua5.3-0",
            "libb2-1", "librsync2", "liburiparser1", "libwebsockets17", "libzck1"]
# Debian's build wants a certificate that may sign e-mail.
CERTIFICATE = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=images",
               "-addext", "extendedKeyUsage=emailProtection"]


def make(command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=PLACE)
    if done.returncode != 0:
        raise unittest.SkipTest(f"{command[0]}: {(done.stderr or done.stdout)[-500:]}")


def fetch():
    """With lists of packages of its own, so that neither root nor fresh ones of the system are needed."""
    if PROGRAM.exists():
        return
    (PLACE / "apt/lists/partial").mkdir(parents=True, exist_ok=True)
    (PLACE / "apt/cache/archives/partial").mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "-q", "-o", f"Dir::State={PLACE}/apt", "-o", f"Dir::Cache={PLACE}/apt/cache",
           "-o", "Dir::State::status=/var/lib/dpkg/status", "-o", "APT::Sandbox::User=root"]
    make([*apt, "update"])
    make([*apt, "download", *PACKAGES])
    for package in PLACE.glob("*.deb"):
        make(["dpkg-deb", "-x", package, PLACE])


class Swupdate:
    """It as the controller `name`: a process until `close`, and again when it is started again."""

    def __init__(self, directory, url, tenant, token, name):
        if not PROGRAM.exists():
            raise unittest.SkipTest("swupdate could not be had")
        self.directory, self.process = pathlib.Path(directory), None
        self.certificate, self.key = self.directory / "images.pem", self.directory / "images.key"
        subprocess.run([*CERTIFICATE, "-keyout", self.key, "-out", self.certificate], check=True, capture_output=True)
        self.server = f"-t {tenant} -u {url} -i {name} -g {token} -p 1"
        self.log_file, self.installed = self.directory / "swupdate.log", self.directory / "installed"

    def start(self, result=None):
        """With a result it tells what became of the update before: 2 it works, 3 it does not."""
        server = self.server if result is None else f"{self.server} -c {result}"
        command = [PROGRAM, "-v", "-H", "board:1.0", "-k", self.certificate, "-u", server]
        folders = [*PLACE.glob("usr/lib/*-linux-gnu*"), *PLACE.glob("lib/*-linux-gnu*")]
        libraries = ":".join(map(str, folders))
        environment = {**os.environ, "LD_LIBRARY_PATH": libraries, "TMPDIR": str(self.directory)}
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.directory, env=environment)

    def update(self, version, image):
        """What it takes from hawkBit: here a file that it installs, and who says so."""
        said, signature = self.directory / "sw-description", self.directory / "sw-description.sig"
        digest = hashlib.sha256(image).hexdigest()
        said.write_text(f"""software = {{ version = "{version}"; hardware-compatibility: [ "1.0" ];
            files: ( {{ filename = "image"; path = "{self.installed}"; sha256 = "{digest}"; }} ); }};""")
        subprocess.run(["openssl", "cms", "-sign", "-in", said, "-out", signature, "-signer", self.certificate,
                        "-inkey", self.key, "-outform", "DER", "-nosmimecap", "-binary"],
                       check=True, capture_output=True)
        return cpio([("sw-description", said.read_bytes()), ("sw-description.sig", signature.read_bytes()),
                     ("image", image)])

    def log(self):
        return self.log_file.read_text(errors="replace")

    def close(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.process = None


def cpio(files):
    """An archive in the format `crc` of (name, bytes), in this order."""
    out = b""
    for number, (name, data) in enumerate([*files, ("TRAILER!!!", b"")], 1):
        mode, name = 0o100644 if data else 0, name.encode() + b"\0"
        fields = [number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), sum(data) & 0xFFFFFFFF]
        out += b"070702" + b"".join(b"%08X" % field for field in fields) + name
        out += b"\0" * (-len(out) % 4) + data
        out += b"\0" * (-len(out) % 4)
    return out
