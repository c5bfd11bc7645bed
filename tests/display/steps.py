# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does in the window, by keys, and reads there: the steps that the tests of the running program are made of."""
import contextlib
import os
import re
import struct
import tempfile

from begin import SEMBLANCE, drive

PNG = b"\x89PNG\r\n\x1a\n"


def ended_well(program):
    assert program.status == 0, f"ended with {program.status}: {program.log()[-2000:]}"
    assert not program.complaints(), program.complaints()


@contextlib.contextmanager
def running(*arguments, **options):
    """The program, and afterwards: it ended well and said nothing."""
    with drive.Program([SEMBLANCE, *arguments], **options) as program:
        yield program
    ended_well(program)


@contextlib.contextmanager
def temporary_folder():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        yield folder


STRIPS = {}


def strip(program):
    """The sentence of the bottom strip; its label is looked for once."""
    if program not in STRIPS:
        STRIPS[program] = next(node for node in program.find_all("label") if re.search(
            r"\d (word|token|sentence|character|paragraph)|No text|No model|Opening", node.description))
    return STRIPS[program].description


def wait_for_strip(program, pattern):
    said = []

    def look():
        said.append(strip(program))
        return re.search(pattern, said[-1])
    try:
        return program.wait_until(look)
    except drive.Timeout:
        raise AssertionError(f"the strip should say {pattern} and says {said[-1:]}") from None


def write_text(program, text):
    """By keys: into the text, all of it replaced."""
    program.key("ctrl+l", "ctrl+a")
    program.type(text)
    program.wait_until(lambda: program.find("text box", "Text").text == text, f"{text!r} in the text view")


def open_model(program, folder, name):
    """By keys: Ctrl+M, the folder's path in GTK's own dialog, Return."""
    program.key("ctrl+m")
    program.find(None, "Open a model folder")
    program.session.settle()
    program.key("ctrl+l")
    program.answer_file_dialog(folder)
    return program.find("button", re.compile("Model: " + re.escape(name)))


def table_rows(program):
    """The table of numbers on the page that is shown, as rows of cells."""
    inside = program.nodes(program.find("tree grid", "Table of numbers", showing=True))
    n_columns = sum(role == "column header" for _, role, _ in inside)
    # Level by level: the titles first, then the cells in the order of the rows.
    labels = [name for _, role, name in inside if role == "label"][n_columns:]
    return [labels[i:i + n_columns] for i in range(0, len(labels), n_columns)] if n_columns else []


def choose(program, key, *keys):
    """By keys from a list or a menu that a key opens."""
    def is_open():
        return any(window["popup"] for window in program.session.windows())
    program.key(key)
    program.wait_until(is_open, "the list")
    program.session.settle()
    program.key(*keys, "Return")
    program.wait_until(lambda: not is_open(), "the list to close")
    program.session.settle()


def choose_in_dialog(program, mnemonic, place):
    """In a list of a dialog: the entry so many places down."""
    choose(program, mnemonic, "Home", *["Down"] * place)


def open_export(program):
    program.key("ctrl+e")
    program.find("window", "Export picture")
    program.session.settle()


def finish_export(program, target):
    program.key("alt+s")
    program.answer_file_dialog(target)
    program.wait_until(lambda: os.path.exists(target) and os.path.getsize(target), target)
    program.wait_until(lambda: len(program.toplevels()) == 1, "the dialogs to close")
    program.session.settle()
    with open(target, "rb") as stream:
        return stream.read()


def export(program, target, place):
    """By keys alone: Ctrl+E, Alt+F and the format's place in its list, Alt+S, the path, Return."""
    open_export(program)
    choose_in_dialog(program, "alt+f", place)
    return finish_export(program, target)


def check_png(data, width=None):
    assert data[:8] == PNG, data[:16]
    size = struct.unpack(">II", data[16:24])
    assert size[0] > 100 and size[1] > 100 and (width is None or size[0] == width), size
    assert len(data) > 5000, "an empty picture?"
