from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from ui.customer.pointing_arrow import PointingArrow


@pytest.fixture
def arrow(qtbot) -> PointingArrow:
    made = PointingArrow()
    qtbot.addWidget(made)
    return made


def test_its_tip_stands_where_the_technician_points(arrow: PointingArrow) -> None:
    arrow.point((120, 80))
    assert arrow.isVisible()
    assert arrow.pos() == QPoint(120, 80)
    arrow.point((10, 700))
    assert arrow.pos() == QPoint(10, 700)


def test_it_goes_when_nobody_points(arrow: PointingArrow) -> None:
    arrow.point((120, 80))
    arrow.point(None)
    assert not arrow.isVisible()


def test_its_shape_is_an_arrow_that_lets_clicks_through(arrow: PointingArrow) -> None:
    assert arrow.mask().contains(QPoint(4, 8))
    assert not arrow.mask().contains(QPoint(35, 5))
    assert arrow.windowFlags() & Qt.WindowType.WindowTransparentForInput
    assert arrow.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_it_has_an_edge_that_shows_on_any_ground(arrow: PointingArrow) -> None:
    drawn = arrow.grab().toImage()
    colours = {
        drawn.pixelColor(x, y).name() for x in range(40) for y in range(40) if arrow.mask().contains(QPoint(x, y))
    }
    assert len(colours) >= 2
