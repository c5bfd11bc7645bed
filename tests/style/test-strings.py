#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translations: every file with text for the user is in po/POTFILES, and every language of po/LINGUAS is complete."""
import os
import re
import shutil
import subprocess
import tempfile

import repository
import tap

MARKED = re.compile(r'(?<![A-Za-z0-9_])(?:N?_|NG_|g_dngettext|ngettext|C_|NC_|g_dpgettext2)\s*\(')
TRANSLATABLE = re.compile(r'translatable="(?:yes|true)"')


def potfiles():
    return [line.strip() for line in repository.text("po/POTFILES").splitlines() if line.strip() and not line.startswith("#")]


def without_comments(source):
    """Nor macro definitions: they make marks, they use none."""
    return re.sub(r"/\*.*?\*/|//[^\n]*|^\s*#\s*define[^\n]*", " ", source, flags=re.S | re.M)


def has_strings(path, source):
    if path.endswith((".ui", ".lesson")):
        return bool(TRANSLATABLE.search(source)) or path.endswith(".lesson")
    if path.endswith(".gschema.xml"):
        return "<summary>" in source
    return bool(MARKED.search(without_comments(source)))


@tap.test("every file with text for the user is in po/POTFILES")
def _():
    listed = set(potfiles())
    sources = repository.files(".c", ".h", ".ui", ".lesson", ".gschema.xml", ".desktop.in", ".metainfo.xml.in",
                               under=("src", "ui", "resources", "data"))
    missing = [path for path in sources if path not in listed
               and (path.endswith((".desktop.in", ".metainfo.xml.in")) or has_strings(path, repository.text(path)))]
    assert not missing, "not in po/POTFILES: " + " ".join(missing)


@tap.test("po/POTFILES lists no file twice and none that is not there")
def _():
    listed = potfiles()
    assert len(listed) == len(set(listed)), "twice: " + " ".join(sorted({p for p in listed if listed.count(p) > 1}))
    gone = [path for path in listed if not os.path.exists(os.path.join(repository.ROOT, path))]
    assert not gone, "not there: " + " ".join(gone)


@tap.test("marked text is recognised, text in a comment is not")
def _():
    assert has_strings("a.c", 'x = _("Hello");') and has_strings("a.c", '{ N_("Map") },') and has_strings("a.c", "ngettext (a, b, n)")
    assert not has_strings("a.c", '/* _("Hello") */ int self_ (void);')


@tap.test("no marked text has a format macro inside: the catalogue would hold the half before it")
def _():
    broken = re.compile(r'\b(?:N?_|NG_|C_|NC_|ngettext)\s*\(\s*(?:"(?:[^"\\]|\\.)*"\s*,?\s*)*"(?:[^"\\]|\\.)*"\s*(?:G_|PRI)[A-Za-z0-9_]+')
    assert broken.search('NG_ ("and %" G_GSIZE_FORMAT " more", n)') and not broken.search('_ ("one"), G_MAXINT')
    bad = [path for path in repository.files(".c", under=("src",)) if broken.search(without_comments(repository.text(path)))]
    assert not bad, "format macro in a marked text: " + " ".join(bad)


def statistics(language):
    """(translated, fuzzy, untranslated) of a language against the strings that are in the sources now."""
    for program in ("xgettext", "msgmerge", "msgfmt"):
        if not shutil.which(program):
            raise tap.Skip(f"{program} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        pot, merged = os.path.join(folder, "now.pot"), os.path.join(folder, "now.po")
        run = lambda *argv: subprocess.run(argv, cwd=repository.ROOT, capture_output=True, text=True, check=True)  # noqa: E731
        listing = os.path.join(folder, "POTFILES")
        with open(listing, "w", encoding="utf-8") as stream:
            stream.write("\n".join(potfiles()) + "\n")
        run("xgettext", "--files-from=" + listing, "--output=" + pot, "--from-code=UTF-8", "--add-comments", "--keyword=_",
            "--keyword=N_", "--keyword=NG_:1,2", "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=g_dngettext:2,3",
            "--flag=N_:1:pass-c-format", "--flag=_:1:pass-c-format")
        run("msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file=" + merged, f"po/{language}.po", pot)
        done = run("msgfmt", "--check", "--statistics", "--output-file=/dev/null", merged)
    number = lambda word: int((re.search(rf"(\d+) {word}", done.stderr) or [0, 0])[1])  # noqa: E731
    return number("translated"), number("fuzzy"), number("untranslated")


@tap.test("every language of po/LINGUAS is complete: nothing untranslated, nothing fuzzy")
def _():
    for language in repository.text("po/LINGUAS").split():
        translated, fuzzy, untranslated = statistics(language)
        assert translated > 0 and (fuzzy, untranslated) == (0, 0), \
            f"{language}: {translated} translated, {fuzzy} fuzzy, {untranslated} untranslated"


tap.main()
