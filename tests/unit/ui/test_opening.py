"""Opening a window: what the customer is told of the face, and a computer without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from remotehelp.errors import BackendError
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
