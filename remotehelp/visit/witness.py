"""What the technician's machine knows of the visit by itself, held against the log that it is to sign. Pure."""

from __future__ import annotations

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError
from remotehelp.visit.events import Side
from remotehelp.visit.story import Line

#: what stands in the log as his: his deeds, and that his program did not sign, which her machine says of it
HIS = frozenset({"asked", "asked_screens", "said", "left", "not_signed"})
#: after these her machine takes back what is allowed and tells no more of it
ENDS = frozenset({"declined", "left", "gave_up", "badge_lapsed", "misbehaved", "failed"})


class Witness:
    """His own deeds, and the rights as her machine told them.

    A deed of his that is missing in the log proves nothing (it may not have reached her); one that he never did does.
    What became of a right stands in the log before it is told if it was given, and after it is told if it is over. What
    was told right before the line was lost may not have come, so that the log is believed there.
    """

    def __init__(self) -> None:
        self._deeds: list[tuple[str, str, int]] = []  # what, text, size; not found in the log yet
        self._told: frozenset[str] = frozenset()
        self._fresh = True  # nothing that was told is lost
        self._logged: set[str] = set()
        self._owed: set[str] = set()  # allowed by the log, and not told yet
        self._false = False  # something of the rights was never told, unless the line was lost right after it
        self._mended = self._over = False

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
        self._told, self._fresh = rights, True
        self._owed -= rights

    def hear(self, line: Line) -> None:
        """The next line of the log; raises RemoteProtocolError("log_not_true") with ``line=`` if it can't be so."""
        if not (self._is_his(line) if line.who is Side.TECHNICIAN else self._can_be(line)):
            raise RemoteProtocolError("log_not_true", line=line.n)
        if line.what in ENDS:
            self._over = True

    def agrees(self, *, closes: bool) -> bool:
        """Whether the rights by the log are those that her machine told; at the close there are none."""
        if self._false or self._owed:
            return False
        return not self._logged if closes else self._logged == self._told

    # --- parts ---------------------------------------------------------------------------------------

    def _is_his(self, line: Line) -> bool:
        deed = line.what, line.text, line.size
        if line.what == "not_signed":
            return True
        if line.what not in HIS or deed not in self._deeds:
            return False
        self._deeds.remove(deed)
        return True

    def _can_be(self, line: Line) -> bool:
        match line.what:
            case "allowed":
                return self._allowed(line.text)
            case "took_back" | "lapsed":
                return self._ended(line.text)
            case "line_lost":
                self._fresh = self._false = False
                self._mended = True
                self._owed.clear()
            case "line_back":
                self._mended = False
        return True

    def _allowed(self, right: str) -> bool:
        """Nothing is given twice, nor while the line is mended, nor after the end."""
        if right in self._logged or self._mended or self._over:
            return False
        self._logged.add(right)
        if not (self._fresh and right in self._told):
            self._owed.add(right)
        return True

    def _ended(self, right: str) -> bool:
        """Only what was given ends."""
        if right not in self._logged:
            return False
        self._logged.remove(right)
        untold = self._fresh and right in self._told and not self._over
        self._false = self._false or right in self._owed or untold
        self._owed.discard(right)
        return True
