from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Rect, without
from remotehelp.media.inbox import ALSO, HELD_BYTES, WINDOW, Inbox
from remotehelp.media.outbox import Outbox
from remotehelp.messages import Copy, Exact, Seen, Tile, decode_exact, decode_receipt, encode

LAST = 2**31 - 1


def message(seq, after=0, area=0, size=1):
    return Exact(area, 100, 80, seq, after, (), (Tile(0, 0, 1, 1, bytes(size)),))


def numbers(released):
    return [each.seq for each in released]


@pytest.fixture
def inbox():
    return Inbox()


def test_in_order_each_is_released_as_it_comes(inbox):
    for seq in range(1, 5):
        assert numbers(inbox.take(message(seq, after=seq - 1))) == [seq]
    assert inbox.receipt() == Seen(0, 4, ())


def test_who_waits_for_nothing_goes_ahead_of_a_lost_one(inbox):
    assert numbers(inbox.take(message(3))) == [3]
    assert inbox.receipt() == Seen(0, 0, (3,))


def test_who_waits_is_released_in_order_as_soon_as_it_may(inbox):
    assert inbox.take(message(5, after=4)) == []
    assert inbox.take(message(3, after=1)) == []
    assert numbers(inbox.take(message(2))) == [2]
    assert numbers(inbox.take(message(1))) == [1, 3]
    assert inbox.receipt() == Seen(0, 3, (5,))
    assert numbers(inbox.take(message(4))) == [4, 5]
    assert inbox.receipt() == Seen(0, 5, ())


def test_a_repeated_message_is_applied_once_and_acknowledged_again(inbox):
    inbox.take(message(1))
    inbox.take(message(3, after=2))
    assert inbox.receipt() == Seen(0, 1, (3,))
    assert inbox.receipt() is None
    for seq, after in ((1, 0), (3, 2)):
        assert inbox.take(message(seq, after)) == []
        assert inbox.receipt() == Seen(0, 1, (3,))
    assert numbers(inbox.take(message(2))) == [2, 3]


def test_nothing_is_acknowledged_before_anything_came(inbox):
    assert inbox.receipt() is None


@pytest.mark.parametrize(("seq", "after"), [(1, 1), (1, 2), (7, LAST)])
def test_a_message_that_waits_for_itself_or_a_later_one_is_refused(inbox, seq, after):
    with pytest.raises(RemoteProtocolError, match="message_out_of_order"):
        inbox.take(message(seq, after))
    assert inbox.receipt() is None


def test_a_newer_area_forgets_the_older_one(inbox):
    inbox.take(message(1))
    inbox.take(message(3, after=2))
    assert numbers(inbox.take(message(2, area=1))) == [2]
    assert inbox.take(message(2)) == []
    assert inbox.receipt() == Seen(1, 0, (2,))
    assert numbers(inbox.take(message(1, area=1))) == [1]
    assert inbox.receipt() == Seen(1, 2, ())


def test_video_waits_for_what_it_must_follow(inbox):
    assert inbox.may_paint(0, 0)
    assert not inbox.may_paint(0, 2)
    inbox.take(message(2))
    assert not inbox.may_paint(0, 2)
    inbox.take(message(1))
    assert inbox.may_paint(0, 2)
    assert inbox.may_paint(0, 0)
    assert not inbox.may_paint(0, 3)


def test_video_starts_a_newer_area_and_is_refused_in_an_older_one(inbox):
    inbox.take(message(1))
    assert inbox.may_paint(1, 0)
    assert not inbox.may_paint(0, 0)
    assert inbox.take(message(2)) == []
    assert inbox.receipt() is None


def test_what_lies_too_far_ahead_is_neither_taken_nor_acknowledged(inbox):
    for seq, after in ((WINDOW + 1, 0), (WINDOW + 1, 1), (LAST, 0), (LAST, LAST - 1)):
        assert inbox.take(message(seq, after)) == []
        assert inbox.receipt() is None
    assert numbers(inbox.take(message(WINDOW))) == [WINDOW]
    inbox.take(message(1))
    assert numbers(inbox.take(message(WINDOW + 1))) == [WINDOW + 1]


