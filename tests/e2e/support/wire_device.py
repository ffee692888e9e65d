# SPDX-License-Identifier: Apache-2.0
"""A device of the tests' own, that can be made to misbehave: statuses in, commands out, no flash."""
import base64
import http.client

from support import cbor
from support.server import PATIENCE

NAMES = {
    "packed": {"version": 0, "mtu": 1, "correlation_id": 2, "update": 3, "next": 0, "offset": 1},
    "named": {"version": "version", "mtu": "mtu", "correlation_id": "correlation_id", "update": "update",
              "next": "version", "offset": "offset"},
}
COMMANDS = {
    0: ("wait", {0: "correlation_id", 1: "poll"}),
    1: ("sync", {0: "version", 1: "correlation_id", 2: "poll"}),
    2: ("write", {0: "version", 1: "correlation_id", 2: "offset", 3: "data"}),
    3: ("swap", {0: "version", 1: "correlation_id", 2: "checksum"}),
}


def status(version, mtu=None, writing=None, offset=0, correlation_id=None, style="packed"):
    name = NAMES[style]
    update = None if writing is None else {name["next"]: writing.encode(), name["offset"]: offset}
    return cbor.encode({name["version"]: version.encode(), name["mtu"]: mtu,
                        name["correlation_id"]: correlation_id, name["update"]: update})


class Command:
    """A decoded command: `kind`, and its fields as attributes."""

    def __init__(self, data):
        [(variant, fields)] = cbor.decode(data).items()
        self.kind, names = COMMANDS[variant]
        for key, name in names.items():
            setattr(self, name, fields[key])
        if hasattr(self, "version"):
            self.version = self.version.decode()


class WireDevice:
    def __init__(self, server, application, name, password, style="packed"):
        self.server, self.style, self.connection = server, style, None
        self.seconds = 30  # that it gives the server for an answer
        credential = f"{name}@{application}:{password}".encode()
        self.headers = {"Authorization": "Basic " + base64.b64encode(credential).decode()}

    def post(self, body, headers=None):
        """Status code, headers and body of one exchange; the connection is kept."""
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE + self.seconds)
            try:
                self.connection.request("POST", f"/v1/dfu?ct={self.seconds}", body, {**self.headers, **(headers or {})})
                answer = self.connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (OSError, http.client.HTTPException):
                self.close()
                if attempt == 2:
                    raise

    def say(self, version, **fields):
        """One turn: the Command, or AssertionError when there was none."""
        code, headers, body = self.post(status(version, style=self.style, **fields))
        assert code == 200, (code, body)
        assert headers["command"] == "dfu", dict(headers)
        return Command(body)

    def download(self, version, mtu=1024, stop_at=None):
        """Takes blocks from 0 on until the swap, or until `stop_at` bytes; what came, and the last command."""
        taken, command = b"", self.say_until_ready(version, mtu=mtu)
        while command.kind == "write":
            assert command.offset == len(taken), (command.offset, len(taken))
            assert 0 < len(command.data) <= mtu
            taken += command.data
            if stop_at is not None and len(taken) >= stop_at:
                break
            command = self.say(version, mtu=mtu, writing=command.version, offset=len(taken))
        return taken, command

    def say_until_ready(self, version, **fields):
        """The first command that is no wait for the release."""
        return self.server.until(lambda: self.unless_wait(version, **fields), "a command that is no wait")

    def unless_wait(self, version, **fields):
        command = self.say(version, **fields)
        return command if command.kind != "wait" else None

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None
