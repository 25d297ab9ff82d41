"""What every test needs: Qt without a display, and no task left behind."""

from __future__ import annotations

import asyncio
import inspect
import os
from collections.abc import AsyncIterator, Generator
from typing import Any

import pytest

from tests.helpers import canary

GRACE_S = 2.0  # for what is just ending
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

#: Qt's offscreen platform can neither raise nor cut out a window, and QtMultimedia looks for parts of the desktop that
#: it can do without; both say so, and nothing is wrong
HARMLESS = (
    r"This plugin does not support (raise|setting window masks)",
    r"Couldn't (load .* library|resolve .* symbols)",
)


def pytest_configure(config: pytest.Config) -> None:
    """Beside what pyproject.toml ignores; a test's own mark still adds to both."""
    for line in HARMLESS:
        config.addinivalue_line("qt_log_ignore", line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, Any]:
    """A test fails if one of our programs logged a secret to its output."""
    report = yield
    now = [output for title, output in report.sections if title.endswith(report.when or "")]
    secrets = [secret for output in now for secret in canary.told(output)]
    if report.passed and secrets:
        report.outcome, report.longrepr = "failed", f"logged: {secrets}"
    return report


@pytest.fixture(autouse=True)
def no_leaked_tasks(request: pytest.FixtureRequest) -> None:
    """A test on the loop fails if it leaves a task behind."""
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        request.getfixturevalue("_tasks_end")


@pytest.fixture
async def _tasks_end() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    ending = _left(before)
    if ending:
        await asyncio.wait(ending, timeout=GRACE_S)
    left = _left(before)
    assert not left, f"tasks left behind: {left}"


def _left(before: set[asyncio.Task[object]]) -> set[asyncio.Task[object]]:
    return {task for task in asyncio.all_tasks() - before if task is not asyncio.current_task()}
