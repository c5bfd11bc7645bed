#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-models.py SEMBLANCE-CLI: info, models, neighbors with sums of words, and --tensor, on small generated models; the numbers
are computed again here from the values in the files."""
import json
import math
import os
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tools"))
import make_model  # noqa: E402
import tap  # noqa: E402

CLI = os.path.abspath(sys.argv.pop(1))
FOLDER = tempfile.TemporaryDirectory(prefix="semblance-models-")
SMALL = os.path.join(FOLDER.name, "small")
WORDS, ROWS = make_model.write_model(SMALL)
IDS = {word: i for i, word in enumerate(WORDS)}


def run(*arguments, status=0, env=None):
    done = subprocess.run([CLI, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False,
                          env={**os.environ, **(env or {})})
    assert done.returncode == status, (arguments, done.returncode, done.stdout[:300], done.stderr)
    if status != 0:
        lines = done.stderr.decode().splitlines()
        assert len(lines) == 1 and lines[0].startswith("semblance-cli: "), (arguments, done.stderr)
        assert done.stdout == b"", (arguments, done.stdout[:100])
        return lines[0]
    return done.stdout


def run_json(*arguments, **more):
    return json.loads(run(*arguments, "--format=json", **more))


def cosine(u, v):
    dot, a, b = (math.fsum(x * y for x, y in zip(p, q)) for p, q in ((u, v), (u, u), (v, v)))
    return dot / math.sqrt(a) / math.sqrt(b)


def unit(v):
    norm = math.sqrt(math.fsum(x * x for x in v))
    return [x / norm for x in v]


def nearest(vector, k, left_out=()):
    """The k best rows, best first, ties by lower id; the zero row has no neighbours and is none."""
    scored = [(-cosine(vector, row), i) for i, row in enumerate(ROWS) if i not in left_out and any(row)]
    return [(i, -score) for score, i in sorted(scored)[:k]]


def check_neighbors(found, expected):
    assert len(found) == len(expected)
    for one, (i, score) in zip(found, expected):
        assert list(one) == ["id", "piece", "cosine"]
        assert one["id"] == i and one["piece"] == WORDS[i] and abs(one["cosine"] - score) < 1e-12, (one, i, score)


def write_safetensors(path, tensors):
    """tensors: {name: (shape, values)}, all F32."""
    head, data = {}, b""
    for name, (shape, values) in tensors.items():
        packed = struct.pack(f"<{len(values)}f", *values)
        head[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(packed)]}
        data += packed
    text = json.dumps(head).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def write_two_tensors(folder):
    """Input and output embeddings and positions in one file."""
    make_model.write_model(folder, dim=4)
    n = len(WORDS)
    write_safetensors(os.path.join(folder, "model.safetensors"), {
        "lm_head.weight": ([n, 4], [float(-i) for i in range(4 * n)]),
        "embeddings.position_embeddings.weight": ([16, 4], [float(i) for i in range(64)]),
        "embeddings.word_embeddings.weight": ([n, 4], [float(i % 7) for i in range(4 * n)]),
        "layer.weight": ([4, 4], [0.0] * 16), "layer.bias": ([4], [0.0] * 4)})


def gguf_bytes(name, n, dim):
    def text(value):
        return struct.pack("<Q", len(value)) + value.encode()
    pairs = text("general.architecture") + struct.pack("<I", 8) + text("llama")
    pairs += text("general.name") + struct.pack("<I", 8) + text(name)
    tensor = text("token_embd.weight") + struct.pack("<IQQIQ", 2, dim, n, 0, 0)
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, 2) + pairs + tensor
    return head + b"\0" * (-len(head) % 32) + b"\0" * (4 * n * dim)


# --- info ------------------------------------------------------------------------------------------------------------------


@tap.test("info: the keys, the tensor and how it was chosen, the others that could be it")
def _():
    folder = os.path.join(FOLDER.name, "two")
    write_two_tensors(folder)
    with open(os.path.join(folder, "README.md"), "w") as file:
        file.write("---\nlicense: apache-2.0\n---\nA model.\n")
    info = run_json("info", folder)
    assert (info["name"], info["rows"], info["dim"], info["vocabulary_size"]) == ("two", len(WORDS), 4, len(WORDS)), info
    assert info["tensor"] == "embeddings.word_embeddings.weight" and info["dtype"] == "F32" and info["why_no_vectors"] is None
    assert info["shape"] == f"{len(WORDS)} x 4" and "its name" in info["choice"] and info["licence"] == "apache-2.0"
    assert sorted(info["candidates"]) == ["embeddings.position_embeddings.weight", "lm_head.weight"]
    assert "[CLS]" in info["special_tokens"] and info["path"] == folder and "WordPiece" in info["tokenizer"]
    text = run("info", "-m", folder).decode()
    for line in ("name            two", "tensor          embeddings.word_embeddings.weight", "other tensors   lm_head.weight"):
        assert line + "\n" in text, text


@tap.test("--tensor: another matrix of the same file, for info and for numbers")
def _():
    folder = os.path.join(FOLDER.name, "two")
    info = run_json("info", "--tensor=lm_head.weight", folder)
    assert info["tensor"] == "lm_head.weight" and info["choice"] == "asked for by name", info
    assert "embeddings.word_embeddings.weight" in info["candidates"]
    assert run_json("vector", "-m", folder, "--tensor=lm_head.weight", "planet")["values"] == [
        float(-4 * IDS["planet"] - i) for i in range(4)]
    positions = run_json("info", "--tensor=embeddings.position_embeddings.weight", folder)
    assert positions["rows"] == 16 and "without a vector" in positions["vocabulary"]


@tap.test("--tensor: one that is not there, one that is no matrix, a file without names, bytes that are no text")
def _():
    folder = os.path.join(FOLDER.name, "two")
    assert "'nothing'" in run("info", "--tensor=nothing", folder, status=1)
    assert "layer.bias" in run("vector", "-m", folder, "--tensor=layer.bias", "planet", status=1)
    vectors = os.path.join(FOLDER.name, "words.vec")
    with open(vectors, "w") as file:
        file.write("2 3\nking 1 2 3\nqueen 3 2 1\n")
    assert "no tensors with names" in run("neighbors", "-m", vectors, "--tensor=x", "king", status=1)
    assert "0xFF" in run("info", b"--tensor=\xff", folder, status=1)


@tap.test("a project keeps the tensor: it is drawn with it, or refused when it is not there")
def _():
    project, out = os.path.join(FOLDER.name, "x.semblance"), os.path.join(FOLDER.name, "x.png")
    pictures = {}
    for tensor in (None, "lm_head.weight", "nothing"):
        with open(project, "w") as file:
            json.dump({"format": "semblance-project", "version": 1, "text": "king queen planet", "analysis": {"unit": "word"},
                       "model": {"path": os.path.join(FOLDER.name, "two"), "tensor": tensor}}, file)
        if tensor == "nothing":
            assert "'nothing'" in run("render", project, "-o", out, status=1)
            continue
        run("render", project, "-o", out)
        with open(out, "rb") as file:
            pictures[tensor] = file.read()
    assert pictures[None] != pictures["lm_head.weight"]


@tap.test("info: a tokenizer alone is described and says why there are no vectors; word vectors; a bad file is one sentence")
def _():
    folder = os.path.join(FOLDER.name, "tokenizer-only")
    make_model.write_model(folder, without=["weights"])
    info = run_json("info", folder)
    assert info["rows"] == 0 and info["format"] == "tokenizer only" and "no weights" in info["why_no_vectors"], info
    info = run_json("info", os.path.join(FOLDER.name, "words.vec"))
    assert info["format"] == "word2vec text" and (info["rows"], info["dim"]) == (2, 3), info
    bad = os.path.join(FOLDER.name, "bad.gguf")
    with open(bad, "wb") as file:
        file.write(b"GGUF\x03\0\0\0")
    assert "bad.gguf" in run("info", bad, status=1)
    assert "nowhere" in run("info", os.path.join(FOLDER.name, "nowhere"), status=1)


@tap.test("info --find: a part, a beginning, an id")
def _():
    def found(wanted):
        lines = run("info", "-m", SMALL, "--find", wanted).decode().splitlines()
        return [line.split()[1] for line in lines[:-1]], lines[-1]
    assert found("plan*") == (["planet", "planets"], "2 found")
    words, last = found("on")
    assert set(words) == {w for w in WORDS if "on" in w}, words
    assert last == f"{sum('on' in w for w in WORDS)} found"
    words, last = found(f"#{IDS['planet']}")
    assert words[:2] == ["planet", "planets"] and last.startswith(f"{len(WORDS) - IDS['planet']} found")
    assert found("qqq") == ([], "0 found")


# --- models ----------------------------------------------------------------------------------------------------------------


def make_home():
    home = os.path.join(FOLDER.name, "home")
    shutil.rmtree(home, ignore_errors=True)
    snapshot = os.path.join(home, "hf/hub/models--acme--tiny-bert/snapshots/abc")
    make_model.write_model(snapshot)
    os.makedirs(os.path.join(home, "hf/hub/models--acme--tiny-bert/refs"))
    with open(os.path.join(home, "hf/hub/models--acme--tiny-bert/refs/main"), "w") as file:
        file.write("abc")
    broken = os.path.join(home, "hf/hub/models--acme--gone/snapshots/abc")
    os.makedirs(broken)
    os.symlink("../../blobs/nowhere", os.path.join(broken, "model.safetensors"))
    blob = gguf_bytes("Tiny", 8, 4)
    for path, data in ((".ollama/models/blobs/sha256-12ab", blob), ("data/semblance/models/mine.gguf", blob),
                       (".lmstudio/models/acme/tiny/tiny-q4.gguf", blob), ("cache/llama.cpp/cached.gguf", blob),
                       ("data/nomic.ai/GPT4All/orca.gguf", b"GGUF\x03")):
        path = os.path.join(home, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    manifest = os.path.join(home, ".ollama/models/manifests/registry.ollama.ai/library/tiny/1b")
    os.makedirs(os.path.dirname(manifest))
    with open(manifest, "w") as file:
        json.dump({"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:12ab"}]}, file)
    return {"HOME": home, "XDG_DATA_HOME": home + "/data", "XDG_CACHE_HOME": home + "/cache", "HF_HOME": home + "/hf",
            "XDG_DATA_DIRS": home + "/system", "HF_HUB_CACHE": "", "HUGGINGFACE_HUB_CACHE": "", "OLLAMA_MODELS": "",
            "LLAMA_CACHE": ""}


@tap.test("models: what other programs keep, each with its shape; broken links and damaged files are listed with the reason")
def _():
    env = make_home()
    models = {(m["source"], m["name"]): m for m in run_json("models", env=env)["models"]}
    first = next(iter(models.values()))
    assert list(first) == ["name", "path", "source", "format", "kind", "dtype", "vocabulary", "dim", "bytes", "problem"]
    assert {source for source, _ in models} >= {"built in", "your models", "Hugging Face", "Ollama", "LM Studio", "llama.cpp", "GPT4All"}
    tiny = models["Hugging Face", "acme/tiny-bert"]
    assert (tiny["kind"], tiny["vocabulary"], tiny["dim"], tiny["dtype"]) == ("bert", len(WORDS), 32, "F32"), tiny
    assert tiny["bytes"] == os.path.getsize(os.path.join(tiny["path"], "model.safetensors")) and tiny["problem"] is None
    for key in (("Ollama", "tiny:1b"), ("your models", "mine"), ("LM Studio", "acme/tiny/tiny-q4"), ("llama.cpp", "cached")):
        assert (models[key]["format"], models[key]["kind"], models[key]["vocabulary"], models[key]["dim"]) == ("GGUF", "llama", 8, 4), key
    assert models["GPT4All", "orca"]["problem"] and models["GPT4All", "orca"]["format"] is None
    assert ("Hugging Face", "acme/gone") in models and models["Hugging Face", "acme/gone"]["problem"]
    text = run("models", env=env).decode()
    assert "acme/tiny-bert" in text and "cannot be opened" in text


@tap.test("models: a name from the list is what -m takes")
def _():
    env = make_home()
    info = run_json("info", "-m", "acme/tiny-bert", env=env)
    assert info["name"] == "acme/tiny-bert" and info["dim"] == 32
    assert "acme/none" in run("vector", "-m", "acme/none", "planet", status=1, env=env)


# --- neighbors -------------------------------------------------------------------------------------------------------------


@tap.test("neighbors: the nearest rows of the whole vocabulary, exactly; the word itself is left out")
def _():
    out = run_json("neighbors", "-m", SMALL, "planet", "-k", "7")
    assert out["token"] == "planet" and list(out) == ["token", "neighbors"]
    check_neighbors(out["neighbors"], nearest(ROWS[IDS["planet"]], 7, {IDS["planet"]}))
    everything = run_json("neighbors", "-m", SMALL, "planet", "-k", "100000")["neighbors"]
    check_neighbors(everything, nearest(ROWS[IDS["planet"]], len(ROWS), {IDS["planet"]}))
    csv = run("neighbors", "-m", SMALL, "planet", "-k", "1", "--format=csv").decode().splitlines()
    assert csv[0] == "id,piece,cosine" and csv[1].startswith(f"{out['neighbors'][0]['id']},\"")


@tap.test("neighbors: a word of several pieces is their mean")
def _():
    pieces = [IDS["token"], IDS["##ization"]]
    mean = [(a + b) / 2 for a, b in zip(ROWS[pieces[0]], ROWS[pieces[1]])]
    check_neighbors(run_json("neighbors", "-m", SMALL, "tokenization", "-k", "5")["neighbors"], nearest(mean, 5, pieces))


@tap.test("neighbors: sums of words; the raw winner, and the winner without the inputs")
def _():
    terms = ["king", "man", "woman"]
    k, m, w = (unit(ROWS[IDS[t]]) for t in terms)
    vector = [a - b + c for a, b, c in zip(k, m, w)]
    inputs = {IDS[t] for t in terms}
    out = run_json("neighbors", "-m", SMALL, "king", "-", "man", "+", "woman", "-k", "4")
    assert list(out) == ["token", "neighbors", "winner", "winner_without_inputs"] and out["token"] == "king - man + woman"
    check_neighbors(out["neighbors"], nearest(vector, 4, inputs))
    check_neighbors([out["winner"]], nearest(vector, 1))
    check_neighbors([out["winner_without_inputs"]], nearest(vector, 1, inputs))
    assert out["winner"]["id"] in inputs and out["winner_without_inputs"]["id"] not in inputs
    assert "raw winner" in run("neighbors", "-m", SMALL, "king", "-", "man", "+", "woman").decode()


@tap.test("the comparison of neighbours can fail")
def _():
    expected = nearest(ROWS[IDS["king"]], 3)
    good = [{"id": i, "piece": WORDS[i], "cosine": score} for i, score in expected]
    check_neighbors(good, expected)
    for change in ({"id": 7}, {"piece": "x"}, {"cosine": good[1]["cosine"] + 1e-9}):
        try:
            check_neighbors([good[0], {**good[1], **change}, good[2]], expected)
        except AssertionError:
            continue
        raise AssertionError(f"{change} went unnoticed")


@tap.test("neighbors: a model without vectors, a word of no vector, a zero vector, wrong sums")
def _():
    assert "no weights" in run("neighbors", "-m", os.path.join(FOLDER.name, "tokenizer-only"), "king", status=1)
    assert "zebra" in run("neighbors", "-m", os.path.join(FOLDER.name, "words.vec"), "zebra", status=1)
    assert run_json("neighbors", "-m", SMALL, "[PAD]")["neighbors"] == []
    for arguments in (["king", "-"], ["king", "*", "man"], ["king", "man"], ["king", "-k", "0"], []):
        run("neighbors", "-m", SMALL, *arguments, status=2)
    assert "man" in run("neighbors", "-m", os.path.join(FOLDER.name, "words.vec"), "king", "-", "man", status=1)


tap.main()
