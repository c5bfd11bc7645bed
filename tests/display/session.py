# SPDX-License-Identifier: GPL-3.0-or-later
"""A private desktop for one program: X server, session bus, accessibility bus, window manager; all gone when it is closed.

Determinism: a fresh home folder, a named font, no animation, no blinking cursor, cairo as the renderer and no OpenGL at all,
the pointer in the corner.  The screen is a mapped file (Xvfb -fbdir), so looking at it costs the program nothing.
"""
import ctypes
import glob
import mmap
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import zlib

from Xlib import X, Xatom, display, error
from Xlib.ext import xtest
from Xlib.protocol import event

NEEDED = ("Xvfb", "dbus-daemon", "openbox", "xdotool")
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi-bus-launcher")
OPENBOX = """<openbox_config xmlns="http://openbox.org/3.4/rc"><focus><focusNew>yes</focusNew></focus>
<placement><policy>Smart</policy><center>yes</center></placement><desktops><number>1</number></desktops></openbox_config>"""
RESOURCES = "Xft.dpi:\t96\nXft.antialias:\t1\nXft.hinting:\t1\nXft.hintstyle:\thintslight\nXft.rgba:\tnone\n"
# Variables of the person's own desktop that must not reach the program.
FOREIGN = ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "XDG_CURRENT_DESKTOP", "GTK_THEME", "GTK_DEBUG",
           "DESKTOP_STARTUP_ID", "G_DEBUG", "LANGUAGE", "GTK_A11Y")


def missing():
    """What is not installed, as a sentence; None if all is there."""
    absent = [name for name in NEEDED if not shutil.which(name)]
    if not any(os.path.exists(path) for path in LAUNCHERS):
        absent.append("at-spi2-core")
    return "not installed: " + ", ".join(absent) if absent else None


