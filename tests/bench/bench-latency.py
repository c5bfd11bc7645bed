#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-latency.py SEMBLANCE [KEYS]: from a key press to the updated picture, for texts of 60 and 200 words.

Types letters and spaces at the end of the text, one by one, and measures two ways: the program's own "frame" lines in
SEMBLANCE_TRACE (event's arrival to presentation), and from outside, from the key's injection to the first change on the screen of
the part that shows the heatmap.  Prints figures; never fails on one.
"""
import os
import sys
import tempfile
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "..", "display"))
from figures import frames, percentile, row
try:
    import drive
    import session
    from Xlib import X, XK
    from Xlib.ext import xtest
except ImportError as problem:
    print(f"skipped: {problem}")
    sys.exit(77)

SENTENCE = "The old ship sailed from the harbour to the island where a small garden of roses grew near the river".split()
LETTERS = "moon stars shine "


def press(desktop, letter):
    """One key press and release; returns the moment of the press."""
    code = desktop.x.keysym_to_keycode(XK.string_to_keysym("space" if letter == " " else letter))
    begin = time.perf_counter()
    xtest.fake_input(desktop.x, X.KeyPress, code)
    xtest.fake_input(desktop.x, X.KeyRelease, code)
    desktop.x.sync()
    return begin


def changed_after(desktop, box, before, begin, patience=2.0):
    while time.perf_counter() - begin < patience:
        if zlib.crc32(b"".join(desktop.rows(*box))) != before:
            return (time.perf_counter() - begin) * 1000
        time.sleep(0.001)
    return None


def measure(argv, n_words, n_keys):
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "trace")
        with drive.Program(argv, environment={"SEMBLANCE_TRACE": trace}) as program:
            desktop = program.session
            text = program.find("text box")
            text.text = " ".join(SENTENCE[i % len(SENTENCE)] for i in range(n_words))
            program.click(text)
            program.key("ctrl+End")
            desktop.settle()
            picture = program.find("image", drive.re.compile("heatmap|similarity", drive.re.I), showing=True)
            # A middle strip is enough to see that the picture has changed, and cheap to look at.
            x, y, width, height = (int(value) for value in picture.box())
            box = (x, y + height // 2, width, height // 4)
            size, outside = os.path.getsize(trace), []
            for i in range(n_keys):
                desktop.settle(quiet=0.1)
                before = zlib.crc32(b"".join(desktop.rows(*box)))
                seen = changed_after(desktop, box, before, press(desktop, LETTERS[i % len(LETTERS)]))
                if seen is not None:
                    outside.append(seen)
            answers = frames(trace, size)
    own, processor = [frame["latency_ms"] for frame in answers], [frame["cpu_ms"] for frame in answers]
    print(f"{n_words:4} words: its own frames after a key: median {percentile(own, .5):.1f} ms, 90 % {percentile(own, .9):.1f}, "
          f"99 % {percentile(own, .99):.1f} ({len(own)} frames); heatmap changed on the screen: median {percentile(outside, .5):.1f} ms, "
          f"90 % {percentile(outside, .9):.1f} ({len(outside)} of {n_keys} keys)", flush=True)
    return own, processor


def main():
    absent = session.missing()
    if absent:
        print("skipped:", absent)
        sys.exit(77)
    n_keys = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    for n_words, bar in ((60, 16), (200, 33)):
        own, processor = measure([sys.argv[1]], n_words, n_keys)
        row(f"key to picture, {n_words} words: median", percentile(own, .5), "ms", None, f"processor {percentile(processor, .5):.1f} ms")
        row(f"key to picture, {n_words} words: 99 %", percentile(own, .99), "ms", bar, f"processor {percentile(processor, .99):.1f} ms")


if __name__ == "__main__":
    main()