def test_held_bytes_are_bounded_and_the_missing_message_always_finds_a_place(inbox):
    size = 60_000
    fit = HELD_BYTES // size
    for seq in range(2, fit + 12):
        assert inbox.take(message(seq, after=1, size=size)) == []
    inbox.take(message(fit + 2, after=1, size=size))
    assert inbox.take(message(fit + 12, after=0, size=size)), "what need not wait takes no room"
    assert numbers(inbox.take(message(1, size=size))) == list(range(1, fit + 2))
    assert inbox.receipt() == Seen(0, fit + 1, (fit + 12,))
    for seq in range(fit + 2, fit + 12):
        assert numbers(inbox.take(message(seq, after=1, size=size))) == [seq]
    assert inbox.receipt() == Seen(0, fit + 12, ())


def test_released_messages_give_their_room_back(inbox):
    size = 60_000
    for seq in range(1, 3 * HELD_BYTES // size, 2):
        assert inbox.take(message(seq + 1, after=seq, size=size)) == []
        assert numbers(inbox.take(message(seq, size=size))) == [seq, seq + 1]


def test_the_longest_receipt_passes_the_wire(inbox):
    """After some minutes of motion the numbers take five bytes."""
    for seq in range(1, 2**16):
        inbox.take(message(seq, area=LAST))
    for seq in range(2**16 + 1, 2**16 + 200):
        inbox.take(message(seq, area=LAST))
    receipt = inbox.receipt()
    assert (receipt.upto, len(receipt.also)) == (2**16 - 1, ALSO)
    assert decode_receipt(encode(receipt)) == receipt


def test_of_many_after_a_gap_the_receipt_names_those_that_came_last(inbox):
    for seq in range(2, 202):
        inbox.take(message(seq))
    assert inbox.receipt().also == tuple(range(202 - ALSO, 202))
    inbox.take(message(50))
    assert inbox.receipt().also == (50, *range(203 - ALSO, 202))


# --- both sides together, over a line that loses, repeats and mixes up -----------------------------

SIDE = 12
STEP = 0.02  # s


def black():
    return np.zeros((SIDE, SIDE), np.uint8)


def paint(picture, exact):
    """Copies, then tiles, as the protocol says; tiles carry their values bare."""
    for copy in exact.copies:
        held = Rect(copy.x, copy.y, copy.width, copy.height).of(picture).copy()
        Rect(copy.to_x, copy.to_y, copy.width, copy.height).of(picture)[:] = held
    for tile in exact.tiles:
        values = np.frombuffer(tile.data, np.uint8).reshape(tile.height, tile.width)
        Rect(tile.x, tile.y, tile.width, tile.height).of(picture)[:] = values


def destinations(exact):
    copied = [Rect(copy.to_x, copy.to_y, copy.width, copy.height) for copy in exact.copies]
    return copied + [Rect(tile.x, tile.y, tile.width, tile.height) for tile in exact.tiles]


class Line:
    """One direction: whatever is on it may come in any order, twice or never."""

    def __init__(self, chance, loss):
        self._chance, self._loss, self._on_it = chance, loss, []

    def send(self, data):
        if self._chance.random() >= self._loss:
            self._on_it += [data] * self._chance.choice((1, 1, 1, 2))

    def arrivals(self):
        count = self._chance.randint(0, len(self._on_it))
        self._chance.shuffle(self._on_it)
        come, self._on_it = self._on_it[:count], self._on_it[count:]
        return come


class Sender:
    """Draws and moves at random. Where video painted last, the mirror isn't sure, so nothing is copied from there."""

    def __init__(self, chance):
        self._chance = chance
        self.outbox = Outbox(0, SIDE, SIDE)
        self._area = 0
        self.begin()

    def begin(self):
        self.mirror, self.lossy = black(), np.zeros((SIDE, SIDE), bool)

    def next_area(self):
        self._area += 1
        self.outbox.begin(self._area, SIDE, SIDE)
        self.begin()

    def change(self, now):
        copies = [copy for copy in (self._copy() for _ in range(self._chance.randint(0, 2))) if self._sure(copy)]
        tiles = [self._tile(self._rect()) for _ in range(self._chance.randint(0, 2))]
        return [self._put(copies, tiles, now)]

    def refine(self, now):
        """Only what video painted, pixel by pixel, so that nothing else is repaired along with it."""
        places = [Rect(int(x), int(y), 1, 1) for y, x in np.argwhere(self.lossy)]
        return [
            self._put([], [self._tile(place) for place in places[start : start + 64]], now)
            for start in range(0, len(places), 64)
        ]

    def video(self):
        rect = self._rect()
        self.lossy |= _mask(rect)
        return self._area, rect, self._chance.randrange(256), self.outbox.seq, self.outbox.waits_for(rect)

    def _put(self, copies, tiles, now):
        exact, data = self.outbox.put(copies, tiles, now)
        paint(self.mirror, exact)
        for rect in destinations(exact):
            rect.of(self.lossy)[:] = False
        return data

    def _sure(self, copy):
        return not Rect(copy.x, copy.y, copy.width, copy.height).of(self.lossy).any()

    def _rect(self):
        width, height = self._side(), self._side()
        return Rect(self._chance.randint(0, SIDE - width), self._chance.randint(0, SIDE - height), width, height)

    def _side(self):
        """Mostly short: of messages that all meet each other none ever goes ahead."""
        return self._chance.randint(1, self._chance.randint(1, SIDE))

    def _copy(self):
        rect = self._rect()
        to_x, to_y = self._chance.randint(0, SIDE - rect.width), self._chance.randint(0, SIDE - rect.height)
        return Copy(rect.x, rect.y, to_x, to_y, rect.width, rect.height)

    def _tile(self, rect):
        return Tile(rect.x, rect.y, rect.width, rect.height, self._chance.randbytes(rect.width * rect.height))


class Viewer:
    """A canvas that knows which exact message painted what."""

    def __init__(self):
        self.inbox, self.area = Inbox(), 0
        self.begin(0)

    def begin(self, area):
        self.area, self.picture, self.applied = area, black(), []

    def take(self, exact):
        for each in self.inbox.take(exact):
            if each.area > self.area:
                self.begin(each.area)
            paint(self.picture, each)
            self.applied.append(each)

    def show(self, area, rect, value, number, after):
        if not self.inbox.may_paint(area, after):
            return
        if area > self.area:
            self.begin(area)
        newer = [place for each in self.applied if each.seq > number for place in destinations(each)]
        for part in without(rect, newer):
            part.of(self.picture)[:] = value


def _mask(rect):
    mask = np.zeros((SIDE, SIDE), bool)
    rect.of(mask)[:] = True
    return mask


class Visit:
    """A sender and a viewer with lines between them; video comes late but in order, or not at all."""

    def __init__(self, chance, loss):
        self._chance, self._loss = chance, loss
        self.sender, self.viewer = Sender(chance), Viewer()
        self._there, self._back, self._video = Line(chance, loss), Line(chance, loss), deque()
        self._now = 0.0

    def step(self, change):
        if change == "area":
            self.sender.next_area()
        elif change == "video":
            self._video.append(self.sender.video())
        else:
            for data in self.sender.change(self._now) if change == "change" else self.sender.refine(self._now):
                self._there.send(data)
        self._travel()

    def _travel(self):
        self._now += STEP
        for data in self.sender.outbox.due(self._now):
            self._there.send(data)
        for data in self._there.arrivals():
            self.viewer.take(decode_exact(data))
            self._maybe_video()
        receipt = self.viewer.inbox.receipt()
        if receipt is not None:
            self._back.send(encode(receipt))
        for data in self._back.arrivals():
            self.sender.outbox.seen(decode_receipt(data), self._now)
        self._maybe_video()

    def _maybe_video(self):
        if self._video and self._chance.random() < 0.5:
            picture = self._video.popleft()
            if self._chance.random() >= self._loss:
                self.viewer.show(*picture)

    def settle(self):
        for _ in range(int(100 / STEP)):
            if self.sender.outbox.all_seen and not self._video:
                return
            self._travel()
        raise AssertionError("not everything arrived within 100 s")


CHANGES = st.sampled_from(["change"] * 12 + ["video"] * 2 + ["refine", "area"])


@settings(deadline=None, max_examples=400)
@given(st.lists(CHANGES, min_size=20, max_size=120), st.sampled_from([0.0, 0.1, 0.5]), st.randoms(use_true_random=True))
def test_whatever_the_line_does_the_viewer_ends_with_the_senders_picture(changes, loss, chance):
    visit = Visit(chance, loss)
    for change in changes:
        visit.step(change)
    visit.step("refine")
    visit.settle()
    if visit.sender.outbox.seq:
        np.testing.assert_array_equal(visit.viewer.picture, visit.sender.mirror)
