#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-model.py SEMBLANCE SEMBLANCE-CLI [SEMBLANCE-FETCH]: models in the running program: the menu of those found, the page about
one, the neighbourhood, getting one from a server, and opening a large one."""
import json
import os
import re
import struct
import sys
import tempfile
import zlib

from begin import SEMBLANCE, drive, main, tap
import make_model
from steps import ended_well

FETCH = sys.argv.pop(1) if len(sys.argv) > 1 and sys.argv[1].endswith("semblance-fetch") else None


def places(folder):
    """An environment in which nothing but what is below folder is found."""
    return {"HF_HOME": os.path.join(folder, "hf"), "HF_HUB_CACHE": None, "HUGGINGFACE_HUB_CACHE": None, "LLAMA_CACHE": None,
            "OLLAMA_MODELS": os.path.join(folder, "ollama")}


def write_hub_model(folder, name, dim=8):
    make_model.write_model(os.path.join(folder, "hf/hub/models--" + name.replace("/", "--"), "snapshots/abc"), dim=dim)


def button(program):
    return program.find("button", re.compile("^Model: "))


def wait_for_model(program, name):
    return program.find("button", re.compile("^Model: " + re.escape(name)))


def entries(program):
    return [node.name for node in program.find_all("list item")]


@tap.test("the menu lists what is found, filters by typing, opens by Enter, and marks what is open")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        for i in range(60):
            write_hub_model(folder, f"acme/filler-{i}")
        write_hub_model(folder, "acme/tiny-bert", 12)
        broken = os.path.join(folder, "hf/hub/models--acme--broken/snapshots/abc")
        os.makedirs(broken)
        with open(os.path.join(broken, "model.safetensors"), "wb") as file:
            file.write(b"\xff" * 100)
        with drive.Program([SEMBLANCE], environment=places(folder)) as program:
            program.key("ctrl+alt+m")
            program.wait_until(lambda: [name for name in entries(program) if name.startswith("acme/broken, Cannot be opened")],
                               "the list")
            assert entries(program)[0].startswith("Semblance English") and entries(program)[0].endswith(", open"), entries(program)[0]
            program.type("tiny")
            program.wait_until(lambda: len(entries(program)) == 1, "the one that matches")
            assert re.search(r"acme/tiny-bert, bert · \d+ × 12 · F32", entries(program)[0]), entries(program)
            program.key("Return")
            wait_for_model(program, "acme/tiny-bert")
            program.key("ctrl+alt+m")
            program.type("no such model")
            program.find("label", "No model with “no such model” was found.")
            program.key("Escape")
        ended_well(program)


@tap.test("the menu: arrow keys go through the list, a broken one says why, a new one is found by looking again")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        with drive.Program([SEMBLANCE], environment=places(folder)) as program:
            program.click(button(program))
            program.find("label", "No other model was found.")
            write_hub_model(folder, "acme/new")
            program.click(program.find("button", "Look for models again"))
            program.wait_until(lambda: any(name.startswith("acme/new") for name in entries(program)), "the new one")
            program.key("Tab", "Down", "Return")
            wait_for_model(program, "acme/new")
        ended_well(program)


def write_two_tensors(folder):
    make_model.write_model(folder, dim=4)
    n = len(make_model.vocabulary())
    head, data = {}, b""
    for name, value in (("lm_head.weight", 2.0), ("embeddings.word_embeddings.weight", 1.0)):
        packed, _values = make_model.encode([value * (i % 7 + 1) for i in range(4 * n)], "F32")
        head[name] = {"dtype": "F32", "shape": [n, 4], "data_offsets": [len(data), len(data) + len(packed)]}
        data += packed
    text = json.dumps(head).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + data)


@tap.test("About This Model: the facts, and another tensor as the matrix, which the project and the next start keep")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        model, home = os.path.join(folder, "two"), os.path.join(folder, "home")
        write_two_tensors(model)
        with drive.Program([SEMBLANCE, model], home=home) as program:
            wait_for_model(program, "two")
            program.key("alt+Return")
            for fact in ("Format: safetensors", "Tensor: embeddings.word_embeddings.weight", "Place: " + model,
                         "Why this one: its name is one by which", "Tokenizer: WordPiece"):
                program.find("list item", fact)
            choose = program.find("combo box", "Embedding matrix")
            program.click(choose)
            program.click(program.find("label", "lm_head.weight", showing=True))
            program.find("list item", "Tensor: lm_head.weight")
            program.find("list item", "Why this one: asked for by name")
            program.key("Escape")
            program.wait_until(lambda: len(program.toplevels()) == 1, "the page to be closed")
        ended_well(program)
        with drive.Program([SEMBLANCE], home=home) as program:
            wait_for_model(program, "two")
            program.key("alt+Return")
            program.find("list item", "Tensor: lm_head.weight")
            program.click(program.find("combo box", "Embedding matrix"))
            program.find("label", "embeddings.word_embeddings.weight", showing=True)
        ended_well(program)  # closed with the list open: it must still end


@tap.test("a folder with only a tokenizer says why the other pages are empty")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        model = os.path.join(folder, "cut-only")
        make_model.write_model(model, without=["weights"])
        with drive.Program([SEMBLANCE, model]) as program:
            wait_for_model(program, "cut-only")
            program.key("alt+Return")
            program.find("list item", re.compile("Vectors: None: .*no weights.*stay empty"))
            program.key("Escape")
            program.wait_until(lambda: len(program.toplevels()) == 1, "the page to be closed")
            program.key("F8", "ctrl+l", "ctrl+a")
            program.type("planet")
            program.find("label", re.compile("This model has no vectors: .*no weights"))
        ended_well(program)


# --- the neighbourhood ---------------------------------------------------------------------------------------------------


def neighbors_in(program):
    return [node.name for node in program.find_all("list item")]


@tap.test("the neighbourhood follows caret and selection; search, choosing, analogies and adding a word, all by keyboard")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        home = os.path.join(folder, "home")
        with drive.Program([SEMBLANCE], home=home) as program:
            program.key("F8", "ctrl+l", "ctrl+a")
            program.type("Earth and king")
            program.find("label", re.compile("^Nearest to king$"))
            program.wait_until(lambda: any(re.match(r"(queen|kings|prince), cosine 0\.\d{3}$", n) for n in neighbors_in(program)),
                               "neighbours of king")
            assert not any(n.startswith("king, cosine") for n in neighbors_in(program)), "a word is not its own neighbour"
            program.key("ctrl+Home")
            program.find("label", re.compile("^Nearest to Earth$"))
            program.wait_until(lambda: any(n.startswith("planet, cosine") for n in neighbors_in(program)), "neighbours of Earth")
            # The vocabulary: beginnings, then any part, then an ID.
            program.click(program.find("search box", "Search the vocabulary"))
            program.type("astron")
            program.wait_until(lambda: any(n.startswith("astronomy, ID ") for n in neighbors_in(program)), "what begins so")
            program.key("Return")
            program.find("label", re.compile("^Nearest to astron"))
            program.find("button", "Follow the text")
            program.type("qqqqq")
            program.find("label", "The vocabulary has nothing for “qqqqq”.")
            program.key("Escape")
            program.find("label", re.compile("^Nearest to astron"))
            # A word of the list goes to the end of the text.
            program.click(program.find("button", re.compile("^Append “")))
            program.wait_until(lambda: re.match(r"Earth and king \w+$", program.find("text box", "Text").text), "a longer text")
            program.click(program.find("button", "Follow the text"))
            program.find("label", re.compile("^Nearest to (Earth|[a-z]+)$"))
        ended_well(program)
        with drive.Program([SEMBLANCE], home=home) as program:
            program.find("search box", "Search the vocabulary")  # it is there again
            program.key("F8")
            program.wait_until(lambda: not program.find_all("search box", showing=True), "the pane to be gone")
        ended_well(program)


@tap.test("analogies: the raw winner and the winner without the inputs; an unknown word is said")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        vectors = os.path.join(folder, "royal.vec")
        with open(vectors, "w") as file:
            file.write("5 3\nking 1 1 0\nman 0 1 0\nwoman 0 0.1 1\nqueen 1 0.2 1\nbread -1 0 0\n")
        with drive.Program([SEMBLANCE, vectors]) as program:
            wait_for_model(program, "royal.vec")
            program.key("F8")
            program.click(program.find(name="Analogy: a", showing=True))
            for entry, word in (("Word a", "king"), ("Word b", "man"), ("Word c", "zebra")):
                program.click(program.find("text box", entry, showing=True))
                program.type(word)
            program.key("Return")
            program.find("label", "nothing in 'zebra' has a vector")
            program.key("ctrl+a")
            program.type("woman")
            program.key("Return")
            program.find("list item", re.compile(r"^queen, cosine 0\.\d+, without them$"))
            program.find("list item", re.compile(r"^(king|woman|queen), cosine 0\.\d+, inputs left in$"))
        ended_well(program)


@tap.test("the neighbourhood of a word that the model does not know says so")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        vectors = os.path.join(folder, "royal.vec")
        with open(vectors, "w") as file:
            file.write("2 3\nking 1 1 0\nqueen 1 0.2 1\n")
        with drive.Program([SEMBLANCE, vectors]) as program:
            wait_for_model(program, "royal.vec")
            program.key("F8", "ctrl+l", "ctrl+a")
            program.type("zebra")
            program.find("label", "“zebra” has no vector: the model does not know it.")
        ended_well(program)


# --- getting one ---------------------------------------------------------------------------------------------------------


def write_repository():
    """A model of 400 kB whose weights have another tensor of 4 MB that is not wanted."""
    import test_fetch
    return test_fetch.make_files()[0]


def get_dialog(program):
    program.key("ctrl+g")
    return program.find("text box", "Model, as OWNER/NAME")


@tap.test("Get a Model: what it costs, progress, stop and resume, and the model opens")
def _():
    if FETCH is None:
        raise tap.Skip("semblance-fetch is not built")
    from hub import Hub
    hub = Hub(write_repository())
    try:
        environment = {"SEMBLANCE_FETCH": FETCH, "HF_ENDPOINT": hub.endpoint, "HF_TOKEN": None, "no_proxy": "127.0.0.1"}
        with drive.Program([SEMBLANCE], environment=environment) as program:
            get_dialog(program)
            program.type("a/one")
            program.key("Return")
            program.find("label", re.compile(r"to fetch, instead of 9\.\d\sMB"))
            program.find("list item", "bert.embeddings.word_embeddings.weight")
            hub.delay = 0.4
            program.click(program.find("button", "Download"))
            bar = program.find("progress bar", "Fetched so far")
            program.wait_until(lambda: bar.value > 0.2, "some progress")
            program.click(program.find("button", "Stop"))
            program.find("label", "of it are here from before")
            hub.delay = 0.0
            program.click(program.find("button", "Download"))
            wait_for_model(program, "a--one")
            target = os.path.join(program.session.home, ".local/share/semblance/models/a--one/model.safetensors")
            assert os.path.getsize(target) < 1 << 20
            get_dialog(program)
            program.type("a/one")
            program.key("Return")
            program.find("label", "This model is already here")
            program.click(program.find("button", "Open", showing=True))
            program.wait_until(lambda: len(program.toplevels()) == 1, "the dialog to be closed")
        ended_well(program)
    finally:
        hub.close()


@tap.test("Get a Model: a name that is none, a model that is not there, a server that wants a token, and no program")
def _():
    if FETCH is None:
        raise tap.Skip("semblance-fetch is not built")
    from hub import Hub
    hub = Hub(write_repository())
    try:
        environment = {"SEMBLANCE_FETCH": FETCH, "HF_ENDPOINT": hub.endpoint, "HF_TOKEN": None, "no_proxy": "127.0.0.1"}
        with drive.Program([SEMBLANCE], environment=environment) as program:
            get_dialog(program)
            for name, sentence in (("one two", "is not a model's name"), ("--version", "one model is needed"), ("a/none", "a/none")):
                program.type(name)
                program.key("Return")
                program.find("label", sentence)
                program.find("button", "Try again")
                program.key("ctrl+a")
            hub.token = "secret"
            program.type("a/one")
            program.key("Return")
            program.find("label", "HF_TOKEN")
            program.key("Escape")
            program.wait_until(lambda: len(program.toplevels()) == 1, "the dialog to be closed")
        ended_well(program)
        with drive.Program([SEMBLANCE], environment=dict(environment, SEMBLANCE_FETCH="/nowhere")) as program:
            program.click(button(program))
            get = program.find("button", "Get a model…")
            assert "sensitive" not in get.states and "is not installed" in get.description, (get.states, get.description)
        ended_well(program)
    finally:
        hub.close()


# --- a large one ---------------------------------------------------------------------------------------------------------


def write_large(path, n_blocks=250):
    """1.3 GB of word2vec text, which takes seconds to read, in a file of some 10 MB: one deflated block, repeated."""
    block = b"".join(b"word%06d " % i + b" ".join([b"0.1234%02d" % (i % 100)] * 300) + b"\n" for i in range(2000))
    head = b"%d 300\n" % (n_blocks * 2000)
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum, size = zlib.crc32(head), len(head)
    with open(path, "wb") as file:
        file.write(b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + start)
        for _unused in range(n_blocks):
            file.write(packed)
            checksum, size = zlib.crc32(block, checksum), size + len(block)
        file.write(packer.flush(zlib.Z_FINISH) + struct.pack("<II", checksum, size & 0xffffffff))


@tap.test("a model that takes long shows how far it is and can be stopped; the one that was there stays")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        large = os.path.join(folder, "large.vec.gz")
        write_large(large)
        with drive.Program([SEMBLANCE]) as program:
            before = button(program).name
            program.activate("win.model", drive.GLib.Variant("s", large))
            bar = program.find("progress bar", "Opening the model", timeout=60)
            program.wait_until(lambda: bar.value > 0, "progress")
            program.click(program.find("button", "Cancel"))
            program.wait_until(lambda: program.has("button", before), "the model that was there")
            program.wait_until(lambda: not bar.showing(), "the bar to be gone")
        ended_well(program)


@tap.test("a last model that takes long does not keep the window: the built-in one stands in while it is opened")
def _():
    with tempfile.TemporaryDirectory(prefix="sem-ui.") as folder:
        home, large = os.path.join(folder, "home"), os.path.join(folder, "large.vec.gz")
        write_large(large, n_blocks=2)
        with drive.Program([SEMBLANCE, large], home=home) as program:
            wait_for_model(program, "large.vec.gz")
        ended_well(program)
        write_large(large)  # it has grown
        with drive.Program([SEMBLANCE], home=home) as program:
            program.find("button", re.compile("Model: Opening"))
            program.find("progress bar", "Opening the model", timeout=60)
            program.click(program.find("button", "Cancel"))
            wait_for_model(program, "Semblance English")
        ended_well(program)


main()
