# SPDX-License-Identifier: Apache-2.0
"""The program of tests/interop/reference-device: one made of Drogue's embedded-update crate."""
import os
import pathlib
import shutil
import subprocess
import unittest

INTEROP = pathlib.Path(os.environ["AJOUR_SOURCE_DIR"]) / "tests/interop/reference-device"
TARGET = pathlib.Path(os.environ["AJOUR_BIN"]).parent / "interop/reference-device"
PROGRAM = TARGET / "debug/reference-device"
# These crates ask for features of the language that are stable by now, in the way of when they were not.
OF_THEIR_TIME = "embedded_update,embedded_hal_async"
OLDEST = (1, 85)


def said_by(program, word):
    """None if it fails, as a proxy without a toolchain does."""
    done = subprocess.run([program, word], capture_output=True, text=True, cwd=INTEROP)
    return done.stdout.strip() if done.returncode == 0 else None


def find_cargo():
    """cargo and the rustc behind it, not a proxy of it that would look for the toolchain that a crate names."""
    for cargo in filter(None, map(shutil.which, ("/usr/bin/cargo", "cargo"))):
        rustc = pathlib.Path(cargo).parent / "rustc"
        version = said_by(rustc, "--version") if rustc.exists() else None
        if version and tuple(map(int, version.split()[1].split(".")[:2])) >= OLDEST:
            return cargo, said_by(rustc, "--print=sysroot") + "/bin/rustc"
    raise unittest.SkipTest(f"there is no cargo with Rust {OLDEST[0]}.{OLDEST[1]} or later, see scripts/install")


def build():
    cargo, rustc = find_cargo()
    environment = {**os.environ, "RUSTC": rustc, "RUSTC_BOOTSTRAP": OF_THEIR_TIME, "CARGO_TARGET_DIR": str(TARGET)}

    def run(*words):
        return subprocess.run([cargo, *words], capture_output=True, text=True, cwd=INTEROP, env=environment)
    fetched = run("fetch", "--locked")
    if fetched.returncode != 0:
        raise unittest.SkipTest(f"the crates cannot be had: {fetched.stderr[-500:]}")
    built = run("build", "--locked", "--offline")
    assert built.returncode == 0, built.stderr


class ReferenceDevice:
    """One run of it, from its old version until it is in sync."""

    def __init__(self, server, application, name, password):
        if not PROGRAM.exists():
            raise unittest.SkipTest(f"{PROGRAM} was not built")
        self.image_file = server.directory / f"{name}.image"
        password_file = server.directory / f"{name}.password"
        password_file.touch(mode=0o600)
        password_file.write_text(password)
        self.command = [PROGRAM, None, application, name, password_file, "1.0.0", self.image_file]

    def run(self, url):
        """What it says about its update; the image is in `image_file`."""
        self.command[1] = url
        done = subprocess.run(self.command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout
