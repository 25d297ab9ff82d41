"""All windows look as they did when somebody last looked at them (``make pictures`` renews what they are held to)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtGui import QFontDatabase

from tests.helpers import reference_pictures
from tests.helpers.reference_pictures import FONT, KEPT, TOLERANCE, difference, names


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    reference_pictures.draw_all(folder)
    return folder


def test_every_picture_of_the_matrix_is_kept_and_all_are_small() -> None:
    kept = list(KEPT.iterdir())
    assert sorted(path.name for path in kept) == sorted(names())
    assert len(kept) == 17 * 2 * 2 * 2
    assert sum(path.stat().st_size for path in kept) < 1_500_000


@pytest.mark.parametrize("name", names())
def test_a_window_looks_as_it_is_kept(qapp, drawn: Path, name: str) -> None:
    assert FONT in QFontDatabase.families(), "please install the font of the pictures: fonts-dejavu-core"
    far = difference(drawn / name, KEPT / name)
    assert far < TOLERANCE, f"{drawn / name} differs by {far:.0f}; look at it, then mend the window or `make pictures`"


def test_a_part_that_is_gone_and_another_language_are_noticed(tmp_path: Path) -> None:
    english, german = (KEPT / f"customer-start-light-100-{language}.png" for language in ("en", "de"))
    assert difference(english, german) > TOLERANCE
    with Image.open(english) as picture:
        changed = picture.convert("RGB")
    title = (8, 8, 200, 28)
    ImageDraw.Draw(changed).rectangle(title, fill=changed.getpixel((4, 4)))
    changed.save(tmp_path / "changed.png")
    assert difference(english, tmp_path / "changed.png") > TOLERANCE
