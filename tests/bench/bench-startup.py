#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-startup.py SEMBLANCE BARE [STARTS]: from exec to the first complete picture, and memory, against a bare window.

Both programs are started by turns on one private display, after a warm-up of each.  Time is taken from outside, from the
moment exec has happened to the program's own line in SEMBLANCE_TRACE; memory is the resident set without the mapped model.
Prints figures; never fails on one.
"""
import json
import os
import re
import statistics
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "..", "display"))
from figures import row
try:
    import session
except ImportError as problem:
    print(f"skipped: {problem}")
    sys.exit(77)

def resident_mib(pid):
    """(all, private and shared libraries but no model file) of the resident set."""
    total = model = 0
    in_model = False
    with open(f"/proc/{pid}/smaps", encoding="utf-8") as stream:
        for line in stream:
            if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
                in_model = "/models/" in line
            elif line.startswith("Rss:"):
                size = int(line.split()[1])
                total += size
                model += size if in_model else 0
    return total / 1024, (total - model) / 1024


def cpu_ms(pid):
    """Of all threads it still has, to the nanosecond, where /proc/PID/stat counts hundredths of a second."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as stream:
            total += int(stream.read().split()[0])
    return total / 1e6


def start_once(desktop, argv):
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "trace")
        process = desktop.spawn("program", argv, env=dict(desktop.environment, SEMBLANCE_TRACE=trace))
        begin = time.perf_counter()
        while True:
            if process.poll() is not None:
                raise RuntimeError(f"{argv[0]} ended with {process.returncode}: {desktop.log('program')[-500:]}")
            if os.path.exists(trace):
                with open(trace, encoding="utf-8") as stream:
                    events = [json.loads(line) for line in stream.read().splitlines(keepends=True) if line.endswith("\n")]
                found = [event for event in events if event["event"] == "first-picture"]
                if found:
                    break
            if time.perf_counter() - begin > 60:
                raise RuntimeError(f"{argv[0]}: no first-picture within 60 s")
            time.sleep(0.0005)
        wall = (time.perf_counter() - begin) * 1000
        desktop.settle(limit=3)
        result = {"wall_ms": wall, "own_ms": found[0]["t_ms"], "cpu_ms": cpu_ms(process.pid)}
        result["rss_mib"], result["rss_without_model_mib"] = resident_mib(process.pid)
        desktop._stop(process)
        return result


def main():
    programs = {"semblance": [sys.argv[1]], "bare": [sys.argv[2]]}
    starts = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    absent = session.missing()
    if absent:
        print("skipped:", absent)
        sys.exit(77)
    figures = {name: [] for name in programs}
    desktop = session.Session()
    try:
        for argv in programs.values():
            start_once(desktop, argv)
        for _ in range(starts):
            for name, argv in programs.items():
                figures[name].append(start_once(desktop, argv))
    finally:
        desktop.close()
    median = {name: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for name, runs in figures.items()}
    lowest = {name: min(run["wall_ms"] for run in runs) for name, runs in figures.items()}
    for name, value in median.items():
        print(f"{name:10} first picture {value['wall_ms']:6.1f} ms (lowest {lowest[name]:.1f}, its own figure {value['own_ms']:.1f})  "
              f"CPU {value['cpu_ms']:5.0f} ms  resident {value['rss_mib']:5.1f} MiB, without the model {value['rss_without_model_mib']:5.1f}")
    of = [median[name] for name in ("semblance", "bare")]
    row("start to the first picture", of[0]["wall_ms"] / of[1]["wall_ms"], "x a bare window", 1.3, f"{of[0]['wall_ms']:.0f} ms")
    row("start to the first picture, lowest of each", lowest["semblance"] / lowest["bare"], "x a bare window", 1.3)
    row("start to the first picture, processor time", of[0]["cpu_ms"] / of[1]["cpu_ms"], "x a bare window")
    row("memory with the overview drawn", of[0]["rss_without_model_mib"] / of[1]["rss_without_model_mib"], "x a bare window", 2)
    print(f"start-up ratio {median['semblance']['wall_ms'] / median['bare']['wall_ms']:.2f} (bar 1.3), lowest of each "
          f"{lowest['semblance'] / lowest['bare']:.2f}, CPU ratio {median['semblance']['cpu_ms'] / median['bare']['cpu_ms']:.2f}; "
          f"memory ratio {median['semblance']['rss_without_model_mib'] / median['bare']['rss_without_model_mib']:.2f} (bar 2), "
          f"{starts} starts each, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
