#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What deploy/Containerfile copies is all that its build is configured with and installs; scripts/image builds it."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPY = re.compile(r"^COPY (?!--)(.+)$", re.MULTILINE)
INSTALLED = re.compile(r'"(/[^"]+)"')


def copy_as_the_build_does(target):
    """Into a folder what the first stage copies into its working directory."""
    stage = re.split(r"^FROM ", (ROOT / "deploy/Containerfile").read_text(), flags=re.MULTILINE)[1]
    for line in COPY.findall(stage):
        *sources, place = line.split()
        for each in sources:
            if (ROOT / each).is_dir():
                shutil.copytree(ROOT / each, target / place, dirs_exist_ok=True)
            else:
                (target / place).mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / each, target / place)


class ImageContext(unittest.TestCase):
    def test_the_build_lacks_nothing_of_the_tree(self):
        with tempfile.TemporaryDirectory() as folder:
            source, build = pathlib.Path(folder) / "src", pathlib.Path(folder) / "build"
            source.mkdir()
            copy_as_the_build_does(source)
            done = subprocess.run(["cmake", "--preset", "release", "-B", build], cwd=source, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            scripts = "".join(each.read_text() for each in build.rglob("cmake_install.cmake"))
            installed = {name for name in INSTALLED.findall(scripts) if name.startswith(f"{source}/")}
            self.assertIn(str(source / "etc/ajour-drogue.properties"), installed)
            self.assertEqual({name for name in installed if not pathlib.Path(name).exists()}, set())


if __name__ == "__main__":
    unittest.main()
