"""Her own mouse and keyboard on a real X display: devices of their own, or a tool that injects as our hands do."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

from Xlib import X
from Xlib.ext import xinput, xtest

from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from tests.helpers.xdesk import connected

_NOW = ctypes.c_ulong(0)


class HerDevices:
    """The keyboard and the mouse that Xvfb has beside those of XTEST; nothing but this moves them."""

    def __init__(self, display: str, numbers: dict[str, int]) -> None:
        self._xlib, self._xi, self._xtst = (ctypes.CDLL(name) for name in ("libX11.so.6", "libXi.so.6", "libXtst.so.6"))
        self._xlib.XOpenDisplay.restype = self._xi.XOpenDevice.restype = ctypes.c_void_p
        self._server = ctypes.c_void_p(self._xlib.XOpenDisplay(display.encode()))
        self._keyboard, self._mouse = (self._opened(numbers[f"Xvfb {name}"]) for name in ("keyboard", "mouse"))

    def key(self, code: str, down: bool) -> None:
        """A key goes down or up."""
        keycode = EVDEV[code] + X11_OFFSET
        self._xtst.XTestFakeDeviceKeyEvent(self._server, self._keyboard, keycode, int(down), None, 0, _NOW)
        self._sync()

    def button(self, number: int, down: bool) -> None:
        """A mouse button goes down or up."""
        self._xtst.XTestFakeDeviceButtonEvent(self._server, self._mouse, number, int(down), None, 0, _NOW)
        self._sync()

    def move(self, dx: int, dy: int) -> None:
        """The mouse is moved by so much."""
        axes = (ctypes.c_int * 2)(dx, dy)
        self._xtst.XTestFakeDeviceMotionEvent(self._server, self._mouse, 1, 0, axes, 2, _NOW)
        self._sync()

    def close(self) -> None:
        """Give the connection back."""
        self._xlib.XCloseDisplay(self._server)

    def _opened(self, number: int) -> ctypes.c_void_p:
        return ctypes.c_void_p(self._xi.XOpenDevice(self._server, ctypes.c_ulong(number)))

    def _sync(self) -> None:
        self._xlib.XSync(self._server, 0)


class HerTool:
    """An on-screen keyboard and mouse: a client of XTEST like our hands."""

    def __init__(self, display: str) -> None:
        self._lent = connected(display)
        self._connection = self._lent.__enter__()

    def key(self, code: str, down: bool) -> None:
        """A key goes down or up."""
        self._fake(X.KeyPress if down else X.KeyRelease, EVDEV[code] + X11_OFFSET)

    def button(self, number: int, down: bool) -> None:
        """A mouse button goes down or up."""
        self._fake(X.ButtonPress if down else X.ButtonRelease, number)

    def move(self, dx: int, dy: int) -> None:
        """The pointer is moved by so much."""
        xtest.fake_input(self._connection, X.MotionNotify, 1, x=dx, y=dy)
        self._connection.sync()

    def close(self) -> None:
        """Give the connection back."""
        self._lent.__exit__(None, None, None)

    def _fake(self, kind: int, detail: int) -> None:
        xtest.fake_input(self._connection, kind, detail)
        self._connection.sync()


@contextmanager
def her_devices(display: str) -> Iterator[HerDevices]:
    """Her keyboard and mouse."""
    with connected(display) as connection:
        devices = connection.xinput_query_device(xinput.AllDevices).devices
        hers = HerDevices(display, {device.name: device.deviceid for device in devices})
    yield hers
    hers.close()


@contextmanager
def her_tool(display: str) -> Iterator[HerTool]:
    """Her on-screen keyboard and mouse."""
    hers = HerTool(display)
    yield hers
    hers.close()
