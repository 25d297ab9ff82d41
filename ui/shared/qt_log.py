"""What Qt itself has to say goes into the program's log: a person at a terminal gets our sentences alone."""

from __future__ import annotations

import structlog
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = structlog.get_logger("qt")


def log_qt() -> None:
    """From now on Qt's lines are entries ``qt`` of the log; before QtMultimedia is imported, which speaks at once."""
    qInstallMessageHandler(_note)


def _note(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    log.info("qt", kind=kind.name, category=str(context.category), text=text)
