#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count-tests.py TESTLOG.json MESON_STATUS: the verdict over a whole run of meson test.

Counts every TAP subtest, and every program that speaks no TAP as one test.  Names what failed and what was skipped, with the
reason.  Last line: "N passed, N failed, N skipped".  Exit status 0 only if nothing failed and something passed.
"""
import json
import re
import sys

LINE = re.compile(r"^(not )?ok\b\s*(\d+)?\s*(?:-\s*)?([^#]*?)\s*(?:#\s*(SKIP|TODO)\w*\b\s*(.*))?$", re.I)
GOOD = {"OK", "EXPECTEDFAIL"}


def tap_lines(text):
    """(name, state, reason) for each top-level TAP test line; state is ok, fail or skip."""
    for line in text.splitlines():
        match = LINE.match(line)
        if match:
            failed, number, name, directive, reason = match.groups()
            directive = (directive or "").upper()
            if directive == "SKIP":
                state = "skip"
            else:
                state = "fail" if failed and directive != "TODO" else "ok"
            yield name or number or "?", state, reason or ""


def last_line(text):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


def count(records):
    passed, failed, skipped = 0, [], []
    for record in records:
        name, result, output = record["name"], record["result"], record.get("stdout") or ""
        lines = list(tap_lines(output))
        bad = [f"{name}: {case}" for case, state, _ in lines if state == "fail"]
        if lines:
            passed += sum(state == "ok" for _, state, _ in lines)
            skipped += [(f"{name}: {case}", why or "no reason given") for case, state, why in lines if state == "skip"]
        elif result == "SKIP":
            why = re.search(r"^1\.\.0\s*#\s*SKIP\S*\s*(.*)", output, re.M | re.I)
            skipped.append((name, why[1] if why else last_line(output + "\n" + (record.get("stderr") or ""))))
        elif result in GOOD:
            passed += 1
        # A program that crashed or ran out of time may have failed none of its cases.
        if result not in GOOD | {"SKIP"} and not bad:
            bad.append(f"{name}: {result.lower()}, exit status {record.get('returncode')}")
        failed += bad
    return passed, failed, skipped


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        with open(sys.argv[1], encoding="utf-8") as stream:
            records = [json.loads(line) for line in stream if line.strip()]
    except (OSError, ValueError) as error:
        print(f"count-tests: no test log: {error}")
        records = []
    passed, failed, skipped = count(records)
    if int(sys.argv[2]) != 0 and not failed:
        failed.append(f"meson test ended with {sys.argv[2]}")
    for name, reason in skipped:
        print(f"skipped: {name}: {reason}")
    for name in failed:
        print(f"FAILED: {name}")
    if not passed and not failed:
        failed.append("nothing")
        print("FAILED: no test ran")
    print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
