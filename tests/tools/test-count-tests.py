#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The counter behind `./dev test`: passes, failures and skips are told apart, and a crash is never a success."""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import tap  # noqa: E402


def run(records, status=0):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
        log.write("".join(json.dumps(record) + "\n" for record in records))
        log.flush()
        done = subprocess.run([sys.executable, os.path.join(HERE, "count-tests.py"), log.name, str(status)],
                              capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def record(name, result, stdout="", code=0):
    return {"name": name, "result": result, "stdout": stdout, "returncode": code}


@tap.test("TAP cases are counted one by one, and a skip is named with its reason")
def _():
    output = "TAP version 13\n# random seed: R02S\n1..3\nok 1 /a/b\nok 2 /a/c # SKIP no ../shared here\nok 3 /a/d\n"
    assert run([record("unit", "OK", output)]) == \
        (0, ["skipped: unit: /a/c: no ../shared here", "2 passed, 0 failed, 1 skipped"])


@tap.test("a failed case is named and makes the whole run fail")
def _():
    code, lines = run([record("unit", "FAIL", "1..2\nok 1 /a\nnot ok 2 /b\n", 1)], 1)
    assert code == 1 and lines == ["FAILED: unit: /b", "1 passed, 1 failed, 0 skipped"], lines


@tap.test("a program that crashes after good cases has failed")
def _():
    code, lines = run([record("unit", "ERROR", "1..2\nok 1 /a\n", -11)], 1)
    assert code == 1 and lines == ["FAILED: unit: error, exit status -11", "1 passed, 1 failed, 0 skipped"], lines


@tap.test("a program without TAP is one test, also when it skips itself")
def _():
    code, lines = run([record("a", "OK"), record("b", "SKIP", "needs clang-format 14\n", 77), record("c", "TIMEOUT")], 1)
    assert code == 1
    assert lines == ["skipped: b: needs clang-format 14", "FAILED: c: timeout, exit status 0", "1 passed, 1 failed, 1 skipped"], lines


@tap.test("indented subtests belong to the case after them")
def _():
    assert run([record("unit", "OK", "1..1\n    ok 1 inner\n    ok 2 inner\nok 1 outer\n")])[1][-1] == "1 passed, 0 failed, 0 skipped"


@tap.test("no log, no test and an unexplained status are failures")
def _():
    assert run([])[0] == 1
    assert run([record("a", "OK")], 1) == (1, ["FAILED: meson test ended with 1", "1 passed, 1 failed, 0 skipped"])


tap.main()
