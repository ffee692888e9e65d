#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds sdk/abi/abi.lock against the boundary headers.

    abi_lock.py check               fails when the headers changed and AJOUR_ABI_VERSION did not
    abi_lock.py renew               after AJOUR_ABI_VERSION was raised
    abi_lock.py renew --unreleased  with the same number, as long as no release has it

What counts are the headers' tokens: comments, spaces, line breaks and the order of includes do not.
"""
import argparse
import hashlib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMENT_OR_LITERAL = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|\w+|[^\w\s]')
RENEW = "python3 tests/package/abi_lock.py renew"


def without_comments(text):
    """Comments become one space; texts that look like comments stay."""
    return COMMENT_OR_LITERAL.sub(lambda m: " " if m[0][0] == "/" else m[0], text)


def tokens_of(text):
    """Directives a line each, with the includes sorted in front; the rest in one line."""
    includes, rest = [], []
    for line in without_comments(text.replace("\\\n", " ")).split("\n"):
        tokens = " ".join(TOKEN.findall(line))
        if tokens.startswith("# include"):
            includes.append(tokens)
        elif tokens.startswith("#"):
            rest.append("\n" + tokens + "\n")
        else:
            rest.append(tokens)
    return "\n".join(sorted(includes)) + "\n" + " ".join(filter(None, rest))


def hash_of(headers):
    digest = hashlib.sha256()
    for header in sorted(headers.rglob("*.h*")):
        digest.update(f"\n== {header.relative_to(headers).as_posix()}\n".encode())
        digest.update(tokens_of(header.read_text(encoding="utf-8")).encode())
    return digest.hexdigest()


def number_of(headers):
    text = (headers / "ajour/sdk/abi.h").read_text(encoding="utf-8")
    return int(re.search(r"^#define AJOUR_ABI_VERSION (\d+)$", text, re.MULTILINE)[1])


def read_lock(lock):
    if not lock.exists():
        return None, None
    text = lock.read_text(encoding="utf-8")
    number = re.search(r"^abi (\d+)$", text, re.MULTILINE)
    digest = re.search(r"^sha256 ([0-9a-f]{64})$", text, re.MULTILINE)
    if not number or not digest:
        sys.exit(f"{lock}: found no lines 'abi N' and 'sha256 DIGEST'")
    return int(number[1]), digest[1]


def fault_of(number, digest, locked_number, locked_digest):
    """One sentence, or None."""
    if locked_number is None:
        return f"there is no sdk/abi/abi.lock: {RENEW}"
    if number == locked_number and digest != locked_digest:
        return (f"the boundary headers changed, but AJOUR_ABI_VERSION is still {number}: "
                f"raise it in sdk/include/ajour/sdk/abi.h, then {RENEW}")
    if number != locked_number:
        return f"AJOUR_ABI_VERSION is {number}, sdk/abi/abi.lock says {locked_number}: {RENEW}"
    return None


def renew(lock, number, digest, locked_number, locked_digest, unreleased):
    if locked_number is not None and number < locked_number:
        sys.exit(f"AJOUR_ABI_VERSION went down from {locked_number} to {number}")
    if number == locked_number and digest != locked_digest and not unreleased:
        sys.exit(fault_of(number, digest, locked_number, locked_digest))
    lock.parent.mkdir(exist_ok=True)
    lock.write_text(
        "# The plugin boundary: its number and the digest of the tokens of its headers.\n"
        f"# Renewed with: {RENEW}\n"
        f"abi {number}\nsha256 {digest}\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("action", choices=["check", "renew"])
    parser.add_argument("--unreleased", action="store_true")
    parser.add_argument("--root", type=pathlib.Path, default=ROOT)
    arguments = parser.parse_args()
    headers = arguments.root / "sdk/include"
    lock = arguments.root / "sdk/abi/abi.lock"
    facts = (number_of(headers), hash_of(headers), *read_lock(lock))
    if arguments.action == "renew":
        renew(lock, *facts, arguments.unreleased)
    elif fault_of(*facts):
        sys.exit(fault_of(*facts))


if __name__ == "__main__":
    main()
