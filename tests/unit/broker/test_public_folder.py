"""The organisation's public folder: whose badges sign in, and what happens when its files change."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from remotehelp.broker.public_folder import LIST_LIMIT, PublicFolder
from remotehelp.errors import ConfigError, HelpError, TrustError
from remotehelp.messages import VERSION, SignIn
from remotehelp.trust import signin
from remotehelp.trust.badge import MOST_DAYS
from remotehelp.trust.files import load_key
from remotehelp.trust.revocations import Revocations, Revoked, write_list

BROKER, NONCE = bytes(16), bytes(32)


def signed_in(firm: Any, **changed: bytes) -> SignIn:
    own = firm.own
    proof = signin.prove(own.private_key, changed.get("broker", BROKER), changed.get("nonce", NONCE))
    return SignIn(VERSION, changed.get("badge", own.badge_bytes), changed.get("signature", proof))


def refusal(folder: PublicFolder, message: SignIn, now: float | None = None) -> str:
    with pytest.raises(TrustError) as caught:
        folder.check(message, BROKER, NONCE, time.time() if now is None else now)
    return caught.value.key


def test_a_valid_badge_with_its_proof_passes(firm: Any) -> None:
    PublicFolder(firm.public).check(signed_in(firm), BROKER, NONCE, time.time())


def test_a_proof_for_another_broker_or_nonce_or_none_at_all_does_not_pass(firm: Any) -> None:
    folder = PublicFolder(firm.public)
    for message in (
        signed_in(firm, broker=b"x" * 16),
        signed_in(firm, nonce=b"x" * 32),
        signed_in(firm, signature=bytes(64)),
    ):
        assert refusal(folder, message) == "sign_in_not_proven"


def test_foreign_damaged_expired_and_early_badges_do_not_pass(firm: Any, make_firm: Any) -> None:
    folder = PublicFolder(firm.public)
    own = firm.own.badge_bytes
    day = 86400
    assert refusal(folder, signed_in(make_firm("other"))) == "badge_foreign"
    assert refusal(folder, signed_in(firm, badge=own[:-2])) == "badge_not_signed"
    assert refusal(folder, signed_in(firm), time.time() + (MOST_DAYS + 1) * day) == "badge_expired"
    assert refusal(folder, signed_in(firm), time.time() - day) == "badge_not_yet_valid"


def test_a_revocation_counts_from_the_moment_that_the_file_changes(firm: Any) -> None:
    folder = PublicFolder(firm.public)
    folder.judge(firm.own.badge_bytes, time.time())
    before = folder.read().revocations
    firm.revoke()
    assert refusal(folder, signed_in(firm)) == "badge_revoked"
    assert folder.read().revocations != before
    assert folder.read().revocations == (firm.public / "revocations.json").read_bytes()


def test_files_that_did_not_change_are_not_read_again(firm: Any) -> None:
    folder = PublicFolder(firm.public)
    assert folder.read() is folder.read()


@pytest.mark.parametrize(
    "damage", [Path.unlink, lambda path: path.write_bytes(b"{}"), lambda path: path.write_bytes(b"")]
)
def test_while_the_list_is_damaged_the_last_good_one_holds(firm: Any, damage: Any) -> None:
    folder = PublicFolder(firm.public)
    good = folder.read()
    damage(firm.public / "revocations.json")
    assert folder.read() is good
    (firm.public / "revocations.json").write_bytes(good.revocations)
    os.utime(firm.public / "revocations.json", (1, 1))
    assert folder.read() == good


def test_a_folder_that_is_no_organisations_is_refused_at_the_start(tmp_path: Path, firm: Any) -> None:
    for folder in (tmp_path / "missing", tmp_path):
        with pytest.raises(HelpError, match="file_not_readable"):
            PublicFolder(folder)
    (firm.public / "organisation.json").write_bytes(b"{}")
    with pytest.raises(TrustError, match="organisation_not_signed"):
        PublicFolder(firm.public)


def test_a_list_too_long_to_be_handed_over_is_refused_at_the_start(firm: Any) -> None:
    key = load_key(firm.directory / "organisation.key")
    many = tuple(Revoked(n, int(time.time())) for n in range(1, 4000))
    document = write_list(key, Revocations(10**12, int(time.time()), many))
    assert len(document) > LIST_LIMIT
    (firm.public / "revocations.json").write_bytes(document)
    with pytest.raises(ConfigError, match="revocations_too_long"):
        PublicFolder(firm.public)
