"""Whatever comes over a wire is a message of that wire or a RemoteProtocolError, never anything else."""

import math
import typing

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect as shape

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError

WIRES = {
    "to_broker": (messages.decode_to_broker, messages.ToBroker, messages.encode_json),
    "from_broker": (messages.decode_from_broker, messages.FromBroker, messages.encode_json),
    "relayed": (messages.decode_relayed, messages.Relayed, messages.encode),
    "sealed": (messages.decode_sealed, messages.SealedContent, messages.encode),
    "control": (messages.decode_control, messages.Control, messages.encode),
    "input": (messages.decode_input, messages.Input, messages.encode),
    "live": (messages.decode_live, messages.Live, messages.encode),
    "exact": (messages.decode_exact, messages.Exact, messages.encode),
    "receipt": (messages.decode_receipt, messages.Receipt, messages.encode),
}
each_wire = pytest.mark.parametrize("wire", WIRES)
quick = settings(max_examples=40, deadline=None)


def values(kind: shape.Type) -> st.SearchStrategy:
    """Values that fit the type, up to a size that keeps the tests quick."""
    match kind:
        case shape.StrType(pattern=str() as pattern):
            longest = kind.max_length or 100
            return st.from_regex(pattern.replace("$", r"\Z"), alphabet=st.characters(codec="utf-8")).filter(
                lambda text: (kind.min_length or 0) <= len(text) <= longest
            )
        case shape.StrType():
            return st.text(min_size=kind.min_length or 0, max_size=min(kind.max_length or 50, 50))
        case shape.BytesType():
            least = kind.min_length or 0
            return st.binary(min_size=least, max_size=max(least, min(kind.max_length or 50, 50)))
        case shape.IntType():
            return st.integers(kind.ge, kind.le)
        case shape.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case shape.BoolType():
            return st.booleans()
        case shape.EnumType():
            return st.sampled_from(kind.cls)
        case shape.VarTupleType():
            least, most = kind.min_length or 0, min(kind.max_length or 5, 5)
            return st.lists(values(kind.item_type), min_size=least, max_size=most).map(tuple)
        case shape.StructType():
            return st.builds(kind.cls, **{field.name: values(field.type) for field in kind.fields})
    raise AssertionError(kind)


def members(union) -> list[type]:
    return list(typing.get_args(union)) or [union]


def any_of(union) -> st.SearchStrategy:
    return st.one_of([values(shape.type_info(member)) for member in members(union)])


def decodes_or_refuses(decode, union, data) -> None:
    try:
        message = decode(data)
    except RemoteProtocolError:
        return
    assert isinstance(message, union)


@pytest.mark.parametrize(
    ("wire", "member"), [(wire, member) for wire in WIRES for member in members(WIRES[wire][1])], ids=str
)
def test_every_message_round_trips(wire, member):
    decode, _, encode = WIRES[wire]

    @settings(max_examples=15, deadline=None)
    @given(values(shape.type_info(member)))
    def round_trip(message):
        assert decode(encode(message)) == message

    round_trip()


@each_wire
def test_any_bytes_are_a_message_or_refused(wire):
    decode, union, _ = WIRES[wire]

    @quick
    @given(st.binary(max_size=300))
    def check(data):
        decodes_or_refuses(decode, union, data)

    check()


@each_wire
def test_a_message_with_a_changed_byte_is_a_message_or_refused(wire):
    decode, union, encode = WIRES[wire]

    @quick
    @given(any_of(union), st.integers(0), st.integers(1, 255))
    def check(message, place, change):
        data = encode(message)
        raw = bytearray(data.encode() if isinstance(data, str) else data)
        raw[place % len(raw)] ^= change
        decodes_or_refuses(decode, union, bytes(raw))
        decodes_or_refuses(decode, union, bytes(raw[: place % len(raw)]))

    check()


