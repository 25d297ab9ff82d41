"""What the technician's machine knows of the visit by itself, held against the log that it is to sign. Pure."""

from __future__ import annotations

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError
from remotehelp.visit.events import Side
from remotehelp.visit.story import Line

#: what only he can have done, if it stands in the log as his
HIS = frozenset({"asked", "asked_screens", "said", "left"})


class Witness:
    """His own deeds, and the rights as her machine told them.

    A deed of his that is missing in the log proves nothing (it may not have reached her); one that he never did does.
    """

    def __init__(self) -> None:
        self._deeds: list[tuple[str, str, int]] = []  # what, text, size; not found in the log yet
        self._told: frozenset[str] = frozenset()
        self._logged: set[str] = set()

    def did(self, message: messages.Message) -> None:
        """This went to her in his name."""
        match message:
            case messages.Ask(right=right):
                self._deeds.append(("asked", right, 0))
            case messages.AskScreens(names=names):
                self._deeds.append(("asked_screens", ", ".join(names), 0))
            case messages.Chat(text=text):
                self._deeds.append(("said", "", len(text)))
            case messages.Goodbye():
                self._deeds.append(("left", "", 0))

    def told(self, rights: frozenset[messages.Right]) -> None:
        """What her machine says is allowed from now on."""
        self._told = rights

    def hear(self, line: Line) -> None:
        """The next line of the log; raises RemoteProtocolError("log_not_true") with ``line=`` if it can't be so."""
        if line.who is Side.TECHNICIAN and line.what in HIS:
            self._find((line.what, line.text, line.size), line.n)
        elif line.what == "allowed":
            self._logged.add(line.text)
        elif line.what in ("took_back", "lapsed"):
            self._logged.discard(line.text)

    def agrees(self, *, closes: bool) -> bool:
        """Whether the rights by the log are those that her machine told; at the close there are none."""
        return not self._logged if closes else self._logged == self._told

    def _find(self, deed: tuple[str, str, int], n: int) -> None:
        if deed not in self._deeds:
            raise RemoteProtocolError("log_not_true", line=n)
        self._deeds.remove(deed)
