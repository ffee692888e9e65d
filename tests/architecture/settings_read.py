#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every setting of the host that is declared, and so documented, is read somewhere."""
import re

from source_tree import ROOT, finish, sources

ROWS = "core/settings/host_rows.cpp"
ROW = re.compile(r'\b\w+_setting\(\s*"([a-z0-9_.]+)"')
TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def problems():
    declared = ROW.findall((ROOT / ROWS).read_text())
    assert len(declared) > 30, "the declarations are not where they were"
    readers = [path for path in sources("core") if not path.startswith("core/cli/")]
    texts = [text for path in readers for text in TEXT.findall((ROOT / path).read_text())]
    for key in declared:
        if texts.count(key) < 2:  # once where it is declared
            yield f"{ROWS}: {key} is declared, and nothing reads it"


finish(list(problems()))
