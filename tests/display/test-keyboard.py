#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-keyboard.py SEMBLANCE SEMBLANCE-CLI: everything without a pointer.

A walk by Tab alone through every control of every page and dialog: each has a name, shows that it has the keyboard, and the walk
ends where it began.  Then what a lecturer does in front of a class, by keys from beginning to end.
"""
import os
import re

from begin import drive, main, tap
from steps import check_png, choose, export, running, temporary_folder, wait_for_strip, write_text

# What GTK calls a widget that nobody has named: its type.
TYPE_NAME = re.compile(r"^(Gtk|Adw|Sem|Gsk|Gdk)[A-Z]\w*$")
# Not controls: scrolled by the keys of what is inside, reached by arrows from the one that Tab comes to, or around others.
NO_STOP = ("scroll bar", "list item", "row", "menu item", "label", "group", "generic", "list", "tree grid")
WINDOWS = ("window", "dialog")  # since libadwaita 1.5 a dialog is within its window
# The window manager's keys do these.
FRAME = ("Minimize", "Maximize", "Restore", "Close")


RING = 14  # boxes are of the content: around it there is padding, and the sign of the focus


def contains(outer, box):
    return outer[0] <= box[0] and outer[1] <= box[1] and box[0] + box[2] <= outer[0] + outer[2] and box[1] + box[3] <= outer[1] + outer[3]


def edges(box, ring):
    x, y, width, height = (int(value) for value in box)
    return max(0, x - ring), max(0, y - ring), x + width + ring, y + height + ring


def crop(rows, box, without):
    """The pixels of a box and what is around it, without those of another, unless that is a row that it stands in."""
    inside = contains(without, box)
    left, top, right, bottom = edges(box, RING // 2 if inside else RING)
    hole_left, hole_top, hole_right, hole_bottom = (0, 0, 0, 0) if inside else edges(without, RING)
    kept = []
    for y in range(top, min(bottom, len(rows))):
        if hole_top <= y < hole_bottom and hole_left < right and left < hole_right:
            kept.append(rows[y][3 * left:3 * max(left, hole_left)] + rows[y][3 * min(right, hole_right):3 * right])
        else:
            kept.append(rows[y][3 * left:3 * right])
    return kept


def accessible_name(node):
    """Its own, or the one of the choice it is the button of."""
    names = [node.name]
    if node.parent.role in ("combo box", "text box", "spin button"):
        names.append(node.parent.name)
    return next((name for name in names if name and not TYPE_NAME.match(name) and not name.rstrip().endswith(":")), "")


def shows_focus(program, node, before, previous, box_before):
    """Does it look other than on the screen before, when another one had the keyboard?  (Where the page has scrolled, what stood
    in its place.)"""
    def differs():
        box = node.box()
        without = box_before if previous.box() == box_before else (0, 0, 0, 0)
        return box and crop(program.session.rows(), box, without) != crop(before, box, without)
    try:
        return program.wait_until(differs, "a sign of the focus", 8)
    except drive.Timeout:
        return False


def next_stop(program, node, before):
    """What has the keyboard after Tab; None while nothing is known.  libadwaita 1.2 does not say of an entry row that it has it: then it
    is the one that looks other than before."""
    now = program.focused()
    if now:
        return now if now != node else None
    screen = program.session.rows()
    for entry, role, _ in program.nodes(program.toplevels()[-1]):
        if role == "text box" and entry != node and (box := entry.box()):
            if crop(screen, box, (0, 0, 0, 0)) != crop(before, box, (0, 0, 0, 0)):
                return entry
    return None


def walk(program, start):
    """Tab from the start until it has the keyboard again; the stops on the way, each with its faults."""
    stops, faults, node = [], [], start
    program.session.settle()
    for _ in range(60):
        before, previous, box_before = program.session.rows(), node, node.box() or (0, 0, 0, 0)
        program.key("Tab")
        node = program.wait_until(lambda: next_stop(program, node, before), f"Tab to leave {node}")
        what = f"{node.role} {node.name!r}"
        stops.append(node)
        if not accessible_name(node):
            faults.append(f"{what} below {node.parent.role} {node.parent.name!r} has no name")
        if not shows_focus(program, node, before, previous, box_before):
            faults.append(f"{what} does not show that it has the keyboard")
        if node == start:
            return stops, faults
    raise AssertionError(f"the walk does not come back to {start}: {[f'{stop.role} {stop.name}' for stop in stops]}")


def can_act(node):
    return all({"sensitive", "visible"} <= one.states for one in node.ancestors())


def left_out(program, stops):
    """The controls on the screen that could have the keyboard and that Tab did not come to."""
    return [node for node, role, name in program.nodes()
            if role not in NO_STOP and name not in FRAME and node not in stops and "focusable" in node.states and can_act(node)
            and node.showing()]


def reached_by_arrows(program, stops, missed):
    """Of those that Tab did not come to, the tabs beside one that it came to; since libadwaita 1.4 it comes to the chosen one alone."""
    beside = []
    for tab in (stop for stop in stops if stop.role == "tab" and any(node.parent == stop.parent for node in missed)):
        program.focus_by_tab("tab", tab.name)
        for key in "Right", "Left":
            node, last = tab, None
            while node != last:
                last = node
                program.key(key)
                program.session.settle()
                node = program.focused()
                beside.append(node)
    return beside


def check_walk(program, start, page):
    stops, faults = walk(program, start)
    missed = left_out(program, stops)
    arrows = reached_by_arrows(program, stops, missed)
    missed = [node for node in missed if node not in arrows]
    assert not faults and not missed, f"{page}: {faults}; never reached: {missed}; the way: {[f'{s.role} {s.name}' for s in stops]}"
    return stops


def go_to_text(program):
    program.key("ctrl+l")
    return program.wait_until(lambda: (now := program.focused()) and now.name == "Text" and now, "the text to have the keyboard")


@tap.test("Tab walks through every control of the Overview, back to where it began")
def _():
    with running() as program:
        stops = check_walk(program, go_to_text(program), "Overview")
        names = [stop.name for stop in stops]
        for name in "Tokens", "Similarity heatmap", "Map", "Main menu", "Order: as typed":
            assert name in names, (name, names)


@tap.test("Tab walks through every control of the other pages")
def _():
    with running() as program:
        for key, page, name in (("alt+2", "Tokens", "Tokens"), ("alt+3", "Similarity", "Similarity heatmap"), ("alt+4", "Map", "Map"),
                                ("alt+5", "Vectors", "Vectors")):
            program.key(key)
            program.find("image", name, showing=True)
            stops = check_walk(program, go_to_text(program), page)
            assert name in [stop.name for stop in stops], (page, [stop.name for stop in stops])


@tap.test("Tab walks through the export dialog and the preferences")
def _():
    with running() as program:
        for key, title in ("ctrl+e", "Export picture"), ("ctrl+comma", "Preferences"):
            program.key(key)
            program.find(WINDOWS, title)
            program.session.settle()
            program.key("Tab")
            start = program.wait_until(program.focused, "the keyboard in " + title)
            stops, faults = walk(program, start)
            assert not faults and len(stops) > 3, f"{title}: {faults}"
            program.key("Escape")
            program.wait_until(lambda: not program.find_all(WINDOWS, title), f"{title} to close")


def choose_on_page(program, name, downs):
    """From the menu of a choice on the page: Tab to its button, Return, so many items down, Return."""
    program.focus_by_tab(("button", "toggle button"), name)
    choose(program, "Return", *["Down"] * downs)


@tap.test("a lecture by keyboard alone: type, switch units, sort the heatmap, select a pair, open the sum, refit the map, export")
def _():
    with temporary_folder() as folder, running() as program:
        write_text(program, "The king and the queen live. Cats eat fish.")
        wait_for_strip(program, "^9 words")
        program.key("ctrl+4")
        wait_for_strip(program, "^2 sentences")
        program.key("ctrl+1")
        wait_for_strip(program, "^9 words")
        program.key("ctrl+l")
        choose_on_page(program, "Order: as typed", 2)
        program.find("button", "Order: clustered")
        program.focus_by_tab("image", "Similarity heatmap")
        program.key("Right", "Right")
        match = wait_for_strip(program, r"^(\w+) – (\w+), cosine")
        program.key("space")
        program.key("ctrl+i")
        program.find("label", re.compile(r"dot ÷ \(norm × norm\)"))
        program.key("Escape")
        wait_for_strip(program, f"{match[1]} – {match[2]}, cosine")
        program.key("ctrl+l", "ctrl+End")
        program.type(" Dogs eat bread.")
        wait_for_strip(program, "12 words|cosine")
        program.focus_by_tab("image", "Map")
        program.key("F5")
        program.wait_until(lambda: "sensitive" not in program.find("button", "Refit").states, "a map of all words")
        check_png(export(program, os.path.join(folder, "lecture.png"), 0))
        assert export(program, os.path.join(folder, "lecture.pdf"), 2).startswith(b"%PDF-")


main()