@each_wire
def test_anything_that_is_well_formed_is_a_message_or_refused(wire):
    decode, union, encode = WIRES[wire]
    pack = msgspec.json.encode if encode is messages.encode_json else msgspec.msgpack.encode
    names = [member.__struct_config__.tag for member in members(union)]
    leaves = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.floats(), st.text(max_size=8))
    anything = st.recursive(
        leaves, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner))
    )
    fields = st.dictionaries(st.sampled_from(["v", "x", "y", "n", "epoch", "key", "data", "text"]), anything)

    @quick
    @given(st.builds(lambda name, rest: {**rest, "type": name}, st.sampled_from(names), fields))
    def check(content):
        decodes_or_refuses(decode, union, pack(content))

    check()


@each_wire
def test_300_kb_are_refused_before_anything_is_parsed(wire):
    with pytest.raises(RemoteProtocolError) as caught:
        WIRES[wire][0](b"\x91" * 300_000)
    assert caught.value.key == "message_too_long"
    assert caught.value.values["size"] == 300_000


@pytest.mark.parametrize(
    ("wire", "limit"),
    [
        ("relayed", messages.RELAY_LIMIT),
        ("control", messages.CONTROL_LIMIT),
        ("live", messages.INPUT_LIMIT),
        ("exact", messages.EXACT_LIMIT),
        ("receipt", messages.RECEIPT_LIMIT),
    ],
)
def test_one_byte_over_the_limit_is_too_long(wire, limit):
    decode = WIRES[wire][0]
    for size, key in ((limit, "message_not_understood"), (limit + 1, "message_too_long")):
        with pytest.raises(RemoteProtocolError) as caught:
            decode(b"\xc1" * size)
        assert caught.value.key == key


@each_wire
def test_deep_nesting_is_refused(wire):
    decode, _, encode = WIRES[wire]
    opening = b"[" if encode is messages.encode_json else b"\x91"
    with pytest.raises(RemoteProtocolError):
        decode(opening * 250)
    with pytest.raises(RemoteProtocolError):
        decode(opening * 90_000)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -1, 16384, 1.5, "1", None, True])
def test_a_coordinate_that_is_none_is_refused(bad):
    content = {"type": "B", "button": 1, "down": True, "x": bad, "y": 0, "epoch": 1}
    with pytest.raises(RemoteProtocolError):
        messages.decode_input(msgspec.msgpack.encode(content))
    pointer = {"type": "P", "x": 0, "y": bad, "n": 1, "epoch": 1}
    with pytest.raises(RemoteProtocolError):
        messages.decode_live(msgspec.msgpack.encode(pointer))


@each_wire
def test_an_unknown_message_is_refused(wire):
    decode, _, encode = WIRES[wire]
    pack = msgspec.json.encode if encode is messages.encode_json else msgspec.msgpack.encode
    with pytest.raises(RemoteProtocolError) as caught:
        decode(pack({"type": "GrantEverything"}))
    assert caught.value.key == "message_not_understood"


def test_an_unknown_field_is_refused():
    fields = {"type": "Chat", "text": "hello"}
    assert messages.decode_control(msgspec.msgpack.encode(fields)) == messages.Chat("hello")
    with pytest.raises(RemoteProtocolError):
        messages.decode_control(msgspec.msgpack.encode({**fields, "grant": "control"}))


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "T", "text": "", "epoch": 1},
        {"type": "T", "text": "x" * 17, "epoch": 1},
        *({"type": "T", "text": f"a{char}b", "epoch": 1} for char in "\0\n\r\x1b\x7f\x85"),
        {"type": "K", "code": "KeyA", "down": True, "epoch": 1, "text": "abcde"},
        {"type": "K", "code": "KeyA", "down": True, "epoch": 1, "text": "\t"},
    ],
)
def test_only_little_text_without_control_characters_is_typed(fields):
    with pytest.raises(RemoteProtocolError):
        messages.decode_input(msgspec.msgpack.encode(fields))


