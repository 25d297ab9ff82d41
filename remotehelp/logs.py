"""The program's own log: JSON lines in the profile's log folder, with a steady clock and never a secret or a text."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog

from remotehelp.errors import ConfigError

SIZE, OLDER = 1_000_000, 2  # bytes of one file, and how many full ones are kept beside it
PAUSE_S = 1.0  # between two entries that say the same
OURS = "remotehelp."  # our loggers' names, so that they may say more than the libraries'


class NoFlood(logging.Filter):
    """Lets an entry that says the same as an earlier one pass once a second, whoever makes us say it."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether ``record`` is written; a library's entry counts by its text without the values in it."""
        now = self._now()
        self._said = {said: at for said, at in self._said.items() if now - at < PAUSE_S}
        said = f"{record.name} {_without_clocks(record.msg)}"
        if said in self._said:
            return False
        self._said[said] = now
        return True


def log_to(path: Path) -> None:
    """Write each entry as one line to ``path``, the libraries' warnings too; what is full moves to ``path``.1 and .2.

    ``monotonic`` in seconds, ``at`` in ISO 8601, UTC. Raises ConfigError("file_not_writable").
    """
    shape = (
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _steady,
        structlog.processors.format_exc_info,
    )
    try:
        handler = RotatingFileHandler(path, maxBytes=SIZE, backupCount=OLDER, encoding="utf-8")
    except OSError as error:
        raise ConfigError("file_not_writable", file=str(path)) from error
    handler.addFilter(NoFlood())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=(structlog.stdlib.add_logger_name, *shape),
            processors=(
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ),
        )
    )
    structlog.configure(
        processors=[*shape, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *name: logging.getLogger(OURS + ".".join(name)),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(OURS.rstrip(".")).setLevel(logging.INFO)


def _steady(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    entry["monotonic"] = round(time.monotonic(), 4)
    return entry


def _without_clocks(said: object) -> object:
    if not isinstance(said, dict):
        return said
    return {key: value for key, value in said.items() if key not in ("at", "monotonic")}
