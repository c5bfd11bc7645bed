#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-window.py SEMBLANCE SEMBLANCE-CLI: the running program, seen by the accessibility bus, driven by keys and pointer.

Each case starts the program anew on a private desktop with a fresh home folder, ends it by closing its window, and fails if it
ends badly or printed a warning.
"""
import json
import os
import re
import subprocess

from begin import CLI, drive, main, tap
import bert_folder
import make_model
from steps import check_png, export, open_model, running, strip, table_rows, temporary_folder, wait_for_strip, write_text

SENTENCE = "Earth is a planet in the solar system."
PIECES = ["earth", "is", "a", "planet", "in", "the", "solar", "system", "."]
IDS = [3011, 2003, 1037, 4774, 1999, 1996, 5943, 2291, 1012]


@tap.test("it starts with the example text, all pictures drawn, no warning")
def _():
    with running() as program:
        text = program.find("text box", "Text")
        assert text.text.startswith("Earth is a planet of the solar system."), text.text
        wait_for_strip(program, r"26 words, .*tokens")
        for name in "Tokens", "Similarity heatmap", "Map":
            picture = program.find("image", name, showing=True)
            assert "26 words" in picture.description, picture.description
            box = [int(value) for value in picture.box()]
            colours = {row[i:i + 3] for row in program.session.rows(*box) for i in range(0, len(row), 3)}
            assert len(colours) > 20, f"{name}: {len(colours)} colours"


@tap.test("the example sentence in a BERT folder: nine tokens with the reference's ids")
def _():
    with temporary_folder() as folder, running() as program:
        bert_folder.make(os.path.join(folder, "bert"))
        open_model(program, os.path.join(folder, "bert"), "bert")
        write_text(program, SENTENCE)
        wait_for_strip(program, "^8 words")
        program.key("alt+2", "F9")
        program.wait_until(lambda: any("system" in row for row in table_rows(program)))
        rows = [row for row in table_rows(program) if len(row) > 1 and row[1].isdigit() and not row[0].startswith("[")]
        assert [row[0] for row in rows] == PIECES, rows
        assert [int(row[1]) for row in rows] == IDS, rows


@tap.test("units switch by key and by menu, and every picture follows")
def _():
    with running() as program:
        for key, count in ("ctrl+4", "4 sentences"), ("ctrl+5", "1 paragraph"), ("ctrl+2", "30 tokens"), ("ctrl+1", "26 words"):
            program.key(key)
            wait_for_strip(program, "^" + count)
            program.wait_until(lambda: count in program.find("image", "Similarity heatmap").description)
            program.wait_until(lambda: count in program.find("image", "Map").description)
        program.click(program.find(("button", "toggle button"), "Units:", showing=True))
        program.click(program.find("menu item", "Sentences", showing=True))
        wait_for_strip(program, "^4 sentences")
        program.find("button", "Units: Sentences")


@tap.test("a pair selected by keys: its cosine is the one that the vectors give")
def _():
    with temporary_folder() as folder, running() as program:
        bert_folder.make(os.path.join(folder, "bert"))
        open_model(program, os.path.join(folder, "bert"), "bert")
        write_text(program, "earth planet sun")
        wait_for_strip(program, "^3 words")
        program.key("F6", "F6", "Right", "space", "Right", "ctrl+space")
        match = wait_for_strip(program, r"earth – planet, cosine (\S+?),")
        shown = float(match[1].replace("\u2212", "-"))
        expected = bert_folder.cosine(bert_folder.PIECES["earth"], bert_folder.PIECES["planet"])
        assert abs(shown - expected) <= 0.005001, (shown, expected)
        program.key("ctrl+i")
        program.find("label", re.compile(r"dot ÷ \(norm × norm\)"))
        program.key("Escape")
        program.key("Escape")
        wait_for_strip(program, "^3 words")


@tap.test("the pointer on the heatmap names the pair, and the same pair on the map and the tokens")
def _():
    with running() as program:
        write_text(program, "sun moon star")
        wait_for_strip(program, "^3 words")
        program.hover(program.find("image", "Similarity heatmap", showing=True), 0.5, 0.5)
        wait_for_strip(program, r"(sun|moon|star) – (sun|moon|star)|(sun|moon|star), ")


@tap.test("the pages, each with its picture and its table")
def _():
    with running() as program:
        for key, name in ("alt+2", "Tokens"), ("alt+3", "Similarity heatmap"), ("alt+4", "Map"), ("alt+5", "Vectors"):
            program.key(key)
            program.find("image", name, showing=True)
            program.key("F9")
            program.wait_until(lambda: len(table_rows(program)) > 3, f"a table beside {name}")
            program.key("F9")


@tap.test("undo and redo of the text")
def _():
    with running() as program:
        before = program.find("text box", "Text").text
        write_text(program, "moon")
        program.wait_until(lambda: "1 word" in strip(program))
        for _ in range(10):
            program.key("ctrl+z")
            if program.find("text box", "Text").text == before:
                break
        assert program.find("text box", "Text").text == before, program.find("text box", "Text").text
        wait_for_strip(program, "^26 words")
        program.key("ctrl+shift+z")
        program.wait_until(lambda: program.find("text box", "Text").text != before)


@tap.test("the overview exported as PNG, SVG and PDF, with real text in the last two")
def _():
    with temporary_folder() as folder, running() as program:
        write_text(program, SENTENCE)
        wait_for_strip(program, "^8 words")
        check_png(export(program, os.path.join(folder, "a.png"), 0))
        svg = export(program, os.path.join(folder, "a.svg"), 1).decode()
        assert svg.lstrip().startswith("<?xml") and "<text" in svg and "planet" in svg, svg[:300]
        pdf = export(program, os.path.join(folder, "a.pdf"), 2)
        assert pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF")
        words = subprocess.run(["pdftotext", os.path.join(folder, "a.pdf"), "-"], capture_output=True, text=True, check=True).stdout
        assert "planet" in words and "solar" in words, words


@tap.test("a copied picture is a PNG on the clipboard")
def _():
    with running() as program:
        program.key("ctrl+shift+c")
        check_png(program.wait_until(lambda: program.clipboard("image/png")))


@tap.test("another model folder by the dialog, and back by the action; the numbers change with it")
def _():
    with temporary_folder() as folder, running() as program:
        builtin = program.find("button", re.compile("Model: Semblance")).name
        make_model.write_model(os.path.join(folder, "small"), "F16", 24)
        open_model(program, os.path.join(folder, "small"), "small")
        assert "× 24" in program.find("button", re.compile("Model: small")).name
        program.activate("win.model", drive.GLib.Variant("s", ""))
        program.wait_until(lambda: program.has("button", builtin), "the built-in model again")


@tap.test("a folder without weights, one without a tokenizer, a cut file: a sentence, and the pictures stay")
def _():
    with temporary_folder() as folder, running() as program:
        for name, without in ("no-weights", ["weights"]), ("no-tokenizer", ["tokenizer"]):
            make_model.write_model(os.path.join(folder, name), "F32", 8, without)
        make_model.write_model(os.path.join(folder, "cut"), "F32", 8)
        path = os.path.join(folder, "cut", "model.safetensors")
        os.truncate(path, os.path.getsize(path) // 2)
        os.makedirs(os.path.join(folder, "empty"))
        before = program.find("button", re.compile("Model: Semblance")).name
        for name in "no-tokenizer", "cut", "empty", "not-there":
            program.activate("win.model", drive.GLib.Variant("s", os.path.join(folder, name)))
            program.wait_until(lambda: program.find_all("label", re.compile("could not be opened")), f"a sentence about {name}")
            program.wait_until(lambda: program.has("button", before), "the model that was there")
            wait_for_strip(program, "^26 words")
            program.session.settle()
        # Without weights the tokens are still something to look at.
        program.activate("win.model", drive.GLib.Variant("s", os.path.join(folder, "no-weights")))
        program.wait_until(lambda: program.find_all("label", re.compile("could not be opened|no vectors")), "a sentence about no-weights")


@tap.test("texts that are hard: empty, blanks, one letter, other scripts, an emoji sequence")
def _():
    with running() as program:
        text = program.find("text box", "Text")
        for contents in "", "   \n\n ", "a", "مرحبا بالعالم", "👨‍👩‍👧‍👦 🇩🇪", "日本語のテキスト", "á" * 300, "\u200b\u200b", "one\r\ntwo\r\n\r\nthree":
            text.text = contents
            program.wait_until(lambda: text.text.replace("\r\n", "\n") == contents.replace("\r\n", "\n"))
            for key in "ctrl+3", "ctrl+2", "ctrl+1":
                program.key(key)
            program.session.settle()
        text.text = "king queen"
        wait_for_strip(program, "^2 words")


@tap.test("a text file from the command line, and one that is no text")
def _():
    with temporary_folder() as folder:
        good, bad = os.path.join(folder, "good.txt"), os.path.join(folder, "bad.txt")
        with open(good, "w", encoding="utf-8") as stream:
            stream.write("king queen throne\n")
        with open(bad, "wb") as stream:
            stream.write(b"king \xff\xfe queen")
        with running(good) as program:
            wait_for_strip(program, "^3 words")
        with running(bad) as program:
            program.find("label", re.compile("UTF-8"))


@tap.test("window, page, model and text are there again at the next start")
def _():
    with temporary_folder() as folder:
        home, model = os.path.join(folder, "home"), os.path.join(folder, "small")
        make_model.write_model(model, "F32", 16)
        with running(home=home) as program:
            open_model(program, model, "small")
            write_text(program, "king queen throne")
            wait_for_strip(program, "^3 words")
            program.key("alt+4")
            program.find("image", "Map", showing=True)
            program.session.settle()
        with running(home=home) as program:
            program.find("button", re.compile("Model: small"))
            assert program.find("text box", "Text").text == "king queen throne"
            wait_for_strip(program, "^3 words")
            program.wait_until(lambda: any("selected" in tab.states for tab in program.find_all("tab", "Map")), "the page of last time")


@tap.test("the window shows the ids and cosines that the command line gives")
def _():
    done = subprocess.run([CLI, "tokenize", "--format=json", SENTENCE], capture_output=True, text=True, check=True)
    tokens = [(token["piece"], token["id"]) for token in json.loads(done.stdout)["tokens"] if not token["special"]]
    with running() as program:
        write_text(program, SENTENCE)
        wait_for_strip(program, "^8 words")
        program.key("alt+2", "F9")
        program.wait_until(lambda: any("system" in row for row in table_rows(program)))
        shown = [(row[0], int(row[1])) for row in table_rows(program) if len(row) > 1 and row[1].isdigit() and not row[0].startswith("[")]
        assert shown == tokens, (shown, tokens)


@tap.test("in German it speaks German")
def _():
    locale = os.environ.get("SEMBLANCE_LOCALEDIR")
    if not locale or not os.path.exists(os.path.join(locale, "de", "LC_MESSAGES", "semblance.mo")):
        raise tap.Skip("no compiled translation in SEMBLANCE_LOCALEDIR")
    with temporary_folder() as folder:
        # From glibc 2.41 on LANGUAGE says nothing in the locale C.UTF-8; and a decimal comma is a test of its own.
        if subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", os.path.join(folder, "de_DE.UTF-8")], capture_output=True).returncode > 1:
            raise tap.Skip("localedef could not make the German locale")
        german = {"LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LOCPATH": folder}
        with running(environment=german) as program:
            program.find("button", "Einheiten: Wörter")
            program.wait_until(lambda: any("26 Wörter" in node.description for node in program.find_all("label")), "26 Wörter")


main()
