# SPDX-License-Identifier: Apache-2.0
"""CoAP (RFC 7252) as far as a device needs it: a confirmable POST, and its answer, piggybacked or on its own."""
import os
import socket
import struct

URI_PATH, CONTENT_FORMAT, URI_QUERY, BLOCK1, AUTHORIZATION, COMMAND = 11, 12, 15, 27, 4209, 4210
CBOR = 60
CONFIRMABLE, ACKNOWLEDGEMENT = 0, 2
POST = 2
TRIES, PATIENCE = 4, 2.0


def extended(number):
    """The nibble of an option's delta or length, and the bytes behind it."""
    if number < 13:
        return number, b""
    return (13, bytes([number - 13])) if number < 269 else (14, struct.pack("!H", number - 269))


def encode(kind, code, message_id, token, options=(), payload=b""):
    data, last = struct.pack("!BBH", 0x40 | kind << 4 | len(token), code, message_id) + token, 0
    for number, value in sorted(options, key=lambda option: option[0]):
        delta, more_delta = extended(number - last)
        length, more_length = extended(len(value))
        data += bytes([delta << 4 | length]) + more_delta + more_length + value
        last = number
    return data + (b"\xff" + payload if payload else b"")


class Message:
    """A decoded datagram: kind, code as text ("2.05"), message_id, token, options by number, payload."""

    def __init__(self, data):
        first, code, self.message_id = struct.unpack("!BBH", data[:4])
        self.kind, self.code = first >> 4 & 3, f"{code >> 5}.{code & 31:02}"
        self.token = data[4:4 + (first & 15)]
        self.options, self.payload = {}, b""
        self.read_options(data[4 + (first & 15):])

    def read_options(self, data):
        number, at = 0, 0
        while at < len(data) and data[at] != 0xFF:
            delta, length = data[at] >> 4, data[at] & 15
            delta, at = self.read_extended(delta, data, at + 1)
            length, at = self.read_extended(length, data, at)
            number += delta
            self.options[number] = data[at:at + length]
            at += length
        self.payload = data[at + 1:]

    @staticmethod
    def read_extended(nibble, data, at):
        if nibble == 13:
            return data[at] + 13, at + 1
        if nibble == 14:
            return struct.unpack_from("!H", data, at)[0] + 269, at + 2
        return nibble, at


class Client:
    def __init__(self, port, address="127.0.0.1"):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect((address, port))
        self.message_id = int.from_bytes(os.urandom(2), "big")

    def post(self, path, query, options, payload):
        """The answer; TimeoutError when there is none."""
        self.message_id = self.message_id + 1 & 0xFFFF
        token = os.urandom(4)
        options = [*((URI_PATH, part.encode()) for part in path), *((URI_QUERY, part.encode()) for part in query),
                   (CONTENT_FORMAT, bytes([CBOR])), *options]
        request = encode(CONFIRMABLE, POST, self.message_id, token, options, payload)
        for attempt in range(TRIES):
            self.socket.send(request)
            answer = self.await_answer(token, PATIENCE * 2 ** attempt)
            if answer is not None:
                return answer
        raise TimeoutError("no answer by CoAP")

    def await_answer(self, token, seconds):
        self.socket.settimeout(seconds)
        try:
            while True:
                message = Message(self.socket.recv(65536))
                if message.kind == CONFIRMABLE:
                    self.socket.send(encode(ACKNOWLEDGEMENT, 0, message.message_id, b""))
                if message.token == token and message.code != "0.00":
                    return message
        except TimeoutError:
            return None

    def close(self):
        self.socket.close()
