#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long files may be. The aims are a third of it; see docs/architecture.md."""
from source_tree import ROOT, finish, sources

LIMITS = {".hpp": 200, ".h": 200, ".cpp": 400, ".c": 400}


def problems():
    for path in sources():
        limit = LIMITS["." + path.rsplit(".", 1)[1]]
        lines = (ROOT / path).read_text().count("\n")
        if lines > limit:
            yield f"{path}: {lines} lines, at most {limit}: split it by behaviour"


finish(list(problems()))
