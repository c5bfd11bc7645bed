#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-map.py SEMBLANCE SEMBLANCE-CLI: the Map page in the running program."""
import re

from begin import SEMBLANCE, drive, main, tap
from steps import ended_well

TEXT = "king queen man woman prince princess boy girl cat dog horse cow"


class MapPage(drive.Program):
    """The program with a text of twelve words, on the Map page, the picture focused."""

    def __init__(self, **options):
        super().__init__([SEMBLANCE], **options)
        self.find("text box").text = TEXT
        self.key("alt+4")
        self.picture = self.find("image", "Map", showing=True)
        self.wait_until(lambda: "12 words" in self.picture.description, "the twelve words")
        self.session.settle()
        for _ in range(20):
            if "focused" in self.picture.states:
                return
            self.key("Tab")
        raise AssertionError(f"the map cannot be reached by Tab:\n{self.tree()}")

    def selected(self):
        found = re.search(r"(\d+) selected", self.picture.description)
        return int(found.group(1)) if found else 0

    def wait_selected(self, accept, what):
        self.wait_until(lambda: accept(self.selected()), f"{what}: {self.picture.description}")

    def check(self):
        ended_well(self)


def rows(program):
    """The picture's pixels but for its edge, where the focus shows."""
    left, top, width, height = (int(v) for v in program.picture.box())
    return program.session.rows(left + 8, top + 8, width - 16, height - 16)


@tap.test("several marks are chosen by keys: Shift and arrows, a band, all of them; Escape clears")
def _():
    with MapPage() as program:
        program.key("Right")
        program.key("shift+Right")
        program.wait_selected(lambda n: n == 2, "the first mark and the next")
        program.key("Escape")
        program.wait_selected(lambda n: n == 0, "nothing after Escape")
        program.key("Right", "b", "Right", "Left", "Left", "Left", "Down", "Down", "space")
        program.wait_selected(lambda n: n >= 2, "what the band holds")
        program.key("b", "Up", "Escape")
        program.wait_selected(lambda n: n >= 2, "the same after a band that was given up")
        program.key("ctrl+a")
        program.wait_selected(lambda n: n == 12, "all")
        program.key("Escape")
        program.wait_selected(lambda n: n == 0, "nothing")
    program.check()


@tap.test("a drag draws a band, a lasso with that tool, and with Ctrl adds; a click on nothing clears")
def _():
    with MapPage() as program:
        picture = program.picture
        program.drag(picture, (0.04, 0.04), (0.3, 0.3), (0.6, 0.6), (0.99, 0.9))
        program.wait_selected(lambda n: n == 12, "all by a band around them")
        program.drag(picture, (0.05, 0.05), (0.06, 0.07), (0.07, 0.06))
        program.wait_selected(lambda n: n == 0, "nothing by a band in a corner")
        program.drag(picture, (0.04, 0.04), (0.3, 0.4), (0.52, 0.9))
        left = program.wait_until(program.selected, "the left half")
        program.drag(picture, (0.5, 0.04), (0.7, 0.6), (0.99, 0.9), modifier="ctrl")
        program.wait_selected(lambda n: n == 12 and left < 12, "both halves")
        program.click(program.find(("toggle button", "button"), re.compile("^Drag: ")))
        program.click(program.find("menu item", "drag selects with a lasso", showing=True))
        program.find(("toggle button", "button"), "Drag: drag selects with a lasso")
        program.drag(picture, (0.04, 0.04), (0.5, 0.03), (0.99, 0.04), (0.99, 0.5), (0.99, 0.9), (0.5, 0.9), (0.04, 0.9))
        program.wait_selected(lambda n: n == 12, "all by a lasso")
        program.drag(picture, (0.04, 0.04), (0.07, 0.04), (0.07, 0.07))
        program.wait_selected(lambda n: n == 0, "nothing")
    program.check()


@tap.test("zoom by keys and wheel, pan by drag and Ctrl with arrows, back by 0")
def _():
    with MapPage() as program:
        whole = rows(program)
        program.hover(program.picture, 0.9, 0.9)
        program.session.press_button(4, True)
        program.session.press_button(4, False)
        program.wait_until(lambda: rows(program) != whole, "zoomed by the wheel")
        program.key("0")
        program.session.move_pointer(1, 1)
        program.wait_until(lambda: rows(program) == whole, "the whole again")
        program.key("plus", "plus", "plus")
        program.wait_until(lambda: rows(program) != whole, "zoomed by keys")
        program.session.settle()
        zoomed = rows(program)
        program.key("ctrl+Right")
        program.wait_until(lambda: rows(program) != zoomed, "panned by a key")
        program.key("ctrl+Left")
        program.wait_until(lambda: rows(program) == zoomed, "and back")
        program.drag(program.picture, (0.5, 0.5), (0.52, 0.5), (0.56, 0.52), (0.56, 0.52))
        program.session.move_pointer(1, 1)
        program.wait_until(lambda: rows(program) != zoomed, "panned by a drag")
        assert program.selected() == 0, "a pan chooses nothing"
        program.key("0")
        program.wait_until(lambda: rows(program) == whole, "the whole at last")
    program.check()


