"""The log of a visit: what both sides keep, in order, in plain facts, each line chained to the one before it. Pure.

A line is one JSON object in UTF-8, without white space, its fields in the order of :class:`Line`, and a line feed.
What is not there (``opening``, ``receipt``) is left out. The last field is the chain, 32 bytes in base64:

    hash(n) = SHA-256("RHP/1 line" || hash(n - 1) || the JSON object without ``hash``)        hash(0): 32 zero bytes

so that a line stands for all lines before it. Both sign the head, that is where the log stands after line ``upto``:

    transcript hash of the pairing (32) || upto (8, highest first) || hash(upto) || 01 if it closes the log, else 00

after the context "RHP/1 log" (``trust/receipt.py``). Nobody signs the last line, so what the line of a receipt says
follows from what is signed: ``text`` is ``upto``, and the line that closes the log has the time of the one before it.

There is exactly one way to write a line; what reads alike but is written in another way is refused. Only the customer's
machine writes lines; the technician's takes them over byte for byte.

The log holds no secret, no key that was typed and no text that was written: of a line of chat it has the length.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol, TypeAlias, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from remotehelp.errors import LocalProtocolError, RemoteProtocolError
from remotehelp.messages import LINE_LIMIT, Key32, LogOpening, LogReceipt, Right
from remotehelp.visit.events import Side

TEXT_LIMIT = 2000  # characters of what an entry names: titles of windows, names of monitors
STORY_LIMIT = 8 * 1024 * 1024  # bytes of one log; an hour with nothing in it takes 50 kB
ROOM_AT_THE_END = 4 * LINE_LIMIT
LONGEST_S, LATEST_MS = 1e9, 2 * 10**14  # so that every time can be shown as a date
CHAIN = b"RHP/1 line"
START = bytes(32)
RIGHTS: frozenset[str] = frozenset(Right)

#: Everything that can stand in the log; what comes into the product later comes in here, with its sentence ``story_…``.
What: TypeAlias = Literal[
    # the visit itself
    "opened",  # the pairing is confirmed: whose keys these are
    "accepted",
    "declined",
    "left",
    "line_lost",
    "line_back",
    "gave_up",
    "badge_lapsed",
    "misbehaved",
    "failed",
    # rights: ``text`` is the right
    "asked",
    "not_now",
    "allowed",
    "took_back",
    "lapsed",  # it ended without her hand: the line, the end, another picture
    # what is shown: ``text`` names it
    "asked_screens",
    "not_now_screens",
    "showed_screens",
    "screens_outgrew",
    "screen_gone",
    "showed_window",
    "window_closed",
    "unanswered",  # the open question went, for what it was about has changed
    # what her own machine asks
    "asked_before_control",
    "private_window",
    "private_fine",
    "control_rests",
    "control_goes_on",
    "covered",
    "unguarded",  # there was no guardian (any more), so control ended
    "stopped_all",
    "said",  # a line of chat: ``size`` is its length in characters
    # the log itself
    "signed",  # both sides signed what stands before
    "not_signed",  # the technician's program did not; ``text`` is the first line that lacks it
]
OF_A_RIGHT = frozenset({"asked", "not_now", "allowed", "took_back", "lapsed"})
LAST = frozenset({"signed", "not_signed"})  # what still has room where a log is full
WHATS: frozenset[str] = frozenset(get_args(What))


class Entry(msgspec.Struct, frozen=True):
    """One fact. ``at``: seconds since the visit began, on a steady clock; ``what`` has a sentence ``story_<what>``."""

    at: float
    who: Side
    what: What
    text: str = ""
    size: int = 0


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry as it stands in the log. ``n`` counts from 1.

    ``clock``: what her computer's clock told, milliseconds since 1970 UTC; it may jump, ``n`` does not.
    """

    n: Annotated[int, Meta(ge=1, le=2**31)]
    at: Annotated[float, Meta(ge=0, le=LONGEST_S)]
    clock: Annotated[int, Meta(ge=0, le=LATEST_MS)]
    who: Side
    what: What
    text: Annotated[str, Meta(max_length=TEXT_LIMIT)]
    size: Annotated[int, Meta(ge=0, le=2**53)]
    opening: LogOpening | UnsetType = UNSET
    receipt: LogReceipt | UnsetType = UNSET
    hash: Key32 | UnsetType = UNSET


