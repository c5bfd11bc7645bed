#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every source file has: a licence line, spaces for indentation, one newline at its end, a bearable length."""
import repository
import tap

LONGEST_FILE = 600


@tap.test("every source file begins with its licence")
def _():
    bad = [path for path in repository.files(".c", ".h", ".py") if "SPDX-License-Identifier: GPL-3.0-or-later"
           not in "\n".join(repository.text(path).splitlines()[:3])]
    assert not bad, "no licence line: " + " ".join(bad)


@tap.test("no tab, no blank at a line's end, exactly one newline at the end")
def _():
    bad = []
    for path in repository.files(".c", ".h", ".py", ".ui", "meson.build"):
        source = repository.text(path)
        if "\t" in source or any(line != line.rstrip() for line in source.splitlines()) or not source.endswith("\n") or \
           source.endswith("\n\n"):
            bad.append(path)
    assert not bad, "untidy: " + " ".join(bad)


@tap.test(f"no file of the program is longer than {LONGEST_FILE} lines")
def _():
    # Generated tables say so in their first lines and are no reading matter.
    bad = [path for path in repository.files(".c", ".h", under=("src",))
           if (count := repository.text(path).count("\n")) > LONGEST_FILE
           and "generated" not in "\n".join(repository.text(path).splitlines()[:5]).lower()]
    assert not bad, "too long: " + " ".join(bad)


tap.main()
