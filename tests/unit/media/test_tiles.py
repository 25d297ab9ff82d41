import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Rect
from remotehelp.media.tiles import GREY, PHOTO, PLAIN, colour, cost, pack, slices, unpack

RNG = np.random.default_rng(7)
LETTERS = RNG.integers(0, 256, (20, 16, 9), np.uint8) * (RNG.random((20, 16, 9)) < 0.2)


def text(width, height, colours=((255, 255, 255), (0, 0, 0))):
    """Lines of nine different letters with soft edges on a paper of one colour."""
    paper, ink = (np.array(colour, np.float64) for colour in colours)
    shade = np.zeros((height + 24, width + 10))
    for y in range(2, height, 24):
        for x in range(3, width, 10):
            if RNG.random() < 0.8:
                shade[y : y + 16, x : x + 9] = LETTERS[RNG.integers(20)]
    shade = shade[:height, :width, None] / 255
    return _pixels(paper + (ink - paper) * shade)


def photo(width, height):
    """Soft shapes with the grain of a camera, the same in all three colours."""
    y, x = np.mgrid[0:height, 0:width]
    soft = np.stack([128 + 60 * np.sin(x / 70 + 1.5 * c) + 50 * np.cos(y / 45 - c) for c in range(3)], -1)
    return _pixels(soft + RNG.normal(scale=1.5, size=(height, width, 1)))


def noise(width, height):
    return _pixels(RNG.integers(0, 256, (height, width, 3)))


def _pixels(colours):
    """With a fourth byte that holds anything, as a screen's has."""
    height, width = colours.shape[:2]
    pixels = RNG.integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., :3] = np.clip(colours, 0, 255)
    return pixels


def assert_exact(data, pixels):
    height, width = pixels.shape[:2]
    colours = unpack(data, width, height)
    assert (colours == pixels[..., :3]).all()
    again = np.full((height, 2 * width, 4), 9, np.uint8)[:, ::2]  # a part of a picture
    colour(again, colours)
    assert (again[..., :3] == pixels[..., :3]).all()
    assert (again[..., 3] == 9).all()


DARK = ((30, 30, 36), (120, 220, 180))
PICTURES = {
    "a letter": text(16, 20),
    "a strip": text(1280, 40),
    "a page": text(800, 600),
    "a dark page": text(800, 600, DARK),
    "one colour": np.full((600, 800, 4), (7, 80, 200, 3), np.uint8),
    "a photograph": photo(640, 480),
    "noise": noise(300, 200),
    "narrow": noise(3, 6000),
    "flat": noise(8192, 1),
}


@pytest.mark.parametrize("pixels", PICTURES.values(), ids=PICTURES)
def test_every_pixel_comes_back(pixels):
    assert_exact(pack(pixels), pixels)


@given(st.data())
def test_every_pixel_of_any_rectangle_comes_back(data):
    width, height = data.draw(st.integers(1, 40)), data.draw(st.integers(1, 40))
    few = data.draw(st.sampled_from([1, 2, 3, 256]))
    seed = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    whole = seed.integers(0, few, (50, 50, 1 if data.draw(st.booleans()) else 4), np.uint8) * np.ones(4, np.uint8)
    part = whole[5 : 5 + height, 7 : 7 + width]
    assert_exact(pack(part), part)


@pytest.mark.parametrize(
    ("name", "way", "most"),  # bytes a pixel
    [
        ("a page", GREY, 0.2),
        ("a dark page", PLAIN, 0.3),
        ("one colour", PLAIN, 0.001),
        ("a photograph", PHOTO, 1.5),
        ("noise", PLAIN, 3.01),
    ],
)
def test_the_way_that_suits_the_pixels(name, way, most):
    pixels = PICTURES[name]
    data = pack(pixels)
    assert data[0] == way
    assert len(data) <= most * pixels.size / 4


def test_what_looked_grey_in_the_sample_need_not_be():
    pixels = text(1280, 960)
    pixels[500, 500] = (1, 2, 3, 4)
    assert_exact(pack(pixels), pixels)


def test_several_threads_pack_and_unpack_at_once():
    pictures = [noise(200, 200), text(200, 200), photo(200, 200)] * 8
    with ThreadPoolExecutor(4) as threads:
        for pixels, data in zip(pictures, threads.map(pack, pictures), strict=True):
            assert_exact(data, pixels)
        list(threads.map(lambda pixels: assert_exact(pack(pixels), pixels), pictures))


@pytest.mark.parametrize("name", PICTURES)
def test_the_cost_is_about_right(name):
    pixels = PICTURES[name]
    assert len(pack(pixels)) * 0.5 <= cost(pixels) <= len(pack(pixels)) * 3 + 5000


