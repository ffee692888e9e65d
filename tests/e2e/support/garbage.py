# SPDX-License-Identifier: Apache-2.0
"""What no device says, by chance and in kinds: for HTTP and other streams, for CoAP, and for DTLS."""
import struct

from support import coap

WHOLE = b"POST /v1/dfu?ct=30 HTTP/1.1\r\nHost: x\r\nContent-Type: application/cbor\r\nContent-Length: 16\r\n\r\n"


def half_a_request(chance):
    return WHOLE[:chance.randrange(1, len(WHOLE))]


def a_request_with_a_body_that_is_none(chance):
    return WHOLE + chance.randbytes(16)


def a_header_without_an_end(chance):
    return b"POST /v1/dfu HTTP/1.1\r\n" + b"X: y\r\n" * chance.randrange(1, 4000)


def a_body_that_is_too_long(chance):
    return WHOLE.replace(b"16", b"999999999999") + chance.randbytes(1000)


def bytes_by_chance(chance):
    return chance.randbytes(chance.randrange(1, 2000))


STREAMS = [half_a_request, a_request_with_a_body_that_is_none, a_header_without_an_end, a_body_that_is_too_long,
           bytes_by_chance]


def a_request(chance):
    """One that is fine but for its credential."""
    options = [(coap.URI_PATH, b"v1"), (coap.URI_PATH, b"dfu"), (coap.CONTENT_FORMAT, b"\x3c"),
               (coap.AUTHORIZATION, b"Basic " + chance.randbytes(20))]
    return coap.encode(coap.CONFIRMABLE, coap.POST, chance.randrange(65536), chance.randbytes(4), options,
                       chance.randbytes(30))


def a_truncated_datagram(chance):
    data = a_request(chance)
    return data[:chance.randrange(len(data))]


def a_datagram_with_wrong_bytes(chance):
    data = bytearray(a_request(chance))
    for _ in range(chance.randrange(1, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def the_first_block_of_many(chance):
    options = [(coap.URI_PATH, b"v1"), (coap.URI_PATH, b"dfu"), (coap.BLOCK1, b"\x0e")]
    return coap.encode(coap.CONFIRMABLE, coap.POST, chance.randrange(65536), chance.randbytes(8), options, bytes(1024))


def a_record(kind, epoch, body):
    return struct.pack("!BHHHIH", kind, 0xFEFD, epoch, 0, 0, len(body)) + body


def a_hello(chance, cookie=b""):
    """Of DTLS 1.2, for a pre-shared key."""
    body = b"\xfe\xfd" + chance.randbytes(32) + b"\0" + bytes([len(cookie)]) + cookie + b"\0\2\xc0\xa8" + b"\1\0"
    length = len(body).to_bytes(3, "big")
    return a_record(22, 0, b"\1" + length + b"\0\0" + b"\0\0\0" + length + body)


def a_hello_with_a_wrong_cookie(chance):
    return a_hello(chance, chance.randbytes(20))


def a_truncated_hello(chance):
    data = a_hello(chance)
    return data[:chance.randrange(len(data))]


def a_record_of_no_session(chance):
    return a_record(chance.choice([20, 21, 22, 23]), chance.randrange(4), chance.randbytes(chance.randrange(200)))


DATAGRAMS = [a_truncated_datagram, a_datagram_with_wrong_bytes, the_first_block_of_many, bytes_by_chance]
RECORDS = [a_hello, a_hello_with_a_wrong_cookie, a_truncated_hello, a_record_of_no_session, bytes_by_chance]
