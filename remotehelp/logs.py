"""The program's own log: JSON lines in the profile's log folder, with a steady clock and never a secret or a text."""

from __future__ import annotations

import logging
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog


def log_to(path: Path) -> None:
    """Write each entry as one line to ``path``, the libraries' warnings too.

    ``monotonic`` in seconds, ``at`` in ISO 8601, UTC.
    """
    shape = (
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _steady,
        structlog.processors.format_exc_info,
    )
    stream = path.open("a", encoding="utf-8", buffering=1)
    structlog.configure(
        processors=[*shape, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=(structlog.stdlib.add_logger_name, *shape),
            processors=(
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ),
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _steady(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    entry["monotonic"] = round(time.monotonic(), 4)
    return entry
