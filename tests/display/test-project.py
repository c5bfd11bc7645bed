#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-project.py SEMBLANCE SEMBLANCE-CLI: project files in the running program: saving, unsaved changes, and what is there
again after kill -9."""
import json
import os
import signal
import subprocess
import tempfile
import time

from begin import CLI, SEMBLANCE, drive, main, tap
from steps import ended_well

TEXT = "The cat and the dog eat bread."


def write_project(folder, **more):
    path = os.path.join(folder, "cats.semblance")
    with open(path, "w") as file:
        json.dump({"format": "semblance-project", "version": 1, "text": TEXT, "selection": [1, 4],
                   "analysis": {"unit": "word"}, **more}, file)
    return path


def read_project(path):
    with open(path) as file:
        return json.load(file)


def text_of(program):
    return program.find("text box", "Text").text


def wait_for_text(program, text):
    program.wait_until(lambda: text_of(program) == text, f"{text!r} in the text view, not {text_of(program)!r}")


def titles(program):
    return [node.name for node in program.toplevels()]


def add(program, words):
    program.key("ctrl+l", "ctrl+End")
    program.type(words)


@tap.test("a project opens with its text and pair, is changed and saved by keys")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        path = write_project(folder)
        with drive.Program([SEMBLANCE, path]) as program:
            wait_for_text(program, TEXT)
            program.wait_until(lambda: any("cat" in n.description and "dog" in n.description for n in program.find_all("label")),
                               "the pair in the strip")
            program.wait_until(lambda: "cats.semblance – Semblance" in titles(program), "the project's name in the title")
            add(program, " So do we.")
            wait_for_text(program, TEXT + " So do we.")
            program.wait_until(lambda: "• cats.semblance – Semblance" in titles(program), "the mark of a change in the title")
            program.key("ctrl+s")
            program.wait_until(lambda: read_project(path)["text"] == TEXT + " So do we.", "the file")
            program.wait_until(lambda: "cats.semblance – Semblance" in titles(program), "no mark any more")
        ended_well(program)
        saved = read_project(path)
        assert saved["selection"] == [1, 4], saved["selection"]
        assert saved["model"]["path"] is None and len(saved["model"]["hash"]) == 12, saved["model"]
        assert saved["frame"]["dim"] > 0
        out = os.path.join(folder, "x.png")
        subprocess.run([CLI, "render", path, "-o", out], check=True)
        assert os.path.getsize(out) > 10000


@tap.test("closing with unsaved changes asks; discarding keeps the file")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        path = write_project(folder)
        before = read_project(path)
        with drive.Program([SEMBLANCE, path]) as program:
            wait_for_text(program, TEXT)
            add(program, " More.")
            wait_for_text(program, TEXT + " More.")
            program.key("ctrl+w")
            program.click(program.find("button", "Discard"))
            program.status = program._process.wait(20)
        ended_well(program)
        assert read_project(path) == before


@tap.test("kill -9: what was typed two seconds ago is there again, the saved file is untouched")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder, tempfile.TemporaryDirectory(prefix="sem-home.") as home:
        path = write_project(folder)
        before = read_project(path)
        with drive.Program([SEMBLANCE, path], home=home) as program:
            wait_for_text(program, TEXT)
            add(program, " Lost?")
            wait_for_text(program, TEXT + " Lost?")
            time.sleep(2)
            os.kill(program.pid, signal.SIGKILL)
            program._process.wait(10)
            program.status = -9
        assert read_project(path) == before
        with drive.Program([SEMBLANCE], home=home) as program:
            wait_for_text(program, TEXT + " Lost?")
            program.wait_until(lambda: "• cats.semblance – Semblance" in titles(program), "the project with its changes")
            program.key("ctrl+s")
            program.wait_until(lambda: read_project(path)["text"] == TEXT + " Lost?", "the file")
        ended_well(program)
        with drive.Program([SEMBLANCE], home=home) as program:
            assert "• cats.semblance – Semblance" not in titles(program)
        ended_well(program)


@tap.test("a broken project leaves the text that was there")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        path = os.path.join(folder, "broken.semblance")
        with open(path, "w") as file:
            file.write('{"format":"semblance-project","version":9,"text":"x"}')
        with drive.Program([SEMBLANCE, path]) as program:
            program.find("label", "version 9")
            assert text_of(program).startswith("Earth is a planet"), text_of(program)
        ended_well(program)


main()
