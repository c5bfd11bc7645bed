# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the program as a person would: sees it by the accessibility bus and the screen, acts by pointer, keys and actions.

    with drive.Program(["_build/src/app/semblance"]) as program:
        program.key("ctrl+a")
        program.click(program.find("button", "Export"))
        program.wait_until(lambda: program.find("label", "cosine"))
    assert program.status == 0 and not program.complaints()
"""
import os
import re
import shutil
import subprocess
import sys
import time

import session as desktop
from accessible import ATSPI, STATES, Node
from gi.repository import Gio, GLib

# What GLib, GTK and the sanitizers print when something is wrong.
COMPLAINT = re.compile(r"\b(WARNING|CRITICAL|ERROR) \*\*|^\*\* ?(\(.*\): |[\w-]+:)?.*(WARNING|CRITICAL|ERROR)|runtime error:|Sanitizer", re.M)
# What is in these is of no interest to a test.
LEAVES = ("tab", "scroll bar", "label", "image", "text box", "switch")
PATIENCE = float(os.environ.get("SEMBLANCE_TEST_PATIENCE", "20"))


class Timeout(AssertionError):
    pass


class Program:
    """A running program on a desktop of its own.  As a context manager it closes the window as a person would."""

    # Text boxes that may still have the keyboard when GTK's file dialog is about to take it.
    OWN_ENTRIES = ("Text", "Title", "Caption")

    def __init__(self, argv, environment=None, home=None, size="1600x1000", scale=1, cwd=None, animated=False, text_scale=1):
        self.session = desktop.Session(size=size, scale=scale, home=home, extra=environment, animated=animated,
                                       text_scale=text_scale)
        self.status, self._log, self._process = None, None, None
        try:
            self._open_bus()
            self.start(argv, cwd)
        except BaseException:
            self.session.close()
            raise

    def start(self, argv, cwd=None):
        """On the desktop that is there, as after its end."""
        self.status = None
        self._said_before = len(self.session.log("program")) if self._process else 0
        self._process = self.session.spawn("program", argv, cwd=cwd, stdout=subprocess.DEVNULL)
        patience = max(60, 3 * PATIENCE)
        self.wait_until(lambda: self.session.windows() and self.toplevels(), "its first window", patience)
        self.wait_until(self._is_drawn, "its first picture", patience)
        self.session.settle()

    def kill(self):
        """kill -9."""
        self._process.kill()
        self.status = self._process.wait(10)
        end = time.monotonic() + PATIENCE
        while (self.session.windows() or not self.application_name_is_gone()) and time.monotonic() < end:
            time.sleep(0.02)

    def wait_for_end(self, patience):
        """Its exit status; None when it goes on."""
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return None

    def application_name_is_gone(self):
        try:
            self.application_id()
        except StopIteration:
            return True
        return False

    def _open_bus(self):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        bus = Gio.DBusConnection.new_for_address_sync(self.session.bus_address, flags, None, None)
        bus.set_exit_on_close(False)
        address = bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 20000, None).unpack()[0]
        self._bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self._bus.set_exit_on_close(False)
        self._session_bus = bus

    def call(self, bus, path, interface, method, signature=None, *arguments):
        if not bus or path.endswith("/null"):
            raise LookupError("a null accessible")
        parameters = GLib.Variant(signature, arguments) if signature else None
        return self._bus.call_sync(bus, path, interface, method, parameters, None, 0, 20000, None).unpack()

    def call_all(self, calls):
        """Many calls at once; None for each that failed.  The program answers them in one go, which saves the waiting."""
        results, left = [None] * len(calls), [len(calls)]

        def finished(bus, result, i):
            left[0] -= 1
            try:
                results[i] = bus.call_finish(result).unpack()
            except GLib.Error:
                pass  # gone meanwhile

        for i, (node, interface, method, signature, arguments) in enumerate(calls):
            parameters = GLib.Variant(signature, arguments) if signature else None
            self._bus.call(node.bus, node.path, interface, method, parameters, None, 0, 20000, None, finished, i)
        while left[0]:
            GLib.MainContext.default().iteration(True)
        return results

    def _is_drawn(self):
        """Some window has more than one colour: mapped is not yet drawn."""
        for window in self.session.windows():
            rows = self.session.rows(max(0, window["x"]), max(0, window["y"]), window["w"], window["h"])
            if any(row != row[:3] * (len(row) // 3) for row in rows[::5]):
                return True
        return False

    # -- its end ------------------------------------------------------------------------------------

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind:
            self._report_failure()
        elif self.status is None:
            self.close()
        self._keep_log()
        self.session.close()

    def _report_failure(self):
        try:
            path = os.path.join(os.environ.get("G_TEST_BUILDDIR", "/tmp"), f"failed-{os.getpid()}.png")
            self.session.save_png(path)
            sys.stderr.write(f"the screen is in {path}; the program's log:\n{self.session.log('program')}\n{self.tree()}\n")
        except (OSError, GLib.Error, LookupError) as problem:
            sys.stderr.write(f"no picture of the failure: {problem}\n")

    def close(self, patience=20):
        """Closes the windows; the exit status is kept in .status."""
        end = time.monotonic() + patience
        while self._process.poll() is None and time.monotonic() < end:
            self.session.ask_to_close()
            try:
                self._process.wait(0.5)
            except subprocess.TimeoutExpired:
                pass
        self.status = self._process.poll()
        return self.status

    def _keep_log(self):
        try:
            self._log = self.session.log("program")
        except OSError:
            pass

    def log(self):
        return self.session.log("program") if self._log is None else self._log

    def complaints(self, of_all_starts=True):
        log = self.log()[0 if of_all_starts else self._said_before:]
        return [line for line in log.splitlines() if COMPLAINT.search(line)]

    @property
    def pid(self):
        return self._process.pid

    # -- what is there ------------------------------------------------------------------------------

    def toplevels(self):
        root = self.call("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root", ATSPI + "Accessible", "GetChildren")[0]
        running = [reference for reference in root if reference[0]]
        return Node(self, running[0]).children if running else []

    def nodes(self, within=None, leaves=LEAVES):
        """(node, role, name) of everything in a node, or in all windows, the newest, a dialog, first; level by level."""
        level, seen, found = [within] if within else list(reversed(self.toplevels())), set(), []
        while level:
            level = [node for node in dict.fromkeys(level) if node not in seen]
            seen.update(level)
            calls = [(node, ATSPI + "Accessible", method, None, ()) for node in level for method in ("GetRoleName", "GetChildren")]
            calls += [(node, "org.freedesktop.DBus.Properties", "Get", "(ss)", (ATSPI + "Accessible", "Name")) for node in level]
            answers = self.call_all(calls)
            below = []
            for k, node in enumerate(level):
                role, children, name = answers[2 * k], answers[2 * k + 1], answers[2 * len(level) + k]
                if role is None or children is None or name is None:
                    continue
                found.append((node, role[0], name[0]))
                if role[0] not in leaves:
                    below += [Node(self, one) for one in children[0] if not one[1].endswith("/null")]
            level = below
        return found

    def find_all(self, role=None, name=None, showing=False):
        """role: GTK's name of it, or some of them.  name: a part of its name, or a compiled pattern."""
        roles = (role,) if isinstance(role, str) else role
        found = []
        for node, its_role, its_name in self.nodes():
            if roles and its_role not in roles:
                continue
            if name is not None and not (name.search(its_name) if hasattr(name, "search") else name in its_name):
                continue
            if not showing or node.showing():
                found.append(node)
        return found

    def find(self, role=None, name=None, showing=False, timeout=None):
        """The first one, as soon as there is one."""
        def first():
            found = self.find_all(role, name, showing)
            return found[0] if found else None
        try:
            return self.wait_until(first, f"{role} {name!r}", timeout)
        except Timeout as reason:
            raise LookupError(f"{reason}; the tree:\n{self.tree()}") from None

    def has(self, role=None, name=None):
        try:
            return bool(self.find_all(role, name))
        except (GLib.Error, LookupError):
            return False

    def focused(self):
        """The widget that has the keyboard; None while none has it, as between two windows."""
        # The text in an entry row has the keyboard, not the row; of an entry both have, and the outer one has the name.
        nodes = [node for node, _, _ in self.nodes(leaves=[role for role in LEAVES if role != "text box"])]
        answers = self.call_all([(node, ATSPI + "Accessible", "GetState", None, ()) for node in nodes])
        bit = 1 << STATES.index("focused")
        return next((node for node, answer in zip(nodes, answers) if answer and answer[0][0] & bit), None)

    def focus_by_tab(self, role=None, name=None, limit=60, backwards=False):
        """Presses Tab until the widget with that name (a part, or a pattern) has the keyboard."""
        roles, passed = (role,) if isinstance(role, str) else role, []
        for _ in range(limit):
            node = self.wait_until(self.focused, "the focus")
            its_role, its_name = node.role, node.name
            if (not roles or its_role in roles) and (name.search(its_name) if hasattr(name, "search") else name in its_name):
                return node
            passed.append(f"{its_role} {its_name!r}")
            self.key("shift+Tab" if backwards else "Tab")
            self.wait_until(lambda: (now := self.focused()) and now != node, f"the focus to leave {passed[-1]}")
        raise LookupError(f"Tab does not come to {role} {name!r}; it passed {passed}")

    def tree(self):
        lines = []

        def describe(node, depth, seen):
            if node in seen:
                return
            seen.add(node)
            role, name, has = node.role, node.name, node.interfaces
            dull = role in ("group", "widget", "panel", "filler", "generic") and (not name or name.startswith(("Gtk", "Adw", "Sem")))
            if not dull:
                text = f" text={node.text[:60]!r}" if "Text" in has and role != "label" else ""
                states = node.states & {"checked", "selected", "focused", "expanded", "pressed"}
                what = f" ({node.description})" if node.description else ""
                actions = " ".join(action for action in (node.actions if "Action" in has else []) if "." not in action)
                lines.append("  " * depth + f"{role} {name!r}{what}{text} {actions} {','.join(sorted(states))}".rstrip())
            for child in node.children:
                describe(child, depth + (not dull), seen)

        for window in self.toplevels():
            describe(window, 0, set())
        return "\n".join(lines)

    # -- waiting ------------------------------------------------------------------------------------

    def wait_until(self, condition, what=None, timeout=None):
        """Until it is true, and returns what it returned; what vanishes between two questions is asked for again."""
        end, last = time.monotonic() + (PATIENCE if timeout is None else timeout), None
        while True:
            try:
                result = condition()
                if result:
                    return result
            except (GLib.Error, LookupError, ValueError) as problem:
                last = problem
            if self._process and self._process.poll() is not None:
                raise AssertionError(f"the program ended with {self._process.returncode} while waiting for {what}:\n{self.log()[-2000:]}")
            if time.monotonic() > end:
                raise Timeout(f"not in time: {what or condition}" + (f" (last: {last})" if last else ""))
            time.sleep(0.03)

    # -- acting -------------------------------------------------------------------------------------

    def _place(self, node, x, y):
        """A point in it on the screen: in its own pixels, or as a fraction of its size between 0 and 1; the middle if None."""
        def still():
            box = node.box()
            time.sleep(0.02)
            return box if box and box == node.box() else None
        left, top, width, height = self.wait_until(still, f"{node} on the screen")

        def one(value, start, length):
            if value is None:
                return start + length // 2
            return start + (int(value * length) if 0 < value < 1 else int(value * self.session.scale))
        return one(x, left, width), one(y, top, height)

    def click(self, node, x=None, y=None, button=1, modifier=None):
        self.wait_until(node.showing, f"{node} to be visible")
        self.session.move_pointer(*self._place(node, x, y))
        if modifier:
            self.session.run("xdotool", "keydown", modifier)
        self.session.press_button(button, True)
        self.session.press_button(button, False)
        if modifier:
            self.session.run("xdotool", "keyup", modifier)

    def drag(self, node, *places, modifier=None):
        """Press at the first of the places (x, y), move to the others one after another, let go at the last."""
        self.wait_until(node.showing, f"{node} to be visible")
        if modifier:
            self.session.run("xdotool", "keydown", modifier)
        for i, (x, y) in enumerate(places):
            self.session.move_pointer(*self._place(node, x, y), pause=0.05)
            if i == 0:
                self.session.press_button(1, True)
        self.session.press_button(1, False)
        if modifier:
            self.session.run("xdotool", "keyup", modifier)

    def hover(self, node, x=None, y=None):
        at_x, at_y = self._place(node, x, y)
        self.session.move_pointer(at_x - 2, at_y)  # two moves: an enter and a motion
        self.session.move_pointer(at_x, at_y)

    def wait_for_keyboard(self):
        """A key goes to the window that has the keyboard, and between the end of a dialog and its parent's turn that is none."""
        try:
            self.wait_until(self.session.has_keyboard, timeout=2)
        except Timeout:
            self.session.activate_top()
            self.wait_until(self.session.has_keyboard, "a window that has the keyboard")

    def key(self, *keys):
        self.wait_for_keyboard()
        self.session.run("xdotool", "key", "--clearmodifiers", "--delay", "30", *keys)

    def type(self, text):
        """Key presses, ASCII only: for other letters xdotool remaps keys, and GTK then loses some."""
        assert text.isascii()
        self.wait_for_keyboard()
        self.session.run("xdotool", "type", "--delay", "8", "--", text)

    def answer_file_dialog(self, path):
        """Into the entry of GTK's own dialog, which has the keyboard, at once as if pasted, and Return.  What is typed key by key the
        dialog completes meanwhile, and GTK 4.18 then loses its way in it."""
        def entry():
            node = self.focused()
            return node if node and node.role == "text box" and node.name not in self.OWN_ENTRIES else None
        place = self.wait_until(entry, "the place for a path")
        self.session.settle()
        place.text = path
        self.wait_until(lambda: place.text.rstrip("/") == path, f"{path!r} in the file dialog")
        self.session.settle()
        self.key("Return")

    def activate(self, action, target=None):
        """An action of the application or its window, as a menu item would do it, over the session bus."""
        parts = self.application_path().rsplit("/", 0)[0]
        path = parts + ("/window/1" if action.startswith("win.") else "")
        name = action.split(".", 1)[1]
        parameters = GLib.Variant("(sava{sv})", (name, [target] if target is not None else [], {}))
        self._session_bus.call_sync(self.application_id(), path, "org.gtk.Actions", "Activate", parameters, None, 0, 20000, None)

    @staticmethod
    def string(text):
        """A target of an action."""
        return GLib.Variant("s", text)

    def application_id(self):
        names = self._session_bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames", None,
                                            None, 0, 20000, None).unpack()[0]
        return next(name for name in names if name.startswith("io.github.semblance.Semblance"))

    def application_path(self):
        return "/" + self.application_id().replace(".", "/")

    def clipboard(self, kind):
        """The bytes of the clipboard in a format such as image/png."""
        if not shutil.which("xclip"):
            raise LookupError("xclip is not installed")
        return self.session.run("xclip", "-selection", "clipboard", "-t", kind, "-o").stdout

    def screenshot(self, path, node=None):
        self.session.settle()
        self.session.save_png(path, tuple(int(v) for v in node.box()) if node else None)
        return path
