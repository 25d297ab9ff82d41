"""Opening the two windows: the application, the engine with its role, and the bridge between them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QApplication

from remotehelp.desktop.pick import has_screen, this_desktop
from remotehelp.engine import Engine, Role
from remotehelp.errors import BackendError, ConfigError, TemporaryError
from remotehelp.logs import log_to
from remotehelp.memory import give_back_large_blocks
from remotehelp.profile import Profile, load_settings, open_profile
from ui.bridge import Bridge
from ui.shared import theme
from ui.shared.accessible_areas import guard_scroll_areas
from ui.shared.qt_log import log_qt
from ui.shared.sentences import install_translators, translated
from ui.shared.stopping import quit_on_signals

if TYPE_CHECKING:
    from remotehelp.technician.session import TechnicianSide
    from ui.technician.app import TechnicianApp
    from ui.technician.camera import FaceSource

PROGRAM = (sys.executable, "-P", "-m", "ui")  # -P: never a folder that happens to be called ui
ON_A_SCREEN = ("xcb", "wayland")  # of Qt's platforms, those that end the program where there is no screen


def open_customer(link: str | None) -> None:
    """Open the customer's window, with the link from her helper if there is one; returns when it is closed.

    Nothing of the technician's side is loaded into her program, above all nothing that knows cameras.
    """
    from remotehelp.customer.session import CustomerSide
    from ui.customer.app import CustomerApp

    settings = load_settings()
    lock = _the_only_one(open_profile(), "customer")
    profile = _profile("customer")
    app = _application(theme.Face.CUSTOMER, settings.language)
    make_desktop = partial(this_desktop, os.environ)
    _run(app, lambda engine: CustomerSide(engine, profile, make_desktop, translated, link), CustomerApp)
    lock.unlock()


def open_technician(broker: str | None, camera: str | None) -> None:
    """Open the technician's window; ``camera`` names a video file. Returns when it is closed."""
    give_back_large_blocks()
    settings = load_settings(broker=broker, camera=camera)
    lock = _the_only_one(open_profile(), "technician")
    profile = _profile("technician")

    from remotehelp.technician.session import TechnicianSide
    from ui.technician.app import TechnicianApp
    from ui.technician.camera import CameraSource, FileCamera

    app = _application(theme.Face.TECHNICIAN, settings.language)
    camera_source = FileCamera(Path(settings.camera)) if settings.camera else CameraSource()
    kind = _kind_of(camera_source)
    roles: list[TechnicianSide] = []

    def make_role(engine: Engine) -> Role:
        roles.append(TechnicianSide(engine, profile, PROGRAM, settings.broker, kind))
        return roles[0]

    def make_window(bridge: Bridge) -> TechnicianApp:
        opened = TechnicianApp(bridge, camera_source, lambda frame: roles[0].face(frame))
        opened.show()
        return opened

    app.aboutToQuit.connect(camera_source.stop)  # its thread must not be the last to hold a window
    _run(app, make_role, make_window)
    lock.unlock()


def _kind_of(source: FaceSource) -> str:
    """What the customer is told of the face; a file that can't be shown is an error, a missing camera is not."""
    try:
        source.check()
    except BackendError:
        if source.demonstration:
            raise
        return "none"
    return "demonstration" if source.demonstration else "camera"


def _profile(side: str) -> Profile:
    profile = open_profile()
    log_to(profile.logs / f"{side}.jsonl")
    log_qt()
    return profile


def _the_only_one(profile: Profile, side: str) -> QLockFile:
    """The lock of this profile's ``side``; one that a program left when it died counts no more.

    Raises TemporaryError("already_open"), ConfigError("folder_not_writable").
    """
    lock = QLockFile(str(profile.state / f"{side}.lock"))
    lock.setStaleLockTime(0)  # however old: only a program that is gone makes it stale
    if lock.tryLock(0):
        return lock
    if lock.error() is QLockFile.LockError.LockFailedError:
        raise TemporaryError("already_open")
    raise ConfigError("folder_not_writable", folder=str(profile.state))


def _application(face: theme.Face, language: str | None) -> QApplication:
    _need_a_screen(os.environ)
    app = QApplication(sys.argv[:1])
    guard_scroll_areas()
    app.setApplicationName("RemoteHelp")
    install_translators(app, language)
    theme.apply(app, face)
    return app


def _need_a_screen(environ: Mapping[str, str]) -> None:
    """Raises BackendError("no_display"); Qt would end the program by itself, without a word to a person."""
    if environ.get("QT_QPA_PLATFORM", "xcb").startswith(ON_A_SCREEN) and not has_screen(environ):
        raise BackendError("no_display")


def _run(app: QApplication, make_role: Callable[[Engine], Role], make_windows: Callable[[Bridge], object]) -> None:
    bridge = Bridge(Engine(make_role))
    windows = make_windows(bridge)
    quit_on_signals(app)
    bridge.start()
    try:
        app.exec()
    finally:
        bridge.stop()
        del windows
