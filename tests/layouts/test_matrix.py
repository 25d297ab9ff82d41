"""Every layout against each other one (`make test-layouts`; six of the pairs are in tests/contract/test_layouts.py)."""

import pytest

from tests.helpers.layouts import LAYOUTS, QtProgram, XtermProgram, joined


@pytest.fixture(scope="module", params=[QtProgram, XtermProgram])
def both(request, tmp_path_factory):
    with joined(tmp_path_factory.mktemp("typed"), request.param) as both:
        yield both


@pytest.mark.parametrize("hers", LAYOUTS)
@pytest.mark.parametrize("technicians", LAYOUTS)
def test_every_character_arrives_as_it_was_typed(both, technicians, hers):
    typed, wrong = both.wrong(technicians, hers)
    assert typed > 90
    assert wrong == []
