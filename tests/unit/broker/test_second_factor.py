"""One-time codes: the RFC's own values, one step early or late, and none twice."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.broker.second_factor import STEP_S, matching_step, new_secret

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()  # RFC 6238, appendix B
RFC_CODES = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


@pytest.mark.parametrize(("now", "code"), RFC_CODES)
def test_the_codes_of_the_rfc(now: int, code: str) -> None:
    assert matching_step(RFC_SECRET, code, now, used=0) == now // STEP_S


@pytest.mark.parametrize(("off", "accepted"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(off: int, accepted: bool) -> None:
    assert (matching_step(RFC_SECRET, "081804", 37037036 * STEP_S + off, used=0) is not None) is accepted


def test_a_code_is_good_once_and_so_is_all_before_it() -> None:
    assert matching_step(RFC_SECRET, "287082", 59, used=0) == 1
    assert matching_step(RFC_SECRET, "287082", 59, used=1) is None
    assert matching_step(RFC_SECRET, "287082", 59, used=2) is None


@given(st.text(max_size=8))
def test_anything_else_is_no_code(text: str) -> None:
    if text not in {"755224", "287082", "359152"}:  # RFC 4226, appendix D: of steps 0 to 2
        assert matching_step(RFC_SECRET, text, 59, used=-1) is None


def test_a_new_secret_has_160_random_bits() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(base64.b32decode(secret)) == 20 for secret in secrets)
