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
        self.port, self.take, self.connection, self.ended = port, take, None, False
        self.published = 0
        self.connect()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def connect(self):
        self.connection = Connection(self.port, "drogue-cloud")
        self.connection.subscribe("command/#")

    def publish(self, event):
        self.publish_text(event["application"], json.dumps(event))

    def publish_text(self, application, text):
        """Also what is no event."""
        self.published += 1
        self.connection.publish(f"app/{application}", text if isinstance(text, bytes) else text.encode())

    def run(self):
        while not self.ended:
            try:
                topic, payload = self.connection.next_publish(20)
            except TimeoutError:
                self.connection.send(12, 0, b"")  # PINGREQ
                continue
            except OSError:
                if not self.ended and not self.reconnect():
                    return
                continue
            parts = topic.split("/")
            if len(parts) == 4:
                self.take(*parts[1:], payload)

    def reconnect(self):
        """The broker was away; commands of that time are lost, as they are in the cloud."""
        wait = threading.Event()
        for _ in range(3000):
            try:
                self.connect()
                return True
            except OSError:
                if self.ended:
                    return False
                wait.wait(0.1)
        return False

    def close(self):
        self.ended = True
        self.connection.socket.shutdown(2) if self.connection.socket.fileno() >= 0 else None
        self.connection.close()
        self.thread.join(10)
