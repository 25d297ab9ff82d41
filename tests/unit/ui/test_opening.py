"""Opening a window: what the customer is told of the face, and a computer without a screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from remotehelp.errors import BackendError, ConfigError, TemporaryError
from tests.helpers.joined_openings import profile_in
from ui import opening
from ui.technician.camera import FileCamera


class NoCamera:
    """A computer without a camera."""

    demonstration = False

    def check(self) -> None:
        raise BackendError("no_camera")


class ACamera(NoCamera):
    """A computer with one."""

    def check(self) -> None:
        return


def test_a_missing_camera_is_told_and_the_program_goes_on() -> None:
    assert opening._kind_of(NoCamera()) == "none"  # type: ignore[arg-type]
    assert opening._kind_of(ACamera()) == "camera"  # type: ignore[arg-type]


def test_a_file_that_can_not_be_played_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="camera_file_unreadable"):
        opening._kind_of(FileCamera(tmp_path / "nothing.mp4"))


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "gone", "XDG_RUNTIME_DIR": "/tmp"}])  # noqa: S108
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_a_screen_that_answers_there_is_one_error(environ: dict[str, str]) -> None:
    with pytest.raises(BackendError, match="no_display"):
        opening._need_a_screen(environ)


def test_qts_offscreen_platform_needs_no_screen() -> None:
    opening._need_a_screen({"QT_QPA_PLATFORM": "offscreen"})


def test_one_profile_is_open_once_at_a_time(tmp_path: Path) -> None:
    profile, other = profile_in(tmp_path / "one"), profile_in(tmp_path / "other")
    first, elsewhere = opening._the_only_one(profile, "customer"), opening._the_only_one(other, "customer")
    with pytest.raises(TemporaryError, match="already_open"):
        opening._the_only_one(profile, "customer")
    first.unlock()
    opening._the_only_one(profile, "customer").unlock()
    opening._the_only_one(profile, "technician").unlock()
    elsewhere.unlock()


def test_a_program_that_was_killed_does_not_keep_the_next_one_out(tmp_path: Path) -> None:
    profile = profile_in(tmp_path / "one")
    lock = "lock = QLockFile(sys.argv[1]); lock.tryLock(0); os._exit(9)"
    dying = f"import os, sys; from PySide6.QtCore import QLockFile; {lock}"
    subprocess.run([sys.executable, "-c", dying, str(profile.state / "customer.lock")])
    assert (profile.state / "customer.lock").exists()
    opening._the_only_one(profile, "customer").unlock()


def test_a_folder_for_the_lock_that_is_gone_is_named(tmp_path: Path) -> None:
    profile = profile_in(tmp_path / "one")
    profile.state.rmdir()
    with pytest.raises(ConfigError, match="folder_not_writable"):
        opening._the_only_one(profile, "customer")
