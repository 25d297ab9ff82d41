"""Every message that crosses a wire (RHP/1): the protocol page.

Five wires, each with a closed union of its own and a cap on the size before anything is parsed:

========== ============================ ============ ==========================================
wire       who                          coding       decoded by
========== ============================ ============ ==========================================
broker     program <-> broker           JSON         ``decode_to_broker`` ``decode_from_broker``
relay      customer <-> technician,     MessagePack  ``decode_relayed``; inside ``Sealed``:
           through the broker                        ``decode_sealed``
control    customer <-> technician,     MessagePack  ``decode_control``
           ordered, reliable
input,     customer <-> technician      MessagePack  ``decode_input`` ``decode_live``
live
exact      customer -> technician,      MessagePack  ``decode_exact`` ``decode_receipt``
           receipts back
========== ============================ ============ ==========================================

Unknown messages, unknown fields, values out of bounds and whatever is too long raise
:class:`remotehelp.errors.RemoteProtocolError`; no message exists by which a broker or a technician grants anything.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from remotehelp.errors import RemoteProtocolError

VERSION = 1

RELAY_LIMIT = 128 * 1024  # bytes of one relayed message: an SDP of 64 KiB or a photo of 64 KiB, sealed
BROKER_LIMIT = 256 * 1024  # bytes of one message to or from the broker: base64 of the above
CONTROL_LIMIT = 96 * 1024  # bytes of one control message: a renegotiated SDP of 64 KiB
EXACT_LIMIT = 64 * 1024  # bytes of one message on `exact`
INPUT_LIMIT = 256  # bytes of one message on `input` or `live`
RECEIPT_LIMIT = 512  # bytes of one receipt on `exact`
HELLO_LIMIT = 16 * 1024
SDP_LIMIT = 64 * 1024
PHOTO_LIMIT = 64 * 1024
TEXT_LIMIT = 4000
CLEAR_LIMIT = 280  # characters of her words that a broker may read, while she waits in its list
LISTED = 50  # waiting customers whom a technician is shown, at most
LINE_LIMIT = 16 * 1024  # bytes of one line of the log; the first one holds a badge
MONITORS = 16  # of one computer, at most; further ones are not listed

Key32 = Annotated[bytes, Meta(min_length=32, max_length=32)]
Mac = Annotated[bytes, Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
Id16 = Annotated[bytes, Meta(min_length=16, max_length=16)]
Text = Annotated[str, Meta(max_length=TEXT_LIMIT)]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Word = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_.:-]+\Z")]
Nameplate = Annotated[str, Meta(pattern=r"^[0-9]{4,5}\Z")]
HOST = r"[A-Za-z0-9.-]{1,120}(:[0-9]{1,5})?"
TURN_URI = rf"^(turn:{HOST}(\?transport=(udp|tcp))?|turns:{HOST}(\?transport=tcp)?)\Z"  # RFC 7065 §3.1, without DTLS
TurnUri = Annotated[str, Meta(pattern=TURN_URI)]
Credential = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[\x21-\x7e]*\Z")]
AccountName = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._@-]{0,63}\Z")]
Password = Annotated[str, Meta(min_length=1, max_length=128)]
Sdp = Annotated[str, Meta(max_length=SDP_LIMIT)]
MonitorName = Annotated[str, Meta(max_length=100)]
Coordinate = Annotated[int, Meta(ge=0, le=16383)]  # device pixels from the top left corner of what is shown
Side = Annotated[int, Meta(ge=1, le=8192)]  # device pixels
CURSOR_SIDE, CURSOR_SHAPES = 96, 32  # device pixels; how many shapes have a number at a time
CursorSide = Annotated[int, Meta(ge=0, le=CURSOR_SIDE)]
CursorNumber = Annotated[int, Meta(ge=0, le=CURSOR_SHAPES - 1)]
PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*\Z"  # no control characters
KeyText = Annotated[str, Meta(max_length=4, pattern=PRINTABLE)]
TypedText = Annotated[str, Meta(min_length=1, max_length=16, pattern=PRINTABLE)]
Epoch = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Ticket = Annotated[int, Meta(ge=1, le=2**53 - 1)]  # exact in JSON (RFC 8259 §6)
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]  # of people
LineNumber = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Version = Annotated[int, Meta(ge=1, le=VERSION)]  # a newer one is refused as such: ``_guarded``


class Right(StrEnum):
    """One right that the customer may give; all off at the start."""

    VIEW = "view"
    POINT = "point"
    CONTROL = "control"
    CLIPBOARD = "clipboard"
    FILES = "files"
    PRINTERS = "printers"
    SYSTEM = "system"


class Message(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The common shape: frozen, tagged with the class name in the field ``type``."""


