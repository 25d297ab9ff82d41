import numpy as np
import pytest

from remotehelp.errors import RemoteProtocolError
from remotehelp.media import tiles
from remotehelp.media.cursor import INVISIBLE, Shape, pack, shape_of, unpack
from remotehelp.messages import CONTROL_LIMIT, CURSOR_SIDE, CursorShape, decode_control, encode

HALF_RED, BLACK, NOTHING = 0x80800000, 0xFF000000, 0


def noise(side: int) -> Shape:
    """Nothing like it can be packed."""
    random = np.random.default_rng(3)
    alpha = random.integers(0, 256, (side, side, 1), np.uint8)
    colours = (random.integers(0, 256, (side, side, 3)) * alpha // 255).astype(np.uint8)
    return Shape(side, side, 1, 2, np.concatenate([colours, alpha], 2).tobytes())


def test_a_shape_is_made_of_premultiplied_numbers() -> None:
    shape = shape_of((2, 1), (1, 0), [HALF_RED, BLACK])
    assert shape == Shape(2, 1, 1, 0, bytes((0, 0, 0x80, 0x80, 0, 0, 0, 0xFF)))
    assert shape


@pytest.mark.parametrize(("size", "pixels"), [((2, 2), [NOTHING] * 4), ((0, 0), [])])
def test_a_pointer_of_which_nothing_can_be_seen_is_invisible(size: tuple[int, int], pixels: list[int]) -> None:
    shape = shape_of(size, (0, 0), pixels)
    assert shape == INVISIBLE
    assert not shape


def test_a_larger_pointer_becomes_smaller_and_points_with_the_same_pixel() -> None:
    side = 2 * CURSOR_SIDE + 3
    pixels = [BLACK] * (side * side)
    pixels[30 * side + 60] = 0xFFFFFFFF
    shape = shape_of((side, side), (60, 30), pixels)
    assert (shape.width, shape.height, shape.hot_x, shape.hot_y) == (65, 65, 20, 10)
    white = np.frombuffer(shape.pixels, np.uint8).reshape(65, 65, 4)[..., 0].nonzero()
    assert [place.tolist() for place in white] == [[10], [20]]


def test_a_hot_spot_beside_the_shape_is_taken_to_its_edge() -> None:
    shape = shape_of((2, 2), (7, 9), [BLACK] * 4)
    assert (shape.hot_x, shape.hot_y) == (1, 1)


@pytest.mark.parametrize("side", [1, 2, 7, 24, CURSOR_SIDE])
def test_what_was_packed_comes_back_whole(side: int) -> None:
    shape = noise(side)
    if side < 3:
        shape = Shape(side, side, 0, 0, shape.pixels)
    data = encode(pack(shape, 5))
    assert len(data) < CONTROL_LIMIT
    message = decode_control(data)
    assert isinstance(message, CursorShape)
    assert message.number == 5
    assert unpack(message) == shape


def test_an_ordinary_pointer_is_small_on_the_wire() -> None:
    pixels = [BLACK if x <= y else NOTHING for y in range(24) for x in range(24)]
    assert len(encode(pack(shape_of((24, 24), (0, 0), pixels), 0))) < 300


def test_invisible_comes_back_as_invisible() -> None:
    assert unpack(pack(INVISIBLE, 1)) == INVISIBLE


def hostile(**fields: object) -> CursorShape:
    right = {"number": 0, "width": 4, "height": 4, "hot_x": 0, "hot_y": 0, "data": tiles.pack(black(4, 8))}
    return CursorShape(**{**right, **fields})  # type: ignore[arg-type]


def black(width: int, height: int) -> np.ndarray:
    return np.zeros((height, width, 4), np.uint8)


@pytest.mark.parametrize(
    "fields",
    [
        {"width": 5},
        {"height": 5},
        {"width": 0},
        {"height": 0},
        {"hot_x": 4},
        {"hot_y": 4},
        {"data": b"\x00"},
        {"data": b"\x02no frame"},
        {"data": tiles.pack(black(4, 8))[:-1]},
        {"data": tiles.pack(black(4, 8)) + b"\x00"},
        {"data": tiles.pack(black(4, 4))},
    ],
    ids=str,
)
def test_a_shape_that_lies_is_refused(fields: dict[str, object]) -> None:
    assert unpack(hostile())
    with pytest.raises(RemoteProtocolError):
        unpack(hostile(**fields))


def test_a_decompression_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = tiles.pack(black(8000, 8000))
    assert len(bomb) < 20_000
    message = hostile(data=bomb)
    monkeypatch.delattr(tiles, "_zstandard")  # who unpacks fails otherwise
    with pytest.raises(RemoteProtocolError):
        unpack(message)


def test_colours_that_are_brighter_than_their_alpha_allows_are_not_let_in() -> None:
    pixels = np.concatenate([np.full((1, 1, 4), 200, np.uint8), np.full((1, 1, 4), 50, np.uint8)])
    shape = unpack(CursorShape(0, 1, 1, 0, 0, tiles.pack(pixels)))
    assert shape.pixels == bytes((50, 50, 50, 50))