@dataclass(frozen=True)
class Head:
    """Where a log stands after line ``upto``; ``closes``: nothing comes after it but its own receipt."""

    upto: int
    closes: bool
    body: bytes  # what both sign

    @classmethod
    def of(cls, visit: bytes, upto: int, hashed: bytes, *, closes: bool) -> Head:
        """The head of the log of ``visit`` (transcript hash) after line ``upto``, which has the hash ``hashed``."""
        return cls(upto, closes, visit + upto.to_bytes(8) + hashed + bytes([closes]))


class Proofs(Protocol):
    """Who checks what a log says of keys (``trust/receipt.py``)."""

    def opens(self, opening: LogOpening) -> bool:
        """Whether the badge is signed; its key and hers have to sign from now on."""

    def both_signed(self, body: bytes, receipt: LogReceipt) -> bool:
        """Whether both signatures are of ``body``."""


@dataclass(frozen=True)
class Reading:
    """A log whose lines and signatures hold. ``signed_upto``: the last line that both signed, 0 if there is none."""

    lines: tuple[Line, ...]
    opening: LogOpening
    signed_upto: int
    whole: bool  # it ends with the receipt that closes it; else it is unfinished


_decoder = msgspec.json.Decoder(Line)


class Story:
    """The lines of one visit, of which none is ever changed or taken back."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._written: list[bytes] = []
        self._there: set[bytes] = set()
        self._head = START
        self._size = 0

    @property
    def length(self) -> int:
        return len(self._lines)

    @property
    def entries(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    @property
    def opening(self) -> LogOpening | None:
        """Who takes part, once the first line says so."""
        first = self._lines[0].opening if self._lines else UNSET
        return None if isinstance(first, UnsetType) else first

    @property
    def full(self) -> bool:
        """Whether there is room for the last lines only."""
        return self._size > STORY_LIMIT - ROOM_AT_THE_END

    @property
    def closed(self) -> bool:
        """Whether the last line is the receipt that closes it."""
        return bool(self._lines) and closes(self._lines[-1])

    def add(
        self,
        entry: Entry,
        clock: int,
        opening: LogOpening | UnsetType = UNSET,
        receipt: LogReceipt | UnsetType = UNSET,
    ) -> bytes:
        """The line, with its line feed, that is the last one from now on; raises LocalProtocolError("log_full")."""
        bare = Line(
            n=self.length + 1,
            at=float(min(max(entry.at, 0), LONGEST_S)),
            clock=min(max(clock, 0), LATEST_MS),
            who=entry.who,
            what=entry.what,
            text=entry.text[:TEXT_LIMIT],
            size=entry.size,
            opening=opening,
            receipt=receipt,
        )
        line = msgspec.structs.replace(bare, hash=chained(self._head, bare))
        written = msgspec.json.encode(line) + b"\n"
        if self.full and entry.what not in LAST:
            raise LocalProtocolError("log_full")
        self._append(line, written)
        return written

    def take(self, written: bytes) -> Line:
        """The next line, if ``written`` (with its line feed) is that.

        Raises RemoteProtocolError("log_line_cut", "log_line_not_understood", "log_line_missing", "log_line_changed"),
        each with ``line=``, the number of the line that it should be, and "log_full".
        """
        n = self.length + 1
        line = _decode(written, n)
        if line.n != n:
            raise RemoteProtocolError("log_line_missing", line=n, found=line.n)
        if line.hash != chained(self._head, line) or (closes(line) and not self._ends_with(line)):
            raise RemoteProtocolError("log_line_changed", line=n)
        if self._size + len(written) > STORY_LIMIT:
            raise RemoteProtocolError("log_full")
        self._append(line, written)
        return line

    def has(self, written: bytes) -> bool:
        """Whether this line is here already."""
        return written in self._there

    def head(self, *, closes: bool) -> Head:
        """What is to be signed now."""
        return Head.of(self._visit, self.length, self._head, closes=closes)

    def head_at(self, receipt: LogReceipt) -> Head:
        """The head that ``receipt`` is about; raises IndexError if there is no such line."""
        hashed = _hash_of(self._lines[receipt.upto - 1])
        return Head.of(self._visit, receipt.upto, hashed, closes=receipt.closes)

    def written_after(self, n: int) -> tuple[bytes, ...]:
        """The lines that follow line ``n``, as they are written."""
        return tuple(self._written[n:])

    def as_lines(self) -> bytes:
        """The whole log as it lies on the disk."""
        return b"".join(self._written)

    @property
    def _visit(self) -> bytes:
        return START if self.opening is None else self.opening.visit

    def _ends_with(self, line: Line) -> bool:
        """Whether a line that closes the log says of its time what is signed: it is that of the line before."""
        return bool(self._lines) and (line.at, line.clock) == (self._lines[-1].at, self._lines[-1].clock)

    def _append(self, line: Line, written: bytes) -> None:
        self._lines.append(line)
        self._written.append(written)
        self._there.add(written)
        self._head = _hash_of(line)
        self._size += len(written)


def read_log(data: bytes, proofs: Proofs) -> Reading:
    """The log that ``data`` is, if every line and every signature holds.

    Raises RemoteProtocolError that names the first bad line: with ``line=`` and the keys of ``Story.take``,
    "log_badge_not_signed", "log_signature_wrong" or "log_goes_on"; and without a line "log_empty".
    """
    story, upto = Story(), 0
    for written in data.splitlines(keepends=True):
        if story.closed:
            raise RemoteProtocolError("log_goes_on", line=story.length + 1)
        line = story.take(written)
        if isinstance(line.opening, LogOpening) and not proofs.opens(line.opening):
            raise RemoteProtocolError("log_badge_not_signed", line=line.n)
        if isinstance(line.receipt, LogReceipt):
            in_order = _in_order(line.receipt, line.n, upto)
            if not in_order or not proofs.both_signed(story.head_at(line.receipt).body, line.receipt):
                raise RemoteProtocolError("log_signature_wrong", line=line.n, upto=upto)
            upto = line.receipt.upto
    if story.opening is None:
        raise RemoteProtocolError("log_empty")
    return Reading(story.entries, story.opening, upto, story.closed)


def same_upto(one: bytes, other: bytes) -> tuple[int, bool]:
    """How many lines two logs have alike from the beginning, and whether they can be the copies of one visit.

    They can if one goes on where the other ends, or if they differ in the last line of both: a signature that one side
    keeps for itself leaves a receipt here, and there that nobody signed.
    """
    lines, others = one.splitlines(), other.splitlines()
    pairs = zip(lines, others, strict=False)
    same = next((n for n, (line, its) in enumerate(pairs) if line != its), min(len(lines), len(others)))
    last = len(lines) == len(others) == same + 1
    return same, same > 0 and (last or same == min(len(lines), len(others)))


def _in_order(receipt: LogReceipt, n: int, before: int) -> bool:
    """Whether the receipt in line ``n`` goes on where the one before it ended, and what it closes ends there."""
    return before < receipt.upto < n and (not receipt.closes or receipt.upto == n - 1)


def chained(before: bytes, line: Line) -> bytes:
    """The hash of ``line``, whatever its field ``hash`` says, after a line with the hash ``before``."""
    bare = msgspec.structs.replace(line, hash=UNSET)
    return hashlib.sha256(CHAIN + before + msgspec.json.encode(bare)).digest()


def closes(line: Line) -> bool:
    """Whether this is the receipt that closes a log."""
    return isinstance(line.receipt, LogReceipt) and line.receipt.closes


def _decode(written: bytes, n: int) -> Line:
    """What ``written`` says; ``n`` is the line that it should be."""
    if not written.endswith(b"\n"):
        raise RemoteProtocolError("log_line_cut", line=n)
    try:
        line = _decoder.decode(written) if len(written) <= LINE_LIMIT else None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise RemoteProtocolError("log_line_not_understood", line=n) from error
    if line is None or not _is_one(line) or msgspec.json.encode(line) + b"\n" != written:
        raise RemoteProtocolError("log_line_not_understood", line=n)
    return line


def _is_one(line: Line) -> bool:
    """Whether it has what its kind has, and nothing else."""
    opens = isinstance(line.opening, LogOpening), line.what == "opened", line.n == 1
    signs = isinstance(line.receipt, LogReceipt), line.what == "signed"
    fields = _says_its_receipt(line) and (line.what not in OF_A_RIGHT or line.text in RIGHTS)
    return len(set(opens)) == 1 and len(set(signs)) == 1 and fields and isinstance(line.hash, bytes)


def _says_its_receipt(line: Line) -> bool:
    """Whether the line of a receipt says only what the receipt does."""
    receipt = line.receipt
    said = line.who, line.text, line.size
    return isinstance(receipt, UnsetType) or said == (Side.CUSTOMER, str(receipt.upto), 0)


def _hash_of(line: Line) -> bytes:
    """The line's hash, which every line of a story has."""
    return b"" if isinstance(line.hash, UnsetType) else line.hash
