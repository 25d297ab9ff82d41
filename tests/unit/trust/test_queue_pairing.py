import hashlib

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp import messages
from remotehelp.errors import LocalProtocolError, RemoteProtocolError, TrustError
from remotehelp.messages import Commit, ConfirmC
from remotehelp.trust.badge import judge
from remotehelp.trust.code import Code
from remotehelp.trust.exchange import DiffieHellman
from remotehelp.trust.pairing import CustomerPairing, Step, TechnicianPairing
from remotehelp.trust.public import public_half
from remotehelp.trust.queue_pairing import QueueCustomer, QueueTechnician, commitment
from remotehelp.trust.safety_words import safety_words

NOW = 1_800_000_000
SID = bytes(range(16))
FP_T, FP_C, FP_M = b"T" * 32, b"C" * 32, b"M" * 32
VISIT_KEY = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
BROKEN = (TrustError, RemoteProtocolError)


class Visit:
    """Both sides of one visit, ready to be fed."""

    def __init__(self, issuer, **different):
        of = {"own": issuer.own(), "organisation": issuer.organisation, "sid_t": SID, **different}
        self.issuer = issuer
        self.technician = QueueTechnician(of["sid_t"], of["own"], FP_T, caps=("screen",), nonce=b"t" * 32)
        self.customer = QueueCustomer(
            SID, of["organisation"], FP_C, caps=("voice",), nonce=b"c" * 32, visit_key=VISIT_KEY
        )

    def judge(self, badge_bytes):
        return judge(badge_bytes, self.issuer.organisation.key, self.issuer.revocations(), NOW, NOW)

    def exchange(self, change=lambda name, data: data):
        """One visit by hand, each message changed on its way; what both sides hold at its end."""
        return exchange(self.technician, self.customer, self.judge, change)


def exchange(technician, customer, judge, change=lambda name, data: data):
    hello_c = customer.receive_commit(change("commit", technician.commit()))
    hello_t, confirm_t = technician.receive_hello(change("hello_c", hello_c))
    customer.receive_hello(change("hello_t", hello_t))
    confirm_c, keys_c, verdict = customer.receive_confirm(change("confirm_t", confirm_t), judge)
    return technician.receive_confirm(change("confirm_c", confirm_c)), keys_c, verdict


@pytest.fixture
def visit(issuer):
    return Visit(issuer)


def key_of(kind, action, *arguments):
    with pytest.raises(kind) as caught:
        action(*arguments)
    return caught.value.key


def with_changes(data, **changes):
    return messages.encode(msgspec.structs.replace(messages.decode_relayed(data), **changes))


def test_both_sides_come_to_the_same_keys_and_words_and_know_each_others_certificate(visit, issuer):
    keys_t, keys_c, verdict = visit.exchange()
    assert (visit.technician.step, visit.customer.step) == (Step.DONE, Step.DONE)
    assert (keys_t.th, keys_t.resume, keys_t.words) == (keys_c.th, keys_c.resume, keys_c.words)
    assert safety_words(keys_t.words) == safety_words(keys_c.words)
    assert (keys_t.send, keys_t.receive) == (keys_c.receive, keys_c.send)
    assert (keys_t.peer_fingerprint, keys_c.peer_fingerprint) == (FP_C, FP_T)
    assert (keys_t.peer_key, keys_c.peer_key) == (public_half(VISIT_KEY), issuer.own().badge.technician_key)
    assert (keys_t.peer_caps, keys_c.peer_caps) == (("voice",), ("screen",))
    assert verdict.badge == issuer.own().badge


def test_the_commitment_and_the_transcript_are_exactly_the_protocols(visit, issuer):
    seen = {}
    _, keys, _ = visit.exchange(lambda name, data: seen.setdefault(name, data))
    hello_t = seen["hello_t"]
    assert messages.decode_relayed(seen["commit"]).hash == hashlib.sha256(b"RHP/1 queue" + hello_t).digest()
    organisation_id = hashlib.sha256(issuer.organisation.key).digest()
    parts = [b"RHP/1 queue", organisation_id, b"", SID, hello_t, seen["hello_c"]]
    assert keys.th == hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()
    signature = messages.decode_relayed(seen["confirm_t"]).signature
    issuer.own().private_key.public_key().verify(signature, b"RHP/1 queue" + keys.th)


def test_her_hello_goes_out_only_after_the_commitment_and_his_only_after_hers(visit):
    """So that neither can be chosen to fit the other."""
    hello_t = visit.technician._hello
    assert key_of(RemoteProtocolError, visit.customer.receive_commit, hello_t) == "message_out_of_order"
    fresh = Visit(visit.issuer)
    commit = fresh.technician.commit()
    assert messages.decode_relayed(commit) == Commit(commitment(fresh.technician._hello))
    assert len(commit) < 64  # nothing else of the hello is in it


