"""The accounts by the command line: its functions on a real database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from remotehelp.broker import technicians
from remotehelp.broker.accounts import MARK_FILE
from remotehelp.broker.passwords import Passwords
from remotehelp.errors import ConfigError
from remotehelp.messages import GiveAccount, decode_to_broker, encode_json

PASSWORD = "correct horse"


def test_an_account_is_added_hashed_and_the_folder_is_marked(tmp_path: Path) -> None:
    technicians.add(tmp_path, "technician.a", PASSWORD, admin=True)
    [account] = technicians.accounts(tmp_path)
    assert (account.name, account.admin, account.disabled, account.secret) == ("technician.a", True, False, None)
    assert asyncio.run(Passwords().fits(account.password, PASSWORD))
    assert (tmp_path / MARK_FILE).exists()
    assert PASSWORD.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    technicians.add(tmp_path, "technician.a", PASSWORD, admin=False)
    before = technicians.accounts(tmp_path)
    with pytest.raises(ConfigError, match="account_exists"):
        technicians.add(tmp_path, "technician.a", "another horse", admin=True)
    assert technicians.accounts(tmp_path) == before


@pytest.mark.parametrize("password", ["", "123456789", "x" * 129])
def test_a_password_has_a_length_that_its_message_may_carry(tmp_path: Path, password: str) -> None:
    with pytest.raises(ConfigError, match="password_length"):
        technicians.add(tmp_path, "technician.a", password, admin=False)
    assert list(tmp_path.iterdir()) == []
    longest = GiveAccount("a", "x" * technicians.MOST_PASSWORD, "")
    assert decode_to_broker(encode_json(longest)) == longest


def test_an_account_is_disabled_and_reset(tmp_path: Path) -> None:
    technicians.add(tmp_path, "technician.a", PASSWORD, admin=False)
    technicians.disable(tmp_path, "technician.a")
    assert technicians.accounts(tmp_path)[0].disabled
    technicians.reset(tmp_path, "technician.a", "another horse")
    [account] = technicians.accounts(tmp_path)
    assert not account.disabled
    assert asyncio.run(Passwords().fits(account.password, "another horse"))


def test_who_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="account_unknown"):
        technicians.disable(tmp_path, "technician.b")
    with pytest.raises(ConfigError, match="account_unknown"):
        technicians.reset(tmp_path, "technician.b", PASSWORD)
