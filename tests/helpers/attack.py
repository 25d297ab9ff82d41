"""A technician who tries to press a button of ours in every way that the visit has, at the very moment it appears."""

from __future__ import annotations

import threading
import time

from remotehelp.demo.box import Box
from remotehelp.demo.desk import Desk
from remotehelp.demo.hand import Hand
from remotehelp.demo.remote_hand import RemoteHand
from remotehelp.demo.waiting import wait_for

PAUSE_S = 0.02  # between two attempts: faster ones only wait in line
WAIT_S = 10.0
KEYS = ("Enter", "Space", "Tab", "Space", "Alt+a", "Alt+g", "Alt+w", "Right", "Space")
ASIDE = 60  # pixels from which a drag begins
WHEEL = (4, 5)


class Attack:
    """Clicks, drags and turns on one spot of the technician's screen and presses whatever says yes, as fast as it goes.

    ``tries`` counts each single press.
    """

    def __init__(self, desk: Desk, spot: tuple[int, int]) -> None:
        self._desk, self._spot = desk, spot
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.rounds = self.tries = 0

    def __enter__(self) -> Attack:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def go_on(self, rounds: int) -> None:
        """Return after so many more rounds."""
        wanted = self.rounds + rounds
        wait_for(lambda: self.rounds >= wanted, WAIT_S, "the attack came to a stop")

    def _run(self) -> None:
        hand = Hand(self._desk.display)
        while not self._over.is_set():
            for key in KEYS:
                hand.click_at(*self._spot)
                hand.key(key)
                self.tries += 2
                time.sleep(PAUSE_S)
            self._drag_and_turn(hand)
            self.rounds += 1
        hand.close()

    def _drag_and_turn(self, hand: Hand) -> None:
        x, y = self._spot
        hand.move_to(x - ASIDE, y - ASIDE)
        hand.button(1, True)
        hand.move_to(x, y)
        hand.button(1, False)
        for button in WHEEL:
            hand.click_at(x, y, button)
        self.tries += 1 + len(WHEEL)
        time.sleep(PAUSE_S)


def spot_of(hand: RemoteHand, box: Box) -> tuple[int, int]:
    """Where the middle of a box of her screen is on the technician's screen."""
    shown = hand.region(Box(*box.centre, 1, 1))
    return shown.x, shown.y
