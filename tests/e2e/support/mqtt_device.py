# SPDX-License-Identifier: Apache-2.0
"""A device that speaks MQTT: it keeps no flash, and asks again when it hears nothing."""
import itertools
import threading
import time

from support.mqtt import Connection
from support.wire_device import Command, status

PATIENCE = 90   # seconds until a turn has failed
LOST_AFTER = 5  # seconds until a status is taken for lost


class MqttDevice:
    """`branch` is that of a gateway's topics when one speaks for the device."""

    def __init__(self, broker, application, name, branch=None):
        self.broker, self.name = broker, name
        self.branch = branch or f"ajour/{application}/{name}"
        self.turns = itertools.count(1)
        self.connection = None
        self.image, self.writing = b"", None

    def connect(self):
        self.connection = Connection(self.broker.port, f"device-{self.name}")
        self.connection.subscribe(self.command_topic())

    def command_topic(self):
        return f"{self.branch}/command/dfu"

    def tell(self, message):
        self.connection.publish(f"{self.branch}/dfu", message)

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def ask(self, version, patience, **fields):
        """One turn: the Command, or None when there was none in time or no broker. Commands to earlier
        statuses are passed over."""
        turn = next(self.turns)
        try:
            if self.connection is None:
                self.connect()
            self.tell(status(version, correlation_id=turn, **fields))
            return self.command_of(turn, time.monotonic() + patience)
        except OSError:
            self.close()
            return None

    def command_of(self, turn, deadline):
        while True:
            command = Command(self.connection.next_publish(max(0.01, deadline - time.monotonic()))[1])
            if command.correlation_id == turn:
                return command

    def say(self, version, **fields):
        """The Command to a status, however often it takes."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            command = self.ask(version, LOST_AFTER, **fields)
            if command is not None:
                return command
            time.sleep(0.1)
        raise AssertionError(f"{self.name} heard nothing for {PATIENCE} s")

    def update(self, version, mtu=1024, stop_at=None):
        """Takes blocks until the swap, or until `stop_at` bytes; the last command."""
        command = self.say(version, mtu=mtu, **self.progress())
        while command.kind in ("write", "wait"):
            if command.kind == "write":
                assert command.offset == len(self.image), (command.offset, len(self.image))
                self.image += command.data
                self.writing = command.version
            else:
                time.sleep(min(command.poll, 1))
            if stop_at is not None and len(self.image) >= stop_at:
                break
            command = self.say(version, mtu=mtu, **self.progress())
        return command

    def progress(self):
        return {"writing": self.writing, "offset": len(self.image)} if self.image else {}


class Updating:
    """A device that updates on a thread of its own."""

    def __init__(self, device, version="1.0.0", **options):
        self.device, self.command, self.fault = device, None, None
        self.thread = threading.Thread(target=self.run, args=[version], kwargs=options)
        self.thread.start()

    def run(self, version, **options):
        try:
            self.command = self.device.update(version, **options)
        except Exception as fault:  # shown by `finish`
            self.fault = fault

    def finish(self, seconds=3 * PATIENCE):
        self.thread.join(seconds)
        assert not self.thread.is_alive(), f"{self.device.name} is not done after {seconds} s"
        if self.fault is not None:
            raise self.fault
        return self.command
