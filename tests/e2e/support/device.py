# SPDX-License-Identifier: Apache-2.0
"""ajour-device as a child process, and what is in its flash."""
import json
import os
import pathlib
import subprocess

BIN = pathlib.Path(os.environ["AJOUR_BIN"])


class Device:
    """One process: the device `name`, or with `count` the devices name-1 to name-N. `url` may be a list."""

    def __init__(self, server, application, name, password, url=None, **options):
        self.server, self.name = server, name
        self.directory = server.directory / "devices"
        self.directory.mkdir(exist_ok=True)
        self.log_file = self.directory / f"{name}.log"
        self.summary_file = self.directory / f"{name}.summary"
        password_file = self.directory / f"{name}.password"
        password_file.touch(mode=0o600)
        password_file.write_text(password)
        self.options = {
            "server": url or server.url, "application": application, "device": name,
            "password-file": password_file, "version": "1.0.0", "flash": self.directory,
            "mtu": 1024, "poll-max": 1, "timeout": 240, "retries": 0, "summary": self.summary_file,
            **{key.replace("_", "-"): value for key, value in options.items()},
        }
        self.options = {key: value for key, value in self.options.items() if value is not None}
        self.process, self.prefix = None, []

    def start(self):
        command = [*self.prefix, BIN / "ajour-device", "--once"]
        for name, value in self.options.items():
            for each in value if isinstance(value, list) else [value]:
                command += [f"--{name}", str(each)]
        self.summary_file.unlink(missing_ok=True)
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        return self

    def run(self):
        """Runs until it is in sync; its summaries, one for each device."""
        return self.start().finish()

    def finish(self):
        code = self.process.wait(self.options["timeout"] + 30)
        assert code == 0, f"ajour-device ended with {code}:\n{self.log()}"
        return [json.loads(line) for line in self.summary_file.read_text().splitlines()]

    def kill(self):
        """True when it was still running."""
        ran = self.process.poll() is None
        self.process.kill()
        self.process.wait(10)
        return ran

    def close(self):
        if self.process is not None:
            self.kill()

    def log(self):
        return self.log_file.read_text(errors="replace")

    def progress_seen(self):
        """Bytes of the release that is being written, as its flash has them."""
        directory = self.directory / self.name
        sizes = [file.stat().st_size for file in directory.glob("slot-*")]
        return max(sizes, default=0)

    def flash(self, name=None):
        """Version and bytes of what runs, read from the flash without the device's help."""
        directory = self.directory / (name or self.name)
        head, version = (directory / "running").read_bytes().split(b"\n", 1)
        slot, size = head.decode().split()
        file = directory / f"slot-{slot}"
        return version.decode(), file.read_bytes()[:int(size)] if int(size) else b""
