# SPDX-License-Identifier: GPL-3.0-or-later
"""How every test of the running program begins and ends: test-NAME.py SEMBLANCE SEMBLANCE-CLI [WORD...].

    from begin import SEMBLANCE, drive, main, tap
    ...
    main()

Where there can be no desktop the whole file is skipped, with the reason."""
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[1:1] = [os.path.join(_HERE, "..", folder) for folder in ("tools", "fetch", "cli")]
import tap  # noqa: E402

SEMBLANCE, CLI = sys.argv[1:3]
del sys.argv[1:3]  # what is left are words of the cases to run
BUILT_IN = os.path.normpath(os.path.join(_HERE, "..", "..", "data", "models", "semblance-en"))


def _skip(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


try:
    import drive  # noqa: F401 - for the tests
    import session
except ImportError as problem:
    _skip(problem)


def main():
    if absent := session.missing():
        _skip(absent)
    tap.main()
