#!/usr/bin/env python3
"""Seconds from an edit to its verdict: `tito test NN` after a comment was added to a header of module NN.

    python3 tests/performance/edit_to_verdict.py              all modules, ten times each
    python3 tests/performance/edit_to_verdict.py --runs 3 02 03

It works on a copy of the course in build/edit_to_verdict in which every module is solved, with the tito that is
built. Tab-separated as tests/performance/harness.hpp has it: workload impl threads median min max unit foreign; and
behind that the median of the processor seconds.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def solved_copy():
    """The course as a student has it who wrote everything. The cache of earlier runs stays."""
    copy = ROOT / "build" / "edit_to_verdict"
    copy.mkdir(parents=True, exist_ok=True)
    for name in ("cmake", "datasets", "grader", "solutions", "tests", "tito", "modules"):
        shutil.rmtree(copy / name, ignore_errors=True)
        shutil.copytree(ROOT / name, copy / name)
    shutil.copytree(ROOT / "solutions", copy / "modules", dirs_exist_ok=True)
    return copy


def busy_seconds():
    """Of all processors together, since the machine started."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    ticks = [int(field) for field in fields]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")  # not idle, not waiting for a disk


def verdict(copy, number):
    """Seconds by the clock, processor seconds, and how much of the machine others used."""
    before, busy, start = os.times(), busy_seconds(), time.monotonic()
    run = subprocess.run([ROOT / "build/tools/bin/tito", "test", number], cwd=copy, capture_output=True, text=True,
                         env={**os.environ, "TINYTORCH_ROOT": str(copy)})
    seconds, after = time.monotonic() - start, os.times()
    if run.returncode != 0:
        sys.exit(f"tito test {number} in {copy}: exit code {run.returncode}, expected 0\n{run.stdout}{run.stderr}")
    own = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, own, max(0.0, (busy_seconds() - busy - own) / seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("modules", nargs="*", help="such as 03; without any, all")
    arguments = parser.parse_args()
    copy = solved_copy()
    for folder in sorted((copy / "modules").glob("[01][0-9]_*")):
        number = folder.name[:2]
        if arguments.modules and number not in arguments.modules:
            continue
        header = next(file for file in sorted(folder.glob("*.hpp")) if "TODO(" in file.read_text())
        text = header.read_text()
        verdict(copy, number)  # what does not depend on the edit is then in the cache
        runs = []
        for i in range(arguments.runs):
            header.write_text(f"{text}// edit {i} of {time.time_ns()}\n")
            runs.append(verdict(copy, number))
        header.write_text(text)
        seconds = [run[0] for run in runs]
        numbers = [statistics.median(seconds), min(seconds), max(seconds)]
        print(f"edit_to_verdict_{number}", "student", os.cpu_count(), *(f"{n:.2f}" for n in numbers), "s",
              f"{statistics.median(run[2] for run in runs):.2f}", f"{statistics.median(run[1] for run in runs):.1f}",
              sep="\t", flush=True)


if __name__ == "__main__":
    main()
