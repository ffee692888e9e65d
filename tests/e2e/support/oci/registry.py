# SPDX-License-Identifier: Apache-2.0
"""docker-registry as a child process, with a directory and a free port of its own."""
import json
import pathlib
import re
import shutil
import subprocess
import unittest

from support.server import wait_for

LISTENING = re.compile(r"listening on 127\.0\.0\.1:(\d+)")
ACCESS = re.compile(r'"(GET|HEAD|POST|PUT|PATCH|DELETE) (\S+) HTTP/[0-9.]+" (\d{3}) \d+')


def find_tool(name):
    """What scripts/install brings; nginx is where plain users do not look."""
    found = shutil.which(name, path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        raise unittest.SkipTest(f"{name} is not installed, see scripts/install")
    return found


class OciRegistry:
    """`tls` is a Certificates; `sections` are those of its configuration: auth, proxy, middleware."""

    def __init__(self, directory, name="oci", data=None, tls=None, **sections):
        self.directory = pathlib.Path(directory) / name
        self.directory.mkdir()
        self.data = data or self.directory / "data"
        self.log_file = self.directory / "log"
        self.tls, self.sections = tls, sections
        self.port, self.process, self.seen = 0, None, 0

    def configuration(self):
        http = {"addr": f"127.0.0.1:{self.port}", "secret": "of the tests"}
        if self.tls:
            http["tls"] = {"certificate": str(self.tls.server), "key": str(self.tls.server_key)}
        storage = {"filesystem": {"rootdirectory": str(self.data)}, "delete": {"enabled": True}}
        return {"version": 0.1, "http": http, "storage": storage, **self.sections}

    def start(self):
        """The second time on the port of the first."""
        file = self.directory / "configuration.yml"
        file.write_text(json.dumps(self.configuration()))
        begin = self.log_file.stat().st_size if self.log_file.exists() else 0
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen([find_tool("docker-registry"), "serve", file], stdout=log, stderr=log)
        self.port = wait_for(lambda: self.port_said_after(begin), "docker-registry to listen")
        return self

    def port_said_after(self, begin):
        assert self.process.poll() is None, self.log()
        found = LISTENING.search(self.log_file.read_bytes()[begin:].decode())
        return int(found[1]) if found else None

    @property
    def authority(self):
        return f"127.0.0.1:{self.port}"

    @property
    def url(self):
        return f"{'https' if self.tls else 'http'}://{self.authority}"

    def log(self):
        return self.log_file.read_text(errors="replace")

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)

    def forget(self):
        """`requests` begins here."""
        self.seen = len(self.log())

    def requests(self, method, part):
        """Paths and statuses of the requests with `part` in their path since `forget`, in order."""
        found = ACCESS.findall(self.log()[self.seen:])
        return [(path, int(status)) for verb, path, status in found if verb == method and part in path]

    def blob_file(self, digest):
        """Where the bytes of a blob are on its disk."""
        algorithm, digits = digest.split(":")
        return self.data / "docker/registry/v2/blobs" / algorithm / digits[:2] / digits / "data"