# --- program <-> broker (JSON) -------------------------------------------------------------------


class Welcome(Message, frozen=True):
    """B->: the first message on every socket. ``time`` is the broker's clock, seconds since 1970 UTC."""

    v: Version
    broker: Id16
    nonce: Key32
    time: float
    here: Annotated[int, Meta(ge=0)]


class Open(Message, frozen=True):
    """C->B: a customer asks for a nameplate; ``sid`` is hers and random."""

    v: Version
    sid: Id16


class Opened(Message, frozen=True):
    """B->C: the nameplate, and the organisation's signed revocation list (a ``Signed`` as JSON)."""

    nameplate: Nameplate
    revocations: Annotated[bytes, Meta(max_length=64 * 1024)]


class SignIn(Message, frozen=True):
    """T->B: the badge and the proof that its key is here (PROTOCOL.md, signing in)."""

    v: Version
    badge: Annotated[bytes, Meta(max_length=8192)]
    signature: Signature


class SignedIn(Message, frozen=True):
    """B->T: the technician is in. ``session``, where there are accounts: comes back once by ``Resume``, else empty."""

    session: Annotated[bytes, Meta(max_length=32)] = b""


class AccountAsked(Message, frozen=True):
    """B->T: the badge was accepted, and an account is needed too: ``GiveAccount`` or ``Resume``."""


class GiveAccount(Message, frozen=True):
    """T->B: the account and its second factor; ``code`` is empty as long as the account has none."""

    account: AccountName
    password: Password
    code: Annotated[str, Meta(pattern=r"^([0-9]{6})?\Z")]


class Enrol(Message, frozen=True):
    """B->T: the account has no second factor yet: this is its secret, sent once; it counts when a code confirms it."""

    secret: Annotated[str, Meta(pattern=r"^[A-Z2-7]{32}\Z")]


class Resume(Message, frozen=True):
    """T->B: the session of a socket that ended, in place of the account; it can be used once."""

    session: Key32


class Available(Message, frozen=True):
    """T->B: whether this technician takes visits now."""

    on: bool


class Claim(Message, frozen=True):
    """T->B: the first four or five digits of a code."""

    nameplate: Nameplate


class Claimed(Message, frozen=True):
    """B->T: the nameplate was free to claim, or the customer to take; ``sid`` names the room."""

    sid: Id16


class Joined(Message, frozen=True):
    """B->C: a signed-in technician claimed the nameplate. B->both after ``Rejoin``: the other side is there too."""


class TurnServers(Message, frozen=True):
    """B->both in a room: relays (RFC 7065 URIs) and credentials that end soon; each replaces the one before."""

    uris: Annotated[tuple[TurnUri, ...], Meta(min_length=1, max_length=8)]
    username: Credential
    password: Credential


class Relay(Message, frozen=True):
    """Both ways: bytes for the other side of the room, opaque to the broker."""

    data: Annotated[bytes, Meta(max_length=RELAY_LIMIT)]


class Leave(Message, frozen=True):
    """->B: this side leaves the room; an open nameplate is forgotten."""