def test_a_message_of_another_wire_is_refused():
    with pytest.raises(RemoteProtocolError):
        messages.decode_control(messages.encode(messages.Heartbeat(1, 1)))
    with pytest.raises(RemoteProtocolError):
        messages.decode_live(messages.encode(messages.Key("KeyA", True, 1)))
    with pytest.raises(RemoteProtocolError):
        messages.decode_to_broker(messages.encode_json(messages.SignedIn()))


COPY, TILE = messages.Copy(0, 0, 10, 20, 30, 40), messages.Tile(1, 2, 3, 4, b"packed")


def exact(**fields):
    """An exact message with other fields, as a rogue program may send it."""
    right = {"area": 1, "width": 64, "height": 48, "seq": 1, "after": 0, "copies": [], "tiles": []}
    return msgspec.msgpack.encode({"type": "E", **right, **fields})


def test_an_exact_change_is_small_on_the_wire():
    whole = messages.Exact(1, 640, 480, 9, 8, (COPY,), (TILE,))
    assert messages.decode_exact(messages.encode(whole)) == whole
    assert messages.decode_exact(exact(copies=[[0, 0, 10, 20, 30, 40]], tiles=[[1, 2, 3, 4, b"packed"]]))
    assert len(messages.encode(whole)) < 100


@pytest.mark.parametrize(
    "fields",
    [
        {"area": -1},
        {"area": 2**31},
        {"width": 0},
        {"height": 8193},
        {"seq": 0},
        {"seq": 1.5},
        {"after": -1},
        {"copies": [[0, 0, 0, 0, 1]]},
        {"copies": [[0, 0, 0, 0, 1, 1, 1]]},
        {"copies": [[0, 0, 0, 0, 0, 1]]},
        {"copies": [[-1, 0, 0, 0, 1, 1]]},
        {"copies": [[0, 0, 0, 0, 1, 1]] * 17},
        {"tiles": [[0, 0, 1, 1, b""]] * 65},
        {"tiles": [[0, 0, 1, 8193, b""]]},
        {"tiles": [[0, math.nan, 1, 1, b""]]},
        {"tiles": [[0, 0, 1, 1, "text"]]},
        {"tiles": [{"x": 0, "y": 0, "width": 1, "height": 1, "data": b""}]},
    ],
    ids=lambda value: type(value).__name__,  # of a function the address would be part of the name
)
def test_an_exact_change_beyond_its_bounds_is_refused(fields):
    with pytest.raises(RemoteProtocolError) as caught:
        messages.decode_exact(exact(**fields))
    assert caught.value.key == "message_not_understood"


def test_the_longest_receipt_fits_and_a_longer_one_is_refused():
    most = 2**31 - 1
    assert len(messages.encode(messages.Seen(most, most, (most,) * 64))) <= messages.RECEIPT_LIMIT
    with pytest.raises(RemoteProtocolError):
        messages.decode_receipt(messages.encode(messages.Seen(1, 1, (2,) * 65)))


def test_receipts_and_exact_changes_go_in_one_direction_each():
    with pytest.raises(RemoteProtocolError):
        messages.decode_exact(messages.encode(messages.Restart()))
    with pytest.raises(RemoteProtocolError):
        messages.decode_receipt(exact())


def test_bytes_that_are_no_text_are_refused_on_the_brokers_wire():
    with pytest.raises(RemoteProtocolError):
        messages.decode_to_broker(b'{"type":"Claim","nameplate":"\xff\xff\xff\xff"}')


def test_a_message_cannot_be_changed():
    with pytest.raises(AttributeError):
        messages.Chat("hello").text = "other"


SHAPE = {"number": 31, "width": 96, "height": 96, "hot_x": 95, "hot_y": 0, "data": b"x"}
PLACE = {"x": 16383, "y": 0, "on": True, "shape": 31, "n": 1}


