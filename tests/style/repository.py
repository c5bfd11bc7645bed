# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the source tree, as the style tests want them: without what git ignores, also where there is no git."""
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "tools"))

NOT_OURS = ("_build", "build", ".git", "__pycache__")


def files(*suffixes, under=("src", "tests", "ui", "resources", "data")):
    """Paths from the root, sorted, of the files that end in one of the suffixes."""
    found = []
    for top in under:
        for folder, folders, names in os.walk(os.path.join(ROOT, top)):
            folders[:] = [name for name in folders if not name.startswith(NOT_OURS)]
            found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in names if name.endswith(suffixes)]
    return sorted(found)


def text(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as stream:
        return stream.read()
