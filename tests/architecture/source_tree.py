# SPDX-License-Identifier: Apache-2.0
"""The files of the project that a rule may be about, and how a test ends."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("sdk", "core", "plugins", "brokers", "mcu", "tests")
ENDINGS = {".c", ".h", ".cpp", ".hpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def sources(*folders):
    """Paths below the root, as text with '/', sorted."""
    found = []
    for folder in folders or FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in ENDINGS and path.is_file():
                found.append(path.relative_to(ROOT).as_posix())
    return sorted(found)


def includes(path):
    """(is_quoted, name) of each include of a file."""
    return [(quote == '"', name) for quote, name in INCLUDE.findall((ROOT / path).read_text())]


def finish(problems):
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problem(s)")
    sys.exit(1 if problems else 0)
