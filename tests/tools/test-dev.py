#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev, run in a folder of its own with make-believe tools: what it installs, when it asks nobody, what it says when it cannot."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import tap  # noqa: E402

DEV = os.path.join(HERE, "..", "..", "dev")
# Programs that ./dev itself is written with; everything else on its PATH is make-believe.
REAL = ("bash", "env", "awk", "cat", "dirname", "grep", "ls", "paste", "printf", "readlink", "rm", "sed", "sort", "tail", "mkdir", "touch")
TOOLS = ("cc", "meson", "ninja", "msgfmt", "glib-compile-resources", "pkg-config")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.chmod(path, 0o755)


def run(*arguments, user=0, absent=(), extra=(), modules=True, environment=None):
    """Runs ./dev there; returns (status, what it said, what the package manager was asked, folder contents)."""
    with tempfile.TemporaryDirectory() as folder:
        place, tools, log = os.path.join(folder, "tree"), os.path.join(folder, "bin"), os.path.join(folder, "log")
        os.makedirs(place)
        os.makedirs(tools)
        shutil.copy(DEV, place)
        for name in REAL:
            os.symlink(shutil.which(name), os.path.join(tools, name))
        for name in TOOLS:
            if name not in absent:
                write(os.path.join(tools, name), f'#!/bin/sh\necho "{name} $*" >>{log}\n')
        write(os.path.join(tools, "pkg-config"), f"#!/bin/sh\nexit {0 if modules else 1}\n")
        write(os.path.join(tools, "meson"), f'#!/bin/sh\necho "meson $*" >>{log}\nmkdir -p "$2" && echo "$PWD" >"$2/build.ninja"\n')
        write(os.path.join(tools, "id"), f"#!/bin/sh\necho {user}\n")
        for name in extra:
            write(os.path.join(tools, name), f'#!/bin/sh\necho "{name} $*" >>{log}\n'
                  + ('exec "$@"\n' if name == "sudo" else ""))
        write(os.path.join(place, "_build/src/cli/semblance-cli"), '#!/bin/sh\necho drawn >"$4"\n')
        write(os.path.join(place, "_build/src/app/semblance"), f'#!/bin/sh\necho "window $*" >>{log}\n')
        write(os.path.join(place, "_build/build.ninja"), place)
        done = subprocess.run(["bash", os.path.join(place, "dev"), *arguments], cwd=place, capture_output=True, text=True,
                              check=False, env={"PATH": tools, **(environment or {})})
        asked = open(log, encoding="utf-8").read() if os.path.exists(log) else ""
        return done.returncode, done.stdout + done.stderr, asked, os.listdir(place)


@tap.test("with everything there no package manager is asked")
def _():
    status, said, asked, _ = run("build", extra=("apt-get", "sudo"))
    assert status == 0 and "apt-get" not in asked and "sudo" not in asked and "install" not in said, (said, asked)
    assert "ninja -C _build" in asked


@tap.test("root on Debian: it says what it will install, updates, installs, builds; no sudo")
def _():
    status, said, asked, _ = run("build", modules=False, absent=("msgfmt",), extra=("apt-get", "apt-cache", "sudo"))
    assert status == 0, said
    named = re.search(r"will install with apt-get: (.*)", said)[1].split()
    assert {"libgtk-4-dev", "libadwaita-1-dev", "liblapacke-dev", "gettext"} <= set(named) and "meson" not in named, named
    lines = asked.splitlines()
    assert lines[0] == "apt-get -q update" and lines[1].startswith("apt-get -q install -y --no-install-recommends "), lines
    assert set(named) <= set(lines[1].split()) and "sudo" not in asked and lines[-1] == "ninja -C _build", lines


@tap.test("an ordinary user: by sudo, or a sentence and a failure where there is none")
def _():
    status, said, asked, _ = run("build", user=1000, modules=False, extra=("apt-get", "apt-cache", "sudo"))
    assert status == 0 and "sudo env DEBIAN_FRONTEND=noninteractive apt-get -q update" in asked, (said, asked)
    status, said, asked, _ = run("build", user=1000, modules=False, extra=("apt-get",))
    assert status == 1 and "libgtk-4-dev" in said and "as root" in said and asked == "", (said, asked)


@tap.test("other systems: dnf and pacman by their own names, and a sentence where there is none of the three")
def _():
    assert "dnf install -y" in (asked := run("build", modules=False, extra=("dnf",))[2]) and "gtk4-devel" in asked, asked
    assert "pacman -Sy --needed" in (asked := run("build", modules=False, extra=("pacman",))[2]) and " gtk4" in asked, asked
    status, said, _, _ = run("build", modules=False)
    assert status == 1 and "neither apt, dnf nor pacman" in said, said


@tap.test("run without a display says so and draws the overview; with one it starts the window")
def _():
    status, said, asked, files = run("run")
    assert status == 0 and "no display" in said and "semblance.png" in files and "window" not in asked, (said, asked)
    status, said, asked, files = run("run", "a b.txt", environment={"DISPLAY": ":7"})
    assert status == 0 and "window a b.txt" in asked and "semblance.png" not in files, (said, asked)


@tap.test("wrong usage is told and fails")
def _():
    for arguments in ((), ("fly",)):
        status, said, _, _ = run(*arguments)
        assert status == 2 and "./dev run" in said and "./dev test" in said, said


tap.main()
