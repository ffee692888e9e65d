#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Small rules that a compiler does not know."""
import re

from source_tree import ROOT, finish, sources

LICENCE = "SPDX-License-Identifier: Apache-2.0"
# What must not stand in a file, where, and why.
BANNED = [
    (re.compile(r"^\s*using namespace", re.MULTILINE), re.compile(r"\.hpp$"),
     "a header takes no namespace into others"),
    (re.compile(r"\b(TODO|FIXME|XXX)\b"), re.compile(r"."), "finish it, or write an issue"),
    (re.compile(r"std::this_thread::sleep_|\busleep\(|\bsleep\("), re.compile(r"^core/(?!app/)"),
     "wait for something, with a deadline"),
    (re.compile(r"\bdynamic_cast<"), re.compile(r"^(core/plugin_host|plugins|sdk)/"), "no down-casts across a boundary"),
    (re.compile(r"\.detach\(\)"), re.compile(r"^(core|plugins|sdk)/"), "no detached threads"),
    (re.compile(r"\b(malloc|calloc|realloc|free|printf)\("), re.compile(r"^mcu/src/"),
     "no heap and no output in the runtime"),
]
VAGUE = re.compile(r"(class|struct) +\w*(Manager|Helper|Util|Utils|Impl|Base)\b")


def problems():
    for path in sources():
        text = (ROOT / path).read_text()
        if LICENCE not in text.split("\n", 2)[0] + text.split("\n", 2)[1]:
            yield f"{path}: the first line is the licence: {LICENCE}"
        if path.endswith(".hpp") and "#pragma once" not in text:
            yield f"{path}: a header has #pragma once"
        for pattern, where, why in BANNED:
            found = pattern.search(text) if where.search(path) else None
            if found:
                yield f"{path}: '{found.group(0).strip()}': {why}"
        vague = VAGUE.search(text)
        if vague:
            yield f"{path}: '{vague.group(0)}': name it after what it does"


finish(list(problems()))