@pytest.mark.parametrize("field", ["nonce", "fp", "pake", "badge", "caps"])
def test_the_technician_can_not_choose_a_hello_after_hers(visit, issuer, field):
    other = {"nonce": b"n" * 32, "fp": FP_M, "pake": DiffieHellman().message, "badge": issuer.own(serial=2).badge_bytes}
    visit.customer.receive_commit(visit.technician.commit())
    late = with_changes(visit.technician._hello, **{field: other.get(field, ("more",))})
    assert key_of(TrustError, visit.customer.receive_hello, late) == "opening_changed"
    assert visit.customer.used


def test_a_hello_that_means_the_same_in_other_bytes_is_another_one(visit):
    visit.customer.receive_commit(visit.technician.commit())
    fields = msgspec.msgpack.decode(visit.technician._hello)
    rewritten = msgspec.msgpack.encode(dict(reversed(fields.items())))
    assert key_of(TrustError, visit.customer.receive_hello, rewritten) == "opening_changed"


MESSAGES = ["commit", "hello_c", "hello_t", "confirm_t", "confirm_c"]
FIELDS = {
    "commit": ("type", "hash"),
    "hello_c": ("type", "v", "caps", "fp", "nonce", "pake", "sig"),
    "hello_t": ("type", "v", "caps", "fp", "nonce", "pake", "badge"),
    "confirm_t": ("type", "mac", "signature"),
    "confirm_c": ("type", "mac"),
}
EACH_FIELD = [(name, field) for name, fields in FIELDS.items() for field in fields]


def finished(visit, change):
    """Which sides hold keys after a visit with ``change`` on its way."""
    with pytest.raises(BROKEN):
        visit.exchange(change)
    return [side for side in (visit.technician, visit.customer) if side.step is Step.DONE]


def test_the_table_of_fields_is_complete(visit):
    seen = {}
    visit.exchange(lambda name, data: seen.setdefault(name, data))
    assert {name: set(msgspec.msgpack.decode(data)) for name, data in seen.items()} == {
        name: set(fields) for name, fields in FIELDS.items()
    }


@pytest.mark.parametrize(("name", "field"), EACH_FIELD)
def test_no_field_can_be_removed(visit, name, field):
    def remove(which, data):
        fields = msgspec.msgpack.decode(data)
        return msgspec.msgpack.encode({k: v for k, v in fields.items() if k != field}) if which == name else data

    assert finished(visit, remove) == ([visit.customer] if name == "confirm_c" else [])


@pytest.mark.parametrize(("name", "field"), EACH_FIELD)
def test_no_field_can_be_changed_by_a_bit(visit, name, field):
    def flip(which, data):
        if which != name:
            return data
        fields = msgspec.msgpack.decode(data)
        return msgspec.msgpack.encode({**fields, field: flipped(fields[field])})

    assert finished(visit, flip) == ([visit.customer] if name == "confirm_c" else [])


def flipped(value):
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:]
    return value ^ 1 if isinstance(value, int) else [*value, "more"]


@pytest.mark.parametrize("name", MESSAGES)
@given(place=st.integers(0, 2000), bit=st.integers(0, 7))
@settings(max_examples=25, deadline=None)
def test_no_bit_can_be_changed(issuer, name, place, bit):
    def flip(which, data):
        changed = bytearray(data)
        changed[place % len(changed)] ^= 1 << bit
        return bytes(changed) if which == name else data

    visit = Visit(issuer)
    assert finished(visit, flip) == ([visit.customer] if name == "confirm_c" else [])


@pytest.mark.parametrize("name", MESSAGES)
def test_nothing_can_be_left_out(visit, name):
    """What comes next is not what this side waits for."""
    with pytest.raises(BROKEN):
        visit.exchange(lambda which, data: messages.encode(ConfirmC(bytes(32))) if which == name else data)


def test_a_message_from_the_mode_with_a_code_is_none_of_this_one(visit, issuer):
    with_code = TechnicianPairing(Code("4711", "482913"), SID, issuer.own(), FP_T, nonce=b"t" * 32).hello()
    visit.customer.receive_commit(messages.encode(Commit(commitment(with_code))))
    assert key_of(RemoteProtocolError, visit.customer.receive_hello, with_code) == "message_not_understood"


def test_a_signature_of_the_mode_with_a_code_proves_nothing_here(visit, issuer):
    """Even over the same transcript: the context is part of what is signed."""
    hello_c = visit.customer.receive_commit(visit.technician.commit())
    hello_t, confirm = visit.technician.receive_hello(hello_c)
    visit.customer.receive_hello(hello_t)
    signature = issuer.own().private_key.sign(b"RHP/1 code" + visit.customer._th)
    other = with_changes(confirm, signature=signature)
    assert key_of(TrustError, visit.customer.receive_confirm, other, visit.judge) == "technician_not_proven"


