"""Words of the other side made fit for a label: they can't push a button off the screen."""

from __future__ import annotations

import html
import re

#: characters of one name or value in a sentence: twice what a badge allows
LIMIT = 200
#: characters of a tip, which is a window too
TIP_LIMIT = 600
#: a run of so many characters without a break may be broken anywhere
_LONG = re.compile(r"\S{24,}")
_BREAK = "\u200b"  # ZERO WIDTH SPACE, Unicode 16 §23.2: a place to break a line, which nobody sees


def flat(text: str, limit: int = LIMIT) -> str:
    """``text`` in one line of at most ``limit`` characters: every run of white space is one space."""
    line = " ".join(text[: 2 * limit].split())
    return line if len(line) <= limit and len(text) <= 2 * limit else line[: limit - 1] + "…"


def breakable(text: str) -> str:
    """``text``; a word that is longer than any of a language may be broken anywhere."""
    return _LONG.sub(lambda word: _BREAK.join(word.group()), text)


def name(text: str) -> str:
    """``flat`` and ``breakable``."""
    return breakable(flat(text))


def tip(text: str) -> str:
    """``text`` for a tip that is never larger than a screen: Qt wraps only rich text there; nothing for nothing."""
    return f"<qt>{html.escape(breakable(flat(text, TIP_LIMIT)))}</qt>" if text else ""
