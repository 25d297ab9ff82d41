"""A hostile broker against pairing: whatever it does, no two sides end with different transcripts.

The broker holds every message of two visits. It may deliver, drop, repeat, reorder, reflect, change, replay from the
other visit, put its own DTLS fingerprint into hellos, and play either side itself with a guessed secret.
"""

import hashlib

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, TrustError
from remotehelp.messages import ConfirmC, ConfirmT, HelloC, HelloT
from remotehelp.trust.code import Code
from remotehelp.trust.pairing import CustomerPairing, Step, TechnicianPairing
from tests.helpers.fixed_keys import NOW, ORGANISATION, entropy, judge_here, own_badge, private_key

FP_BROKER = b"M" * 32
SECRET, WRONG, GUESS = "482913", "482914", "000000"
OWN = own_badge("T", 1)


def technician(code, sid, fingerprint, seed):
    return TechnicianPairing(code, sid, OWN, fingerprint, nonce=entropy(f"{seed} nonce")(32), entropy=entropy(seed))


def customer(code, sid, fingerprint, seed):
    nonce = entropy(f"{seed} nonce")(32)
    how = {"visit_key": private_key(seed), "opened_at": NOW, "nonce": nonce, "entropy": entropy(seed)}
    return CustomerPairing(code, sid, ORGANISATION, fingerprint, **how)


class Side:
    """One real side that eats whatever the broker hands it, as a role does: in order, and no more after an error."""

    def __init__(self, pairing, fingerprint):
        self.pairing = pairing
        self.fingerprint = fingerprint
        self.keys = None

    def feed(self, data):
        """What this side answers, or None."""
        try:
            return self._feed(data)
        except (RemoteProtocolError, TrustError):
            assert self.pairing.step is Step.OVER
            return None

    def _feed(self, data):
        first = self.pairing.step is Step.HELLO
        if isinstance(self.pairing, TechnicianPairing):
            if first:
                return self.pairing.receive_hello(data)
            self.keys = self.keys or self.pairing.receive_confirm(data)
            return None
        if first:
            return self.pairing.receive_hello(data, NOW)
        confirm, keys, _ = self.pairing.receive_confirm(data, judge_here)
        self.keys = keys
        return confirm


class Visit:
    """A technician and a customer of one room; ``right`` tells whether the technician typed what she read out."""

    def __init__(self, name, typed):
        self.right = typed == SECRET
        self.sid = hashlib.sha256(name.encode()).digest()[:16]
        self.nameplate = {"one": "4711", "two": "4712"}[name]
        fp_t, fp_c = (hashlib.sha256(f"{name} {side}".encode()).digest() for side in "TC")
        self.technician = Side(technician(Code(self.nameplate, typed), self.sid, fp_t, f"{name} T"), fp_t)
        self.hello = self.technician.pairing.hello()
        self.customer = Side(customer(Code(self.nameplate, SECRET), self.sid, fp_c, f"{name} C"), fp_c)

    def side(self, who):
        return self.technician if who == "T" else self.customer


