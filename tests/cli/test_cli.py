#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_cli.py SEMBLANCE-CLI: the command line's contract (DESIGN.md 8) and its manners with bad input, on small generated
models whose numbers Python computes again from the values in the file."""
import csv
import io
import json
import math
import os
import re
import statistics
import struct
import subprocess
import sys
import tempfile

try:
    import numpy
except ImportError:
    numpy = None

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tools"))
import make_model  # noqa: E402
import tap  # noqa: E402

CLI = os.path.abspath(sys.argv.pop(1))
FOLDER = tempfile.TemporaryDirectory(prefix="semblance-cli-")
TEXT = "Earth is a planet in the solar system."
MODELS = {}
for dtype in ("F32", "F16", "BF16"):
    path = os.path.join(FOLDER.name, dtype)
    words, rows = make_model.write_model(path, dtype)
    MODELS[dtype] = (path, dict(zip(words, rows)), {w: i for i, w in enumerate(words)})
F32 = MODELS["F32"][0]


def run(*arguments, data=b"", status=0, env=None):
    done = subprocess.run([CLI, *arguments], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                          env={**os.environ, **(env or {})})
    assert done.returncode == status, (arguments, done.returncode, done.stdout[:300], done.stderr)
    if status != 0:
        lines = done.stderr.decode().splitlines()
        assert len(lines) == 1 and lines[0].startswith("semblance-cli: "), (arguments, done.stderr)
        assert done.stdout == b"", (arguments, done.stdout[:100])
        return lines[0]
    return done.stdout


def run_json(*arguments, data=b""):
    return json.loads(run(*arguments, "--format=json", data=data))


def close(a, b):
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b)) or abs(a - b) < 1e-12


def dot(u, v):
    return math.fsum(x * y for x, y in zip(u, v))


def cosine(u, v):
    return dot(u, v) / math.sqrt(dot(u, u)) / math.sqrt(dot(v, v))


@tap.test("close() can fail")
def _():
    assert close(1.0, 1.0 + 9e-7) and not close(1.0, 1.0 + 2e-6) and not close(0.0, 1e-9)


@tap.test("tokenize: ids, pieces, byte offsets, special tokens; keys as in the contract")
def _():
    for folder, _rows, ids in MODELS.values():
        out = run_json("tokenize", "-m", folder, "Earth is pläying.")
        assert list(out) == ["model", "text", "tokens"] and out["text"] == "Earth is pläying."
        assert all(list(t) == ["id", "piece", "start", "end", "special"] for t in out["tokens"])
        assert [t["piece"] for t in out["tokens"]][:3] == ["[CLS]", "earth", "is"]
        assert [(t["start"], t["end"], t["special"]) for t in out["tokens"]][:3] == [(-1, -1, True), (0, 5, False), (6, 8, False)]
        assert all(t["id"] == ids[t["piece"]] for t in out["tokens"])
        assert out["tokens"][-2]["end"] == len("Earth is pläying.".encode())


@tap.test("tokenize --lines: one object a line, in order, strings or objects, line separators escaped")
def _():
    texts = ["Earth", "", "a\u2028b\u0085c\nd", "nul \u0000 here", "日本"]
    data = "".join(json.dumps(t if i % 2 else {"text": t}) + "\n" for i, t in enumerate(texts)).encode()
    lines = run("tokenize", "-m", F32, "--lines", "--format=json", "-", data=data).decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == texts
    message = run_lines_error(b'"fine"\n{"txt": 1}\n')
    assert "line 2" in message
    assert "line 1" in run_lines_error(b'"open\n')


def run_lines_error(data):
    done = subprocess.run([CLI, "tokenize", "-m", F32, "--lines"], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 1 and done.stderr.count(b"\n") == 1
    return done.stderr.decode()


@tap.test("vector: the values that are in the file, for F32, F16 and BF16")
def _():
    for folder, rows, ids in MODELS.values():
        out = run_json("vector", "-m", folder, "planet")
        assert list(out) == ["token", "id", "dim", "norm", "values"]
        assert out["values"] == rows["planet"] and out["id"] == ids["planet"] and out["dim"] == 32
        assert close(out["norm"], math.sqrt(dot(rows["planet"], rows["planet"])))


@tap.test("similarity --against: the first text's units as rows, the second's as columns, in JSON, CSV and text")
def _():
    for folder, rows, _ids in MODELS.values():
        out = run_json("similarity", "-m", folder, "Earth planet", "--against", "system solar in")
        assert list(out) == ["rows", "columns", "dim", "metric", "centered", "matrix", "mean"], list(out)
        assert out["rows"] == ["Earth", "planet"] and out["columns"] == ["system", "solar", "in"], out
        for i, row in enumerate(out["rows"]):
            for j, column in enumerate(out["columns"]):
                x, y = rows[row.lower()], rows[column]
                assert close(out["matrix"][i][j], dot(x, y) / math.sqrt(dot(x, x) * dot(y, y)))
        assert close(out["mean"], sum(map(sum, out["matrix"])) / 6)
    lines = run("similarity", "-m", F32, "--format=csv", "Earth planet", "--against", "solar").decode().split("\r\n")
    assert lines[0] == ",solar" and lines[2].startswith("planet,") and len(lines) == 4, lines
    assert "column 1: solar" in run("similarity", "-m", F32, "Earth planet", "--against", "solar").decode()
    # A first text of two paragraphs stays the first text, and an empty one has no rows.
    assert run_json("similarity", "-m", F32, "Earth\n\nplanet", "--against", "solar")["rows"] == ["Earth", "planet"]
    for first, second in ("...", "solar"), ("Earth", " "):
        done = subprocess.run([CLI, "similarity", "-m", F32, first, "--against", second], capture_output=True)
        assert done.returncode == 1 and b"no word in the" in done.stderr, done.stderr


@tap.test("similarity: labels, matrix and mean are those of the vectors, raw and centred")
def _():
    for folder, rows, _ids in MODELS.values():
        out = run_json("similarity", "-m", folder, TEXT)
        assert list(out) == ["labels", "n", "dim", "metric", "centered", "matrix", "mean_off_diagonal"]
        assert out["labels"] == TEXT.strip(".").split() and out["n"] == 8 and out["dim"] == 32
        assert out["metric"] == "cosine" and out["centered"] is False
        x = [rows[w.lower()] for w in out["labels"]]
        mean = [sum(column) / 8 for column in zip(*x)]
        c = [[a - m for a, m in zip(row, mean)] for row in x]
        centered = run_json("similarity", "-m", folder, "--center", TEXT)
        assert centered["centered"] is True
        for i in range(8):
            for j in range(8):
                assert close(out["matrix"][i][j], cosine(x[i], x[j]) if i != j else 1.0)
                assert close(centered["matrix"][i][j], cosine(c[i], c[j]) if i != j else 1.0)
        pairs = [out["matrix"][i][j] for i in range(8) for j in range(i)]
        assert close(out["mean_off_diagonal"], sum(pairs) / len(pairs))


@tap.test("similarity: a word of several pieces has their mean; units change the labels")
def _():
    folder, rows, _ids = MODELS["F32"]
    out = run_json("similarity", "-m", folder, "tokenization earth")
    pieces = [t["piece"] for t in run_json("tokenize", "-m", folder, "tokenization")["tokens"][1:-1]]
    assert pieces == ["token", "##ization"]
    pooled = [(a + b) / 2 for a, b in zip(rows["token"], rows["##ization"])]
    assert close(out["matrix"][0][1], cosine(pooled, rows["earth"]))
    text = "Earth is a planet of the solar system. There are 9 planets in the solar system. All planets revolve around the sun. Sun is a star."
    counts = {u: run_json("similarity", "-m", folder, "--unit=" + u, text)["n"] for u in ("paragraph", "sentence", "word", "character")}
    assert counts == {"paragraph": 1, "sentence": 4, "word": 26, "character": len(text)}
    tokens = run_json("tokenize", "-m", folder, text)["tokens"]
    assert run_json("similarity", "-m", folder, "--unit=token", text)["n"] == len(tokens) - 2
    assert run_json("similarity", "-m", folder, "--unit=token", "--special", text)["n"] == len(tokens)


@tap.test("similarity: csv holds the same numbers, quoted where needed")
def _():
    table = list(csv.reader(io.StringIO(run("similarity", "-m", F32, "--format=csv", "--unit=sentence", 'He said "no", twice. Yes.').decode(), newline="")))
    out = run_json("similarity", "-m", F32, "--unit=sentence", 'He said "no", twice. Yes.')
    assert table[0][1:] == out["labels"] == [row[0] for row in table[1:]]
    assert [[float(x) for x in row[1:]] for row in table[1:]] == out["matrix"]


@tap.test("project: coordinates are (x - mean) . component, components orthonormal with the largest loading positive")
def _():
    for folder, rows, _ids in MODELS.values():
        out = run_json("project", "-m", folder, TEXT)
        assert list(out) == ["labels", "method", "explained_variance_ratio", "mean", "components", "coordinates", "neighbors_kept"]
        x = [rows[w.lower()] for w in out["labels"]]
        mean = [math.fsum(column) / len(x) for column in zip(*x)]
        a, b = out["components"]
        assert out["method"] == "pca" and all(close(m, n) for m, n in zip(mean, out["mean"]))
        assert close(dot(a, a), 1) and close(dot(b, b), 1) and abs(dot(a, b)) < 1e-12
        assert max(a, key=abs) > 0 and max(b, key=abs) > 0
        total = sum(dot(r, r) for r in ([p - m for p, m in zip(row, mean)] for row in x))
        for k, component in enumerate((a, b)):
            centered = [[p - m for p, m in zip(row, mean)] for row in x]
            along = [dot(row, component) for row in centered]
            assert all(close(c[k], v) for c, v in zip(out["coordinates"], along))
            assert close(out["explained_variance_ratio"][k], dot(along, along) / total)
            # An eigenvector of the scatter matrix: applying it only stretches it.
            applied = [math.fsum(v * row[j] for v, row in zip(along, centered)) for j in range(len(mean))]
            assert all(abs(p - dot(along, along) * q) < 1e-9 for p, q in zip(applied, component))
        assert out["explained_variance_ratio"][0] >= out["explained_variance_ratio"][1]
        assert 0 <= out["neighbors_kept"] <= 1


@tap.test("project --axes: (v - middle) . direction of each word pair, and the angle between them")
def _():
    for folder, rows, _ids in MODELS.values():
        out = run_json("project", "-m", folder, "--axes=sun:moon, earth :star", TEXT)
        assert list(out) == ["labels", "method", "axes", "angle_deg", "coordinates", "neighbors_kept"] and out["method"] == "axes"
        directions = []
        for k, (start, end) in enumerate((("sun", "moon"), ("earth", "star"))):
            away = [b - a for a, b in zip(rows[start], rows[end])]
            length = math.sqrt(dot(away, away))
            directions.append([v / length for v in away])
            middle = [(a + b) / 2 for a, b in zip(rows[start], rows[end])]
            assert (out["axes"][k]["from"], out["axes"][k]["to"]) == (start, end) and close(out["axes"][k]["length"], length)
            for label, place in zip(out["labels"], out["coordinates"]):
                assert close(place[k], dot([v - m for v, m in zip(rows[label.lower()], middle)], directions[k])), (label, k)
        assert close(out["angle_deg"], math.degrees(math.acos(dot(*directions))))
        table = list(csv.reader(io.StringIO(run("project", "-m", folder, "--axes=sun:moon,earth:star", "--format=csv", TEXT).decode(), newline="")))
        assert table[0] == ["label", "sun to moon", "earth to star"]
        assert [[float(x) for x in row[1:]] for row in table[1:]] == out["coordinates"]
    assert "same vector" in run("project", "-m", F32, "--axes=sun:sun,earth:star", "x", status=1)
    for wrong in ("sun:moon", "sun:moon,earth", ":,:", "a:b,c:d,e:f"):
        run("project", "-m", F32, "--axes=" + wrong, "x", status=2)


@tap.test("render: axes of word pairs, turns and colours of the map each change the picture; the same gives the same bytes")
def _():
    map_of = ["render", "-m", F32, "--view=map", "--size=400x300", "--type=png"]
    pictures = [run(*map_of, *more, TEXT) for more in ([], ["--axes=sun:moon,earth:star"], ["--turn=30,-20"], ["--turn=0,0"],
                                                        ["--color-by=sentence"], ["--color-by=cosine:planet"])]
    assert len(set(pictures)) == len(pictures)
    assert pictures[2] == run(*map_of, "--turn=30,-20", TEXT) and pictures[0] == run(*map_of, "--color-by=unit", TEXT)
    run(*map_of, "--axes=sun:sun,earth:star", TEXT, status=1)
    run(*map_of, "--color-by=cosine:nowhere", TEXT, status=1)
    for wrong in ("--turn=30", "--turn=a,b", "--turn=0,91", "--color-by=word", "--axes=sun"):
        run(*map_of, wrong, TEXT, status=2)


@tap.test("project and similarity of 0, 1, 2 and identical units are numbers or null, never NaN")
def _():
    for text in ("", "   ", "earth", "earth moon", "sun sun sun"):
        out = run_json("project", "-m", F32, text)
        assert len(out["coordinates"]) == len(out["labels"]) and len(out["explained_variance_ratio"]) == 2
        table = run("similarity", "-m", F32, "--format=json", "--center", text)
        assert b"NaN" not in table and b"nan" not in table
    assert run_json("similarity", "-m", F32, "earth")["mean_off_diagonal"] is None


@tap.test("compare: cosine, dot, norms and angle belong together")
def _():
    for folder, rows, _ids in MODELS.values():
        out = run_json("compare", "-m", folder, "earth", "planet")
        assert list(out) == ["a", "b", "cosine", "dot", "norm_a", "norm_b", "angle_deg"]
        assert close(out["cosine"], cosine(rows["earth"], rows["planet"]))
        assert close(out["dot"], dot(rows["earth"], rows["planet"]))
        assert close(out["cosine"], out["dot"] / out["norm_a"] / out["norm_b"])
        assert close(math.cos(math.radians(out["angle_deg"])), out["cosine"])
    assert run_json("compare", "-m", F32, "earth", "[PAD]")["cosine"] == 0


@tap.test("text comes from arguments joined by a blank, or from standard input")
def _():
    a = run_json("similarity", "-m", F32, "Earth", "is", "round")
    b = run_json("similarity", "-m", F32, "-", data=b"Earth is round")
    assert a == b and a["labels"] == ["Earth", "is", "round"]
    assert run("similarity", "-m", F32, TEXT) != b""


@tap.test("the locale changes nothing")
def _():
    one = run("project", "-m", F32, "--format=json", TEXT, env={"LC_ALL": "C"})
    assert one == run("project", "-m", F32, "--format=json", TEXT, env={"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"})
    assert run_json("similarity", "-m", F32, "größe earth")["labels"] == ["größe", "earth"]


@tap.test("-o writes a file, and only when all is well")
def _():
    out = os.path.join(FOLDER.name, "out.json")
    assert run("similarity", "-m", F32, "--format=json", "-o", out, TEXT) == b""
    assert json.load(open(out, encoding="utf-8"))["n"] == 8
    before = open(out, "rb").read()
    run("similarity", "-m", os.path.join(FOLDER.name, "nowhere"), "--format=json", "-o", out, TEXT, status=1)
    assert open(out, "rb").read() == before


@tap.test("render: the same input gives the same bytes; PNG, SVG and PDF")
def _():
    for name, magic in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")):
        files = [os.path.join(FOLDER.name, str(i) + name) for i in range(2)]
        for file in files:
            run("render", "-m", F32, "--view=similarity", "--size=400x300", "-o", file, TEXT)
        first, second = [open(file, "rb").read() for file in files]
        assert first == second and first.startswith(magic), name


@tap.test("compare and project --explain: every sum adds up to its number, whatever the file's type")
def _():
    for path, rows, ids in MODELS.values():
        done = run_json("compare", "-m", path, "--explain", "solar system", "planet")
        total = math.fsum(term["product"] for term in done["contributions"]) + done["rest"]
        assert abs(total - done["dot"]) <= 1e-6, (total, done["dot"])
        for term in done["contributions"]:
            assert close(term["product"], term["a"] * term["b"]) and close(term["b"], rows["planet"][term["dimension"]])
        assert [piece["piece"] for piece in done["pieces_a"]] == ["solar", "system"]
        for term in done["contributions"]:  # the first text's vector is the sum of weight x row
            pooled = math.fsum(piece["weight"] * rows[piece["piece"]][term["dimension"]] for piece in done["pieces_a"])
            assert abs(pooled - term["a"]) <= 1e-6, (pooled, term)
        done = run_json("project", "-m", path, "--explain", TEXT)
        assert len(done["sums"]) == 2 * len(done["labels"])
        for k, one in enumerate(done["sums"]):
            total = math.fsum(term["product"] for term in one["terms"]) + one["rest"]
            shown = done["coordinates"][k // 2][k % 2]
            assert abs(total - shown) <= 1e-6 and abs(one["coordinate"] - shown) <= 1e-6, (one["label"], total, shown)
            for term in one["terms"]:
                assert close(term["product"], (term["value"] - term["mean"]) * term["loading"])
                assert close(term["mean"], done["mean"][term["dimension"]])
    run("compare", "-m", F32, "--explain", "sun", "planet", status=2)


@tap.test("render: sizes in millimetres, a title and a caption, and the numbers beside the figure")
def _():
    import numpy

    out = os.path.join(FOLDER.name, "figure.svg")
    for view, shape in ("similarity", (8, 8)), ("map", (8, 2)), ("vectors", (8, 16)), ("tokens", (11, 3)):
        run("render", "-m", F32, "--view=" + view, "--size=85x60mm", "--title=Heading", "--caption=Legend", "--provenance",
            "--text-size=7", "--data=csv,json,latex,npy", "-o", out, TEXT)
        svg = open(out, encoding="utf-8").read()
        assert 'width="240.94pt" height="170.08pt"' in svg and ">Heading<" in svg and ">Legend<" in svg and "Semblance " in svg, svg[:300]
        beside = numpy.load(out[:-3] + "npy")
        rows = list(csv.reader(open(out[:-3] + "csv", encoding="utf-8", newline="")))
        data = json.load(open(out[:-3] + "json", encoding="utf-8"))
        values = data[{"similarity": "matrix", "map": "coordinates"}.get(view, view)]
        latex = open(out[:-3] + "tex", encoding="utf-8").read()
        assert beside.shape[0] == shape[0] and beside.shape[1:] == (shape[1],) or view == "vectors", (view, beside.shape)
        assert [[float(x) for x in row[1:]] for row in rows[1:]] == beside.tolist() == values, view
        assert latex.count("\\\\") == 1 + (beside.shape[1] if view == "vectors" else beside.shape[0]) and "\\toprule" in latex
    assert beside.dtype == numpy.int64 and beside[0].tolist()[1:] == [-1, -1]
    chosen = ("render", "-m", F32, "--view=vectors", "--select=sun,planet", "--data=npy", "-o", out)
    run(*chosen, "sun planet moon")
    values = MODELS["F32"][1]
    assert numpy.load(out[:-3] + "npy").tolist() == [values["sun"], values["planet"]]


@tap.test("render: a map on axes made of words, its caption and the numbers beside it say so")
def _():
    out = os.path.join(FOLDER.name, "axes.svg")
    pairs = "sun:moon,earth:planet"
    run("render", "-m", F32, "--view=map", "--axes=" + pairs, "--provenance", "--data=csv", "-o", out, TEXT)
    rows = list(csv.reader(open(out[:-3] + "csv", encoding="utf-8", newline="")))
    assert rows[0] == ["label", "sun:moon", "earth:planet"], rows[0]
    expected = run_json("project", "-m", F32, "--axes=" + pairs, TEXT)["coordinates"]
    assert all(close(float(x), y) for row, known in zip(rows[1:], expected) for x, y in zip(row[1:], known))
    assert "axes " + pairs in open(out, encoding="utf-8").read()


@tap.test("render --nearby: the words behind the map lie where the map's own components put them, in the picture and beside it")
def _():
    import numpy

    out, words = os.path.join(FOLDER.name, "nearby.svg"), ["planet", "sun", "bread"]
    vectors = {}

    def vector(word):
        if word not in vectors:
            vectors[word] = numpy.array(run_json("vector", word)["values"])
        return vectors[word]

    run("render", "--view=map", "--nearby", "--data=csv", "-o", out, " ".join(words))
    rows = list(csv.reader(open(out[:-3] + "csv", encoding="utf-8", newline="")))[1:]
    behind = {row[0].removesuffix(" (vocabulary)"): [float(x) for x in row[1:]] for row in rows[3:]}
    assert [row[0] for row in rows[:3]] == words and len(behind) == 50 and not set(words) & set(behind), list(behind)
    units = numpy.array([vector(word) for word in words])
    # The plane that takes the units to their places takes the others to theirs.
    centred, places = units - units.mean(0), numpy.array([[float(x) for x in row[1:]] for row in rows[:3]])
    axes = numpy.linalg.lstsq(centred, places, rcond=None)[0]
    for word in list(behind)[:8]:
        assert all(close(x, y) for x, y in zip((vector(word) - units.mean(0)) @ axes, behind[word])), (word, behind[word])
    svg = open(out, encoding="utf-8").read()
    assert ">planets<" in svg and ">flour<" in svg
    run("render", "--view=map", "--data=csv", "-o", out, " ".join(words))
    assert len(open(out[:-3] + "csv", encoding="utf-8").readlines()) == 4 and ">flour<" not in open(out, encoding="utf-8").read()


@tap.test("render: pixels of an image are those asked for, at any resolution; EPS and WebP")
def _():
    out = os.path.join(FOLDER.name, "a.png")
    run("render", "-m", F32, "--size=640x480px", "--dpi=300", "-o", out, TEXT)
    assert struct.unpack(">II", open(out, "rb").read(24)[16:]) == (640, 480)
    assert run("render", "-m", F32, "--size=300x200", "--type=eps", TEXT).startswith(b"%!PS-Adobe-3.0 EPSF-3.0")
    assert run("render", "-m", F32, "--size=300x200", "--type=webp", TEXT)[8:12] == b"WEBP"


@tap.test("render: a project's own figure, and what the command line says instead")
def _():
    project = os.path.join(FOLDER.name, "a.semblance")
    figure = {"width": 300.0, "height": 200.0, "scale": 2.0, "text_size": 0.0, "theme": "print", "transparent": False,
              "provenance": False, "title": "Mine", "caption": None}
    with open(project, "w", encoding="utf-8") as stream:
        json.dump({"format": "semblance-project", "version": 1, "text": TEXT, "model": {"path": F32}, "page": "similarity",
                   "figure": figure}, stream)
    same = run("render", "-m", F32, "--view=similarity", "--size=300x200", "--scale=2", "--theme=print", "--title=Mine", "--type=png",
               TEXT)
    assert run("render", "--type=png", project) == same
    assert run("render", "--type=png", "--theme=dark", project) != same
    for kind in "png", "svg", "pdf", "eps", "webp":
        assert run("render", "--type=" + kind, project) == run("render", "--type=" + kind, project), kind
    plain = json.load(open(project, encoding="utf-8"))
    plain["other_model"] = {"path": MODELS["F16"][0], "name": None, "hash": None}
    with open(project, "w", encoding="utf-8") as stream:
        json.dump(plain, stream)
    compared = run("render", "--type=svg", project)
    assert compared != run("render", "--type=svg", "-m", F32, "--view=similarity", "--size=300x200", "--theme=print", "--title=Mine", TEXT)
    plain["other_model"]["path"] = os.path.join(FOLDER.name, "gone")
    with open(project, "w", encoding="utf-8") as stream:
        json.dump(plain, stream)
    assert run("render", "--type=png", project) == same  # alone, and said so on standard error
    for key, value in ("width", -1.0), ("theme", 3), ("scale", 0.0), ("title", 1):
        with open(project, "w", encoding="utf-8") as stream:
            json.dump({"format": "semblance-project", "version": 1, "text": TEXT, "figure": {**figure, key: value}}, stream)
        assert "figure" in run("render", "--type=png", project, status=1), key


@tap.test("bad text: invalid UTF-8 in an argument, in a file, in a token; the byte is named")
def _():
    message = run("similarity", "-m", F32, b"abc\xff def", status=1)
    assert "0xFF" in message and "offset 3" in message, message
    message = run("tokenize", "-m", F32, "-", data=b"\xe4bc", status=1)
    assert "standard input" in message and "offset 0" in message, message
    assert "offset 1" in run("vector", "-m", F32, b"a\xc3", status=1)


@tap.test("bad token: not one piece of the vocabulary; it says how it is cut")
def _():
    assert "token ##ization" in run("vector", "-m", F32, "tokenization", status=1)


@tap.test("bad model: no folder, no tokenizer, no weights, truncated weights, no JSON")
def _():
    folder = os.path.join(FOLDER.name, "bad")
    assert "nowhere" in run("similarity", "-m", os.path.join(FOLDER.name, "nowhere"), TEXT, status=1)
    make_model.write_model(folder + "-t", without=["tokenizer"])
    run("similarity", "-m", folder + "-t", TEXT, status=1)
    make_model.write_model(folder + "-w", without=["weights"])
    run("similarity", "-m", folder + "-w", TEXT, status=1)
    assert len(run_json("tokenize", "-m", folder + "-w", TEXT)["tokens"]) == 11
    make_model.write_model(folder)
    weights = os.path.join(folder, "model.safetensors")
    data = open(weights, "rb").read()
    for n in (0, 5, 8, 60, len(data) - 1):
        with open(weights, "wb") as f:
            f.write(data[:n])
        run("similarity", "-m", folder, TEXT, status=1)
    with open(os.path.join(folder, "tokenizer.json"), "w") as f:
        f.write("{")
    run("tokenize", "-m", folder, TEXT, status=1)


@tap.test("bad target: a full disk, a folder that is not there, a read-only one")
def _():
    if os.path.exists("/dev/full"):
        assert "No space left" in run("similarity", "-m", F32, "-o", "/dev/full", TEXT, status=1)
        with open("/dev/full", "wb") as full:
            done = subprocess.run([CLI, "similarity", "-m", F32, "--format=json", TEXT], stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 1 and b"No space left" in done.stderr and done.stderr.count(b"\n") == 1
        with open("/dev/full", "wb") as full:
            done = subprocess.run([CLI, "tokenize", "-m", F32, "--lines"], input=b'"a"\n', stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 1 and b"No space left" in done.stderr
        run("render", "-m", F32, "-o", os.path.join(FOLDER.name, "no", "a.png"), TEXT, status=1)
    assert "no/a.json" in run("similarity", "-m", F32, "-o", os.path.join(FOLDER.name, "no/a.json"), TEXT, status=1)
    if os.geteuid() != 0:
        closed = os.path.join(FOLDER.name, "closed")
        os.mkdir(closed, 0o500)
        run("similarity", "-m", F32, "-o", os.path.join(closed, "a"), TEXT, status=1)


@tap.test("similarity -m A -m B: both matrices, their difference and the pairs that disagree most; render draws both")
def _():
    other = os.path.join(FOLDER.name, "other")
    words, rows = make_model.write_model(other, "F32", 24)
    rows = dict(zip(words, rows))
    out = run_json("similarity", "-m", F32, "-m", other, TEXT)
    first, second = run_json("similarity", "-m", F32, TEXT), run_json("similarity", "-m", other, TEXT)
    assert list(out) == ["metric", "centered", "a", "b", "difference", "mean_absolute_difference", "largest_difference", "correlation",
                         "disagreements"]
    assert out["a"]["matrix"] == first["matrix"] and out["b"]["matrix"] == second["matrix"] and out["b"]["dim"] == 24
    x = [rows[w.lower()] for w in out["b"]["labels"]]
    pairs = [(i, j) for i in range(8) for j in range(i + 1, 8)]
    for i, j in pairs:
        assert close(out["b"]["matrix"][i][j], cosine(x[i], x[j]))
        assert out["difference"][i][j] == out["b"]["matrix"][i][j] - out["a"]["matrix"][i][j]
    sizes = [abs(out["difference"][i][j]) for i, j in pairs]
    assert close(out["mean_absolute_difference"], sum(sizes) / len(sizes)) and out["largest_difference"] == max(sizes)
    listed = [abs(d["difference"]) for d in out["disagreements"]]
    assert listed == sorted(sizes, reverse=True) and out["disagreements"][0]["labels"][0] in out["a"]["labels"]
    table = list(csv.DictReader(io.StringIO(run("similarity", "-m", F32, "-m", other, "--format=csv", TEXT).decode(), newline="")))
    assert [float(row["difference"]) for row in table] == [out["difference"][i][j] for i, j in pairs]
    assert "B - A" in run("similarity", "-m", F32, "-m", other, TEXT).decode()
    assert run_json("similarity", "-m", F32, "-m", other, "--unit=token", TEXT)["difference"] is None
    assert "cuts its own tokens" in run("similarity", "-m", F32, "-m", other, "--unit=token", "--format=csv", TEXT, status=1)
    for view, said in (("tokens", "Both cut the text at the same places"), ("similarity", "Pairs that disagree most"), ("map", "residual")):
        drawn = [os.path.join(FOLDER.name, f"{view}{i}.svg") for i in (0, 1)]
        for path in drawn:
            run("render", "-m", F32, "-m", other, "--view=" + view, "-o", path, TEXT)
        with open(drawn[0], "rb") as one, open(drawn[1], "rb") as two:
            data = one.read()
            assert data == two.read(), "the same input gives the same bytes"
        assert said in data.decode() and "other" in data.decode(), view


def two_models():
    other = os.path.join(FOLDER.name, "other")
    make_model.write_model(other, "F32", 24)
    return "-m", F32, "-m", other


@tap.test("one text against another by two models: the block of each, and what is said of the pairs in it alone")
def _():
    both, texts = two_models(), ("Earth planet", "--against", "system solar in")
    out = run_json("similarity", *both, *texts)
    for key, model in ("a", both[1]), ("b", both[3]):
        alone = run_json("similarity", "-m", model, *texts)
        assert out[key]["matrix"] == alone["matrix"] and close(out[key]["mean"], alone["mean"])
        assert out[key]["rows"] == alone["rows"] and out[key]["columns"] == alone["columns"]
    a, b = (sum(out[key]["matrix"], []) for key in "ab")
    sizes = [abs(y - x) for x, y in zip(a, b)]
    assert sum(out["difference"], []) == [y - x for x, y in zip(a, b)]
    assert close(out["mean_absolute_difference"], sum(sizes) / 6) and out["largest_difference"] == max(sizes)
    assert close(out["correlation"], statistics.correlation(a, b))
    assert [abs(pair["difference"]) for pair in out["disagreements"]] == sorted(sizes, reverse=True)
    table = list(csv.DictReader(io.StringIO(run("similarity", *both, "--format=csv", *texts).decode(), newline="")))
    assert [float(row["a"]) for row in table] == a and table[3]["first"] == "planet" and table[3]["second"] == "system", table
    assert "6 pairs: mean difference" in run("similarity", *both, *texts).decode()
    tokens = run_json("similarity", *both, "--unit=token", *texts)
    assert tokens["difference"] is None and len(tokens["b"]["matrix"]) == len(tokens["b"]["rows"])


@tap.test("project of two models: each as by itself, and the second turned onto the first")
def _():
    both = two_models()
    out = run_json("project", *both, TEXT)
    for key, model in ("a", both[1]), ("b", both[3]):
        alone = run_json("project", "-m", model, TEXT)
        assert {**alone, "model": out[key]["model"]} == out[key]
    if numpy is not None:
        x, y, turned = (numpy.array(m) for m in (out["a"]["coordinates"], out["b"]["coordinates"], out["aligned"]))
        x, y = x - x.mean(0), y - y.mean(0)
        u, s, v = numpy.linalg.svd(y.T @ x)
        assert numpy.allclose(turned - turned.mean(0), y @ u @ v * s.sum() / (y ** 2).sum())
        assert close(out["residual"], 1 - s.sum() ** 2 / ((x ** 2).sum() * (y ** 2).sum()))
    rows = list(csv.reader(io.StringIO(run("project", *both, "--format=csv", TEXT).decode(), newline="")))
    assert rows[0] == ["model", "label", "PC1", "PC2"] and len(rows) == 1 + 2 * len(out["aligned"])
    assert [[float(value) for value in row[2:]] for row in rows[1:]] == out["a"]["coordinates"] + out["aligned"]
    assert "B turned onto A" in run("project", *both, TEXT).decode()
    assert run_json("project", *both, "--unit=token", TEXT)["aligned"] is None


@tap.test("the data beside a figure of two models are both's, with their names")
def _():
    both, figure = two_models(), os.path.join(FOLDER.name, "two.svg")
    for view in "similarity", "map", "tokens":
        run("render", *both, "--view=" + view, "--data=csv,json,latex,npy", "-o", figure, TEXT)
        read = {}
        for ending in "csv", "json", "tex", "npy":
            with open(figure[:-3] + ending, "rb") as stream:
                read[ending] = stream.read()
        out = json.loads(read["json"])
        names = [out[key]["model"] for key in "ab"]
        assert names[1] == "other" and names[0] != "other", names
        if view == "similarity":
            assert out == run_json("similarity", *both, TEXT)
        assert all(name.encode() in read["csv"] for name in names), view
        assert read["tex"].count(b"\\begin{tabular}") == (3 if view == "similarity" else 2) and b"compared with other" in read["tex"]
        shape = re.search(rb"'shape': \((\d+), (\d+), (\d+)\)", read["npy"])
        assert int(shape[1]) == (3 if view == "similarity" else 2), shape
    run("render", *both, "--view=vectors", "--data=csv", "-o", figure, TEXT)  # a picture of the first alone
    with open(figure[:-3] + "csv", encoding="utf-8") as stream:
        assert stream.readline().startswith("label,0,1,")


@tap.test("wrong usage exits 2 with one line")
def _():
    for arguments in (["nonsense"], ["similarity", "-m", F32], ["similarity", "--wrong", "x"], ["compare", "-m", F32, "a"],
                      ["compare", "-m", F32, "a", "b", "c"], ["similarity", "--unit=line", "x"], ["similarity", "--format=xml", "x"],
                      ["vector", "--format=csv", "x"], ["project", "-m", "a", "-m", "b", "-m", "c", "x"],
                      ["project", "-m", "a", "-m", "b", "--explain", "--format=json", "x"], ["project", "-m", "a", "-m", "b", "--axes=a:b,c:d", "x"],
                      ["similarity", "-m", "a", "-m", "b", "-m", "c", "x"],
                      ["render", "x"],
                      ["render", "-o", "a.gif", "x"], ["render", "--size=10", "-o", "a.png", "x"], ["render", "--size=10x10cm", "-o", "a.png", "x"],
                      ["render", "--dpi=x", "-o", "a.png", "x"], ["render", "--dpi=72", "--scale=1", "-o", "a.png", "x"],
                      ["render", "--data=xls", "-o", "a.png", "x"], ["render", "--data=csv", "--type=png", "x"],
                      ["render", "-m", F32, "--text-size=1", "-o", "a.png", "x"], ["render", "--view=all", "-o", "a.png", "x"],
                      ["tokenize", "--lines", "text"], ["tokenize", "-m", F32]):
        run(*arguments, status=2)


@tap.test("help and version")
def _():
    text = run("--help").decode()
    for command in ("tokenize", "vector", "similarity", "project", "compare", "render"):
        assert command in text and b"Usage" in run(command, "--help")
    assert run("--version").startswith(b"semblance-cli ")


@tap.test("long texts: 100 000 emoji, 2 MB of words, one word of 100 000 letters; the first 2 000 units, and it says so")
def _():
    for text, n_total in (("😀" * 100000, 100000), ("earth planet\n" * 150000, 300000), ("x" * 100000, 1)):
        done = subprocess.run([CLI, "project", "-m", F32, "--format=json", "-"], input=text.encode(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 0, done.stderr
        assert len(json.loads(done.stdout)["labels"]) == min(n_total, 2000)
        assert (str(n_total).encode() in done.stderr) == (n_total > 2000), done.stderr


tap.main()
