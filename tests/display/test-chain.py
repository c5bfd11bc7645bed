#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-chain.py SEMBLANCE SEMBLANCE-CLI: the chain in all directions - what is pointed at in one place is marked in all others, the
text entry with them - and what the Similarity page can be asked for."""
import re

from begin import drive, main, tap
from steps import running, table_rows, wait_for_strip, write_text

PICTURES = "Tokens", "Similarity heatmap", "Map"


def marked(program):
    """The spans of the text entry that have a background."""
    entry = program.find("text box", "Text")
    text, found, at = entry.text, [], 0
    while at < len(text):
        attributes, start, end = entry._call("Text", "GetAttributeRun", "(ib)", at, False)
        if "bg-color" in attributes:
            found.append(text[start:end])
        at = max(end, at + 1)
    return found


def wait_for_marks(program, words):
    program.wait_until(lambda: sorted(marked(program)) == sorted(words), f"{words} to be marked, not {marked(program)}")


def point(program, node, x, y, word):
    """At a place where that word is; again when an analysis that was still under way has taken the hover back."""
    def is_marked():
        program.hover(node, x, y)
        program.session.settle()
        return marked(program) == [word]
    program.wait_until(is_marked, f"{word} to be marked")


def looks(program):
    """What the pictures look like."""
    return {name: program.session.rows(*(int(value) for value in program.find("image", name, showing=True).box())) for name in PICTURES}


def wait_for_change(program, before):
    """Every picture has something lit that was not."""
    program.wait_until(lambda: all(now != before[name] for name, now in looks(program).items()), "all pictures to light up")


def rest(program):
    """The pointer on nothing."""
    program.session.move_pointer(2, 2)
    program.wait_until(lambda: not marked(program), "nothing to be marked")
    program.session.settle()
    return looks(program)


@tap.test("a token, a cell and a word of the text pointed at: marked in the text and in every picture")
def _():
    with running() as program:
        write_text(program, "sun moon star")
        wait_for_strip(program, "^3 words")
        before = rest(program)
        point(program, program.find("image", "Tokens", showing=True), 20, 20, "sun")
        wait_for_strip(program, "^sun, id")
        wait_for_change(program, before)

        before = rest(program)
        point(program, program.find("text box", "Text"), 26, 22, "sun")
        wait_for_strip(program, "^sun, id")
        wait_for_change(program, before)

        before = rest(program)
        program.hover(program.find("image", "Similarity heatmap", showing=True), 0.5, 0.6)
        match = wait_for_strip(program, r"^(\w+)(?: – (\w+))?,")
        wait_for_marks(program, [word for word in match.groups() if word])
        wait_for_change(program, before)


def is_menu_open(program):
    return any(window["popup"] for window in program.session.windows())


@tap.test("a context menu by the pointer: held, moved to where it opens, let go; GTK warns of nothing")
def _():
    with running() as program:
        write_text(program, "sun moon star")
        wait_for_strip(program, "^3 words")
        for name in PICTURES:
            rest(program)
            picture = program.find("image", name, showing=True)
            program.hover(picture, 0.4, 0.4)
            x, y, width, height = (int(value) for value in picture.box())
            program.session.press_button(3, True)
            program.session.settle()
            program.session.move_pointer(x + int(0.4 * width) + 8, y + int(0.4 * height) + 8)
            program.session.press_button(3, False)
            program.wait_until(lambda: is_menu_open(program), "the menu")
            program.key("Escape")
            program.wait_until(lambda: not is_menu_open(program), "the menu to close")


@tap.test("by keys: a cell, a point of the map, a row of the table")
def _():
    with running() as program:
        write_text(program, "sun moon star")
        wait_for_strip(program, "^3 words")
        before = rest(program)
        program.focus_by_tab("image", "Similarity heatmap")
        program.key("Right", "Right")
        match = wait_for_strip(program, r"^(\w+) – (\w+), cosine")
        wait_for_marks(program, match.groups())
        wait_for_change(program, before)
        program.key("Escape")
        wait_for_marks(program, [])
        program.focus_by_tab("image", "Map")
        program.key("Right")
        match = wait_for_strip(program, r"^(\w+), id")
        wait_for_marks(program, [match[1]])
        program.key("Escape", "F9")
        program.wait_until(lambda: len(table_rows(program)) == 3, "the table")
        program.focus_by_tab("row", "")
        program.key("Down")
        match = wait_for_strip(program, r"^(\w+), id")
        wait_for_marks(program, [match[1]])


@tap.test("one text against another: a blank line makes two, the first one's words are the rows")
def _():
    with running() as program:
        write_text(program, "sun moon")
        program.key("alt+3")
        picture = program.find("image", "Similarity heatmap", showing=True)
        program.activate("win.shape", drive.GLib.Variant("s", "against"))
        program.find("button", "Shape: first paragraph × the rest")
        program.key("ctrl+l", "ctrl+End", "Return", "Return")
        program.type("king queen")
        wait_for_strip(program, "^4 words")
        program.focus_by_tab("image", "Similarity heatmap")
        program.key("Right")
        wait_for_strip(program, "^sun – king, cosine")
        wait_for_marks(program, ["sun", "king"])
        program.key("Down", "Right")
        wait_for_strip(program, "^moon – queen, cosine")
        assert picture.description.startswith("4 words"), picture.description


@tap.test("the colour range by hand: two entries, and the picture follows them; the colours by name")
def _():
    with running() as program:
        program.key("alt+3")
        picture = program.find("image", "Similarity heatmap", showing=True)
        program.activate("win.range", drive.GLib.Variant("s", "custom"))
        program.find("button", "Colour range: by hand")

        def colours():
            return program.session.rows(*(int(value) for value in picture.box()))
        program.session.settle()
        before = colours()
        program.key("ctrl+l")
        program.focus_by_tab("spin button", "Lowest colour")
        program.key("ctrl+a")
        program.type("0.3")
        program.key("Tab")
        program.wait_until(lambda: colours() != before, "other colours")
        program.session.settle()
        before = colours()
        program.activate("win.color-map", drive.GLib.Variant("s", "grey"))
        program.find("button", "Colours: Greyscale")
        program.wait_until(lambda: colours() != before, "greys")

        def is_grey():
            x, y, width, height = (int(value) for value in picture.box())
            rows = program.session.rows(x + width // 3, y + height // 2, width // 4, height // 4)
            return all(max(row[i:i + 3]) - min(row[i:i + 3]) <= 12 for row in rows for i in range(0, len(row), 3))
        program.wait_until(is_grey, "nothing but greys")


main()
