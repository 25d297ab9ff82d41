"""A hostile broker against pairing from the queue: no customer ever holds keys with anybody but a badge's owner.

The broker holds every message of two visits. It may deliver, drop, repeat, reorder, reflect, change, replay from the
other visit, put its own DTLS fingerprint or share into hellos, and play either side itself. There is no shared secret,
so it may end up with a technician as if it were a customer; then no customer is there. If it plays a technician with
another badge to her at the same time, the safety words differ.
"""

import hashlib

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, TrustError
from remotehelp.messages import ConfirmC, ConfirmT, HelloC, HelloT
from remotehelp.trust.exchange import DiffieHellman
from remotehelp.trust.pairing import Step
from remotehelp.trust.queue_pairing import QueueCustomer, QueueTechnician, commitment
from remotehelp.trust.safety_words import safety_words
from tests.helpers.fixed_keys import ORGANISATION, entropy, judge_here, own_badge, private_key

FP_BROKER = b"M" * 32
OWN, ROGUE = own_badge("T", 1), own_badge("rogue", 2)


def technician(own, sid, fingerprint, seed):
    return QueueTechnician(sid, own, fingerprint, nonce=entropy(f"{seed} nonce")(32), entropy=entropy(seed))


def customer(sid, fingerprint, seed):
    how = {"visit_key": private_key(seed), "nonce": entropy(f"{seed} nonce")(32), "entropy": entropy(seed)}
    return QueueCustomer(sid, ORGANISATION, fingerprint, **how)


class Side:
    """One real side that eats whatever the broker hands it, as a role does: in order, and no more after an error."""

    def __init__(self, pairing, fingerprint):
        self.pairing = pairing
        self.fingerprint = fingerprint
        self.keys = None

    def feed(self, data):
        """What this side answers."""
        try:
            return self._feed(data)
        except (RemoteProtocolError, TrustError):
            assert self.pairing.step is Step.OVER
            return ()

    def _feed(self, data):
        step = self.pairing.step
        if isinstance(self.pairing, QueueTechnician):
            if step is Step.HELLO:
                return self.pairing.receive_hello(data)
            self.keys = self.keys or self.pairing.receive_confirm(data)
            return ()
        if step is Step.COMMIT:
            return (self.pairing.receive_commit(data),)
        if step is Step.HELLO:
            self.pairing.receive_hello(data)
            return ()
        confirm, keys, _ = self.pairing.receive_confirm(data, judge_here)
        self.keys = keys
        return (confirm,)


class Visit:
    """A technician and a customer of one room."""

    def __init__(self, name):
        self.sid = hashlib.sha256(name.encode()).digest()[:16]
        fp_t, fp_c = (hashlib.sha256(f"{name} {side}".encode()).digest() for side in "TC")
        self.technician = Side(technician(OWN, self.sid, fp_t, f"{name} T"), fp_t)
        self.commit = self.technician.pairing.commit()
        self.customer = Side(customer(self.sid, fp_c, f"{name} C"), fp_c)

    def side(self, who):
        return self.technician if who == "T" else self.customer


