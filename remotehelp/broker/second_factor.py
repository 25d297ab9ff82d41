"""One-time codes by time (TOTP, RFC 6238), each good for one sign-in. Pure: the time comes in."""

from __future__ import annotations

import hmac

import pyotp

STEP_S = 30  # RFC 6238 §5.2
DRIFT = 1  # steps that the technician's clock may be off, before and after


def new_secret() -> str:
    """160 random bits in base32 (RFC 4226 §4, R6)."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: float, used: int) -> int | None:
    """The time step whose code this is, if it is near ``now`` (seconds since 1970 UTC) and later than ``used``.

    The work is the same for every ``code``; an empty one is none.
    """
    newest = int(now // STEP_S) + DRIFT
    steps = range(newest - 2 * DRIFT, newest + 1)
    codes = pyotp.TOTP(secret)
    given = code.encode()
    fitting = [step for step in steps if hmac.compare_digest(codes.generate_otp(step).encode(), given)]
    return next((step for step in fitting if step > used), None)