def test_a_customer_with_a_code_does_not_understand_a_commitment(visit, issuer):
    how = {"visit_key": VISIT_KEY, "opened_at": NOW, "nonce": b"c" * 32}
    customer = CustomerPairing(Code("4711", "482913"), SID, issuer.organisation, FP_C, **how)
    key = key_of(RemoteProtocolError, customer.receive_hello, visit.technician.commit(), NOW)
    assert key == "message_out_of_order"


@pytest.mark.parametrize("side", ["T", "C"])
def test_the_own_share_that_comes_back_is_refused(visit, side):
    """Also where all the rest is another's."""
    commit = visit.technician.commit()
    if side == "T":
        hello_c = with_changes(visit.customer.receive_commit(commit), pake=visit.technician._exchange.message)
        assert key_of(RemoteProtocolError, visit.technician.receive_hello, hello_c) == "own_message_came_back"
    else:
        hello_t = with_changes(visit.technician._hello, pake=visit.customer._exchange.message)
        visit.customer.receive_commit(messages.encode(Commit(commitment(hello_t))))
        assert key_of(RemoteProtocolError, visit.customer.receive_hello, hello_t) == "own_message_came_back"


@pytest.mark.parametrize("same", ["nonce", "fp"])
def test_the_own_nonce_or_certificate_that_comes_back_is_refused(visit, same):
    hello_c = visit.customer.receive_commit(visit.technician.commit())
    mine = {"nonce": b"t" * 32, "fp": FP_T}
    reflected = with_changes(hello_c, **{same: mine[same]})
    assert key_of(RemoteProtocolError, visit.technician.receive_hello, reflected) == "own_message_came_back"


@pytest.mark.parametrize("point", [0, 1, 2**255 - 20], ids=["zero", "one", "order 2"])
def test_a_share_of_low_order_is_refused_on_both_sides(issuer, point):
    share = point.to_bytes(32, "little")
    visit = Visit(issuer)
    hello_c = with_changes(visit.customer.receive_commit(visit.technician.commit()), pake=share)
    assert key_of(RemoteProtocolError, visit.technician.receive_hello, hello_c) == "message_not_understood"
    visit = Visit(issuer)
    hello_t = with_changes(visit.technician._hello, pake=share)
    visit.customer.receive_commit(messages.encode(Commit(commitment(hello_t))))
    assert key_of(RemoteProtocolError, visit.customer.receive_hello, hello_t) == "message_not_understood"


def test_messages_of_another_visit_prove_nothing(issuer):
    """The whole of an earlier visit with this technician, played again to her."""
    old, seen = Visit(issuer), {}
    old.exchange(lambda name, data: seen.setdefault(name, data))
    visit = Visit(issuer)
    visit.customer.receive_commit(seen["commit"])
    visit.customer.receive_hello(seen["hello_t"])
    assert key_of(TrustError, visit.customer.receive_confirm, seen["confirm_t"], visit.judge) == "opening_changed"


def test_her_share_of_another_visit_proves_nothing_to_him(issuer):
    old, seen = Visit(issuer), {}
    old.exchange(lambda name, data: seen.setdefault(name, data))
    visit = Visit(issuer)
    visit.technician.commit()
    visit.technician.receive_hello(seen["hello_c"])
    assert key_of(TrustError, visit.technician.receive_confirm, seen["confirm_c"]) == "opening_changed"


def test_another_room_lets_nobody_in(issuer):
    assert finished(Visit(issuer, sid_t=bytes(16)), lambda name, data: data) == []


def test_a_technician_of_another_organisation_is_not_let_in(issuer, stranger):
    assert finished(Visit(issuer, own=stranger.own()), lambda name, data: data) == []


def test_a_badge_without_its_key_lets_nobody_in(visit):
    """A broker that plays the technician with a copy of a badge."""

    def forge(name, data):
        return with_changes(data, signature=bytes(64)) if name == "confirm_t" else data

    assert finished(visit, forge) == []


def test_a_broker_that_swaps_the_shares_needs_a_badge_and_then_the_words_differ(issuer):
    """The most that a broker can do: a man in the middle with a good badge of the same organisation."""
    true, rogue = Visit(issuer), Visit(issuer, own=issuer.own(serial=2))
    _, keys_hers, _ = exchange(rogue.technician, true.customer, true.judge)
    keys_his, _, _ = exchange(true.technician, rogue.customer, true.judge)
    assert safety_words(keys_hers.words) != safety_words(keys_his.words)
    assert keys_hers.th != keys_his.th


def test_a_second_commitment_or_hello_ends_it(visit):
    commit = visit.technician.commit()
    with pytest.raises(LocalProtocolError):
        visit.technician.commit()
    visit.customer.receive_commit(commit)
    assert key_of(RemoteProtocolError, visit.customer.receive_commit, commit) == "message_out_of_order"
    assert visit.customer.step is Step.OVER


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_refused(issuer, data):
    visit = Visit(issuer)
    with pytest.raises(RemoteProtocolError):
        visit.customer.receive_commit(data)
    visit.technician.commit()
    with pytest.raises(RemoteProtocolError):
        visit.technician.receive_hello(data)
