"""How the technician gets in at a broker: by the badge, by an account where one is asked for, or back by a session."""

from __future__ import annotations

import io
from pathlib import Path

import pyotp
import segno
import structlog

from remotehelp import messages
from remotehelp.errors import ConfigError, ServiceUnavailable, TrustError
from remotehelp.technician.intents import SignInWithAccount
from remotehelp.technician.signing_in import SigningIn
from remotehelp.technician.view import AskedAccount
from remotehelp.trust.files import PRIVATE, read_file, write_atomically
from remotehelp.trust.names import clean_account
from remotehelp.trust.wallet import OwnBadge

log = structlog.get_logger("entrance")

CODE_DIGITS = 6


class Entrance:
    """``asked`` is what the broker wants beside the badge, None for nothing; passwords and codes are not kept."""

    def __init__(self, remembered: Path) -> None:
        """``remembered`` is the file with the account's name that was used last."""
        self._remembered = remembered
        self._signing: SigningIn | None = None
        self._session, self._session_of = b"", ""  # and the address that it is for
        self.asked: AskedAccount | None = None

    async def use_badge(self, address: str, own: OwnBadge) -> SigningIn | None:
        """Signed in at ``address``, or None if an account is asked for now.

        Raises ServiceUnavailable, TrustError, RemoteProtocolError.
        """
        await self._begin(address, own)
        signing = self._signing
        if self._session and self._session_of == address and signing and self.asked:
            session, self._session = self._session, b""
            try:
                await signing.resume(session)
            except TrustError as error:
                log.info("session not resumed", reason=error.key)
        return self._in()

    async def give(self, given: SignInWithAccount, own: OwnBadge) -> SigningIn | None:
        """Signed in with the account, or None if its second factor has to be confirmed first; raises as above.

        Raises ServiceUnavailable("second_factor_anew") where a key that was not confirmed yet gave way to a new one.
        """
        account = clean_account(given.account)
        code = "".join(sign for sign in given.code if not sign.isspace())
        if code and not (len(code) == CODE_DIGITS and code.isascii() and code.isdigit()):
            raise TrustError("one_time_code_not_digits")
        if not given.password:
            raise ConfigError("password_missing")
        shown = self.asked.secret if self.asked else ""
        if self._signing is None or self._signing.ended or self._signing.address != given.broker:
            await self._begin(given.broker, own)
        if self._signing is not None and self.asked is not None:
            await self._signing.give_account(account, given.password, code)
            self._remember(account)
        line = self._in()
        if shown and self.asked and self.asked.secret != shown:
            raise ServiceUnavailable("second_factor_anew")
        return line

    async def close(self) -> None:
        """Give up a sign-in that was begun."""
        signing, self._signing, self.asked = self._signing, None, None
        if signing is not None:
            await signing.close()

    async def _begin(self, address: str, own: OwnBadge) -> None:
        await self.close()
        self._signing = await SigningIn.begin(address, own)
        if isinstance(self._signing.answer, messages.AccountAsked):
            self.asked = AskedAccount(self._last_name())

    def _in(self) -> SigningIn | None:
        signing = self._signing
        match signing.answer if signing else None:
            case messages.SignedIn(session=session) if signing is not None:
                self._session, self._session_of = session, signing.address
                self._signing = self.asked = None
                return signing
            case messages.Enrol(secret=secret):
                self.asked = _enrolment(self._last_name(), secret)
        return None

    def _remember(self, account: str) -> None:
        try:
            write_atomically(self._remembered, account.encode(), PRIVATE)
        except ConfigError as error:
            log.warning("account not remembered", key=error.key)

    def _last_name(self) -> str:
        try:
            return clean_account(read_file(self._remembered).decode("ascii"))
        except (ConfigError, TrustError, UnicodeDecodeError):
            return ""


def _enrolment(account: str, secret: str) -> AskedAccount:
    """What an authenticator app needs: the key to type, and as a picture (Key Uri Format)."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name="RemoteHelp")
    picture = io.BytesIO()
    segno.make_qr(uri, error="m").save(picture, kind="svg", scale=4, border=4)
    return AskedAccount(account, secret, picture.getvalue())