class PeerLeft(Message, frozen=True):
    """B->: the other side left the room or its socket ended."""


class Presence(Message, frozen=True):
    """B->C: how many technicians are available now."""

    here: Annotated[int, Meta(ge=0)]


class Refused(Message, frozen=True):
    """B->: what was asked is not done; ``key`` names the sentence."""

    key: Word


class Rejoin(Message, frozen=True):
    """->B: back to the room of a visit whose line is lost, without an account (PROTOCOL.md, reconnect).

    ``seat`` is this side's place, ``other`` the SHA-256 of the other side's. The same seat once more takes it over.
    """

    v: Version
    seat: Key32
    other: Key32


class Rejoined(Message, frozen=True):
    """B->: the answer to any Rejoin that is not refused, whether somebody is there or not; the newest revocation list.

    ``Joined`` follows to both as soon as both are there.
    """

    revocations: Annotated[bytes, Meta(max_length=64 * 1024)]


class AskForHelp(Message, frozen=True):
    """C->B: a customer without a code wants to wait for a technician; ``words`` begin what is wrong, in clear."""

    v: Version
    sid: Id16
    words: Annotated[str, Meta(max_length=CLEAR_LIMIT)]


class Queued(Message, frozen=True):
    """B->C: she is in the list; and the organisation's signed revocation list, as in ``Opened``."""

    ahead: Count
    revocations: Annotated[bytes, Meta(max_length=64 * 1024)]


class Place(Message, frozen=True):
    """B->C: her place in the list, also when she is back in it, for who took her went away."""

    ahead: Count


class Taken(Message, frozen=True):
    """B->C: a signed-in technician took her; the newest revocation list."""

    revocations: Annotated[bytes, Meta(max_length=64 * 1024)]


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One customer in the list: how to take her, the beginning of her words, how long she has waited."""

    ticket: Ticket
    words: Annotated[str, Meta(max_length=CLEAR_LIMIT)]
    waited_s: Annotated[int, Meta(ge=0, le=2**31 - 1)]


class WaitingList(Message, frozen=True):
    """B->T, who is available: the whole list as it is now, the first to come first, and how many wait in all."""

    first: Annotated[tuple[Waiting, ...], Meta(max_length=LISTED)]
    total: Count


class Take(Message, frozen=True):
    """T->B: this customer of the list; ``Claimed`` answers, or ``Refused``."""

    ticket: Ticket


ToBroker = Open | AskForHelp | SignIn | GiveAccount | Resume | Available | Claim | Take | Relay | Leave | Rejoin
FromBroker = (
    Welcome
    | Opened
    | Queued
    | Place
    | Taken
    | SignedIn
    | AccountAsked
    | Enrol
    | TurnServers
    | WaitingList
    | Claimed
    | Joined
    | Relay
    | PeerLeft
    | Presence
    | Refused
    | Rejoined
)


# --- customer <-> technician, through the broker (MessagePack) ------------------------------------


class Commit(Message, frozen=True):
    """T->C, from the queue alone: SHA-256 over "RHP/1 queue" and the whole HelloT that follows."""

    hash: Key32


class HelloT(Message, frozen=True):
    """T->C: the technician's half of the pairing. ``fp``: SHA-256 of the DTLS certificate (RFC 8122 §5).

    ``pake``: SPAKE2's message; from the queue the X25519 share (RFC 7748).
    """

    v: Version
    caps: Annotated[tuple[Word, ...], Meta(max_length=32)]
    fp: Key32
    nonce: Key32
    pake: Annotated[bytes, Meta(max_length=64)]
    badge: Annotated[bytes, Meta(max_length=8192)]


class HelloC(Message, frozen=True):
    """C->T: the customer's half. ``sig``: an Ed25519 public key for this visit alone."""

    v: Version
    caps: Annotated[tuple[Word, ...], Meta(max_length=32)]
    fp: Key32
    nonce: Key32
    pake: Annotated[bytes, Meta(max_length=64)]
    sig: Key32


