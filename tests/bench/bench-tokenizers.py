#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-tokenizers.py TOKENIZE SEMBLANCE-CLI [NAME...]: the tokenizers' bars of DESIGN.md 9.

Reads the families in shared/tokenizers (or the NAMEs).  For each: load, MB/s and memory over 5 MB of English prose from shared/corpus,
and how time grows from 0.5 MB to 1 MB of texts without a blank.  Speed is compared, in one run and by turns, with the Rust library where there is a
bar, through npm's `tokenizers` (in $SEMBLANCE_PEERS or /tmp/train-npm; without it that column is left out).  All times are processor
time.  Exit status 1 when a bar is missed, 77 when there is nothing to read."""
import json
import lzma
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("SEMBLANCE_SHARED", os.path.join(HERE, "..", "..", "..", "shared"))
PEERS = os.environ.get("SEMBLANCE_PEERS", "/tmp/train-npm")
# Ratio to the Rust library, and MB/s of the next best peer on a machine like ours (issue 4).
BARS = {"bert-base-uncased": (10, 30), "gpt2": (6, 17), "t5-small": (4, 0)}
MB = 5_000_000
LOAD_MS_PER_4MB = 100
GPT2_KB = 40_000
GROWTH = 4.0  # quadratic; what is n log n stays well below
ROUNDS = 3


def prose():
    with lzma.open(os.path.join(SHARED, "corpus", "classics.txt.xz"), "rb") as file:
        data = file.read(MB + 1_000_000)[1_000_000:]
    return data[:data.rfind(b"\n", 0, MB) + 1].decode("utf-8", "ignore").encode()


def write_prose(path):
    with open(path, "wb") as file:
        file.write(prose())


def in_child(function):
    """What this process has held at most counts as its children's (ru_maxrss lives through exec): keep it small."""
    child = os.fork()
    if child == 0:
        try:
            function()
        except BaseException:
            os._exit(1)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise RuntimeError("cannot write the prose")


def run(*command):
    env = dict(os.environ, TOKENIZERS_PARALLELISM="false", RAYON_NUM_THREADS="1")
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, env=env).stdout)


def measure(tool, folder, text):
    """Ours and theirs by turns; the best of each."""
    path = os.path.join(folder, "tokenizer.json")
    ours = theirs = None
    for _ in range(ROUNDS):
        got = run(tool, folder, text)
        if ours is None or got["texts"][text]["ms"] < ours["texts"][text]["ms"]:
            got["load_ms"] = min(got["load_ms"], ours["load_ms"]) if ours else got["load_ms"]
            ours = got
        ours["load_ms"] = min(ours["load_ms"], got["load_ms"])
        if os.path.isdir(os.path.join(PEERS, "node_modules", "tokenizers")) and os.path.basename(folder) in BARS:
            peer = run("node", os.path.join(HERE, "peer-tokenizers.cjs"), PEERS, text, path)[path]
            ms = min(peer["whole_ms"], peer["lines_ms"])
            theirs = min(theirs or ms, ms)
    return ours, theirs


def cli_peak_kb(cli, folder, text):
    """Of the command line over the prose."""
    with open(text, "rb") as file, subprocess.Popen([cli, "tokenize", "-m", folder, "-"], stdin=file, stdout=subprocess.DEVNULL) as child:
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
    return usage.ru_maxrss


def main():
    tool, cli, names = sys.argv[1], sys.argv[2], sys.argv[3:]
    root = os.path.join(SHARED, "tokenizers")
    if not os.path.isdir(root):
        print(f"skipped: {root} is not there")
        return 77
    missed = 0

    def check(text, wrong):
        nonlocal missed
        missed += wrong
        return text + ("  MISSED" if wrong else "")

    with tempfile.TemporaryDirectory() as folder:
        text = os.path.join(folder, "prose.txt")
        in_child(lambda: write_prose(text))
        for name in names or sorted(os.listdir(root)):
            model = os.path.join(root, name)
            size = os.path.getsize(os.path.join(model, "tokenizer.json"))
            ours, theirs = measure(tool, model, text)
            speed = ours["texts"][text]["mb_per_s"]
            ratio, peer = BARS.get(name, (0, 0))
            line = f"{name:20} {speed:6.1f} MB/s" + (check(f" > {peer}", speed < peer) if peer else "")
            if theirs:
                times = theirs / ours["texts"][text]["ms"]
                line += f"  {times:5.1f} x Rust" + (check(f" >= {ratio}", times < ratio) if ratio else "")
            line += check(f"  load {ours['load_ms']:6.1f} ms of {size / 1e6:4.1f} MB",
                          ours["load_ms"] > LOAD_MS_PER_4MB * max(1, size / 4e6))
            if name == "gpt2":
                peak = cli_peak_kb(cli, model, text)
                line += check(f"  {peak / 1000:.1f} MB", peak > GPT2_KB)
            growth = run(tool, model, "--growth")["texts"]
            # Below 25 ms a cache that no longer holds the text is all that is seen.
            ratios = {case: times["ms"] / max(times["half_ms"], 25) for case, times in growth.items()}
            worst = max(ratios, key=ratios.get)
            steepest = ratios[worst]
            slowest = max(growth, key=lambda case: growth[case]["ms"])
            line += check(f"  1 MB / 0.5 MB {steepest:.1f} ({worst})", steepest > GROWTH)
            print(f"{line}, slowest {growth[slowest]['ms']:.0f} ms ({slowest})", flush=True)
    return 1 if missed else 0


sys.exit(main())
