import hashlib
import hmac

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp import messages
from remotehelp.errors import LocalProtocolError, RemoteProtocolError, TrustError
from remotehelp.messages import ConfirmC, Refusal
from remotehelp.trust.badge import judge
from remotehelp.trust.code import LIFE_S, Code
from remotehelp.trust.pairing import (
    CustomerPairing,
    Step,
    TechnicianPairing,
    derive,
    read_refusal,
    transcript_hash,
)
from remotehelp.trust.public import public_half
from remotehelp.trust.sealing import Opener, Sealer

NOW = 1_800_000_000
CODE = Code("4711", "482913")
SID = bytes(range(16))
FP_T, FP_C, FP_M = b"T" * 32, b"C" * 32, b"M" * 32
VISIT_KEY = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)


class Visit:
    """Both sides of one visit, ready to be fed."""

    def __init__(self, issuer, **different):
        of = {"own": issuer.own(), "organisation": issuer.organisation, "sid_t": SID, "code_t": CODE, **different}
        self.issuer = issuer
        self.technician = TechnicianPairing(
            of["code_t"], of["sid_t"], of["own"], FP_T, caps=("screen",), nonce=b"t" * 32
        )
        self.customer = CustomerPairing(
            CODE, SID, of["organisation"], FP_C, caps=("voice",), nonce=b"c" * 32, visit_key=VISIT_KEY, opened_at=NOW
        )

    def judge(self, badge_bytes):
        return judge(badge_bytes, self.issuer.organisation.key, self.issuer.revocations(), NOW, NOW)

    def to_confirm(self):
        """The exchange up to the technician's confirmation."""
        return self.technician.receive_hello(self.customer.receive_hello(self.technician.hello(), NOW))

    def whole(self):
        confirm, keys_c, verdict = self.customer.receive_confirm(self.to_confirm(), self.judge)
        return self.technician.receive_confirm(confirm), keys_c, verdict


@pytest.fixture
def visit(issuer):
    return Visit(issuer)


def key_of(kind, action, *arguments):
    with pytest.raises(kind) as caught:
        action(*arguments)
    return caught.value.key


def with_changes(data, **changes):
    return messages.encode(msgspec.structs.replace(messages.decode_relayed(data), **changes))


def test_both_sides_come_to_the_same_keys_and_know_each_others_certificate(visit, issuer):
    keys_t, keys_c, verdict = visit.whole()
    assert (visit.technician.step, visit.customer.step) == (Step.DONE, Step.DONE)
    assert (keys_t.th, keys_t.resume, keys_t.words) == (keys_c.th, keys_c.resume, keys_c.words)
    assert (keys_t.send, keys_t.receive) == (keys_c.receive, keys_c.send)
    assert len({keys_t.send, keys_t.receive, keys_t.resume, keys_t.words, keys_t.th}) == 5
    assert (keys_t.peer_fingerprint, keys_c.peer_fingerprint) == (FP_C, FP_T)
    assert (keys_t.peer_key, keys_c.peer_key) == (public_half(VISIT_KEY), issuer.own().badge.technician_key)
    assert (keys_t.peer_caps, keys_c.peer_caps) == (("voice",), ("screen",))
    assert verdict.badge == issuer.own().badge


def test_what_one_side_seals_the_other_opens(visit):
    keys_t, keys_c, _ = visit.whole()
    assert Opener(keys_c.receive, keys_c.th).open(Sealer(keys_t.send, keys_t.th).seal(b"photo")) == b"photo"
    assert Opener(keys_t.receive, keys_t.th).open(Sealer(keys_c.send, keys_c.th).seal(b"problem")) == b"problem"


def test_no_key_is_shown_by_accident(visit):
    keys, _, _ = visit.whole()
    assert repr(keys.send) not in repr(keys)


def test_two_visits_with_the_same_digits_share_no_key(issuer):
    first, second = Visit(issuer).whole()[0], Visit(issuer).whole()[0]
    assert first.th != second.th
    assert first.send != second.send


def test_the_transcript_is_exactly_the_protocols(visit, issuer):
    hello_t = visit.technician.hello()
    hello_c = visit.customer.receive_hello(hello_t, NOW)
    confirm = messages.decode_relayed(visit.technician.receive_hello(hello_c))
    organisation_id = hashlib.sha256(issuer.organisation.key).digest()
    parts = [b"RHP/1 code", organisation_id, b"4711", SID, hello_t, hello_c]
    th = hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()
    issuer.own().private_key.public_key().verify(confirm.signature, b"RHP/1 code" + th)
    _, keys, _ = visit.customer.receive_confirm(messages.encode(confirm), visit.judge)
    assert keys.th == th


