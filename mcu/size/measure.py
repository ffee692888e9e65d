#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles the runtime for a Cortex-M0+ and compares its flash and RAM with the budget.

RAM is the client's struct plus the deepest chain of calls below the public functions; what a
port's storage functions need comes on top, for they are the port's. Nothing is linked.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
FLAGS = ["-std=c11", "-mcpu=cortex-m0plus", "-mthumb", "-Os", "-ffreestanding",
         "-fcallgraph-info=su", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion",
         "-Werror"]
ROOTS = ["ajour_client_init", "ajour_client_compose", "ajour_client_accept"]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def sections(tool, objects):
    """(name, text, data, bss) of each object file."""
    rows = run(f"{tool}size", *map(str, objects)).splitlines()[1:]
    return [(pathlib.Path(row.split()[5]).name, *map(int, row.split()[:3])) for row in rows]


def size_of_client(tool, include, directory):
    probe = directory / "probe.c"
    probe.write_text('#include "ajour/ajour_client.h"\nstruct ajour_client probe;\n')
    run(f"{tool}gcc", *FLAGS, "-I", include, "-c", probe, "-o", directory / "probe.o")
    return sections(tool, [directory / "probe.o"])[0][3]


def call_graph(directory):
    """Stack bytes of each function, and whom it calls."""
    stack, calls = {}, {}
    for graph in directory.glob("*.ci"):
        text = graph.read_text()
        for name, label in re.findall(r'node: \{ title: "([^"]+)" label: "([^"]+)"', text):
            own = re.search(r"(\d+) bytes \((\w+)", label)
            if own and own[2] != "static":
                sys.exit(f"{name} has a stack of unknown size")
            if own:
                stack[name] = int(own[1])
        for caller, callee in re.findall(r'sourcename: "([^"]+)" targetname: "([^"]+)"', text):
            calls.setdefault(caller, set()).add(callee)
    return stack, calls


def deepest(name, stack, calls, above=()):
    """(bytes, chain) of the worst chain of calls that starts at a function."""
    if name in above:
        sys.exit(f"recursion: {' > '.join(above)} > {name}")
    below = [deepest(callee, stack, calls, (*above, name)) for callee in calls.get(name, ())]
    worst, chain = max(below, default=(0, ()))
    return worst + stack.get(name, 0), (name.split(":")[-1], *chain)


def measure(tool, root, directory):
    objects = []
    for source in sorted((root / "src").glob("*.c")):
        objects.append(directory / f"{source.stem}.o")
        run(f"{tool}gcc", *FLAGS, "-I", root / "include", "-c", source, "-o", objects[-1])
    stack, calls = call_graph(directory)
    worst, chain = max(deepest(name, stack, calls) for name in ROOTS)
    return sections(tool, objects), size_of_client(tool, root / "include", directory), worst, chain


def report(rows, client, worst, chain, flash_budget, ram_budget):
    print(f"{'object':<12}{'text':>6}{'data':>6}{'bss':>6}")
    for row in rows:
        print(f"{row[0]:<12}{row[1]:>6}{row[2]:>6}{row[3]:>6}")
    flash = sum(row[1] + row[2] for row in rows)
    ram = client + worst + sum(row[2] + row[3] for row in rows)
    print(f"flash {flash} of {flash_budget} bytes")
    print(f"RAM   {ram} of {ram_budget} bytes: struct ajour_client {client}, worst stack {worst} "
          f"({' > '.join(chain)})")
    return flash <= flash_budget and ram <= ram_budget


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", default="arm-none-eabi-", help="prefix of the cross tools")
    parser.add_argument("--flash", type=int, default=4096, help="budget in bytes")
    parser.add_argument("--ram", type=int, default=512, help="budget in bytes")
    arguments = parser.parse_args()
    if shutil.which(f"{arguments.tool}gcc") is None:
        print(f"{arguments.tool}gcc is not installed")
        return 1 if os.environ.get("AJOUR_CI") else SKIPPED
    root = pathlib.Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as directory:
        measured = measure(arguments.tool, root, pathlib.Path(directory))
    if not report(*measured, arguments.flash, arguments.ram):
        print("over the budget")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
