# SPDX-License-Identifier: GPL-3.0-or-later
"""A few lines of TAP for tests written in Python: collect functions, run them, print one line each.

    @tap.test("what must be true")
    def _():
        assert ...

    tap.main()
"""
import sys
import traceback

_cases = []


class Skip(Exception):
    """Raise it with the reason for which a test cannot run here."""


def test(name):
    def register(function):
        _cases.append((name, function))
        return function
    return register


def main():
    wanted = sys.argv[1:]
    cases = [case for case in _cases if not wanted or any(word in case[0] for word in wanted)]
    print(f"1..{len(cases)}", flush=True)
    failed = 0
    for number, (name, function) in enumerate(cases, 1):
        try:
            function()
            print(f"ok {number} {name}", flush=True)
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}", flush=True)
        except Exception:  # noqa: BLE001 - whatever it was, the test has failed and the next one runs
            failed += 1
            print(f"not ok {number} {name}", flush=True)
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)