def test_the_keys_are_exactly_the_protocols():
    """HKDF-SHA256 by hand (RFC 5869): extract with the transcript hash as salt, expand once with the key's name."""
    th, shared = b"h" * 32, b"k" * 32
    prk = hmac.digest(th, shared, "sha256")
    names = {"confirm_t": b"confirm_T", "confirm_c": b"confirm_C", "seal_t": b"seal_T", "seal_c": b"seal_C"}
    for field, info in {**names, "resume": b"resume", "words": b"words"}.items():
        assert getattr(derive(shared, th), field) == hmac.digest(prk, info + b"\x01", "sha256")


def test_no_two_lists_of_parts_have_the_same_transcript():
    assert transcript_hash(b"ab", b"c") != transcript_hash(b"a", b"bc") != transcript_hash(b"abc")


@pytest.mark.parametrize(
    "typed", [Code("4711", "482914"), Code("4712", "482913"), Code("47114", "482913"), Code("4711", "000000")], ids=str
)
def test_a_wrong_code_lets_nobody_in_and_is_used_up(issuer, typed):
    visit = Visit(issuer, code_t=typed)
    confirm = visit.to_confirm()
    assert visit.customer.used is False
    assert key_of(TrustError, visit.customer.receive_confirm, confirm, visit.judge) == "code_wrong"
    assert visit.customer.used is True
    assert key_of(RemoteProtocolError, visit.customer.receive_confirm, confirm, visit.judge) == "message_out_of_order"


def test_another_room_lets_nobody_in(issuer):
    visit = Visit(issuer, sid_t=bytes(16))
    assert key_of(TrustError, visit.customer.receive_confirm, visit.to_confirm(), visit.judge) == "code_wrong"


def test_a_technician_of_another_organisation_is_not_let_in_even_with_the_code(issuer, stranger):
    visit = Visit(issuer, own=stranger.own())
    assert key_of(TrustError, visit.customer.receive_confirm, visit.to_confirm(), visit.judge) == "code_wrong"


def test_the_code_is_used_before_anything_is_checked(visit):
    confirm = visit.to_confirm()

    def judge_that_looks(badge_bytes):
        assert visit.customer.used is True
        return visit.judge(badge_bytes)

    visit.customer.receive_confirm(confirm, judge_that_looks)


@pytest.mark.parametrize("reason", ["badge_expired", "badge_revoked", "revocations_went_back"])
def test_a_badge_that_does_not_hold_ends_it(visit, reason):
    def refuse(_):
        raise TrustError(reason)

    assert key_of(TrustError, visit.customer.receive_confirm, visit.to_confirm(), refuse) == reason
    assert visit.customer.step is Step.OVER


def test_a_badge_without_its_key_ends_it(visit):
    """Whoever has the code and a copy of a badge, but not the badge's key."""
    confirm = with_changes(visit.to_confirm(), signature=bytes(64))
    assert key_of(TrustError, visit.customer.receive_confirm, confirm, visit.judge) == "technician_not_proven"


def test_the_technician_gets_no_keys_from_a_customer_who_guesses(visit):
    visit.to_confirm()
    assert key_of(TrustError, visit.technician.receive_confirm, messages.encode(ConfirmC(bytes(32)))) == "code_wrong"
    assert visit.technician.step is Step.OVER


def test_a_second_hello_burns_the_code(visit):
    visit.customer.receive_hello(visit.technician.hello(), NOW)
    second = TechnicianPairing(CODE, SID, visit.issuer.own(serial=2), FP_M, nonce=b"m" * 32).hello()
    assert key_of(RemoteProtocolError, visit.customer.receive_hello, second, NOW) == "message_out_of_order"
    assert visit.customer.used is True


def test_a_hello_where_the_confirmation_belongs_burns_the_code(visit):
    hello = visit.technician.hello()
    visit.customer.receive_hello(hello, NOW)
    assert key_of(RemoteProtocolError, visit.customer.receive_confirm, hello, visit.judge) == "message_out_of_order"
    assert visit.customer.used is True


def test_a_second_hello_of_the_customer_ends_the_technicians_side(visit):
    hello_c = visit.customer.receive_hello(visit.technician.hello(), NOW)
    visit.technician.receive_hello(hello_c)
    assert key_of(RemoteProtocolError, visit.technician.receive_hello, hello_c) == "message_out_of_order"
    assert visit.technician.step is Step.OVER


def test_a_hello_is_sent_once(visit):
    visit.technician.hello()
    with pytest.raises(LocalProtocolError):
        visit.technician.hello()


@pytest.mark.parametrize(("late", "held"), [(0, True), (LIFE_S, True), (LIFE_S + 1, False), (-1, False)])
def test_a_code_lives_ten_minutes_on_the_customers_own_clock(visit, late, held):
    hello = visit.technician.hello()
    if held:
        assert visit.customer.receive_hello(hello, NOW + late)
    else:
        assert key_of(TrustError, visit.customer.receive_hello, hello, NOW + late) == "code_expired"
        assert visit.customer.used is True


