# SPDX-License-Identifier: Apache-2.0
"""Clients that are not ours."""
import base64
import json
import socket
import subprocess

from support.case import APPLICATION, PASSWORD, EndToEnd, microbit, sha256
from support.wire_device import Command, status


class Client(EndToEnd):
    def setUp(self):
        super().setUp()
        self.serve_release(["device-1"])

    def test_drgdfu_speaks_named_cbor_without_a_content_type(self):
        image, command = self.wire_device("device-1", style="named").download("1.0.0", mtu=256)
        self.assertEqual((command.kind, command.checksum.hex()), ("swap", sha256(microbit())))
        self.assertEqual(image, microbit())
        self.assertEqual(self.wire_device("device-1", style="named").say("1.0.1").kind, "sync")
        self.server.until_in_sync(APPLICATION, "device-1", "1.0.1")

    def curl(self, body, *options):
        command = ["curl", "-sS", "--max-time", "60", "-u", f"device-1@{APPLICATION}:{PASSWORD}", "-o", "-",
                   "--data-binary", "@-", *options, f"{self.server.url}/v1/dfu?ct=30"]
        done = subprocess.run(command, input=body, capture_output=True, check=True, timeout=90)
        return done.stdout

    def test_curl_is_a_device(self):
        taken = b""
        body = status("1.0.0", mtu=65536)
        self.server.until(lambda: Command(self.curl(body)).kind == "write", "the release")
        while True:
            command = Command(self.curl(body))
            if command.kind != "write" or len(taken) >= 8192:
                break
            self.assertEqual(command.offset, len(taken))
            taken += command.data
            body = status("1.0.0", mtu=65536, writing="1.0.1", offset=len(taken))
        self.assertEqual(taken, microbit()[:len(taken)])
        self.assertEqual(len(taken), 8192)

    def test_curl_may_speak_json(self):
        body = json.dumps({"version": list(b"1.0.0"), "mtu": 64, "correlation_id": 3, "update": None}).encode()
        answer = self.server.until(lambda: self.unless_wait(body), "the release")
        self.assertEqual((answer.kind, answer.correlation_id, len(answer.data)), ("write", 3, 64))

    def unless_wait(self, body):
        command = Command(self.curl(body, "-H", "Content-Type: application/json"))
        return command if command.kind != "wait" else None

    def test_a_drogue_device_opens_a_connection_for_each_turn_and_writes_it_in_tiny_pieces(self):
        taken, body = b"", status("1.0.0", mtu=4096)
        self.wire_device("device-1").say_until_ready("1.0.0")
        while len(taken) < 16 * 1024:
            command = Command(self.exchange_in_pieces(body))
            self.assertEqual((command.kind, command.offset), ("write", len(taken)))
            self.assertLessEqual(len(command.data), 1024)
            taken += command.data
            body = status("1.0.0", mtu=4096, writing="1.0.1", offset=len(taken))
        self.assertEqual(taken, microbit()[:len(taken)])

    def exchange_in_pieces(self, body):
        credential = base64.b64encode(f"device-1@{APPLICATION}:{PASSWORD}".encode()).decode()
        pieces = ["POST ", "/v1/dfu?ct=30", " HTTP/1.1\r\n", "Authorization", ": ", "Basic ", credential, "\r\n",
                  "Host: localhost\r\n", "Content-Type: application/cbor\r\n", "Content-Length: ",
                  str(len(body)), "\r\n", "\r\n"]
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=90) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for piece in pieces:
                connection.sendall(piece.encode())
            connection.sendall(body)
            return self.read_body(connection.makefile("rb"))

    def read_body(self, answer):
        self.assertEqual(answer.readline(), b"HTTP/1.1 200 OK\r\n")
        headers = {}
        for line in iter(answer.readline, b"\r\n"):
            name, value = line.decode().split(":", 1)
            headers[name.lower()] = value.strip()
        self.assertNotIn("transfer-encoding", headers)
        return answer.read(int(headers["content-length"]))
