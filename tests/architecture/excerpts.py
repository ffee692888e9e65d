#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A code block in docs/ after a line `<!-- from FILE -->` stands in FILE word for word."""
import re

from source_tree import ROOT, finish

EXCERPT = re.compile(r"<!-- from (\S+) -->\n```\w*\n(.*?)\n```", re.DOTALL)


def problems():
    found = 0
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for file, text in EXCERPT.findall(page.read_text()):
            found += 1
            if not (ROOT / file).is_file():
                yield f"{page.name}: there is no {file}"
            elif text not in (ROOT / file).read_text():
                yield f"{page.name}: not in {file} any more: {text.splitlines()[0].strip()}"
    if found == 0:
        yield "no excerpts were found"


finish(list(problems()))
