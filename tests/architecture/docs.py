#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Links and paths in the documents lead somewhere, and the README stays short."""
import re

from source_tree import ROOT, finish

README_LINES = 100
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
# A path of the project in backticks, as `core/update/decide.cpp`; one with <PLACEHOLDERS> or ... is none.
PATH = re.compile(r"`((?:core|sdk|plugins|brokers|mcu|tests|scripts|deploy|docs|etc)/[\w./-]*[\w/])`")


def documents():
    yield from ROOT.glob("*.md")
    for folder in ("brokers", "docs", "mcu", "plugins", "sdk", "tests"):
        yield from (ROOT / folder).rglob("*.md")


def targets(document):
    """(what the document says, the file that it means)."""
    text = document.read_text()
    for link in LINK.findall(text):
        if "://" not in link:
            yield link, document.parent / link
    for path in PATH.findall(text):
        yield path, ROOT / path


def problems():
    for document in sorted(documents()):
        name = document.relative_to(ROOT)
        for said, file in targets(document):
            if not file.exists():
                yield f"{name}: {said} is not there"
    lines = len((ROOT / "README.md").read_text().splitlines())
    if lines > README_LINES:
        yield f"README.md has {lines} lines, expected at most {README_LINES}"


finish(list(problems()))
