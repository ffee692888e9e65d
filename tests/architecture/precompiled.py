#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A test includes what it uses, itself or by a header of ours: builds that optimize have no precompiled headers, which
would hide that it does not."""
import functools
import re

from source_tree import ROOT, finish, includes, sources

MATCHERS = r"""AllOf|AnyOf|Contains(Regex)?|Each|ElementsAre\w*|EndsWith|Eq|Field|Ge|Gt|HasSubstr|IsEmpty|IsSubsetOf|IsSupersetOf
|Key|Le|Lt|MatchesRegex|Ne|Not|Optional|Pair|Pointee|Property|SizeIs|StartsWith|StrEq|UnorderedElementsAre\w*"""
GOOGLE = {"gtest/gtest.h", "gmock/gmock.h", "benchmark/benchmark.h"}
# Words, and the headers of which one must be included where they stand. GoogleTest brings the rest of the standard
# headers that tests/CMakeLists.txt precompiles.
WORDS = [
    (re.compile(r"^\s*(TEST|TEST_F|TEST_P)\(", re.MULTILINE), {"gtest/gtest.h", "gmock/gmock.h"}),
    (re.compile(rf"\b((EXPECT|ASSERT)_THAT|MOCK_METHOD|(EXPECT|ON)_CALL)\(|\btesting::({MATCHERS})\b", re.VERBOSE),
     {"gmock/gmock.h"}),
    (re.compile(r"\bstd::chrono\b"), {"chrono"}),
    (re.compile(r"\bstd::filesystem\b"), {"filesystem"}),
    (re.compile(r"\bstd::[io]?fstream\b"), {"fstream"}),
    (re.compile(r"\bstd::(scoped_lock|lock_guard|unique_lock|mutex)\b"), {"mutex", "condition_variable", *GOOGLE}),
    (re.compile(r"\bstd::span\b"), {"span"}),
    (re.compile(r"\bstd::string_view\b"), {"string_view", "string", *GOOGLE}),
    (re.compile(r"\bstd::(this_thread|j?thread)\b"), {"thread"}),
    (re.compile(r"\bstd::(variant|visit|get_if|holds_alternative|monostate)\b"), {"variant", *GOOGLE}),
]
FILES = sources()


@functools.cache
def reached(path):
    """Names of all headers that a file includes, and of those that headers of ours include."""
    found = set()
    for _, name in includes(path):
        found.add(name)
        for ours in (each for each in FILES if each.endswith("/" + name)):
            found |= reached(ours)
    return found


def problems():
    for path in FILES:
        if not path.startswith("tests/") or not path.endswith(".cpp"):
            continue
        text = (ROOT / path).read_text()
        for words, headers in WORDS:
            used = words.search(text)
            if used and not headers & reached(path):
                yield f"{path}: '{used.group(0).strip()}' needs <{sorted(headers)[0]}>"


finish(list(problems()))
