# SPDX-License-Identifier: Apache-2.0
"""How the tables look."""


def mark(good):
    return "" if good else "  over the goal"


def head(what, *columns):
    """The first column is wide, the others have the width that stands behind their names."""
    print("\n" + f"{what:42}" + "".join(f" {name:>{width}}" for name, width in columns))


def compared(what, ours, bare, goal):
    """One row of CPU time: of ours, of the bare program, their ratio, and its goal."""
    ratio = ours / bare
    print(f"{what:42} {ours:8.2f} {bare:8.2f} {ratio:6.2f} {f'<= {goal:.2f}':>12}{mark(ratio <= goal)}")
