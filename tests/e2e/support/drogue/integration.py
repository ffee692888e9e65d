# SPDX-License-Identifier: Apache-2.0
"""The MQTT integration over a real mosquitto: events out on app/APPLICATION, commands in on command/#."""
import json
import threading

from support import mqtt


class Connection(mqtt.Connection):
    """One that several threads send by."""

    def __init__(self, *arguments, **options):
        self.sending = threading.Lock()
        super().__init__(*arguments, **options)

    def send(self, kind, flags, body):
        with self.sending:
            super().send(kind, flags, body)


class Integration:
    """Calls take(application, device, command, payload) for each command, from a thread of its own."""

    def __init__(self, port, take):
        self.port, self.take, self.ended = port, take, threading.Event()
        self.connection = self.connected()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def connected(self):
        """Events go out by it as soon as it is ours, so that no command to one comes before the subscription."""
        connection = Connection(self.port, "drogue-cloud")
        connection.subscribe("command/#")
        connection.socket.settimeout(None)
        return connection

    def publish(self, event):
        self.publish_text(event["application"], json.dumps(event))

    def publish_text(self, application, text):
        """Also what is no event. It is lost while the broker is away, as the cloud's are to who has no group."""
        try:
            self.connection.publish(f"app/{application}", text if isinstance(text, bytes) else text.encode())
        except OSError:
            pass

    def run(self):
        while not self.ended.is_set():
            try:
                self.take_next()
            except OSError:
                self.connection.close()
                self.reconnect()

    def take_next(self):
        topic, payload = self.connection.receive_publish() or ("", b"")
        parts = topic.split("/")
        if len(parts) == 4:
            self.take(*parts[1:], payload)

    def reconnect(self):
        """Commands of the time that the broker was away are lost, as they are in the cloud."""
        while not self.ended.wait(0.1):
            try:
                self.connection = self.connected()
                return
            except OSError:
                continue

    def close(self):
        self.ended.set()
        self.connection.shut()
        self.thread.join(10)
        self.connection.close()
