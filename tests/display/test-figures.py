#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-figures.py SEMBLANCE SEMBLANCE-CLI: figures out of the running program, by keys alone: export, and the same bytes from the
command line."""
import json
import os
import re
import struct
import subprocess
import tempfile

from begin import CLI, drive, main, tap
import steps
from steps import choose_in_dialog, export, finish_export, open_export, running

TEXT = "Earth is a planet. The sun is a star."


def write_text(program, text=TEXT):
    steps.write_text(program, text)
    program.session.settle()


def render(*arguments):
    # The window's own environment, so that both have the same fonts.
    return subprocess.run([CLI, "render", *arguments], capture_output=True, check=True).stdout


@tap.test("a project saved and exported in the window; render makes the same bytes of it: PNG, SVG, PDF")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder, running() as program:
        write_text(program)
        program.key("alt+3")
        project = os.path.join(folder, "solar.semblance")
        program.key("ctrl+s")
        program.answer_file_dialog(project)
        program.wait_until(lambda: os.path.exists(project) and os.path.getsize(project), project)
        program.session.settle()
        figure = json.load(open(project, encoding="utf-8"))["figure"]
        assert figure["width"] >= 320 and figure["scale"] == 2, figure
        for place, ending in enumerate(("png", "svg", "pdf")):
            exported = export(program, os.path.join(folder, "a." + ending), place)
            assert exported == render("--type=" + ending, project), ending


@tap.test("size in millimetres, resolution, title, caption, how it was made, and the numbers beside it")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder, running() as program:
        write_text(program)
        program.key("alt+3")
        project, target = os.path.join(folder, "solar.semblance"), os.path.join(folder, "a.png")
        open_export(program)
        choose_in_dialog(program, "alt+f", 0)
        choose_in_dialog(program, "alt+z", 3)  # a column of a paper
        program.key("alt+r", "ctrl+a")
        program.type("300")
        program.key("alt+h", "ctrl+a")
        program.type("70")
        program.key("alt+t")
        program.type("Solar words")
        program.key("alt+n")
        program.type("Cosine between words.")
        program.key("alt+d", "alt+v", "alt+y")
        program.find("label", "1004 × 827 pixels")
        exported = finish_export(program, target)
        assert struct.unpack(">II", exported[16:24]) == (1004, 827), exported[:40]
        import numpy
        assert numpy.load(os.path.join(folder, "a.npy")).shape == (9, 9)
        assert open(os.path.join(folder, "a.csv"), encoding="utf-8").readline().startswith("label,Earth,is")
        options = "--view=similarity", "--size=85x70mm", "--dpi=300", "--text-size=8", "--title=Solar words", \
            "--caption=Cosine between words.", "--provenance", "--type=png"
        assert exported == render(*options, TEXT)
        # The project keeps the figure, and the dialog offers it again.
        program.key("ctrl+s")
        program.answer_file_dialog(project)
        program.wait_until(lambda: os.path.exists(project) and os.path.getsize(project), project)
        assert exported == render("--type=png", project)
        open_export(program)
        program.wait_until(lambda: program.find("text box", "Title").text == "Solar words")
        # The file is there, and so is one beside it: the program asks about that one, and Escape keeps it.
        with open(os.path.join(folder, "b.csv"), "w", encoding="utf-8") as stream:
            stream.write("mine")
        program.key("Return")
        program.answer_file_dialog(os.path.join(folder, "b.png"))
        program.find("label", "b.csv")
        program.key("Escape")
        program.session.settle()
        assert not os.path.exists(os.path.join(folder, "b.png"))
        assert open(os.path.join(folder, "b.csv"), encoding="utf-8").read() == "mine"
        program.key("Escape")
        program.wait_until(lambda: len(program.toplevels()) == 1, "the dialog to close")


@tap.test("Ctrl+P opens the system's print dialog, Escape leaves it")
def _():
    with running() as program:
        program.key("ctrl+p")
        program.find(("dialog", "window"), "Print")
        program.session.settle()
        program.key("Escape")
        program.wait_until(lambda: len(program.toplevels()) == 1, "the dialog to close")


def last_digits(number):
    """As a whole number of its last digits."""
    return int(number.replace("\u2212", "-").replace(".", ""))


@tap.test("the sums by keys: a pair's cosine and vectors; one unit's coordinates and pieces; all on a small screen")
def _():
    with running(size="800x600") as program:
        write_text(program, "Earth is a planet. Snowmen sing.")
        program.key("F6", "F6", "Right", "space", "ctrl+i")
        program.find("label", "sum of (value − mean) × loading")
        tabs = "tab", "radio button", "toggle button"
        program.find(tabs, "PC2")
        program.focus_by_tab(tabs, "PC1")
        program.key("Right", "Right", "space")
        program.find("label", "vector  =  that of its token", showing=True)
        program.key("Escape")
        program.session.settle()
        program.key("Right", "Right", "Right", "space")
        program.session.settle()
        program.key("ctrl+i")
        program.find("label", "dot ÷ (norm × norm)")
        popovers = program.wait_until(lambda: [window for window in program.session.windows() if window["popup"]], "the popover")
        frame = 28  # the shadow
        assert all(window["x"] >= -frame and window["x"] + window["w"] <= 800 + frame for window in popovers), popovers
        # The products that are shown add up to the sum so far that is shown, to the last digit, row by row to the dot product.
        labels = [name for _, role, name in program.nodes() if role == "label"]
        cells, total, n_rows = labels[labels.index("Sum so far") + 1:], 0, 0
        while cells[0].isdigit() or re.match(r"\d+ other", cells[0]):
            product, so_far = (cells[3], cells[4]) if cells[0].isdigit() else (cells[1], cells[2])
            total, n_rows = total + last_digits(product), n_rows + 1
            assert total == last_digits(so_far), (cells[:5], total)
            if not cells[0].isdigit():
                break
            cells = cells[5:]
        formula = next(name for name in labels if "dot ÷" in name)
        assert n_rows == 11 and total == last_digits(re.search(r"=  ([^ a-z]+) ÷ \(", formula)[1]), (n_rows, total, formula)
        program.key("Escape")


@tap.test("the vectors copied as Python lists are those of the command line, and saved for NumPy")
def _():
    import ast

    import numpy
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder, running() as program:
        write_text(program, "planet sun moon")
        program.key("alt+5", "ctrl+alt+c")
        copied = dict(ast.literal_eval(program.wait_until(lambda: program.clipboard("UTF8_STRING")).decode()))
        assert list(copied) == ["planet", "sun", "moon"], list(copied)
        done = subprocess.run([CLI, "vector", "--format=json", "planet"], capture_output=True, check=True)
        assert copied["planet"] == json.loads(done.stdout)["values"]
        program.activate("win.save-data", drive.GLib.Variant("s", "vectors.npy"))
        target = os.path.join(folder, "vectors.npy")
        program.answer_file_dialog(target)
        program.wait_until(lambda: os.path.exists(target) and os.path.getsize(target), target)
        assert numpy.load(target).tolist() == list(copied.values())


main()
