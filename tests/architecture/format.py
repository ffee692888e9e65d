#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every source is as clang-format-14 lays it out. Exits with 77 where that is not installed."""
import re
import shutil
import subprocess
import sys

from source_tree import ROOT, finish, sources

TOOL = "clang-format-14"
SKIPPED = 77


if shutil.which(TOOL) is None:
    print(f"{TOOL} is not installed, see scripts/install")
    sys.exit(SKIPPED)
done = subprocess.run([TOOL, "--dry-run", "-Werror", *sources()], cwd=ROOT, capture_output=True, text=True)
wrong = sorted(set(re.findall(r"^(\S+?):\d+:\d+: error:", done.stderr, re.MULTILINE)))
if done.returncode != 0 and not wrong:
    wrong = [done.stderr]
finish([f"{path}: run {TOOL} -i on it" for path in wrong])