class ConfirmT(Message, frozen=True):
    """T->C: HMAC(confirm_T, TH) and the badge key's signature over context and TH."""

    mac: Mac
    signature: Signature


class ConfirmC(Message, frozen=True):
    """C->T: HMAC(confirm_C, TH)."""

    mac: Mac


class Sealed(Message, frozen=True):
    """Both ways, after both confirmations: ChaCha20-Poly1305 (RFC 8439) of one ``SealedContent``."""

    data: Annotated[bytes, Meta(max_length=RELAY_LIMIT - 64)]


class Refusal(Message, frozen=True):
    """Both ways, sealed from the pairing on: it only ever ends things. ``key`` names the sentence."""

    key: Word


class HelloAgain(Message, frozen=True):
    """Both ways, first in the room of a lost line: what is sealed afterwards is bound to both, nonces included.

    ``number`` is that of the connection that is tried, ``fp`` the SHA-256 of this side's new DTLS certificate.
    """

    v: Version
    number: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    nonce: Key32
    fp: Key32


Relayed = Commit | HelloT | HelloC | ConfirmT | ConfirmC | Sealed | Refusal | HelloAgain


class Problem(Message, frozen=True):
    """C->T: what is wrong, in her words."""

    text: Text


class Photo(Message, frozen=True):
    """T->C: the photo whose SHA-256 stands in the badge."""

    jpeg: Annotated[bytes, Meta(max_length=PHOTO_LIMIT)]


class Offer(Message, frozen=True):
    """An SDP offer (RFC 8829)."""

    sdp: Sdp


class Answer(Message, frozen=True):
    """An SDP answer (RFC 8829)."""

    sdp: Sdp


class Decline(Message, frozen=True):
    """C->T: she does not want this visit."""


class Goodbye(Message, frozen=True):
    """Both ways: the visit is over; all grants are gone, the face stays."""


Parting = Decline | Goodbye  # sealed while the connection does not stand, on `control` as soon as it does
SealedContent = Problem | Photo | Offer | Answer | Decline | Goodbye | Refusal


# --- customer <-> technician, channel `control` ----------------------------------------------------


class Ready(Message, frozen=True):
    """Both ways, first: DTLS stands on this side. Nothing starts before both came."""


class Face(Message, frozen=True):
    """T->C: whether the face comes from a camera or is a demonstration from a file, or is absent."""

    source: Annotated[str, Meta(pattern=r"^(camera|demonstration|none)\Z")]


class Accept(Message, frozen=True):
    """C->T: she lets this person in; no right is given by it."""


class Ask(Message, frozen=True):
    """T->C: please may I have this right. One open at a time."""

    right: Right


class NotNow(Message, frozen=True):
    """C->T: she does not want to give this right now; asking again rests for ``rest_s`` seconds.

    Not ``said``: it was no answer of hers; the question did not reach her, or what it was about has changed.
    """

    right: Right
    rest_s: Annotated[int, Meta(ge=0, le=3600)]
    said: bool = True


class Grants(Message, frozen=True):
    """C->T: what is allowed from now on, in full; ``epoch`` must stand in every input that follows."""

    rights: Annotated[tuple[Right, ...], Meta(max_length=len(Right))]
    epoch: Epoch