def gtk_minor():
    """The running GTK 4's minor version: libgtk-4.so.1.800.3 is 4.8."""
    found = [re.search(r"so\.1\.(\d+)", path) for folder in ("/usr/lib/*/", "/usr/lib64/", "/usr/lib/")
             for path in glob.glob(folder + "libgtk-4.so.1.*")]
    return max([int(match[1]) // 100 for match in found if match] or [0])


def _die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Session:
    """The desktop.  environment is what a program started on it needs."""

    def __init__(self, size="1600x1000", scale=1, home=None, extra=None, animated=False, text_scale=1):
        # A short path: the accessibility bus has its socket below it, and a socket's path ends at 107 bytes.
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"
        self.folder = tempfile.mkdtemp(prefix="sem.", dir=base)
        self.scale, self.animated, self.text_scale = scale, animated, text_scale
        self._processes = []
        self.x = None
        try:
            self._prepare_home(home or os.path.join(self.folder, "home"), extra or {})
            self._start_server(size)
            self._start_bus()
            self._start_window_manager()
            self._map_screen()
            self.move_pointer(0, 0)
        except BaseException:
            self.close()
            raise

    # -- starting -----------------------------------------------------------------------------------

    def spawn(self, name, argv, **options):
        """Starts a program of the session; its standard error goes to NAME.log."""
        with open(os.path.join(self.folder, name + ".log"), "ab") as log:
            process = subprocess.Popen(argv, env=options.pop("env", self.environment), stdin=subprocess.DEVNULL,
                                       stdout=options.pop("stdout", log), stderr=log, start_new_session=True,
                                       preexec_fn=_die_with_parent, **options)
        self._processes.append(process)
        return process

    def _prepare_home(self, home, extra):
        for folder in (".config/gtk-4.0", ".local/share", ".cache"):
            os.makedirs(os.path.join(home, folder), exist_ok=True)
        with open(os.path.join(home, ".config/gtk-4.0/settings.ini"), "w", encoding="utf-8") as stream:
            stream.write(f"[Settings]\ngtk-enable-animations={int(self.animated)}\ngtk-cursor-blink=0\ngtk-font-name=DejaVu Sans 10\n")
        with open(os.path.join(home, ".config/gtk-4.0/gtk.css"), "w", encoding="utf-8") as stream:
            # GTK draws a border of five pixels where nothing composites; it would only be in the way.
            stream.write("window.solid-csd { padding: 0; margin: 0; border: none; box-shadow: none; }\n")
        self.home = home
        self.environment = {key: value for key, value in os.environ.items() if key not in FOREIGN}
        self.environment.update(
            HOME=home, XDG_RUNTIME_DIR=self.folder, XDG_CONFIG_HOME=home + "/.config", XDG_DATA_HOME=home + "/.local/share",
            XDG_CACHE_HOME=home + "/.cache", XDG_STATE_HOME=home + "/.local/state", GDK_BACKEND="x11", GDK_SCALE=str(self.scale), GTK_A11Y="atspi", GIO_USE_VFS="local",
            GSETTINGS_BACKEND="keyfile", GTK_USE_PORTAL="0", LANG="C.UTF-8", LC_ALL="C.UTF-8", GSK_RENDERER="cairo",
            ADW_DEBUG_COLOR_SCHEME="prefer-light")
        # Another name for the same wish since 4.16, and the old one then prints a complaint.
        if gtk_minor() >= 16:
            self.environment.pop("GDK_DEBUG", None)
            self.environment["GDK_DISABLE"] = "gl,vulkan"
        else:
            self.environment["GDK_DEBUG"] = "gl-disable"
        for key, value in extra.items():
            if value is None:
                self.environment.pop(key, None)
            else:
                self.environment[key] = value

    def _start_server(self, size):
        # Not -displayfd: it takes no lock file, and two servers that start at once then break each other's socket.
        for number in random.sample(range(1000, 9000), 40):
            server = self.spawn("xvfb", ["Xvfb", f":{number}", "-screen", "0", size + "x24", "-dpi", "96", "-nocursor", "-fbdir",
                                         self.folder, "-nolisten", "tcp", "-noreset"])
            end = time.monotonic() + 15
            while server.poll() is None and not self.x and time.monotonic() < end:
                try:
                    with open(f"/tmp/.X{number}-lock", encoding="ascii") as lock:
                        if int(lock.read()) == server.pid:
                            self.x = display.Display(f":{number}")
                except (OSError, ValueError, error.DisplayConnectionError):
                    time.sleep(0.01)
            if self.x:
                self.environment["DISPLAY"] = f":{number}"
                root = self.x.screen().root
                root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8, RESOURCES.replace("96", str(int(96 * self.text_scale))).encode())
                self.x.sync()
                return
            self._stop(server)
            self._processes.remove(server)
        raise RuntimeError("Xvfb did not start: " + self.log("xvfb"))

    def _start_bus(self):
        reader, writer = os.pipe()
        self.spawn("bus", ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={writer}"], pass_fds=[writer])
        os.close(writer)
        self.bus_address = os.read(reader, 512).decode().strip()
        os.close(reader)
        if not self.bus_address:
            raise RuntimeError("dbus-daemon did not start: " + self.log("bus"))
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus_address

    def _start_window_manager(self):
        path = os.path.join(self.folder, "openbox.xml")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(OPENBOX)
        self.spawn("wm", ["openbox", "--sm-disable", "--config-file", path], env=dict(self.environment, NO_AT_BRIDGE="1"))
        end = time.monotonic() + 15
        while self.property_of(self.x.screen().root, "_NET_SUPPORTING_WM_CHECK") is None:
            if time.monotonic() > end:
                raise RuntimeError("openbox did not start: " + self.log("wm"))
            time.sleep(0.01)

    def log(self, name):
        with open(os.path.join(self.folder, name + ".log"), encoding="utf-8", errors="replace") as stream:
            return stream.read()

    @staticmethod
    def _stop(process):
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def close(self):
        if self.x:
            try:
                self.x.close()
            except error.ConnectionClosedError:
                pass
            self.x = None
        for process in reversed(self._processes):
            self._stop(process)
        self._processes = []
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- windows ------------------------------------------------------------------------------------

    def property_of(self, window, name):
        found = window.get_full_property(self.x.intern_atom(name), X.AnyPropertyType)
        return None if found is None else found.value

    def windows(self):
        """The mapped windows, bottom first, as dicts: id, name, x, y, w, h in device pixels, popup, frame (its shadow) or None."""
        found = []
        root = self.x.screen().root
        for outer in root.query_tree().children:
            try:
                inner = outer.query_tree().children
            except error.BadWindow:
                continue
            for window in [outer] + inner:  # the window manager puts a frame around the program's window
                try:
                    described = self._describe(window, root)
                except (error.BadWindow, error.BadDrawable, error.BadMatch):
                    continue  # closed meanwhile
                if described:
                    found.append(described)
        return found

    def _describe(self, window, root):
        attributes = window.get_attributes()
        if attributes.map_state != X.IsViewable or not window.get_wm_class():
            return None
        if not attributes.override_redirect and self.property_of(window, "WM_STATE") is None:
            return None
        size, place = window.get_geometry(), root.translate_coords(window, 0, 0)
        if size.width < 8:
            return None
        name, frame = self.property_of(window, "_NET_WM_NAME"), self.property_of(window, "_GTK_FRAME_EXTENTS")
        return {"id": window.id, "name": name.decode(errors="replace") if isinstance(name, bytes) else name or "",
                "x": place.x, "y": place.y, "w": size.width, "h": size.height, "popup": bool(attributes.override_redirect),
                "frame": list(frame) if frame is not None and len(frame) == 4 else None}

    def ask_to_close(self):
        """What the window manager's cross does, for every window that is not a popover."""
        root = self.x.screen().root
        for window in self.windows():
            if not window["popup"]:
                message = event.ClientMessage(window=self.x.create_resource_object("window", window["id"]),
                                              client_type=self.x.intern_atom("_NET_CLOSE_WINDOW"), data=(32, [0, 2, 0, 0, 0]))
                root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self.x.sync()

    # -- pointer and keys ---------------------------------------------------------------------------

    def move_pointer(self, x, y, pause=0.02):
        xtest.fake_input(self.x, X.MotionNotify, x=int(x), y=int(y))
        self.x.sync()
        time.sleep(pause)

    def press_button(self, button, down, pause=0.03):
        xtest.fake_input(self.x, X.ButtonPress if down else X.ButtonRelease, button)
        self.x.sync()
        time.sleep(pause)

    def has_keyboard(self):
        """Would a key reach a window of the program?  Between the end of a dialog and its parent's turn it reaches none."""
        node, root = self.x.get_input_focus().focus, self.x.screen().root
        ours = {window["id"] for window in self.windows()}
        try:
            while not isinstance(node, int) and node and node != root:
                if node.id in ours:
                    return True
                node = node.query_tree().parent
        except (error.BadWindow, error.BadDrawable):
            pass  # closed meanwhile
        return False

    def activate_top(self):
        """What Alt+Tab does.  When two dialogs close at once, openbox's offer of the keyboard to their parent may carry a time before
        that of the last change, and the X server ignores it: then nobody has it until somebody asks."""
        own = [window for window in self.windows() if not window["popup"]]
        if own:
            root = self.x.screen().root
            message = event.ClientMessage(window=self.x.create_resource_object("window", own[-1]["id"]),
                                          client_type=self.x.intern_atom("_NET_ACTIVE_WINDOW"), data=(32, [2, X.CurrentTime, 0, 0, 0]))
            root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
            self.x.sync()

    def run(self, *argv, **options):
        return subprocess.run(argv, env=self.environment, capture_output=True, check=False, **options)

    # -- the screen ---------------------------------------------------------------------------------

    def _map_screen(self):
        with open(os.path.join(self.folder, "Xvfb_screen0"), "rb") as stream:
            self.memory = mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", self.memory[:100])
        self.width, self.height, self.stride = header[4], header[5], header[12]
        self._start = header[0] + 12 * header[19]

    def rows(self, x=0, y=0, width=None, height=None):
        """The RGB bytes of a part of the screen, row by row."""
        width, height = min(width or self.width, self.width - x), height or self.height
        found = []
        for row in range(max(0, y), min(self.height, y + height)):
            start = self._start + row * self.stride + x * 4
            raw, rgb = self.memory[start:start + 4 * width], bytearray(width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = raw[2::4], raw[1::4], raw[0::4]
            found.append(bytes(rgb))
        return found

    def checksum(self):
        return zlib.crc32(self.memory)

    def settle(self, quiet=0.15, limit=10):
        """Until the screen has not changed for that long; FALSE if it never stood still."""
        end, last, since = time.monotonic() + limit, None, time.monotonic()
        while time.monotonic() < end:
            now = self.checksum()
            if now != last:
                last, since = now, time.monotonic()
            elif time.monotonic() - since >= quiet:
                return True
            time.sleep(0.02)
        return False

    def save_png(self, path, box=None):
        rows = self.rows(*box) if box else self.rows()

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        header = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
        with open(path, "wb") as stream:
            stream.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
                         + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)) + chunk(b"IEND", b""))
