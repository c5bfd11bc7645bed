#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kill.py SEMBLANCE SEMBLANCE-CLI [--moments=N] [--seed=S]: kill -9 in the midst of a scripted session.

Words are typed, units switched and the project saved, and at a random moment the program is killed.  At its next start at most the
last two seconds of typing are missing, and the project file holds what was saved, or what was being saved.  5 moments by default;
tests/tools/kill-50 has 50.
"""
import json
import os
import random
import sys
import tempfile
import threading
import time

from begin import SEMBLANCE, drive, main, tap

OPTIONS = dict(argument[2:].split("=") for argument in sys.argv[1:] if argument.startswith("--"))
del sys.argv[1:]
MOMENTS, SEED = int(OPTIONS.get("moments", 5)), int(OPTIONS.get("seed", 20))
ALLOWED_S = 2.0
WORDS = "king queen man woman cat dog bread cheese sun moon star planet river".split()


class Life:
    """A text that only grows: what is seen in it, when, and what is in the file."""

    def __init__(self, path):
        self.path, self.typed, self.seen, self.saved, self.slowest = path, "", [], "", 0.0

    def begin(self, text):
        self.typed, self.seen, self.slowest = text, [(time.monotonic(), text)], 0.0

    def expect(self, text):
        self.typed += text

    def confirm(self, started):
        now = time.monotonic()
        self.slowest = max(self.slowest, now - started)
        self.seen.append((now, self.typed))

    def surely_kept(self, killed):
        """What was there two seconds before; a machine so busy that a key takes long gets that much more."""
        limit = killed - ALLOWED_S - self.slowest
        return max((text for when, text in self.seen if when <= limit), key=len, default=self.seen[0][1])


def text_of(program):
    return program.find("text box", "Text").text


def file_text(path):
    with open(path, encoding="utf-8") as stream:
        return json.load(stream)["text"]  # half a file would not be JSON


def one_step(program, life, rng):
    started = time.monotonic()
    kind = rng.random()
    if kind < 0.7:
        word = " " + rng.choice(WORDS)
        life.expect(word)
        program.type(word)
        program.wait_until(lambda: text_of(program) == life.typed, "the word")
        life.confirm(started)
    elif kind < 0.85:
        program.key("ctrl+s")
        if rng.random() < 0.5:  # else it goes on while it is saved
            program.wait_until(lambda: file_text(life.path) == life.typed, "the file")
            life.saved = life.typed
    else:
        program.key(rng.choice(["ctrl+1", "ctrl+2", "ctrl+4"]))


def act_until_killed(program, life, rng, seconds):
    """Returns when the program was killed."""
    killed = []

    def kill():
        killed.append(time.monotonic())
        os.kill(program.pid, 9)
    timer = threading.Timer(seconds, kill)
    program.key("ctrl+l", "ctrl+End")
    timer.start()
    while not killed:
        try:
            one_step(program, life, rng)
        except (AssertionError, LookupError, drive.GLib.Error):
            if not killed and program.wait_for_end(0.5) is None:
                timer.cancel()
                raise
    timer.join()
    program.kill()
    return killed[0]


def is_kept(text, life, least):
    return text.startswith(least) and life.typed.startswith(text)


@tap.test(f"killed at {MOMENTS} random moments: at most two seconds of typing are gone, and never a saved file")
def _():
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="sem-kill.") as folder:
        path = os.path.join(folder, "life.semblance")
        with open(path, "w", encoding="utf-8") as stream:
            json.dump({"format": "semblance-project", "version": 1, "text": "The sun"}, stream)
        life = Life(path)
        life.saved = "The sun"
        with drive.Program([SEMBLANCE, path]) as program:
            program.wait_until(lambda: text_of(program) == "The sun", "the project")
            life.begin("The sun")
            for moment in range(MOMENTS):
                killed = act_until_killed(program, life, rng, rng.uniform(0.1, 5.0))
                in_file = file_text(path)
                assert is_kept(in_file, life, life.saved), f"moment {moment}: saved {life.saved!r}, the file has {in_file!r}"
                least = life.surely_kept(killed)
                program.start([SEMBLANCE])
                try:
                    program.wait_until(lambda: is_kept(text_of(program), life, least), "the text")
                except drive.Timeout:
                    raise AssertionError(f"moment {moment}: {least!r} should be there again, and there is {text_of(program)!r}") from None
                if not any("life.semblance" in node.name for node in program.toplevels()):
                    # Nothing was unsaved: the project is closed, and its file as good as the text.
                    program.kill()
                    program.start([SEMBLANCE, path])
                    program.wait_until(lambda: any("life.semblance" in node.name for node in program.toplevels()), "the project")
                program.session.settle()
                life.saved = file_text(path)
                life.begin(text_of(program))
            program.key("ctrl+s")
            program.wait_until(lambda: file_text(path) == life.typed, "the file")
        # Of the start that ended by itself; in one of seven of the others GTK 4.8 said that a part of it was drawn before it had a place.
        said = program.complaints(of_all_starts=False)
        assert program.status == 0 and not said, (program.status, said)
        assert all("without a current allocation" in line for line in program.complaints()), program.complaints()


@tap.test("what two seconds are is checked: a text that lacks more is told from one that lacks less")
def _():
    life = Life("")
    life.seen = [(0.0, "a"), (1.0, "a b"), (2.0, "a b c"), (3.5, "a b c d")]
    life.typed = "a b c d e"
    assert life.surely_kept(4.1) == "a b c"
    assert is_kept("a b c d", life, "a b c") and not is_kept("a b", life, "a b c") and not is_kept("a b c x", life, "a b c")


main()