class HostileBroker(RuleBasedStateMachine):
    """The rules are what the broker can do; the invariants are what it must never achieve."""

    seen = Bundle("seen")
    which = st.sampled_from(["one", "two"])
    who = st.sampled_from(["T", "C"])

    @initialize(target=seen, one=st.sampled_from([SECRET, SECRET, WRONG]), two=st.sampled_from([SECRET, WRONG]))
    def open_two_visits(self, one, two):
        self.visits = {"one": Visit("one", one), "two": Visit("two", two)}
        self.guessing = 0
        return multiple(*(visit.hello for visit in self.visits.values()))

    @rule(target=seen, data=seen, which=which, who=who)
    def deliver(self, data, which, who):
        """Any message to any side: honest, repeated, out of order, reflected, or from the other visit."""
        answer = self.visits[which].side(who).feed(data)
        return multiple() if answer is None else answer

    @rule(target=seen, data=seen, place=st.integers(0, 16 * 1024), bit=st.integers(0, 7))
    def flip(self, data, place, bit):
        changed = bytearray(data)
        changed[place % len(changed)] ^= 1 << bit
        return bytes(changed)

    @rule(target=seen, data=seen)
    def put_own_fingerprint(self, data):
        """What a man in the middle of DTLS has to do."""
        try:
            message = messages.decode_relayed(data)
        except RemoteProtocolError:
            return multiple()
        if not isinstance(message, HelloT | HelloC):
            return multiple()
        return messages.encode(msgspec.structs.replace(message, fp=FP_BROKER))

    @rule(target=seen, which=which, cut=st.sampled_from(["nowhere", "before confirm_T", "before confirm_C"]))
    def relay_honestly(self, which, cut):
        """One whole visit as it should be, or cut short; what was cut may be delivered later."""
        visit = self.visits[which]
        if visit.technician.pairing.step is not Step.HELLO or visit.customer.pairing.step is not Step.HELLO:
            return multiple()
        hello_c = visit.customer.feed(visit.hello)
        confirm_t = visit.technician.feed(hello_c)
        if cut == "before confirm_T":
            return multiple(hello_c, confirm_t)
        confirm_c = visit.customer.feed(confirm_t)
        if confirm_c is None:
            return multiple(hello_c, confirm_t)
        if cut == "nowhere":
            visit.technician.feed(confirm_c)
        return multiple(hello_c, confirm_t, confirm_c)

    @rule(target=seen, data=seen)
    def take_one_confirmation_for_the_other(self, data):
        """The technician's MAC, sent back as if it were the customer's."""
        try:
            message = messages.decode_relayed(data)
        except RemoteProtocolError:
            return multiple()
        return messages.encode(ConfirmC(message.mac)) if isinstance(message, ConfirmT) else multiple()

    @rule(target=seen, which=which, mac=st.sampled_from(["guessed", "reflected", "made up"]))
    def play_the_customer(self, which, mac):
        """With a guessed secret, and whatever confirmation comes out of it."""
        visit = self.visits[which]
        self.guessing += 1
        code = Code(visit.nameplate, GUESS)
        broker = Side(customer(code, visit.sid, FP_BROKER, f"broker {self.guessing}"), FP_BROKER)
        hello = broker.feed(visit.hello)
        confirm = visit.technician.feed(hello)
        if confirm is None:
            return hello
        assert broker.feed(confirm) is None, "a guess was confirmed"
        reflected = messages.decode_relayed(confirm).mac
        if mac != "guessed":
            visit.technician.feed(messages.encode(ConfirmC(reflected if mac == "reflected" else bytes(32))))
        return multiple(hello, confirm)

    @rule(target=seen, which=which)
    def play_the_technician(self, which):
        """With a guessed secret and a technician's real badge: the broker of a rogue organisation."""
        visit = self.visits[which]
        self.guessing += 1
        broker = technician(Code(visit.nameplate, GUESS), visit.sid, FP_BROKER, f"broker {self.guessing}")
        hello_t = broker.hello()
        hello_c = visit.customer.feed(hello_t)
        if hello_c is None or not isinstance(messages.decode_relayed(hello_c), HelloC):
            return hello_t
        confirm = broker.receive_hello(hello_c)
        assert visit.customer.feed(confirm) is None, "a guess was confirmed"
        return multiple(hello_t, hello_c, confirm)

    def finished(self):
        return [
            (visit, side, other)
            for visit in self.visits.values()
            for side, other in ((visit.technician, visit.customer), (visit.customer, visit.technician))
            if side.keys is not None
        ]

    @invariant()
    def a_wrong_secret_never_confirms_on_either_side(self):
        assert all(visit.right for visit, _, _ in self.finished())

    @invariant()
    def who_is_finished_has_the_fingerprint_of_the_true_other_side(self):
        assert all(side.keys.peer_fingerprint == other.fingerprint for _, side, other in self.finished())

    @invariant()
    def no_two_sides_end_with_different_transcripts(self):
        for _, side, other in self.finished():
            assert side.keys.th == other.pairing._th
            if other.keys is not None:
                assert (side.keys.send, side.keys.receive) == (other.keys.receive, other.keys.send)

    @invariant()
    def the_technician_is_never_finished_before_the_customer(self):
        for visit in self.visits.values():
            assert visit.technician.keys is None or visit.customer.keys is not None


HostileBroker.TestCase.settings = settings(max_examples=60, stateful_step_count=14, deadline=None)
TestHostileBroker = HostileBroker.TestCase


def run_honestly(swap):
    """One visit by hand, with every hello changed by ``swap`` on its way."""
    visit = Visit("one", SECRET)
    hello_c = visit.customer.feed(swap(visit.hello))
    confirm_t = visit.technician.feed(swap(hello_c))
    confirm_c = visit.customer.feed(confirm_t)
    if confirm_c is not None:
        visit.technician.feed(confirm_c)
    return visit


def test_without_a_man_in_the_middle_both_are_finished():
    visit = run_honestly(lambda data: data)
    assert visit.technician.keys.th == visit.customer.keys.th


def test_a_man_in_the_middle_who_swaps_both_fingerprints_gets_nothing():
    visit = run_honestly(
        lambda data: messages.encode(msgspec.structs.replace(messages.decode_relayed(data), fp=FP_BROKER))
    )
    assert visit.technician.keys is None
    assert visit.customer.keys is None
    assert visit.customer.pairing.used
