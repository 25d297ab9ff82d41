"""The two desks, once for all modules; both programs, once a module; a visit, once a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.helpers import canary
from tests.helpers.hostile_broker import HostileBroker, Tamper
from tests.helpers.middle import Middle, Stage
from tests.helpers.roles import Firm, closing
from tests.helpers.two_desks import Pair, Paper, TwoDesks, paper


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoDesks]:
    folder = tmp_path_factory.mktemp("desks")
    with ExitStack() as stack:
        yield TwoDesks(folder, stack)
    assert list(canary.written(folder)) == [], "a secret was written down"


@pytest.fixture(scope="module")
def both(desks: TwoDesks, request: pytest.FixtureRequest) -> Iterator[Pair]:
    """Both programs, signed in and at their beginning; the customer's profile is new in each module."""
    customer = desks.open_customer(f"customer-{request.module.__name__.rpartition('.')[2]}")
    technician = desks.open_technician()
    yield Pair(desks, customer, technician)
    for window in (customer, technician):
        assert window.process.end() == 0, window.process.output()


@pytest.fixture
def pair(both: Pair) -> Iterator[Pair]:
    """Both programs at their beginning, and brought back there."""
    yield both
    both.go_home()


@pytest.fixture
def visit(pair: Pair) -> Pair:
    """A visit in which nothing is allowed yet."""
    pair.meet()
    pair.accept()
    return pair


@pytest.fixture
def controlled(visit: Pair) -> Pair:
    """A visit in which the technician may control, with the picture on the screen."""
    visit.allow("Ask for control")
    visit.hand()
    return visit


@pytest.fixture
def notes(desks: TwoDesks) -> Iterator[Paper]:
    """A terminal on her desk that takes down what is typed."""
    with paper(desks.customer, desks.folder) as opened:
        yield opened


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Two people and a hostile broker between them, without windows."""

    @contextmanager
    def make(tamper: Tamper | None = None) -> Iterator[Middle]:
        firm = Firm(tmp_path)
        with HostileBroker(firm.revocations, tamper).in_a_thread() as broker:
            middle = Middle(tmp_path, broker, firm)
            with closing(middle.customer, middle.technician):
                yield middle

    return make