def test_the_cost_of_something_small_is_exact():
    for pixels in (text(100, 100), photo(100, 100)):
        assert cost(pixels) == len(pack(pixels))


# --- in slices ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [4_000, 20_000, 60_000])
@pytest.mark.parametrize("name", PICTURES)
def test_slices_fit_and_cover_everything_once(name, most):
    picture = PICTURES[name]
    height, width = picture.shape[:2]
    rect = Rect(1, 0, width - 1, height)
    painted = np.zeros((height, width), int)
    for tile in slices(rect, picture, most):
        assert len(tile.data) <= most
        place = Rect(tile.x, tile.y, tile.width, tile.height)
        assert_exact(tile.data, place.of(picture))
        painted[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width] += 1
    assert (painted[:, 1:] == 1).all()
    assert not painted[:, 0].any()


def test_what_is_cheap_goes_in_one_slice():
    assert len(list(slices(Rect(0, 0, 800, 600), PICTURES["one colour"], 10_000))) == 1
    assert len(list(slices(Rect(10, 10, 16, 20), PICTURES["a page"], 1_000))) == 1


def test_a_blank_page_with_a_photograph_below_stays_within_the_limit():
    picture = np.concatenate([np.full((700, 640, 4), 255, np.uint8), photo(640, 300)])
    tiles = list(slices(Rect(0, 0, 640, 1000), picture, 30_000))
    assert max(len(tile.data) for tile in tiles) <= 30_000
    assert sum(tile.height for tile in tiles) == 1000


def test_a_single_pixel_is_never_cut():
    (tile,) = slices(Rect(3, 4, 1, 1), PICTURES["noise"], 1)
    assert (tile.x, tile.y, tile.width, tile.height) == (3, 4, 1, 1)
    assert len(list(slices(Rect(3, 4, 5, 5), PICTURES["noise"], 1))) == 25


# --- what another program might send -------------------------------------------------------------------

BOMB = zstandard.ZstdCompressor(level=1).compress(bytes(200_000_000))
ROWS = zstandard.ZstdCompressor(level=1).compress(bytes(300))
STREAMED = zstandard.ZstdCompressor(level=1).compressobj()
NO_SIZE = STREAMED.compress(bytes(300)) + STREAMED.flush()


def lying(size):
    """A frame that announces ``size`` bytes (RFC 8878 §3.1.1.1: four bytes at offset 5) and holds other ones."""
    frame = bytearray(zstandard.ZstdCompressor(level=1).compress(bytes(100_000)))
    assert frame[4] >> 6 == 2
    assert int.from_bytes(frame[5:9], "little") == 100_000
    frame[5:9] = size.to_bytes(4, "little")
    return bytes(frame)


@pytest.mark.parametrize("way", [GREY, PLAIN, PHOTO])
@pytest.mark.parametrize(
    "frame",
    [b"", b"no frame", BOMB, NO_SIZE, ROWS[:-3], ROWS + b"more", ROWS + ROWS, lying(300), lying(100), BOMB[:50]],
    ids=["empty", "junk", "bomb", "no size", "cut off", "more", "twice", "longer", "longer grey", "half a bomb"],
)
def test_a_wrong_tile_is_refused_and_costs_no_memory(way, frame):
    tracemalloc.start()
    try:
        with pytest.raises(RemoteProtocolError) as refused:
            unpack(bytes((way,)) + frame, 10, 10)
        assert refused.value.key == "tile_refused"
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("data", [b"", b"\0", b"\x04" + ROWS, b"\xff"])
def test_an_unknown_way_is_refused(data):
    with pytest.raises(RemoteProtocolError):
        unpack(data, 10, 10)


@pytest.mark.parametrize("size", [(10, 11), (5, 10), (8192, 8192)])
def test_another_size_is_refused(size):
    with pytest.raises(RemoteProtocolError):
        unpack(pack(PICTURES["noise"][:10, :10]), *size)


@given(st.sampled_from(["a letter", "noise", "one colour"]), st.data())
def test_a_spoilt_tile_is_refused_or_has_its_size(name, data):
    pixels = PICTURES[name][:24, :32]
    height, width = pixels.shape[:2]
    packed = bytearray(pack(pixels))
    for _ in range(data.draw(st.integers(1, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(RemoteProtocolError):
        assert unpack(bytes(packed), width, height).shape == (height, width, 3)


@given(st.binary(max_size=200), st.integers(1, 30), st.integers(1, 30))
def test_junk_is_refused(junk, width, height):
    with pytest.raises(RemoteProtocolError):
        unpack(junk, width, height)
