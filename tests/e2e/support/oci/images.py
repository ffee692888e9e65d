# SPDX-License-Identifier: Apache-2.0
"""Images with firmware in them, made and pushed by the tools that people have: buildah, umoci and skopeo."""
import hashlib
import json
import os
import pathlib
import subprocess
import unittest

from support.oci.registry import find_tool

IN_ONE_LAYER = """FROM scratch
COPY firmware.bin firmware.json /
LABEL org.opencontainers.image.version={version}
"""
IN_TWO_LAYERS = """FROM scratch
COPY firmware.bin /
COPY firmware.json /
"""
LIKE_THE_BUNDLER = """FROM scratch
COPY firmware.bin /firmware
COPY firmware.json /metadata.json
"""


# What buildah says where the kernel gives it no root directory of its own: to plain users, and in a chroot.
NOT_HERE = ("CLONE_NEWUSER", "remount /, flags")

# buildah changes its root directory, which the kernel allows from a mount point only, and "/" of a chroot is none.
IN_A_MOUNT = """mount --rbind / "$0" && mount --make-rprivate "$0" && exec chroot "$0" sh -c 'cd "$0" && exec "$@"' "$PWD" "$@" """


def has_mounted_root():
    return any(line.split()[4] == "/" for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines())


def run(*command, directory):
    """As a plain user too; nothing is left outside of the directory."""
    environment = {**os.environ, "HOME": str(directory), "XDG_RUNTIME_DIR": str(directory), "TMPDIR": str(directory)}
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, timeout=120,
                          cwd=directory, env=environment)
    if any(words in done.stderr for words in NOT_HERE):
        raise unittest.SkipTest(f"buildah makes no image in this chroot or for this user: {done.stderr[-200:]}")
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


class Images:
    """What one person pushes to one registry; each method pushes to `repository:tag`."""

    def __init__(self, directory, registry):
        self.directory = pathlib.Path(directory) / "images"
        self.directory.mkdir()
        self.registry = registry

    def write(self, image, version):
        metadata = {"version": version, "size": len(image), "checksum": hashlib.sha256(image).hexdigest()}
        (self.directory / "firmware.bin").write_bytes(image)
        (self.directory / "firmware.json").write_text(json.dumps(metadata))

    def place(self, name):
        return f"docker://{self.registry.authority}/{name}"

    def buildah(self, *arguments):
        storage = [f"--root={self.directory}/storage", f"--runroot={self.directory}/run", "--storage-driver=vfs"]
        return run(*self.mounted_root(), find_tool("buildah"), *storage, *arguments, directory=self.directory)

    def mounted_root(self):
        if os.geteuid() != 0 or has_mounted_root():
            return []
        place = self.directory / "root"
        place.mkdir(exist_ok=True)
        return ["unshare", "--mount", "--propagation", "unchanged", "sh", "-c", IN_A_MOUNT, place]

    def build(self, name, image, version, recipe=IN_ONE_LAYER, layers=False, format="oci"):
        self.write(image, version)
        (self.directory / "Dockerfile").write_text(recipe.format(version=version))
        self.buildah("bud", "--isolation=chroot", f"--layers={str(layers).lower()}", "--no-cache", "-q", "-t", "made",
                     ".")
        self.buildah("push", "-q", "--tls-verify=false", f"--format={format}", "localhost/made", self.place(name))

    def index(self, name, members):
        """An index of images that are there: `members` are their names by platform, (os, architecture)."""
        self.buildah("manifest", "create", "list")
        for (os_name, architecture), member in members.items():
            self.buildah("manifest", "add", "--tls-verify=false", "--os", os_name, "--arch", architecture, "list",
                         self.place(member))
        self.buildah("manifest", "push", "-q", "--all", "--tls-verify=false", "list", self.place(name))
        self.buildah("manifest", "rm", "list")

    def skopeo(self, *arguments):
        return run(find_tool("skopeo"), "--insecure-policy", *arguments, directory=self.directory)

    def copy(self, name, to, *options):
        """Whatever it is, as it is."""
        self.skopeo("copy", "-q", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", *options,
                    self.place(name), self.place(to))

    def umoci(self, *arguments):
        return run(find_tool("umoci"), *arguments, directory=self.directory)

    def insert(self, name, image, version, compression="gzip"):
        """Two layers, and a manifest that does not say its own type."""
        self.write(image, version)
        self.umoci("init", "--layout", "layout")
        self.umoci("new", "--image", "layout:1")
        for file in ("firmware.bin", "firmware.json"):
            self.umoci("insert", "--image", "layout:1", file, f"/{file}")
        self.skopeo("copy", "-q", f"--dest-compress-format={compression}", "oci:layout:1", "oci:packed:1")
        self.skopeo("copy", "-q", "--dest-tls-verify=false", "oci:packed:1", self.place(name))
        for each in ("layout", "packed"):
            run("rm", "-r", each, directory=self.directory)
