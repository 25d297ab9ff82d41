"""A language that nobody speaks: shows which words can't be translated, and which have no room to grow."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from PySide6.QtCore import QObject, QTranslator

LONGER = 0.4
FILLER = "ẽxtrã wørds "
ACCENTS = str.maketrans("aeiouyncAEIOUYNC", "áéíóúýñçÁÉÍÓÚÝÑÇ")
KEPT = re.compile(r"(\{\w+\}|%n|%L?\d)")  # placeholders


def sources(ts: Path) -> set[tuple[str, str]]:
    """Context and English text of everything that can be translated."""
    contexts = ElementTree.parse(ts).getroot().iter("context")  # noqa: S314 - our own file
    return {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in contexts
        for message in context.iter("message")
    }


def pseudo(text: str) -> str:
    """``text`` in brackets, with accents and 40 % longer; placeholders stay."""
    accented = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in KEPT.split(text) if part)
    more = math.ceil(LONGER * len(text))
    return f"[{accented} {(FILLER * more)[: more - 1].strip()}]"


class PseudoTranslator(QTranslator):
    """Translates what stands in a .ts file, under the very context that it has there, and nothing else."""

    def __init__(self, known: set[tuple[str, str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self.asked: set[tuple[str, str]] = set()

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        self.asked.add((context, text))
        return pseudo(text) if (context, text) in self._known else None
