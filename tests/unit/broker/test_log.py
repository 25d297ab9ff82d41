"""The log: one line an event, on stderr, without traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog

from remotehelp.broker.log import REFUSED_BEFORE_ACCEPT, place, set_up_logging


@contextmanager
def logging_set_up() -> Iterator[None]:
    """Logging as in the broker's process; put back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    set_up_logging()
    try:
        yield
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.getLogger("uvicorn.error").filters.clear()
        structlog.reset_defaults()


def test_an_event_is_one_line_of_key_and_value_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_set_up():
        structlog.get_logger("broker").info("sign-in refused", reason="badge_expired")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("timestamp=")
    assert err.endswith(' level=info event="sign-in refused" reason=badge_expired\n')


def test_an_error_of_a_library_is_one_line_that_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ExceptionGroup("both", [ValueError("with a secret")])
    except ExceptionGroup:
        with logging_set_up():
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    err = capsys.readouterr().err
    assert "error=ExceptionGroup" in err
    assert "Traceback" not in err
    assert "secret" not in err
    assert err.count("\n") == 1


def test_libraries_are_heard_only_when_something_went_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_set_up():
        logging.getLogger("uvicorn.error").info("127.0.0.1 connected")
        logging.getLogger("uvicorn.error").error(REFUSED_BEFORE_ACCEPT)
    assert capsys.readouterr().err == ""


def test_the_place_is_where_it_was_raised() -> None:
    def deep() -> None:
        raise ValueError

    with pytest.raises(ValueError) as caught:  # noqa: PT011 - ours
        deep()
    assert place(caught.value).startswith("deep:")
    assert place(ValueError()) == ""