@pytest.mark.parametrize(
    ("decode", "right", "wrong"),
    [
        *(
            (messages.decode_control, {"type": "CursorShape", **SHAPE}, wrong)
            for wrong in (
                {"number": 32},
                {"number": -1},
                {"width": 97},
                {"height": -1},
                {"hot_x": 97},
                {"hot_y": -1},
                {"data": bytes(messages.EXACT_LIMIT + 1)},
            )
        ),
        *(
            (messages.decode_live, {"type": "C", **PLACE}, wrong)
            for wrong in ({"x": 16384}, {"y": -1}, {"y": math.nan}, {"on": 1}, {"shape": 32}, {"n": 2**31})
        ),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else "",
)
def test_a_pointer_beyond_its_bounds_is_refused(decode, right, wrong):
    assert decode(msgspec.msgpack.encode(right))
    with pytest.raises(RemoteProtocolError) as caught:
        decode(msgspec.msgpack.encode({**right, **wrong}))
    assert caught.value.key == "message_not_understood"


def test_a_place_of_the_pointer_is_small_on_the_wire():
    assert len(messages.encode(messages.CursorPlace(16383, 16383, True, 31, 2**31 - 1))) < 40


# --- versions ----------------------------------------------------------------------------------------------


def refusal(decode, data) -> str:
    with pytest.raises(RemoteProtocolError) as caught:
        decode(data)
    return caught.value.key


OPEN = messages.encode_json(messages.Open(messages.VERSION, bytes(16)))


def test_a_newer_version_is_named_even_if_its_messages_have_changed():
    newer = messages.encode_json(messages.Open(messages.VERSION + 1, bytes(16)))
    assert refusal(messages.decode_to_broker, newer) == "newer_version"
    assert refusal(messages.decode_to_broker, '{"type": "Teleport", "v": 2, "to": [1, 2]}') == "newer_version"
    assert refusal(messages.decode_from_broker, b'{"type": "Hail", "v": 2}') == "newer_version"
    assert refusal(messages.decode_relayed, msgspec.msgpack.encode({"type": "HelloT", "v": 2})) == "newer_version"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "not json",
        '{"type": "Open"}',
        OPEN.replace('"v":1', '"v":0'),
        OPEN.replace('"v":1', '"v":"2"'),
        OPEN.replace('"v":1', '"v":1,"more":1'),
        '{"type": "Open", "v": 1, "sid": "AAAA"}',
        '{"type": "Claim", "nameplate": "471"}',
        '{"type": "Claim", "nameplate": "47a1"}',
        '{"type": "Available", "on": NaN}',
        '{"type": "Welcome"}',
        "[" * 100_000,
        '"\ud800"',
    ],
)
def test_what_is_not_newer_is_not_understood(text):
    assert messages.decode_to_broker(OPEN)
    assert refusal(messages.decode_to_broker, text) == "message_not_understood"


def test_of_what_is_too_long_not_even_the_version_is_read():
    text = '{"type": "Open", "v": 2, "x": "' + "y" * messages.BROKER_LIMIT + '"}'
    assert refusal(messages.decode_to_broker, text) == "message_too_long"


OF_THE_LIST = [
    (messages.decode_to_broker, messages.AskForHelp(1, bytes(16), "The printer")),
    (messages.decode_to_broker, messages.Take(7)),
    (messages.decode_from_broker, messages.Queued(0, b"list")),
    (messages.decode_from_broker, messages.Place(1)),
    (messages.decode_from_broker, messages.Taken(b"list")),
    (messages.decode_from_broker, messages.WaitingList((messages.Waiting(7, "The printer", 60),), 1)),
]


@pytest.mark.parametrize(("decode", "message"), OF_THE_LIST, ids=lambda one: type(one).__name__)
def test_no_field_of_the_waiting_list_can_be_left_out_or_have_another_type(decode, message):
    fields = msgspec.json.decode(messages.encode_json(message))
    assert decode(msgspec.json.encode(fields)) == message
    for name in fields:
        for changed in ({k: v for k, v in fields.items() if k != name}, {**fields, name: None}):
            with pytest.raises(RemoteProtocolError):
                decode(msgspec.json.encode(changed))


