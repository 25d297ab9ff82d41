"""One line of the log as a sentence, for whoever reads it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from remotehelp.visit.events import Side
from remotehelp.visit.story import OF_A_RIGHT, Line

Say = Callable[..., str]  # (key, **values) -> the sentence in the reader's language


def told(line: Line, names: Mapping[Side, str], say: Say) -> str:
    """What happened, without its time; ``names``: how the reader calls the two people."""
    text = say(f"right_{line.text}") if line.what in OF_A_RIGHT else line.text
    return say(f"story_{line.what}", who=names[line.who], text=text, size=line.size)
