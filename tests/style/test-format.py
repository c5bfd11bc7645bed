#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every .c file is as clang-format 14 leaves it (.clang-format); another version formats differently, so it is not asked."""
import os
import shutil
import subprocess

import repository
import tap


def unformatted(paths):
    program = shutil.which("clang-format-14")
    if not program:
        raise tap.Skip("clang-format-14 is not installed (other versions format differently)")
    done = subprocess.run([program, "--dry-run", "-Werror", "--ferror-limit=1", *paths], cwd=repository.ROOT,
                          capture_output=True, text=True, check=False)
    return sorted({line.split(":")[0] for line in done.stderr.splitlines() if "clang-format-violations" in line})


@tap.test("every C file is formatted (./dev format mends it)")
def _():
    bad = unformatted(repository.files(".c"))
    assert not bad, "not formatted: " + " ".join(bad)


@tap.test("a file with another style is found")
def _():
    path = os.path.join(os.environ.get("G_TEST_BUILDDIR", "/tmp"), "badly-formatted.c")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("int main(void){return 0;}\n")
    try:
        # Another folder has another .clang-format, or none: the style is given by the file's place, so name it.
        program = shutil.which("clang-format-14")
        if not program:
            raise tap.Skip("clang-format-14 is not installed (other versions format differently)")
        done = subprocess.run([program, "--dry-run", "-Werror", f"--style=file:{repository.ROOT}/.clang-format", path],
                              capture_output=True, text=True, check=False)
        assert done.returncode != 0
    finally:
        os.unlink(path)


tap.main()
