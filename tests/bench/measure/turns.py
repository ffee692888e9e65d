# SPDX-License-Identifier: Apache-2.0
"""Turns inside one process, without any transport."""
import json
import re
import subprocess

from measure.programs import BIN, run
from measure.table import head, mark

TARGETS = ["bench_turn"]


def measure():
    printed = run(BIN / "bench_turn", "--benchmark_format=json", "--benchmark_repetitions=5",
                  "--benchmark_min_time=0.3", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    best = {}
    for row in json.loads(printed.stdout)["benchmarks"]:
        if row["run_type"] != "iteration":
            continue
        allocations = max(row["allocations"], best.get(row["run_name"], (0, 0))[1])
        fastest = min(row["cpu_time"], best.get(row["run_name"], (1e18, 0))[0])
        best[row["run_name"]] = (fastest, allocations)
    return best


def show_ratio(best, kind, pattern):
    times = {int(re.search(r"devices:(\d+)", name)[1]): ns for name, (ns, _) in best.items()
             if name.startswith(kind + "/") and f"uniform:{pattern}" in name}
    ratio = max(times.values()) / times[min(times)]
    what = f"{kind}, {'all devices' if pattern else '1,000 active'}: worst / one device"
    print(f"{what:42} {ratio:8.2f} {'':6} {'<= 1.30':>22}{mark(ratio <= 1.3)}")


def show(_):
    best = measure()
    head("turn (in memory)", ("ns", 8), ("heap", 6), ("goal", 22))
    for name, (ns, allocations) in best.items():
        print(f"{name:42} {ns:8.0f} {allocations:6.2f} {'<= 1500 ns, heap 0':>22}"
              f"{mark(ns <= 1500 and allocations == 0)}")
    for kind in sorted({name.split("/")[0] for name in best}):
        for pattern in (0, 1):
            show_ratio(best, kind, pattern)
