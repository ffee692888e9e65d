#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `cmake --install` leaves, as deploy/Containerfile takes it: it starts from there, and the image has what it needs."""
import contextlib
import http.client
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["AJOUR_BUILD"])
EVERYWHERE = {"libc6", "libgcc-s1"}  # of every Debian
SANITIZERS = re.compile(r"lib[alt]san|libubsan")


def starts_as_elf(path):
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def needed_by(file):
    """Names of the libraries that it is linked with itself."""
    shown = subprocess.run(["readelf", "--dynamic", file], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", shown))


def path_of(library):
    cache = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    found = re.search(rf"^\s*{re.escape(library)} .*x86-64.*=> (.+)$", cache, re.MULTILINE)
    return found and os.path.realpath(found[1])


def package_of(path):
    """/lib is a link to /usr/lib, and dpkg knows a file by the name that its package gave it."""
    for name in (path, path.removeprefix("/usr"), "/usr" + path):
        done = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return None


class InstalledTree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.root = pathlib.Path(cls.folder.name)
        subprocess.run(["cmake", "--install", BUILD, "--component", "Runtime"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "DESTDIR": str(cls.root)})
        [cls.prefix] = [each.parent.parent for each in cls.root.rglob("bin/ajourd")]

    def programs(self):
        return [each for each in self.root.rglob("*") if each.is_file() and starts_as_elf(each)]

    def test_the_image_has_each_library_that_is_linked(self):
        listed = (ROOT / "deploy/Containerfile").read_text().rpartition("FROM ")[2]
        libraries = {name for file in self.programs() for name in needed_by(file) if not SANITIZERS.match(name)}
        self.assertGreater(len(libraries), 10)
        owners = {name: package_of(path_of(name)) for name in libraries if path_of(name)}
        missing = {name: owner for name, owner in owners.items()
                   if owner not in EVERYWHERE and not re.search(rf"\s{re.escape(str(owner))}\s", listed)}
        self.assertEqual(missing, {})

    def test_has_every_plugin_that_was_built(self):
        built = {each.name for each in (BUILD / "plugins").glob("*.so")}
        self.assertGreater(len(built), 5)
        self.assertEqual({each.name for each in self.root.rglob("ajour-*.so")}, built)

    def test_the_entry_starts_the_server_from_there(self):
        port, dead = free_port(), free_port()
        with tempfile.TemporaryDirectory() as state:
            surroundings = {
                "PATH": os.environ["PATH"], "DROGUE_USER": "ajour", "DROGUE_TOKEN": "nobody's",
                "DROGUE_DEVICE_REGISTRY": f"http://127.0.0.1:{dead}", "AJOUR_REGISTRY_DROGUE_PLAIN": "true",
                "AJOUR_TRANSPORT_DROGUE_SERVER": f"mqtt://127.0.0.1:{dead}", "AJOUR_STATE": state,
                "AJOUR_ADMIN_ADDRESS": "127.0.0.1", "AJOUR_ADMIN_PORT": str(port)}
            log = pathlib.Path(state) / "said"
            with log.open("w") as said:
                server = subprocess.Popen(["sh", self.prefix / "bin/ajour-drogue"], env=surroundings, stdout=said,
                                          stderr=subprocess.STDOUT, cwd="/")
            try:
                self.assertEqual(self.health(port, server), 200, log.read_text())
                server.terminate()
                self.assertEqual(server.wait(60), 0, log.read_text())
            finally:
                server.kill()
                server.wait()

    def health(self, port, server):
        end = time.monotonic() + 60
        while time.monotonic() < end and server.poll() is None:
            try:
                with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as client:
                    client.request("GET", "/healthz")
                    return client.getresponse().status
            except OSError:
                time.sleep(0.1)
        return None


if __name__ == "__main__":
    unittest.main()