@pytest.mark.parametrize(
    ("decode", "message"),
    [
        (messages.decode_to_broker, messages.AskForHelp(1, bytes(16), "x" * (messages.CLEAR_LIMIT + 1))),
        (messages.decode_to_broker, messages.AskForHelp(1, bytes(15), "")),
        *((messages.decode_to_broker, messages.Take(ticket)) for ticket in (-1, 0, 2**53, 2**63)),
        *((messages.decode_from_broker, messages.Place(ahead)) for ahead in (-1, 2**31)),
        (messages.decode_from_broker, messages.WaitingList((messages.Waiting(1, "", 0),) * (messages.LISTED + 1), 51)),
        (messages.decode_from_broker, messages.WaitingList((messages.Waiting(1, "x" * 281, 0),), 1)),
        (messages.decode_from_broker, messages.WaitingList((messages.Waiting(1, "", -1),), 1)),
    ],
    ids=lambda value: type(value).__name__,  # of a function the address would be part of the name
)
def test_what_is_too_long_or_too_many_for_the_waiting_list_is_refused(decode, message):
    with pytest.raises(RemoteProtocolError):
        decode(messages.encode_json(message))


def test_the_longest_waiting_list_fits():
    """Each character in the longest way in which JSON writes one."""
    longest = messages.Waiting(2**53 - 1, "\x00" * messages.CLEAR_LIMIT, 2**31 - 1)
    message = messages.WaitingList((longest,) * messages.LISTED, 2**31 - 1)
    assert messages.decode_from_broker(messages.encode_json(message)) == message


OF_ACCOUNTS = [
    messages.GiveAccount("technician.a", "correct horse", "123456"),
    messages.GiveAccount("a", "x" * 128, ""),
    messages.Resume(bytes(32)),
    messages.SignedIn(),
    messages.SignedIn(bytes(32)),
    messages.AccountAsked(),
    messages.Enrol("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    messages.TurnServers(("turn:a.example:3478?transport=udp", "turns:a.example:443"), "9:name", "c2VjcmV0"),
]
OUT_OF_BOUNDS = [
    *(messages.GiveAccount(name, "x", "") for name in ("", "A", "a b", ".a", "a" * 65, "ä", "a\n")),
    *(messages.GiveAccount("a", password, "") for password in ("", "x" * 129)),
    *(
        messages.GiveAccount("a", "x", code)
        for code in ("1", "1234567", "12345\n", "abcdef", "\uff11\uff12\uff13\uff14\uff15\uff16")
    ),
    *(messages.Resume(bytes(size)) for size in (0, 31, 33)),
    messages.SignedIn(bytes(33)),
    *(messages.Enrol(secret) for secret in ("", "A" * 31, "A" * 33, "1" * 32)),
    messages.TurnServers((), "a", "b"),
    messages.TurnServers(("turn:a",) * 9, "a", "b"),
    *(
        messages.TurnServers((uri,), "a", "b")
        for uri in ("stun:a", "turn:", "turn:a b", "turns:a?transport=udp", "turn:[::1]")
    ),
    messages.TurnServers(("turn:a",), "", "b"),
    messages.TurnServers(("turn:a",), "a", "with space"),
]


@pytest.mark.parametrize("place", range(len(OF_ACCOUNTS)))
def test_what_accounts_and_relays_need_is_understood_by_the_side_that_gets_it_alone(place):
    message = OF_ACCOUNTS[place]
    to_broker = isinstance(message, messages.GiveAccount | messages.Resume)
    both = (messages.decode_to_broker, messages.decode_from_broker)
    ours, other = both if to_broker else reversed(both)
    assert ours(messages.encode_json(message)) == message
    with pytest.raises(RemoteProtocolError):
        other(messages.encode_json(message))


@pytest.mark.parametrize("place", range(len(OUT_OF_BOUNDS)))
def test_what_is_out_of_bounds_of_accounts_and_relays_is_refused(place):
    for decode in (messages.decode_to_broker, messages.decode_from_broker):
        with pytest.raises(RemoteProtocolError):
            decode(messages.encode_json(OUT_OF_BOUNDS[place]))