class HostileBroker(RuleBasedStateMachine):
    """The rules are what the broker can do; the invariants are what it must never achieve."""

    seen = Bundle("seen")
    which = st.sampled_from(["one", "two"])
    who = st.sampled_from(["T", "C"])

    @initialize(target=seen)
    def open_two_visits(self):
        self.visits = {name: Visit(name) for name in ("one", "two")}
        self.played = 0
        self.confirmed = set()  # transcripts that somebody who played the customer has confirmed
        self.rogues = []  # keys of customers whom it met with a good badge that is not the technician's
        return multiple(*(visit.commit for visit in self.visits.values()))

    @rule(target=seen, data=seen, which=which, who=who)
    def deliver(self, data, which, who):
        """Any message to any side: honest, repeated, out of order, reflected, or from the other visit."""
        return multiple(*self.visits[which].side(who).feed(data))

    @rule(target=seen, data=seen, place=st.integers(0, 16 * 1024), bit=st.integers(0, 7))
    def flip(self, data, place, bit):
        changed = bytearray(data)
        changed[place % len(changed)] ^= 1 << bit
        return bytes(changed)

    @rule(target=seen, data=seen, share=st.booleans())
    def put_in_its_own(self, data, share):
        """Its certificate or its share, with a commitment that fits."""
        try:
            message = messages.decode_relayed(data)
        except RemoteProtocolError:
            return multiple()
        if not isinstance(message, HelloT | HelloC):
            return multiple()
        own = {"pake": DiffieHellman(entropy("broker")).message} if share else {"fp": FP_BROKER}
        changed = messages.encode(msgspec.structs.replace(message, **own))
        return multiple(changed, messages.encode(messages.Commit(commitment(changed))))

    @rule(target=seen, which=which, cut=st.sampled_from(["nowhere", "before hello_T", "before confirm_C"]))
    def relay_honestly(self, which, cut):
        """One whole visit as it should be, or cut short; what was cut may be delivered later."""
        visit = self.visits[which]
        if visit.technician.pairing.step is not Step.HELLO or visit.customer.pairing.step is not Step.COMMIT:
            return multiple()
        [hello_c] = visit.customer.feed(visit.commit)
        hello_t, confirm_t = visit.technician.feed(hello_c)
        if cut == "before hello_T":
            return multiple(hello_c, hello_t, confirm_t)
        visit.customer.feed(hello_t)
        [confirm_c] = visit.customer.feed(confirm_t)
        if cut == "nowhere":
            visit.technician.feed(confirm_c)
        return multiple(hello_c, hello_t, confirm_t, confirm_c)

    @rule(target=seen, data=seen)
    def take_one_confirmation_for_the_other(self, data):
        """The technician's MAC, sent back as if it were the customer's."""
        try:
            message = messages.decode_relayed(data)
        except RemoteProtocolError:
            return multiple()
        return messages.encode(ConfirmC(message.mac)) if isinstance(message, ConfirmT) else multiple()

    @rule(target=seen, which=which, mac=st.sampled_from(["true", "reflected", "made up"]))
    def play_the_customer(self, which, mac):
        """Nothing stops it, if it proves what it agreed on; she is not there then."""
        visit = self.visits[which]
        self.played += 1
        broker = Side(customer(visit.sid, FP_BROKER, f"broker {self.played}"), FP_BROKER)
        [hello] = broker.feed(visit.commit)
        answers = visit.technician.feed(hello)
        confirms = [confirm for answer in answers for confirm in broker.feed(answer)]
        if broker.keys is not None and mac == "true":
            self.confirmed.add(broker.keys.th)
        elif answers:
            reflected = messages.decode_relayed(answers[-1]).mac
            confirms = [messages.encode(ConfirmC(reflected if mac == "reflected" else bytes(32)))]
        for confirm in confirms:
            visit.technician.feed(confirm)
        return multiple(hello, *answers, *confirms)

    @rule(target=seen, which=which, own=st.sampled_from(["a copy of the badge", "another good badge"]))
    def play_the_technician(self, which, own):
        """Without the badge's key, or as a rogue of the same organisation."""
        visit = self.visits[which]
        if visit.customer.pairing.step is not Step.COMMIT:
            return multiple()
        self.played += 1
        badge = ROGUE if own == "another good badge" else stolen(OWN)
        broker = technician(badge, visit.sid, FP_BROKER, f"broker {self.played}")
        commit = broker.commit()
        [hello_c] = visit.customer.feed(commit)
        hello_t, confirm = broker.receive_hello(hello_c)
        visit.customer.feed(hello_t)
        visit.customer.feed(confirm)
        if visit.customer.keys is not None:
            assert badge is ROGUE, "nobody but the badge's owner is let in"
            self.rogues.append(visit.customer)
        return multiple(commit, hello_c, hello_t, confirm)

    @invariant()
    def a_customer_meets_the_owner_of_the_badge_in_her_own_room_or_nobody(self):
        for visit in self.visits.values():
            keys = visit.customer.keys
            if keys is not None and visit.customer not in self.rogues:
                assert keys.peer_key == OWN.badge.technician_key
                assert keys.peer_fingerprint == visit.technician.fingerprint
                assert keys.th == visit.technician.pairing._th

    @invariant()
    def a_technician_is_finished_only_with_who_has_the_same_keys(self):
        hers = {visit.customer.keys.th for visit in self.visits.values() if visit.customer.keys is not None}
        for visit in self.visits.values():
            assert visit.technician.keys is None or visit.technician.keys.th in hers | self.confirmed

    @invariant()
    def no_two_sides_end_with_different_transcripts_unless_their_words_differ(self):
        for visit in self.visits.values():
            hers, his = visit.customer.keys, visit.technician.keys
            if hers is None or his is None:
                continue
            if hers.th == his.th:
                assert (hers.send, hers.receive) == (his.receive, his.send)
            else:
                assert visit.customer in self.rogues
                assert safety_words(hers.words) != safety_words(his.words)


def stolen(own):
    """The badge, in the hands of somebody who has not its key."""
    return type(own)(own.badge, own.badge_bytes, private_key("broker"))


HostileBroker.TestCase.settings = settings(max_examples=60, stateful_step_count=14, deadline=None)
TestHostileBroker = HostileBroker.TestCase