@tap.test("Refit and other components move to another picture; F5 again has nothing to do")
def _():
    with MapPage(animated=True) as program:
        program.key("ctrl+l", "ctrl+End")
        program.type(" car bus")
        program.wait_until(lambda: "14 words" in program.picture.description, "two more words, in the frame that is there")
        program.session.settle()
        frozen = rows(program)
        program.key("F5")
        program.wait_until(lambda: rows(program) != frozen, "a refitted map")
        program.session.settle()
        fitted = rows(program)
        program.wait_until(lambda: "sensitive" not in program.find("button", "Refit", showing=True).states, "Refit to have nothing to do")
        program.click(program.find(("toggle button", "button"), re.compile("^Up: ")))
        program.click(program.find("menu item", re.compile("^PC3$"), showing=True))
        program.wait_until(lambda: rows(program) != fitted, "other components")
        program.session.settle()
        other = rows(program)
        program.activate("win.axes", program.string("1x2"))
        program.activate("win.axes", program.string("1x3"))  # before the way back is over
        program.wait_until(lambda: rows(program) == other, "the same picture in the end")
        program.activate("win.axes", program.string("1x2"))
        program.wait_until(lambda: rows(program) == fitted, "and the first one")
    program.check()


@tap.test("any two components: by their buttons, by the scree strip; points are coloured and faded")
def _():
    with MapPage() as program:
        first = rows(program)
        program.click(program.find(("toggle button", "button"), re.compile("^Across: ")))
        program.click(program.find("menu item", re.compile("^PC7$"), showing=True))
        program.find(("toggle button", "button"), "Across: PC7")
        program.wait_until(lambda: rows(program) != first, "the seventh component")
        height = program.picture.box()[3] / program.session.scale
        program.hover(program.picture, 26 + 8 * 3 + 3, height - 15)
        program.find("label", re.compile("PC4.*share of the variance"))
        program.click(program.picture, 26 + 8 * 3 + 3, height - 15)
        program.find(("toggle button", "button"), "Across: PC4")
        program.click(program.picture, 26 + 3, height - 15, modifier="shift")
        program.find(("toggle button", "button"), "Up: PC1")
        program.activate("win.axes", program.string("1x2"))
        program.session.move_pointer(1, 1)
        program.wait_until(lambda: rows(program) == first, "the first two again")
        program.activate("win.fade-misplaced")
        program.wait_until(lambda: rows(program) != first, "faded points")
        program.activate("win.fade-misplaced")
        program.wait_until(lambda: rows(program) == first, "all alike again")
        program.key("Right")
        program.find("label", re.compile("in the map . of its 5 nearest kept"))
        program.activate("win.color-by-this")
        program.find(("toggle button", "button"), "Colours: by cosine to the selected")
        program.key("F9")
        program.find(name=re.compile("^. of 5$"))
    program.check()


@tap.test("axes from word pairs: typed, refused when a word is unknown, and back to components")
def _():
    with MapPage() as program:
        first = rows(program)
        program.click(program.find(("toggle button", "button"), "Axes from word pairs"))
        program.find("text box", "Across, first word", showing=True)
        program.find("text box", "Across, second word").text = "man"
        program.click(program.find("button", "Use these axes"))
        program.find("label", "the words of pair 1 have the same vector")
        program.find("text box", "Across, second word").text = "woman"
        program.click(program.find("button", "Use these axes"))
        program.find("label", "man → woman, small → big")
        program.session.move_pointer(1, 1)
        program.wait_until(lambda: rows(program) != first, "the words on their axes")
        program.activate("win.map-axes", program.string(""))
        program.wait_until(lambda: rows(program) == first, "the components again")
    program.check()


@tap.test("the nearest words of the vocabulary behind the points: shown, pointed at by keys, and gone again")
def _():
    with MapPage() as program:
        program.session.move_pointer(1, 1)
        program.session.settle()
        first = rows(program)
        program.activate("win.nearby-words")
        program.wait_until(lambda: rows(program) != first, "words behind the points")
        program.session.settle()
        said = re.compile("is a word of the vocabulary; nearest to it is")
        for key in ("Right", "Right", "Up", "Up", "Left", "Left", "Down", "Down") * 3:
            program.key(key)
            program.session.settle()
            if program.find_all("label", said, showing=True):
                break
        program.find("label", said)
        program.key("Escape")
        program.activate("win.nearby-words")
        program.session.move_pointer(1, 1)
        program.wait_until(lambda: rows(program) == first, "the points alone again")
        program.key("ctrl+z")
        program.wait_until(lambda: rows(program) != first, "undone")
    program.check()


@tap.test("the next component as depth: turned by a drag and by keys, 0 looks from the front")
def _():
    with MapPage() as program:
        flat = rows(program)
        program.activate("win.map-depth")
        program.wait_until(lambda: rows(program) != flat, "the map from aside")
        program.session.settle()
        aside = rows(program)
        program.key("alt+Right")
        program.wait_until(lambda: rows(program) != aside, "turned by a key")
        program.key("alt+Left")
        program.wait_until(lambda: rows(program) == aside, "and back")
        program.drag(program.picture, (0.5, 0.5), (0.52, 0.5), (0.6, 0.55), (0.6, 0.55))
        program.session.move_pointer(1, 1)
        program.wait_until(lambda: rows(program) != aside, "turned by a drag")
        assert program.selected() == 0, "a turn chooses nothing"
        program.session.settle()
        dragged = rows(program)
        program.key("0")
        program.wait_until(lambda: rows(program) not in (aside, dragged), "from the front")
        program.drag(program.picture, (0.04, 0.04), (0.5, 0.5), (0.99, 0.9), modifier="shift")
        program.wait_selected(lambda n: n == 12, "all by a band")
        program.key("Escape")
        program.activate("win.map-depth")
        program.session.move_pointer(1, 1)
        program.wait_until(lambda: rows(program) == flat, "the flat map")
    program.check()


main()
