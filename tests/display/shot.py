#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""shot.py OUT.png [--dark] [--scale 2] [--text TEXT] [--size WxH] [--keys KEY...] -- PROGRAM [ARG...]: a picture of the running program.

Starts it on a private display, optionally sets the text and presses keys, waits until nothing moves, and saves its window.
Ends with 1 if the program printed a warning or did not end well.
"""
import argparse
import sys

import drive


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--contrast", action="store_true")
    parser.add_argument("--rtl", action="store_true")
    parser.add_argument("--language")
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--text-scale", type=float, default=1, help="size of the text, as the system sets it")
    parser.add_argument("--size", default="1600x1000", help="of the screen")
    parser.add_argument("--text", help="replaces the text")
    parser.add_argument("--click", metavar="ROLE:NAME", action="append", default=[])
    parser.add_argument("--hover", metavar="ROLE:NAME:X:Y", help="X, Y: fractions of its size")
    parser.add_argument("--keys", nargs="*", default=[])
    parser.add_argument("--tree", action="store_true", help="print the accessibility tree")
    parser.add_argument("program", nargs="+")
    options = parser.parse_args()
    environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if options.dark else "prefer-light"}
    if options.contrast:
        environment["ADW_DEBUG_HIGH_CONTRAST"] = "1"
    if options.rtl:
        environment["GTK_DEBUG"] = "invert-text-dir"
    if options.language:
        environment["LANGUAGE"] = options.language
    with drive.Program(options.program, environment=environment, scale=options.scale, size=options.size,
                       text_scale=options.text_scale) as program:
        if options.text is not None:
            program.find("text box").text = options.text
            program.session.settle()
        for place in options.click:
            role, name = place.split(":", 1)
            program.click(program.find(role, name, showing=True))
            program.session.settle()
        if options.keys:
            program.key(*options.keys)
        if options.hover:
            role, name, x, y = options.hover.split(":")
            program.hover(program.find(role, name, showing=True), float(x), float(y))
        program.session.settle()
        if options.tree:
            print(program.tree())
        main_window = next(window for window in program.session.windows() if not window["popup"])
        frame = main_window["frame"] or [0, 0, 0, 0]
        box = (main_window["x"] + frame[0], main_window["y"] + frame[2], main_window["w"] - frame[0] - frame[1],
               main_window["h"] - frame[2] - frame[3])
        program.session.save_png(options.out, box)
    for line in program.complaints():
        print(line, file=sys.stderr)
    print(f"{options.out}: {box[2]} x {box[3]}, exit status {program.status}")
    return 1 if program.status or program.complaints() else 0


sys.exit(main())
