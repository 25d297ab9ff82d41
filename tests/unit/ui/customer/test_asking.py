from __future__ import annotations

import pytest

from remotehelp.messages import Right
from ui.customer.asking import name_of, question


@pytest.mark.parametrize("right", list(Right))
def test_each_right_has_a_name_and_one_sentence_by_given_name(right: Right) -> None:
    assert name_of(right)
    assert question(right, "Technician").startswith("Technician wants to ")
    assert question(right, "Technician").endswith(".")


def test_control_says_what_it_means() -> None:
    assert question(Right.CONTROL, "Technician") == "Technician wants to use your mouse and keyboard."
