"""The panic key Ctrl+Alt+End: stops everything, whichever window has the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Panic(Protocol):
    """Something that hears the panic key.

    It can't tell a person's keys from injected ones (on-screen keyboards inject as well), so the technician's
    Ctrl+Alt+End stops everything too.
    """

    def start(self, pressed: Callable[[], None], lost: Callable[[], None]) -> None:
        """Call ``pressed``, on a thread of its own, each time from now on; starting twice is starting once.

        ``lost`` is called there too, once, if the key can't be heard any more and nobody called ``stop()``: the visit
        must not go on. Raises BackendError("no_panic_key") or ("no_display"), within a second.
        """

    def stop(self) -> None:
        """Hear nothing any more; may be called twice, and by ``pressed``."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why the panic key can't be heard here."""
