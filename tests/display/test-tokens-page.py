#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-tokens-page.py SEMBLANCE SEMBLANCE-CLI: the Tokens page in the running program: how a word got to its tokens."""
from begin import SEMBLANCE, drive, main, tap
from steps import ended_well

TEXT = "Snowmen eat hotdogs."


def focus_by_tab(program, node, key="Tab"):
    for _ in range(20):
        if "focused" in node.states:
            return
        program.key(key)
    raise AssertionError(f"{node} cannot be reached by Tab:\n{program.tree()}")


@tap.test("how it got there: a word's steps follow the focus and are stepped by keys")
def _():
    with drive.Program([SEMBLANCE]) as program:
        program.key("alt+2")
        program.find("label", "How it got there")
        program.key("ctrl+l", "ctrl+a")
        program.type(TEXT)
        program.find("label", "result: 2 tokens, snow ##men")
        picture = program.find(name="Steps of the tokenizer")
        focus_by_tab(program, picture)
        program.key("Home")
        program.find("label", "“snowmen” is to be cut")
        program.key("Right")
        program.find("label", "try 1: “snowmen” is not in the vocabulary")
        program.key("Right", "Right", "Right")
        program.find("label", "try 4: “snow” is in the vocabulary, with id")
        program.wait_until(lambda: "try 4" in picture.description, "the sentence in the picture's description")
        program.key("Left")
        program.find("label", "try 3: “snowm” is not in the vocabulary")
        program.key("End")
        program.find("label", "result: 2 tokens, snow ##men")
        program.key("Right")  # the last one stays
        program.find("label", "result: 2 tokens, snow ##men")
        focus_by_tab(program, program.find("image", "Tokens", showing=True), "shift+Tab")  # the Overview has one too
        program.key("Right", "Right", "Right")  # snow, ##men, eat
        program.find("label", "result: 1 token, eat")
        focus_by_tab(program, program.find("button", "Previous step"))
        program.key("space")
        program.find("label", "try 1: “eat” is in the vocabulary, with id")
    ended_well(program)


main()
