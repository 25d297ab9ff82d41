"""The code that is read out on the phone: ``4711-482-913``, a nameplate and a secret; it is used once."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from remotehelp.errors import TrustError

LIFE_S = 600  # seconds from the nameplate to the last moment at which a hello counts
HELLO_WITHIN_S = 30  # seconds from the claim to hello_T
CONFIRM_WITHIN_S = 10  # seconds from the technician's confirmation to the customer's
REST_S = 600  # seconds for which digits that failed are refused, and for which three failures stop the customer's side
FAILURES_IN_A_ROW = 3
SECRET_DIGITS = 6
NAMEPLATE_DIGITS = (4, 5)


@dataclass(frozen=True)
class Code:
    """``nameplate``: 4 or 5 digits, the broker's; ``secret``: 6 digits that never leave the two people."""

    nameplate: str
    secret: str = field(repr=False)

    def __str__(self) -> str:
        """As it is shown and read out: ``4711-482-913``."""
        return f"{self.nameplate}-{self.secret[:3]}-{self.secret[3:]}"


def new_secret(randbelow: Callable[[int], int] = secrets.randbelow) -> str:
    """Six random digits, made on the customer's computer."""
    return f"{randbelow(10**SECRET_DIGITS):0{SECRET_DIGITS}d}"


def parse_code(text: str) -> Code:
    """The code that a person typed, however it was grouped and in whatever digits of the world.

    Raises TrustError("code_empty", "code_not_digits", "code_half", "code_too_long").
    """
    signs = [sign for sign in unicodedata.normalize("NFKC", text) if not _groups(sign)]
    if not signs:
        raise TrustError("code_empty")
    values = [unicodedata.decimal(sign, None) for sign in signs]
    if None in values:
        raise TrustError("code_not_digits")
    digits = "".join(str(value) for value in values)
    if len(digits) < NAMEPLATE_DIGITS[0] + SECRET_DIGITS:
        raise TrustError("code_half")
    if len(digits) > NAMEPLATE_DIGITS[1] + SECRET_DIGITS:
        raise TrustError("code_too_long")
    return Code(digits[:-SECRET_DIGITS], digits[-SECRET_DIGITS:])


def _groups(sign: str) -> bool:
    """Whether ``sign`` only groups digits: spaces, all dashes, and the signs that copying leaves behind."""
    return sign.isspace() or sign in ".\u2212" or unicodedata.category(sign) in ("Pd", "Cf")


class UsedCodes:
    """The technician's side: digits that were tried are refused for 10 min, so that a code is used once here too.

    A broker that plays the customer gets one guess. Times are seconds of any clock that does not go back.
    """

    def __init__(self) -> None:
        self._until: dict[Code, float] = {}

    def use(self, code: Code, now: float) -> None:
        """Take the code for one try; raises TrustError("code_already_used") within 10 min of the last one."""
        self._until = {code: until for code, until in self._until.items() if until > now}
        if code in self._until:
            raise TrustError("code_already_used")
        self._until[code] = now + REST_S

    def failed(self, code: Code, now: float) -> None:
        """The try failed: the 10 min count from now."""
        self._until[code] = now + REST_S


class Failures:
    """The customer's side: three codes that failed in a row stop it for 10 min, for somebody may be guessing."""

    def __init__(self) -> None:
        self._times: list[float] = []

    def failed(self, now: float) -> None:
        """A code failed."""
        self._times = [*self._times, now][-FAILURES_IN_A_ROW:]

    def worked(self) -> None:
        """A code held: the row is broken."""
        self._times = []

    def check(self, now: float) -> None:
        """Raise TrustError("too_many_failures", minutes=…) while no new code may be shown."""
        if len(self._times) < FAILURES_IN_A_ROW:
            return
        left = self._times[-1] + REST_S - now
        if left > 0:
            raise TrustError("too_many_failures", minutes=int(-(-left // 60)))
        self._times = []
