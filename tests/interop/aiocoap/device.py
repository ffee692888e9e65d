# SPDX-License-Identifier: Apache-2.0
"""device.py URL USER PASSWORD_FILE IMAGE_FILE: a device on aiocoap that takes blocks until it is told to swap."""
import asyncio
import base64
import pathlib
import sys

from aiocoap import CONTENT, POST, Context, Message
from aiocoap.numbers.optionnumbers import OptionNumber
from aiocoap.optiontypes import OpaqueOption
from support.wire_device import Command, status

AUTHORIZATION, COMMAND, CBOR = OptionNumber(4209), OptionNumber(4210), 60
VERSION, MTU = "1.0.0", 1024


async def say(context, url, credential, **progress):
    request = Message(code=POST, uri=url, content_format=CBOR, payload=status(VERSION, mtu=MTU, **progress))
    request.opt.add_option(OpaqueOption(AUTHORIZATION, credential))
    answer = await context.request(request).response
    assert answer.code == CONTENT, answer
    assert [option.value for option in answer.opt.get_option(COMMAND)] == [b"dfu"], answer
    return Command(answer.payload)


async def update(url, credential):
    context, image, progress = await Context.create_client_context(), b"", {}
    while True:
        command = await say(context, url, credential, **progress)
        if command.kind == "wait":
            await asyncio.sleep(0.1)
            continue
        if command.kind != "write":
            break
        assert command.offset == len(image), (command.offset, len(image))
        image += command.data
        progress = {"writing": command.version, "offset": len(image)}
    await context.shutdown()
    assert command.kind == "swap", command.kind
    return image


def main():
    url, user, password_file, image_file = sys.argv[1:]
    password = pathlib.Path(password_file).read_text()
    credential = b"Basic " + base64.b64encode(f"{user}:{password}".encode())
    pathlib.Path(image_file).write_bytes(asyncio.run(update(url, credential)))


main()
