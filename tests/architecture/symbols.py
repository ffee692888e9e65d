#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The pure libraries, given as arguments, must not need threads, clocks, sockets, stores or logs."""
import re
import subprocess
import sys

from source_tree import finish

BANNED = re.compile(
    r"pthread_(create|join|mutex|cond)|clock|gettimeofday|\btime\b|nanosleep|socket|\bopen(64)?\b|fopen"
    r"|sqlite3_|spdlog|Poco|fstream|_ZNSt6thread|random_device")
# What sanitizers add is not ours.
IGNORED = re.compile(r"__(asan|ubsan|tsan|sanitizer)_")


def needed_by(library):
    listing = subprocess.run(["nm", "-uC", library], check=True, capture_output=True, text=True).stdout
    return sorted({line.split(None, 1)[1] for line in listing.splitlines() if line.strip().startswith("U ")})


def problems():
    for library in sys.argv[1:]:
        for symbol in needed_by(library):
            if BANNED.search(symbol) and not IGNORED.search(symbol):
                yield f"{library} needs {symbol}"


assert len(sys.argv) > 1, "no libraries were given"
finish(list(problems()))
