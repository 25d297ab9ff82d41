from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from ui.shared import resources


@pytest.fixture
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(resources, "UI", tmp_path / "ui")
    resources.folder.cache_clear()
    yield
    resources.folder.cache_clear()


def test_a_checkout_has_its_resources_beside_the_package() -> None:
    assert resources.folder() == Path(resources.__file__).parents[2] / "resources"
    assert resources.path("icons", "visibility.svg").is_file()


@pytest.mark.usefixtures("_elsewhere")
def test_an_installed_wheel_has_them_inside(tmp_path: Path) -> None:
    (tmp_path / "ui" / "_resources").mkdir(parents=True)
    assert resources.folder() == tmp_path / "ui" / "_resources"


def test_a_file_that_the_program_lacks_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.svg"):
        resources.path("icons", "nothing.svg")


def test_an_icon_has_the_colour_it_is_asked_for(qapp) -> None:
    icon = resources.icon("stop_circle", "#c62828", "#565f6b")
    normal = icon.pixmap(QSize(48, 48)).toImage()
    disabled = icon.pixmap(QSize(48, 48), QIcon.Mode.Disabled).toImage()
    assert normal.pixelColor(24, 24) == QColor("#c62828")
    assert disabled.pixelColor(24, 24) == QColor("#565f6b")
    assert normal.pixelColor(0, 0).alpha() == 0


def test_every_icon_can_be_drawn(qapp) -> None:
    for file in resources.path("icons").glob("*.svg"):
        image = resources.pixmap(file.stem, "#000000", 24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), file.name


def test_the_icons_come_with_their_licence() -> None:
    assert "Apache License" in resources.path("icons", "LICENSE").read_text()
    assert "@material-symbols/svg-400" in resources.path("icons", "NOTICE.md").read_text()
