# SPDX-License-Identifier: Apache-2.0
"""CBOR (RFC 8949) as far as statuses and commands need it: a third reading of the wire, next to C++ and C."""


def head(major, number):
    for info, length in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 24:
            return bytes([major << 5 | number])
        if number < 1 << 8 * length:
            return bytes([major << 5 | info]) + number.to_bytes(length, "big")
    raise ValueError(f"{number} does not fit")


def encode(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    assert isinstance(value, dict), value
    return head(5, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, length):
        piece = self.data[self.at:self.at + length]
        if len(piece) != length:
            raise ValueError("the message ends too early")
        self.at += length
        return piece

    def value(self):
        first = self.take(1)[0]
        major, number = first >> 5, first & 31
        if first == 0xF6:
            return None
        if 24 <= number <= 27:
            number = int.from_bytes(self.take(1 << number - 24), "big")
        elif number > 27:
            raise ValueError(f"byte {first:#x} is not of a definite message")
        return self.of_type(major, number)

    def of_type(self, major, number):
        if major == 0:
            return number
        if major == 2:
            return self.take(number)
        if major == 3:
            return self.take(number).decode()
        if major == 5:
            return {self.value(): self.value() for _ in range(number)}
        raise ValueError(f"type {major} is in no command")


def decode(data):
    reader = Reader(data)
    value = reader.value()
    if reader.at != len(data):
        raise ValueError("bytes follow the message")
    return value