def test_own_messages_that_come_back_are_refused(visit, issuer):
    hello_t = visit.technician.hello()
    hello_c = visit.customer.receive_hello(hello_t, NOW)
    assert key_of(RemoteProtocolError, visit.technician.receive_hello, hello_t) == "message_out_of_order"  # wrong role
    other = Visit(issuer)
    assert key_of(RemoteProtocolError, other.customer.receive_hello, hello_c, NOW) == "message_out_of_order"


def test_an_own_fingerprint_or_nonce_in_the_others_hello_is_refused(issuer):
    for changes in ({"fp": FP_C}, {"nonce": b"c" * 32}):
        visit = Visit(issuer)
        hello = with_changes(visit.technician.hello(), **changes)
        assert key_of(RemoteProtocolError, visit.customer.receive_hello, hello, NOW) == "own_message_came_back"
    for changes in ({"fp": FP_T}, {"nonce": b"t" * 32}):
        visit = Visit(issuer)
        hello = with_changes(visit.customer.receive_hello(visit.technician.hello(), NOW), **changes)
        assert key_of(RemoteProtocolError, visit.technician.receive_hello, hello) == "own_message_came_back"


@pytest.mark.parametrize("side", [b"A", b"B"])
def test_an_own_pake_message_that_comes_back_is_refused(visit, side):
    hello_t = visit.technician.hello()
    reflected = side + messages.decode_relayed(hello_t).pake[1:]
    hello_c = with_changes(visit.customer.receive_hello(hello_t, NOW), pake=reflected)
    assert key_of(RemoteProtocolError, visit.technician.receive_hello, hello_c) == "message_not_understood"


@pytest.mark.parametrize(
    "pake",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"A", id="no point"),
        pytest.param(b"X" + bytes(32), id="no side"),
        pytest.param(b"A" + bytes(31), id="too short"),
        pytest.param(b"A" + bytes(33), id="too long"),
        pytest.param(b"A\x01" + bytes(31), id="the neutral point"),
        pytest.param(b"A\xec" + b"\xff" * 30 + b"\x7f", id="a point of order 2"),
        pytest.param(b"A" + bytes(32), id="a point of order 4"),
        pytest.param(b"A\x02" + bytes(31), id="not on the curve"),
        pytest.param(b"A" + b"\xff" * 32, id="beyond the field"),
    ],
)
def test_a_pake_message_that_is_none_is_refused(visit, pake):
    hello = with_changes(visit.technician.hello(), pake=pake)
    assert key_of(RemoteProtocolError, visit.customer.receive_hello, hello, NOW) == "message_not_understood"
    assert visit.customer.used is True


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=40, deadline=None)
def test_any_point_is_taken_or_refused(issuer, point):
    visit = Visit(issuer)
    hello = with_changes(visit.technician.hello(), pake=b"A" + point)
    try:
        visit.customer.receive_hello(hello, NOW)
    except RemoteProtocolError:
        assert visit.customer.used


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_for_a_hello_are_refused(issuer, data):
    visit = Visit(issuer)
    with pytest.raises(RemoteProtocolError):
        visit.customer.receive_hello(data, NOW)
    visit.technician.hello()
    with pytest.raises(RemoteProtocolError):
        visit.technician.receive_hello(data)


def test_a_newer_version_is_told_even_if_it_has_new_fields(visit):
    fields = msgspec.msgpack.decode(visit.technician.hello())
    newer = msgspec.msgpack.encode({**fields, "v": 2, "something_new": 1})
    assert key_of(RemoteProtocolError, visit.customer.receive_hello, newer, NOW) == "newer_version"


def test_an_unknown_field_in_this_version_is_refused(visit):
    fields = msgspec.msgpack.decode(visit.technician.hello())
    more = msgspec.msgpack.encode({**fields, "grant": "control"})
    assert key_of(RemoteProtocolError, visit.customer.receive_hello, more, NOW) == "message_not_understood"


def test_a_hello_has_at_most_16_kib(visit):
    fields = msgspec.msgpack.decode(visit.technician.hello())
    long = msgspec.msgpack.encode({**fields, "badge": bytes(16 * 1024)})
    assert key_of(RemoteProtocolError, visit.customer.receive_hello, long, NOW) == "message_too_long"


def test_a_hello_whose_bytes_were_rewritten_without_changing_their_meaning_fails(visit):
    """The transcript covers the bytes as they came, not what they mean."""
    fields = msgspec.msgpack.decode(visit.technician.hello())
    rewritten = msgspec.msgpack.encode(dict(reversed(fields.items())))
    confirm = visit.technician.receive_hello(visit.customer.receive_hello(rewritten, NOW))
    assert key_of(TrustError, visit.customer.receive_confirm, confirm, visit.judge) == "code_wrong"


def test_a_refusal_is_read_before_the_machine_is_fed(visit):
    assert read_refusal(messages.encode(Refusal("code_wrong"))) == "code_wrong"
    for other in (visit.technician.hello(), b"", b"\xff", messages.encode(ConfirmC(bytes(32)))):
        assert read_refusal(other) is None
