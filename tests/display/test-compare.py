#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-compare.py SEMBLANCE SEMBLANCE-CLI: a second model beside the first, opened by keys: counts, both cosines, and back."""
import json
import os
import re
import subprocess
import tempfile

from begin import BUILT_IN, CLI, SEMBLANCE, drive, main, tap
import make_model
from steps import ended_well

TEXT = "Earth planet hotdogs"


def compared(folder):
    done = subprocess.run([CLI, "similarity", "-m", BUILT_IN, "-m", folder, "--format=json", TEXT], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def number(value):
    return f"{value:.2f}".replace("-", "\u2212")


@tap.test("a second model by keys: both counts, both cosines in the strip, the header's names; and it goes again")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-two.") as parent:
        folder = os.path.join(parent, "small")
        make_model.write_model(folder, "F32")
        wanted = compared(folder)
        with drive.Program([SEMBLANCE]) as program:
            program.key("ctrl+l", "ctrl+a")
            program.type(TEXT)
            program.wait_until(lambda: program.find("text box", "Text").text == TEXT)
            program.key("ctrl+shift+k")
            program.find(None, "Compare with a model folder")
            program.session.settle()
            program.key("ctrl+l")
            program.answer_file_dialog(folder)
            program.find("button", re.compile(r"Model: Semblance English, compared with small"))
            program.key("alt+2")
            tokens = program.find("image", "Tokens", showing=True)
            program.wait_until(lambda: re.search(r"4 tokens against 9 tokens in small, boundaries differ at 5 places", tokens.description),
                               "the counts of both rows")
            program.key("alt+3")
            heatmap = program.find("image", "Similarity heatmap", showing=True)
            program.wait_until(lambda: "compared with small" in heatmap.description, "both heatmaps")
            program.click(heatmap, 8, 8)  # the focus goes into the picture
            program.key("Right", "Right")  # Earth by Earth, then Earth by planet
            both = f"{number(wanted['a']['matrix'][0][1])} here, {number(wanted['b']['matrix'][0][1])} in small"
            program.wait_until(lambda: program.has("label", both) or any(both in node.description for node in program.find_all("label")),
                               f"“{both}” in the strip")
            program.key("alt+4")
            chart = program.find("image", "Map", showing=True)
            program.wait_until(lambda: re.search(r"the map of small turned onto it, residual \d", chart.description), "both maps")
            program.activate("win.save-data", drive.GLib.Variant("s", "similarity.json"))
            target = os.path.join(parent, "similarity.json")
            program.answer_file_dialog(target)
            program.wait_until(lambda: os.path.exists(target) and os.path.getsize(target), target)
            with open(target, encoding="utf-8") as stream:
                saved = json.load(stream)
            assert saved["b"]["matrix"] == wanted["b"]["matrix"] and saved["a"]["matrix"] == wanted["a"]["matrix"], saved
            program.key("ctrl+alt+k")
            program.find("button", re.compile(r"Model: Semblance English, [^c]"))
            program.wait_until(lambda: "small" not in chart.description, "one map alone")
        ended_well(program)


main()
