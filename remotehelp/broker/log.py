"""The broker's own log: one line of key=value on stderr for each event, without secrets and without tracebacks."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

QUIET = ("uvicorn.error", "websockets", "alembic", "sqlalchemy", "asyncio")  # only what went wrong

# uvicorn 0.54 says this of each WebSocket that is answered with 404: nothing is wrong
REFUSED_BEFORE_ACCEPT = "ASGI callable returned without completing handshake."


def set_up_logging() -> None:
    """Send structlog's and the libraries' records to stderr, one line each."""
    stamps: list[Processor] = [structlog.stdlib.add_log_level, structlog.processors.TimeStamper("iso")]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=stamps,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                name_the_error,
                structlog.processors.LogfmtRenderer(key_order=("timestamp", "level", "event")),
            ],
        )
    )
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(lambda record: record.msg != REFUSED_BEFORE_ACCEPT)
    structlog.configure(
        processors=[*stamps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def name_the_error(_: WrappedLogger, __: str, entry: EventDict) -> EventDict:
    """The entry with its error's type and place in place of a traceback."""
    error = entry.pop("exc_info", None)
    error = error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        entry["error"] = type(error).__name__
        entry["place"] = place(error)
    return entry


def place(error: BaseException) -> str:
    """Where an error was raised, as ``file:line``: of a group, its first error's."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return "" if last is None else f"{last.tb_frame.f_code.co_name}:{last.tb_lineno}"