class ShownScreen(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One monitor, and its rectangle within what is shown."""

    name: MonitorName
    x: Coordinate
    y: Coordinate
    width: Side
    height: Side


class Screen(Message, frozen=True):
    """C->T: the size in device pixels of what is shown; all coordinates count from its top left corner.

    ``shown`` lie in it. What lies on none of them is black; the pointer goes to the nearest that is shown.
    ``alone``: it is no monitor but one window with this title; input that would reach anything else does nothing.
    """

    width: Side
    height: Side
    shown: Annotated[tuple[ShownScreen, ...], Meta(min_length=1, max_length=MONITORS)]
    alone: bool = False


class ListedScreen(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One monitor of the customer's computer."""

    name: MonitorName
    width: Annotated[int, Meta(ge=1, le=65535)]
    height: Annotated[int, Meta(ge=1, le=65535)]


class TheirScreens(Message, frozen=True):
    """C->T: all monitors of her computer, told while `view` is given and at each change of them."""

    screens: Annotated[tuple[ListedScreen, ...], Meta(max_length=MONITORS)]


class AskScreens(Message, frozen=True):
    """T->C: please may I see these of her monitors instead. A question like any ``Ask``; Allow brings a ``Screen``."""

    names: Annotated[tuple[MonitorName, ...], Meta(min_length=1, max_length=MONITORS)]


class NotTheseScreens(Message, frozen=True):
    """C->T: she does not want to show other monitors now, or they can't be shown; the fields are ``NotNow``'s."""

    rest_s: Annotated[int, Meta(ge=0, le=3600)]
    said: bool = True


class ScreenGone(Message, frozen=True):
    """C->T: this monitor was shown and is gone; what is shown instead comes as a ``Screen``, and control is over."""

    name: MonitorName


class CursorShape(Message, frozen=True):
    """C->T: the pointer's shape with this ``number`` from now on, packed by ``remotehelp.media.cursor``.

    ``data`` is empty where it is invisible; ``hot_x``, ``hot_y`` is the pixel that points.
    """

    number: CursorNumber
    width: CursorSide
    height: CursorSide
    hot_x: CursorSide
    hot_y: CursorSide
    data: Annotated[bytes, Meta(max_length=EXACT_LIMIT)]


class WindowClosed(Message, frozen=True):
    """C->T: the one window that was shown is closed; nothing is shown any more."""


class Why(StrEnum):
    """What her machine did by itself, or she by a button that ends more than one right."""

    PRIVATE = "private"  # a private window is in front: picture and input rest until she answers
    STILL = "still"  # control has lasted long: input rests until she answers
    GOES_ON = "goes_on"  # she answered: what rested goes on
    COVERED = "covered"  # what shows her that somebody sees was covered again and again: control has ended
    STOPPED = "stopped"  # she stopped everything that was allowed


class Happened(Message, frozen=True):
    """C->T: this happened on her machine; it is told so that the technician understands what is seen."""

    why: Why


class HerTurn(Message, frozen=True):
    """C->T: she works herself now, and what the technician does is dropped; or has not done so for two seconds."""

    on: bool


class Chat(Message, frozen=True):
    """Both ways: plain text."""

    text: Annotated[str, Meta(min_length=1, max_length=TEXT_LIMIT)]


class Summary(Message, frozen=True):
    """T->C: what was wrong and what was done."""

    wrong: Text
    done: Text


class Closed(Message, frozen=True):
    """Both ways, last: this side closes the connection now."""


# the log of the visit (``remotehelp.visit.story``), on `control` too


class LogOpening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In the first line: the pairing's transcript hash, her Ed25519 key for this visit, his badge as it was sent."""

    visit: Key32
    customer: Key32
    badge: Annotated[bytes, Meta(max_length=8192)]


class LogReceipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In a line of its own: both signatures of the head after line ``upto``; one that ``closes`` is the last line."""

    upto: LineNumber
    closes: bool
    customer: Signature
    technician: Signature


class LogLine(Message, frozen=True):
    """C->T: the next line of the log, byte for byte as it lies on her disk."""

    line: Annotated[bytes, Meta(max_length=LINE_LIMIT)]


class LogHead(Message, frozen=True):
    """C->T: please sign the log up to line ``upto``, as she has done (``remotehelp.trust.receipt``).

    One at a time; with ``closes`` no line follows but its own receipt.
    """

    upto: LineNumber
    closes: bool
    signature: Signature


class LogSigned(Message, frozen=True):
    """T->C: his signature of the head that she asked for."""

    upto: LineNumber
    signature: Signature


class LogNotSigned(Message, frozen=True):
    """T->C: he does not sign this head, for the log says something that is not so. The visit goes on."""

    upto: LineNumber


Control = (
    Ready
    | Face
    | Accept
    | Decline
    | Ask
    | NotNow
    | Grants
    | Screen
    | TheirScreens
    | AskScreens
    | NotTheseScreens
    | ScreenGone
    | CursorShape
    | WindowClosed
    | Happened
    | HerTurn
    | Chat
    | Summary
    | Goodbye
    | Closed
    | Offer
    | Answer
    | LogLine
    | LogHead
    | LogSigned
    | LogNotSigned
)


# --- technician -> customer, channel `input`, and both ways, channel `live` ------------------------


class Key(Message, frozen=True, tag="K"):
    """T->C: a key by its physical place: W3C UI Events KeyboardEvent ``code`` ("KeyA", "Enter").

    ``text`` is what a press means on the technician's keyboard: what it typed, or with Ctrl, Alt or Super the
    character that names the shortcut; empty where the place says it all.
    """

    code: Word
    down: bool
    epoch: Epoch
    text: KeyText = ""


class Typed(Message, frozen=True, tag="T"):
    """T->C: text that no single key stands for: dead keys, Compose, an input method."""

    text: TypedText
    epoch: Epoch


class Button(Message, frozen=True, tag="B"):
    """T->C: a mouse button as X11 counts them (1 left, 2 middle, 3 right, 8 back, 9 forward), at a place."""

    button: Annotated[int, Meta(ge=1, le=9)]
    down: bool
    x: Coordinate
    y: Coordinate
    epoch: Epoch


class Wheel(Message, frozen=True, tag="W"):
    """T->C: a turn of the wheel in 1/120 of a notch, positive away from the person and to the right."""

    dx: Annotated[int, Meta(ge=-12000, le=12000)]
    dy: Annotated[int, Meta(ge=-12000, le=12000)]
    x: Coordinate
    y: Coordinate
    epoch: Epoch


Input = Key | Typed | Button | Wheel


class Pointer(Message, frozen=True, tag="P"):
    """T->C on `live`: where the technician's pointer is; ``n`` rises, an older one is dropped."""

    x: Coordinate
    y: Coordinate
    n: Epoch
    epoch: Epoch


class Heartbeat(Message, frozen=True, tag="H"):
    """Both ways on `live`, every 250 ms: ``n`` rises, ``echo`` is the other side's last ``n``."""

    n: Epoch
    echo: Epoch


class CursorPlace(Message, frozen=True, tag="C"):
    """C->T on `live`: where her pointer is and which shape it has; ``n`` rises, an older one is dropped.

    ``x, y`` count from the top left corner of what is shown; ``on`` is false where the pointer is not on it.
    """

    x: Coordinate
    y: Coordinate
    on: bool
    shape: CursorNumber
    n: Epoch


Live = Pointer | Heartbeat | CursorPlace


# --- customer -> technician, channel `exact`, and the receipts back ----------------------------------


class Copy(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What stands at ``x, y`` stands at ``to_x, to_y`` as well now; the two rectangles may overlap."""

    x: Coordinate
    y: Coordinate
    to_x: Coordinate
    to_y: Coordinate
    width: Side
    height: Side


class Tile(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """New pixels, packed without loss (``remotehelp.media.tiles``)."""

    x: Coordinate
    y: Coordinate
    width: Side
    height: Side
    data: Annotated[bytes, Meta(max_length=EXACT_LIMIT)]


class Exact(Message, frozen=True, tag="E"):
    """C->T: a change of the picture, exact in every pixel: first the copies, one after the other, then the tiles.

    ``area`` rises whenever what is shown changes its size or place; the first message of a new one finds a black
    picture of ``width`` x ``height``. ``seq`` counts from 1 within an area. All messages up to ``after`` have to be
    there before this one; others may still be on their way. It belongs to the same moment as the picture ``film`` of
    the video, and is shown with it (0: with none).
    """

    area: Epoch
    width: Side
    height: Side
    seq: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    after: Epoch
    copies: Annotated[tuple[Copy, ...], Meta(max_length=16)]
    tiles: Annotated[tuple[Tile, ...], Meta(max_length=64)]
    film: Epoch = 0


class Seen(Message, frozen=True, tag="S"):
    """T->C: every message of ``area`` up to ``upto`` has arrived, and of the later ones these."""

    area: Epoch
    upto: Epoch
    also: Annotated[tuple[Epoch, ...], Meta(max_length=64)]


class Restart(Message, frozen=True, tag="R"):
    """T->C: a picture of the video was lost; the next one has to stand alone (as PLI, RFC 4585 §6.3.1)."""


class Filmed(Message, frozen=True, tag="F"):
    """T->C: the video of ``area`` is decoded up to its picture ``count``."""

    area: Epoch
    count: Epoch


Receipt = Seen | Filmed | Restart


# --- coding ----------------------------------------------------------------------------------------

_json = msgspec.json.Encoder()
_pack = msgspec.msgpack.Encoder()
T = TypeVar("T")


def encode_json(message: Message) -> str:
    """One message as JSON text, for the broker's socket."""
    return _json.encode(message).decode()


def encode(message: Message) -> bytes:
    """One message as MessagePack, for everything between customer and technician."""
    return _pack.encode(message)


class _AnyVersion(msgspec.Struct):
    """What can be read of every message, of whatever version."""

    v: int = VERSION


def _is_newer(data: bytes | str, coding: Any) -> bool:
    """Whether this is a message of a newer version, even where its messages have changed beyond recognition."""
    try:
        return bool(coding.decode(data, type=_AnyVersion).v > VERSION)
    except (msgspec.DecodeError, UnicodeError, RecursionError, TypeError):
        return False


def _guarded(decoder: Any, limit: int) -> Callable[[bytes | str], Any]:
    coding = msgspec.json if isinstance(decoder, msgspec.json.Decoder) else msgspec.msgpack

    def decode(data: bytes | str) -> Any:
        if len(data) > limit:
            raise RemoteProtocolError("message_too_long", size=len(data), limit=limit)
        try:
            return decoder.decode(data)
        except (msgspec.DecodeError, UnicodeError, RecursionError, TypeError) as error:
            key = "newer_version" if _is_newer(data, coding) else "message_not_understood"
            raise RemoteProtocolError(key) from error

    return decode


decode_to_broker: Callable[[bytes | str], ToBroker] = _guarded(msgspec.json.Decoder(ToBroker), BROKER_LIMIT)
decode_from_broker: Callable[[bytes | str], FromBroker] = _guarded(msgspec.json.Decoder(FromBroker), BROKER_LIMIT)
decode_relayed: Callable[[bytes | str], Relayed] = _guarded(msgspec.msgpack.Decoder(Relayed), RELAY_LIMIT)
decode_sealed: Callable[[bytes | str], SealedContent] = _guarded(msgspec.msgpack.Decoder(SealedContent), RELAY_LIMIT)
decode_control: Callable[[bytes | str], Control] = _guarded(msgspec.msgpack.Decoder(Control), CONTROL_LIMIT)
decode_input: Callable[[bytes | str], Input] = _guarded(msgspec.msgpack.Decoder(Input), INPUT_LIMIT)
decode_live: Callable[[bytes | str], Live] = _guarded(msgspec.msgpack.Decoder(Live), INPUT_LIMIT)
decode_exact: Callable[[bytes | str], Exact] = _guarded(msgspec.msgpack.Decoder(Exact), EXACT_LIMIT)
decode_receipt: Callable[[bytes | str], Receipt] = _guarded(msgspec.msgpack.Decoder(Receipt), RECEIPT_LIMIT)
