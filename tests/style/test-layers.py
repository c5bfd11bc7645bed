#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dependency directions of README.md: a lower layer includes nothing of a higher one, nor a library that is not its own.

Meson gives each library only its own dependencies, but headers of GTK and cairo lie in folders that other dependencies
bring along; so this is asked of the text, too.
"""
import re

import repository
import tap

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
# For each layer: what its includes must not begin with.
FORBIDDEN = {
    "core": ("gtk/", "gdk/", "gsk/", "adwaita", "cairo", "pango/pangocairo", "draw/", "doc/", "app/", "cli/", "libsoup"),
    "doc": ("gtk/", "gdk/", "gsk/", "adwaita", "cairo", "pango/", "draw/", "app/", "cli/", "libsoup", "lapacke", "cblas"),
    "draw": ("gtk/", "gdk/", "gsk/", "adwaita", "doc/", "app/", "cli/", "libsoup", "lapacke", "cblas"),
    "cli": ("gtk/", "gdk/", "gsk/", "adwaita", "doc/", "app/", "libsoup", "lapacke", "cblas"),
    "app": ("cli/", "lapacke", "cblas", "jansson", "libsoup"),
}
ONE_FILE = {"lapacke.h": "src/core/analysis/", "cblas.h": "src/core/"}


def offences(path, source):
    layer = path.split("/")[1]
    return [f"{path} includes {name}" for name in INCLUDE.findall(source) if name.startswith(FORBIDDEN.get(layer, ()))]


@tap.test("no layer includes what it must not")
def _():
    bad = [one for path in repository.files(".c", ".h", under=("src",)) for one in offences(path, repository.text(path))]
    assert not bad, "\n".join(bad)


@tap.test("a wrong include is found")
def _():
    assert offences("src/core/x.c", "#include <gtk/gtk.h>\n") and offences("src/doc/x.c", '#include "draw/theme.h"\n')
    assert not offences("src/draw/x.c", '#include "core/error.h"\n#include <cairo.h>\n')


@tap.test("LAPACKE and CBLAS are included below core only")
def _():
    bad = [path for path in repository.files(".c", ".h", under=("src",)) for name in INCLUDE.findall(repository.text(path))
           if name in ONE_FILE and not path.startswith(ONE_FILE[name])]
    assert not bad, "\n".join(bad)


@tap.test("the program that has no need of the network does not link it")
def _():
    # libsoup belongs to semblance-fetch alone: its folder is the only one whose meson.build names it.
    bad = [path for path in repository.files("meson.build", under=("src",))
           if "soup" in repository.text(path) and "fetch" not in repository.text(path)]
    assert not bad, "\n".join(bad)


tap.main()
