"""One desk with the sample window on it, for all tests of the stage's parts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import App
from remotehelp.demo.processes import Process

SAMPLE = Path(__file__).parents[2] / "helpers" / "sample_window.py"


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("desk"), "A desk", (800, 600)) as desk:
        yield desk


@pytest.fixture
def program(desk: Desk) -> Iterator[Process]:
    process = desk.start([sys.executable, SAMPLE], name="sample")
    yield process
    process.end()


@pytest.fixture
def sample(desk: Desk, program: Process) -> App:
    app = desk.driver.wait_app(pid=program.pid)
    app.find("Connect")
    return app
