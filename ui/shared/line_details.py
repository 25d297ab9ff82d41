"""The quality of the line in one row of words and figures, for both windows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from remotehelp.visit.shown import Quality


def line_details(quality: Quality | None) -> str:
    """Direct or relayed, round trip, loss, and what flows both ways; empty while nothing was measured."""
    if quality is None:
        return ""
    relayed, direct = QCoreApplication.translate("Line", "relayed"), QCoreApplication.translate("Line", "direct")
    return QCoreApplication.translate("Line", "{way}, {trip} ms, {lost} % lost, {rate} kbit/s").format(
        way=relayed if quality.relayed else direct,
        trip=quality.round_trip_ms,
        lost=quality.lost_percent,
        rate=quality.kbit_s,
    )


def show_line_details(label: QLabel, quality: Quality | None) -> None:
    """Let ``label`` tell them to the pointer and to a screen reader."""
    words = line_details(quality)
    if label.toolTip() != words:
        label.setToolTip(words)
        label.setAccessibleDescription(words)
