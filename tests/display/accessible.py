# SPDX-License-Identifier: GPL-3.0-or-later
"""One object of the accessibility tree, read over D-Bus at the moment of asking: nothing is cached.

Not libatspi: it keeps states that have changed.  What GTK does differently from the specification is handled here: "showing" on
windows alone in 4.8, and on everything in 4.18 (so the screen is asked by a hit test), window coordinates of a popover that are
off by its place, a stack page's child listed twice, an empty string for a text's end of -1.
"""
from gi.repository import GLib

ATSPI = "org.a11y.atspi."
STATES = """invalid active armed busy checked collapsed defunct editable enabled expandable expanded focusable focused has-tooltip
horizontal iconified modal multi-line multiselectable opaque pressed resizable selectable selected sensitive showing single-line
stale transient vertical visible manages-descendants indeterminate required truncated animated invalid-entry autocompletion
selectable-text is-default visited checkable has-popup read-only""".split()
WINDOW_COORDINATES = 1


class Node:
    def __init__(self, program, reference):
        self.program = program
        self.bus, self.path = reference

    def __eq__(self, other):
        return isinstance(other, Node) and (self.bus, self.path) == (other.bus, other.path)

    def __hash__(self):
        return hash(self.path)

    def __repr__(self):
        return f"<{self.role} {self.name!r}>"

    def _call(self, interface, method, signature=None, *arguments):
        return self.program.call(self.bus, self.path, ATSPI + interface, method, signature, *arguments)

    def _property(self, interface, name):
        return self.program.call(self.bus, self.path, "org.freedesktop.DBus.Properties", "Get", "(ss)", ATSPI + interface, name)[0]

    # -- what it is ---------------------------------------------------------------------------------

    @property
    def role(self):
        return self._call("Accessible", "GetRoleName")[0]

    @property
    def name(self):
        return self._property("Accessible", "Name")

    @property
    def description(self):
        return self._property("Accessible", "Description")

    @property
    def interfaces(self):
        return [name.rsplit(".", 1)[1] for name in self._call("Accessible", "GetInterfaces")[0]]

    @property
    def states(self):
        low, high = self._call("Accessible", "GetState")[0]
        return {name for bit, name in enumerate(STATES) if (low | high << 32) >> bit & 1}

    @property
    def parent(self):
        return Node(self.program, self._property("Accessible", "Parent"))

    @property
    def children(self):
        references = self._call("Accessible", "GetChildren")[0]
        return list(dict.fromkeys(Node(self.program, one) for one in references if not one[1].endswith("/null")))

    def walk(self, seen=None):
        seen = set() if seen is None else seen
        if self in seen:
            return
        seen.add(self)
        yield self
        for child in self.children:
            yield from child.walk(seen)

    def ancestors(self):
        """Itself first, its window last."""
        node = self
        while not node.path.endswith("/root"):
            yield node
            node = node.parent

    # -- text, values, actions ----------------------------------------------------------------------

    @property
    def text(self):
        return self._call("Text", "GetText", "(ii)", 0, self._property("Text", "CharacterCount"))[0]

    @text.setter
    def text(self, contents):
        self._call("EditableText", "SetTextContents", "(s)", contents)

    @property
    def value(self):
        return self._property("Value", "CurrentValue")

    @property
    def actions(self):
        names = []
        for i in range(self._property("Action", "NActions")):
            try:
                names.append(self._call("Action", "GetName", "(i)", i)[0])
            except GLib.Error:  # counted, but GTK 4.8 does not name those of a disabled action
                names.append("")
        return names

    def do(self, action="click"):
        return self._call("Action", "DoAction", "(i)", self.actions.index(action))[0]

    # -- where it is --------------------------------------------------------------------------------

    @property
    def extents(self):
        """x, y, w, h in its window; screen coordinates are not true in GTK 4 and asking for them makes it complain."""
        try:
            return self._call("Component", "GetExtents", "(u)", WINDOW_COORDINATES)[0]
        except GLib.Error:
            return (0, 0, 0, 0)

    def _in_popover(self, window):
        scale, (_, _, width, height) = self.program.session.scale, self.extents
        return window["popup"] and abs(window["w"] - width * scale) <= 1 and abs(window["h"] - height * scale) <= 1

    def box(self):
        """x, y, w, h on the screen in device pixels; None if no window of the program has it."""
        scale, windows, chain = self.program.session.scale, self.program.session.windows(), list(self.ancestors())
        x, y, width, height = self.extents
        if width <= 0 or height <= 0:
            return None
        for node in chain:
            left, top, outer_width, outer_height = node.extents
            if node is chain[-1]:
                candidates = [one for one in windows if not one["popup"] and one["name"] == node.name] or \
                             [one for one in windows if not one["popup"]]
                if not candidates:
                    return None
                window = candidates[-1]
                frame = window["frame"] or [max(0, window["w"] - outer_width * scale) // 2, 0,
                                            max(0, window["h"] - outer_height * scale) // 2, 0]
                return (window["x"] + frame[0] + (x - left) * scale, window["y"] + frame[2] + (y - top) * scale,
                        width * scale, height * scale)
            popovers = [one for one in windows if node._in_popover(one)]
            if popovers:
                window = popovers[-1]
                return window["x"] + (x - left) * scale, window["y"] + (y - top) * scale, width * scale, height * scale
        return None

    def is_listed(self, parent):
        """Among its parent's children?  A stack lists its pages, and they the child that it is the parent of."""
        beside = parent.children
        return self in beside or any(self in page.children for page in beside if page.role == "tab panel")

    def showing(self):
        """Is it really on the screen, and not on a page that is not shown?"""
        box = self.box()
        if not box:
            return False
        chain = list(self.ancestors())
        states = [node.states for node in chain]
        if any("visible" not in its for its in states):
            return False
        # GTK 4.18 says that everything is visible and showing, but lists no child that is not.
        if "showing" in states[0] and not all(child.is_listed(parent) for child, parent in zip(chain, chain[1:])):
            return False
        if any(node._in_popover(window) for window in self.program.session.windows() if window["popup"] for node in chain[:-1]):
            return True
        x, y, width, height = self.extents
        nothing = 0
        # The inside of an entry answers nothing, its edge answers itself.
        for at_x, at_y in (x + width // 2, y + height // 2), (x - 4, y + height // 2), (x + width // 2, y - 3):
            reference = chain[-1]._call("Component", "GetAccessibleAtPoint", "(iiu)", at_x, at_y, WINDOW_COORDINATES)[0]
            if reference[1].endswith("/null"):
                nothing += 1
                continue
            hit = Node(self.program, reference)
            if hit in chain or self in list(hit.ancestors()):
                return hit != chain[-1]
        return nothing == 3
