"""What her own machine asks her before it goes on, in words of its own. No technician can ask these, nor skip them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

CONTROL_S = 1800.0  # after so many seconds of control she is asked whether it is still wanted
AGAIN_S = 5.0  # where something else has to be answered first, that is asked so long after
COVER_LIMIT, COVER_S = 2, 10.0  # what shows that somebody sees may be covered so often in that time, no more


@dataclass(frozen=True)
class BeforeControl:
    """Before the first control of a visit: does this look like a swindle?"""


@dataclass(frozen=True)
class Sign:
    """A ``word`` by which a window is private; ``added``: the organisation's own, else our list's.

    ``around``: the words of the title that it stands for, too, so that one bank does not stand for another.
    """

    word: str
    added: bool = False
    around: str = ""


@dataclass(frozen=True)
class PrivateWindow:
    """The window in front looks like a bank, a wallet or a gift-card shop: may it be seen and used?

    ``window``: its native id; ``signs``: what it was recognised by and is not called fine yet, our own first.
    """

    window: int
    signs: tuple[Sign, ...]

    @property
    def word(self) -> str:
        """What she is told it was recognised by: a word of ours; empty if all are the organisation's."""
        return next((sign.word for sign in self.signs if not sign.added), "")


@dataclass(frozen=True)
class StillControl:
    """Control has lasted long: is it still wanted?"""


Check: TypeAlias = BeforeControl | PrivateWindow | StillControl
CHECKS = (BeforeControl, PrivateWindow, StillControl)
