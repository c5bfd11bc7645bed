#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-history.py SEMBLANCE SEMBLANCE-CLI: undo and redo in the running program, of the text and of the options in one history."""
import re

from begin import main, tap
from steps import running, wait_for_strip, write_text


def text_of(program):
    return program.find("text box", "Text").text


@tap.test("Ctrl+Z in the text takes back what was done last, typed or chosen, and a notice says what was chosen")
def _():
    with running() as program:
        write_text(program, "sun moon")
        wait_for_strip(program, "^2 words")
        program.key("ctrl+3")
        wait_for_strip(program, "^8 characters")
        program.key("ctrl+l", "ctrl+End")
        program.type(" star")
        wait_for_strip(program, "^13 characters")
        program.key("ctrl+d")
        program.key("ctrl+z")
        program.find(None, re.compile("Undone: centred similarity"))
        assert text_of(program) == "sun moon star", text_of(program)
        program.key("ctrl+z")
        program.wait_until(lambda: text_of(program) == "sun moon", "the typed word taken back")
        wait_for_strip(program, "^8 characters")
        program.type("s")
        program.wait_until(lambda: text_of(program) == "sun moons", "the caret where the word was")
        program.key("ctrl+z", "ctrl+z")
        wait_for_strip(program, "^2 words")
        program.key("ctrl+shift+z")
        wait_for_strip(program, "^8 characters")
        program.find(None, re.compile("Redone: units"))


@tap.test("undo away from the text: in a picture, and from the main menu")
def _():
    with running() as program:
        before = text_of(program)
        write_text(program, "sun moon star")
        wait_for_strip(program, "^3 words")
        program.key("ctrl+4")
        wait_for_strip(program, "^1 sentence")
        program.key("F6", "ctrl+z")
        wait_for_strip(program, "^3 words")
        for _ in range(10):
            program.key("ctrl+z")
            if text_of(program) == before:
                break
        wait_for_strip(program, "^26 words")
        program.key("ctrl+z")  # there is nothing left
        assert text_of(program) == before, text_of(program)
        program.activate("win.redo")
        program.wait_until(lambda: text_of(program) != before, "the text typed again")


@tap.test("the text view's own menu undoes the same steps")
def _():
    with running() as program:
        write_text(program, "sun moon")
        wait_for_strip(program, "^2 words")
        program.key("ctrl+2")
        wait_for_strip(program, "^2 tokens")
        program.key("ctrl+l", "Menu")
        program.wait_until(lambda: any(window["popup"] for window in program.session.windows()), "the menu")
        program.session.settle()
        program.key("u")
        wait_for_strip(program, "^2 words")
        assert text_of(program) == "sun moon", text_of(program)


@tap.test("a long text that came in is taken back, and the one before is there to type in")
def _():
    with running() as program:
        write_text(program, "sun moon")
        wait_for_strip(program, "^2 words")
        program.find("text box", "Text").text = "word " * 20000
        wait_for_strip(program, "^2.?000 words")
        program.key("ctrl+z")
        program.wait_until(lambda: text_of(program) in ("sun moon", ""), "the text before")  # some buses take out, then put in
        program.type("s")
        program.wait_until(lambda: text_of(program) in ("sun moons", "s"), "the text can be typed in again")


main()
