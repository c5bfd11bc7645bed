#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-panzoom.py SEMBLANCE [PAGE...]: frames while zooming and panning the heatmap and the map of 2000 words.

The wheel turns and the pointer drags as often as a screen of 60 Hz shows a frame.  Figures are the program's own, from
SEMBLANCE_TRACE: from an event's arrival to the presentation, and the processor time in between.  Never fails on a figure.
"""
import os
import random
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "..", "display"))
from figures import frames, percentile, row
try:
    import drive
    import session
except ImportError as problem:
    print(f"skipped: {problem}")
    sys.exit(77)

N_WORDS, TICK, N_NOTCHES, N_MOVES = 2000, 1 / 60, 12, 90
PAGES = {"similarity": ("alt+3", "heatmap|similarity"), "map": ("alt+4", "map")}
SYLLABLES = "ba ce di fo gu ha ko li mo na pe ri su ta ve wo ya zu".split()


def write_text(path):
    """So many words, nearly all different, and the same each time."""
    chance = random.Random(1)
    words = ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))) for _ in range(N_WORDS)]
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(". ".join(" ".join(words[i:i + 20]) for i in range(0, N_WORDS, 20)) + ".")


def keep_time(steps):
    """Calls each step one tick after the other."""
    due = time.perf_counter()
    for step in steps:
        step()
        due += TICK
        time.sleep(max(0.0, due - time.perf_counter()))


def act(program, box):
    """The gestures by name, each a list of steps."""
    desktop = program.session
    x, y = int(box[0] + box[2] * 0.45), int(box[1] + box[3] * 0.5)

    def notch(button):
        desktop.press_button(button, True, pause=0)
        desktop.press_button(button, False, pause=0)

    desktop.move_pointer(x, y)
    yield "zoom in", [lambda: notch(4)] * N_NOTCHES
    path = [(x + (i if i < N_MOVES // 2 else N_MOVES - i) * 4, y + i % 45 * 3) for i in range(1, N_MOVES)]
    desktop.press_button(1, True)
    yield "pan", [lambda at=at: desktop.move_pointer(*at, pause=0) for at in path]
    desktop.press_button(1, False)
    desktop.move_pointer(x, y)
    yield "zoom out", [lambda: notch(5)] * N_NOTCHES


def measure(argv, page):
    shortcut, name = PAGES[page]
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        trace, text = os.path.join(folder, "trace"), os.path.join(folder, "words.txt")
        write_text(text)
        with drive.Program(argv + [text], environment={"SEMBLANCE_TRACE": trace}) as program:
            program.key(shortcut)
            picture = program.find("image", drive.re.compile(name, drive.re.I), showing=True)
            program.session.settle(quiet=1.0, limit=60)
            for gesture, steps in act(program, [int(value) for value in picture.box()]):
                program.session.settle(quiet=0.4)
                size = os.path.getsize(trace)
                keep_time(steps)
                program.session.settle(quiet=0.4)
                found.setdefault(gesture, []).extend(frames(trace, size, ("zoom", "pointer", "button")))
    everything = [frame for some in found.values() for frame in some]
    for gesture, some in list(found.items()) + [("all", everything)]:
        latency, cpu = [f["latency_ms"] for f in some], [f["cpu_ms"] for f in some]
        row(f"{page} of {N_WORDS}, {gesture}: median", percentile(latency, .5), "ms", 12 if gesture == "all" else None,
            f"processor {percentile(cpu, .5):.1f} ms, {len(some)} frames")
        row(f"{page} of {N_WORDS}, {gesture}: 99 %", percentile(latency, .99), "ms", 25 if gesture == "all" else None,
            f"processor {percentile(cpu, .99):.1f} ms")


def main():
    absent = session.missing()
    if absent:
        print("skipped:", absent)
        sys.exit(77)
    for page in sys.argv[2:] or PAGES:
        measure([sys.argv[1]], page)


if __name__ == "__main__":
    main()
