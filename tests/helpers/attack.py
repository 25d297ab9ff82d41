"""A technician who tries to press a button of ours through the visit, at the very moment it appears."""

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
KEYS = ("Enter", "Space", "Tab", "Space", "Alt+a")


class Attack:
    """Clicks on one spot of the technician's screen and presses whatever says yes, as fast as it goes."""

    def __init__(self, desk: Desk, spot: tuple[int, int]) -> None:
        self._desk, self._spot = desk, spot
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.rounds = 0

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
                time.sleep(PAUSE_S)
            self.rounds += 1
        hand.close()


def spot_of(hand: RemoteHand, box: Box) -> tuple[int, int]:
    """Where the middle of a box of her screen is on the technician's screen."""
    shown = hand.region(Box(*box.centre, 1, 1))
    return shown.x, shown.y
