# SPDX-License-Identifier: Apache-2.0
"""The devices of tests/interop that stand on somebody else's CoAP client: made once, and run."""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

INTEROP = pathlib.Path(os.environ["AJOUR_SOURCE_DIR"]) / "tests/interop"
TARGET = pathlib.Path(os.environ["AJOUR_BIN"]).parent / "interop"
AIOCOAP, NODE_COAP = TARGET / "aiocoap", TARGET / "node-coap"


def make(command, directory):
    """What cannot be had is the network's fault, or that of a tool that is not there."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=directory)
    if done.returncode != 0:
        raise unittest.SkipTest(f"{command[0]}: {(done.stderr or done.stdout)[-500:]}")


def install_aiocoap():
    make([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
          "--upgrade", f"--target={AIOCOAP}", "--requirement", INTEROP / "aiocoap/requirements.txt"], INTEROP)


def install_node_coap():
    if shutil.which("npm") is None:
        raise unittest.SkipTest("npm is not installed, see scripts/install")
    NODE_COAP.mkdir(parents=True, exist_ok=True)
    for file in (INTEROP / "node-coap").iterdir():
        shutil.copy(file, NODE_COAP)
    make(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], NODE_COAP)


def command_of(library):
    """How to start the device, and what it finds its libraries by."""
    if library == "aiocoap":
        here = pathlib.Path(__file__).resolve().parents[1]
        return [sys.executable, "-B", INTEROP / "aiocoap/device.py"], {"PYTHONPATH": f"{AIOCOAP}:{here}"}
    return ["node", NODE_COAP / "device.js"], {}


def update(library, url, user, password_file, image_file):
    if not (TARGET / library).is_dir():
        raise unittest.SkipTest(f"{library} was not installed")
    command, environment = command_of(library)
    done = subprocess.run([*command, url, user, password_file, image_file], capture_output=True, text=True,
                          timeout=90, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr + done.stdout
    return image_file.read_bytes()
