# SPDX-License-Identifier: Apache-2.0
"""oras, built once for all tests where Go modules can be had, and cosign where it is installed."""
import os
import pathlib
import shutil
import subprocess
import unittest

BIN = pathlib.Path(os.environ["AJOUR_BIN"]).parent / "interop/go"
ORAS = "oras.land/oras/cmd/oras@v1.3.3"


def install_oras():
    done = subprocess.run(["go", "install", ORAS], capture_output=True, text=True, env={**os.environ, "GOBIN": str(BIN)})
    if done.returncode != 0:
        raise unittest.SkipTest(f"go install {ORAS}: {done.stderr[-500:]}")


def find(name):
    """A tool of ours, or of the machine."""
    found = shutil.which(name, path=f"{BIN}:{os.environ['PATH']}")
    if found is None:
        raise unittest.SkipTest(f"{name} is not installed")
    return found


def run(name, *arguments, directory):
    environment = {**os.environ, "HOME": str(directory), "COSIGN_PASSWORD": "", "COSIGN_YES": "true"}
    done = subprocess.run([find(name), *map(str, arguments)], capture_output=True, text=True, timeout=60,
                          cwd=directory, env=environment)
    assert done.returncode == 0, f"{name} {arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def oras_push(directory, place, image, *options, file="firmware.bin:application/octet-stream"):
    (directory / "firmware.bin").write_bytes(image)
    return run("oras", "push", "--plain-http", *options, place, file, directory=directory)


def cosign_sign(directory, place, *options):
    """With a key of its own; the public one."""
    if not (directory / "cosign.pub").exists():
        run("cosign", "generate-key-pair", directory=directory)
    run("cosign", "sign", "--key=cosign.key", "--use-signing-config=false", "--tlog-upload=false",
        "--allow-insecure-registry", "--allow-http-registry", *options, place, directory=directory)
    return directory / "cosign.pub"
