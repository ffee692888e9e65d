# SPDX-License-Identifier: Apache-2.0
"""nginx as a child process: in front of an OCI registry, or as the storage that one redirects to."""
import pathlib
import socket
import subprocess

from support.oci.registry import find_tool
from support.server import wait_for

CONFIGURATION = """
daemon off; user {owner}; worker_processes 1; pid {directory}/pid; error_log {directory}/error.log;
events {{ worker_connections 256; }}
http {{
    log_format plain '$msec|$request_method|$request_uri|$status|$body_bytes_sent|$http_authorization|$http_range';
    access_log {directory}/access.log plain;
    client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy; fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi; scgi_temp_path {directory}/scgi; client_max_body_size 0;
    {zones}
    server {{
        listen 127.0.0.1:{port};
        {locations}
    }}
}}
"""
STORAGE = "root {data};"
RATE_LIMIT = """
limit_req zone=all{burst}; limit_req_status 429; error_page 429 = @limited;
location / {{ proxy_pass {upstream}; proxy_set_header Host $http_host; }}
location @limited {{
    add_header Retry-After {seconds} always; default_type application/json;
    return 429 '{{"errors":[{{"code":"TOOMANYREQUESTS","message":"you have reached your pull rate limit"}}]}}';
}}
"""


def free_port():
    """Free for now: another may take it before nginx does, which then is asked for again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Seen:
    """One request, as nginx's log has it."""

    def __init__(self, line):
        at, self.method, self.path, status, size, self.authorization, self.range = line.split("|")
        self.at, self.status, self.bytes = float(at), int(status), int(size)


class Nginx:
    def __init__(self, directory, locations, zones="", name="nginx"):
        self.directory = pathlib.Path(directory) / name
        self.directory.mkdir()
        self.directory.chmod(0o755)
        self.locations, self.zones, self.port, self.process = locations, zones, None, None

    @classmethod
    def storage(cls, directory, data):
        """Gives the files of a registry's directory to all who ask."""
        pathlib.Path(data).mkdir(exist_ok=True)
        return cls(directory, STORAGE.format(data=data)).start()

    @classmethod
    def rate_limit(cls, directory, upstream, per_minute, seconds, burst=""):
        """Lets so many requests a minute pass, and tells the others to come back after some seconds."""
        locations = RATE_LIMIT.format(upstream=upstream, seconds=seconds, burst=burst)
        zones = f"limit_req_zone $binary_remote_addr zone=all:64k rate={per_minute}r/m;"
        return cls(directory, locations, zones).start()

    def start(self):
        for _ in range(5):
            self.port = free_port()
            if self.runs():
                return self
        raise AssertionError((self.directory / "error.log").read_text())

    def runs(self):
        file = self.directory / "nginx.conf"
        file.write_text(CONFIGURATION.format(
            directory=self.directory, port=self.port, locations=self.locations, zones=self.zones,
            owner=self.directory.owner()))  # who may read what the tests wrote
        command = [find_tool("nginx"), "-c", file, "-e", self.directory / "error.log"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return wait_for(lambda: self.process.poll() is not None and "ended" or self.accepts(), "nginx") == "accepts"

    def accepts(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return "accepts"
        except OSError:
            return None

    @property
    def authority(self):
        return f"127.0.0.1:{self.port}"

    @property
    def url(self):
        return f"http://{self.authority}"

    def requests(self):
        return [Seen(line) for line in (self.directory / "access.log").read_text().splitlines()]

    def close(self):
        """Its worker ends with it."""
        self.process.terminate()
        self.process.wait(10)
