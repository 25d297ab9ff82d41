from math import inf

import pytest

from remotehelp.errors import LocalProtocolError
from remotehelp.media.area import Rect
from remotehelp.media.inbox import WINDOW
from remotehelp.media.outbox import FAR_S, LEAST_WAIT, MOST_WAIT, SPARE, TWICE_S, Outbox, RoundTrip
from remotehelp.messages import Copy, Seen, Tile, decode_exact

LEFT = Tile(0, 0, 10, 10, b"left")
RIGHT = Tile(50, 0, 10, 10, b"right")
WIDE = Tile(0, 0, 60, 10, b"wide")
LEFT_TO_MIDDLE = Copy(0, 0, 20, 0, 10, 10)


@pytest.fixture
def outbox():
    return Outbox(7, 100, 80)


def put(outbox, *parts, now=0.0):
    copies = [part for part in parts if isinstance(part, Copy)]
    message = outbox.put(copies, [part for part in parts if isinstance(part, Tile)], now)[0]
    outbox.twice(inf)  # a second copy that is sent whatever happens
    return message


def seen(outbox, upto, *also, now=0.0):
    outbox.seen(Seen(7, upto, also), now)


def measured(outbox, seconds, now=0.0):
    """Lets enough messages come through in ``seconds`` for the deviation to be small."""
    for _ in range(40):
        put(outbox, LEFT, now=now - seconds)
        seen(outbox, outbox.seq, now=now)


def test_what_is_put_is_what_is_sent(outbox):
    message, data = outbox.put([LEFT_TO_MIDDLE], [RIGHT], 0.0)
    assert decode_exact(data) == message
    assert (message.area, message.width, message.height, message.seq, message.after) == (7, 100, 80, 1, 0)
    assert (message.copies, message.tiles) == ((LEFT_TO_MIDDLE,), (RIGHT,))
    assert outbox.in_flight == len(data)


@pytest.mark.parametrize(
    ("first", "second", "after"),
    [
        (LEFT, RIGHT, 0),
        (LEFT, WIDE, 1),
        (LEFT, LEFT_TO_MIDDLE, 1),  # reads what the first one paints
        (LEFT_TO_MIDDLE, LEFT, 1),  # paints over what the first one reads
        (LEFT_TO_MIDDLE, Tile(20, 0, 1, 1, b""), 1),
        (LEFT_TO_MIDDLE, Copy(0, 0, 40, 0, 10, 10), 0),  # both only read the same
        (LEFT_TO_MIDDLE, Tile(10, 0, 10, 10, b""), 0),  # touches both, meets neither
        (LEFT_TO_MIDDLE, Copy(70, 0, 80, 0, 5, 5), 0),
    ],
)
def test_a_message_waits_for_what_it_would_spoil(outbox, first, second, after):
    put(outbox, first)
    assert put(outbox, second).after == after


def test_it_waits_for_the_newest_of_several(outbox):
    for tile in (LEFT, LEFT, RIGHT):
        put(outbox, tile)
    assert put(outbox, LEFT).after == 2
    assert put(outbox, WIDE).after == 4


def test_it_does_not_wait_for_what_has_arrived(outbox):
    put(outbox, LEFT)
    seen(outbox, 1)
    assert put(outbox, LEFT).after == 0


def test_it_waits_for_what_has_arrived_but_is_held_back_there(outbox):
    put(outbox, LEFT)
    assert put(outbox, WIDE).after == 1
    seen(outbox, 0, 2)
    assert put(outbox, RIGHT).after == 2, "RIGHT would be painted before WIDE, which waits for LEFT"
    seen(outbox, 1)
    assert put(outbox, WIDE).after == 3
    assert outbox.waits_for(Rect(0, 50, 5, 5)) == 0


def test_video_waits_for_what_lies_under_it_and_for_who_copies_from_there(outbox):
    put(outbox, LEFT)
    put(outbox, Copy(50, 0, 70, 0, 10, 10))
    assert outbox.waits_for(Rect(5, 5, 10, 10)) == 1
    assert outbox.waits_for(Rect(0, 0, 55, 10)) == 2
    assert outbox.waits_for(Rect(0, 20, 100, 60)) == 0


def test_a_message_without_content_announces_an_area_and_delays_nothing(outbox):
    assert put(outbox).seq == 1
    assert put(outbox, LEFT).after == 0


@pytest.mark.parametrize(
    ("copies", "tiles"),
    [([LEFT_TO_MIDDLE] * 17, []), ([], [LEFT] * 65), ([], [Tile(0, 0, 100, 80, bytes(64 * 1024))])],
)
def test_what_is_too_much_for_one_message_is_not_put(outbox, copies, tiles):
    with pytest.raises(LocalProtocolError, match="message_too_long"):
        outbox.put(copies, tiles, 0.0)
    assert (outbox.seq, outbox.in_flight, outbox.all_seen, outbox.next_due()) == (0, 0, True, None)


def test_receipts_empty_the_box(outbox):
    for _ in range(4):
        put(outbox, LEFT)
    seen(outbox, 1, 3, 3)
    assert not outbox.all_seen
    seen(outbox, 2, 4)
    assert outbox.all_seen
    assert outbox.in_flight == 0
    assert outbox.next_due() is None
    assert outbox.due(100.0) == []


@pytest.mark.parametrize(
    "receipt",
    [
        Seen(6, 2, (1, 2)),
        Seen(8, 2, (1, 2)),
        Seen(7, 3, ()),
        Seen(7, 2**31 - 1, (1, 2)),
        Seen(7, 0, (3, 2**31 - 1)),
        Seen(7, -1, (-1, -2, 0)),
        Seen(7, -(2**63), ()),
    ],
)
def test_a_receipt_for_what_was_never_sent_changes_nothing(outbox, receipt):
    put(outbox, LEFT)
    _, data = outbox.put([], [LEFT], 0.0)
    before = outbox.in_flight
    outbox.seen(receipt, 0.1)
    assert (outbox.in_flight, outbox.round_trip) == (before, None)
    assert put(outbox, WIDE).after == 2
    assert data in outbox.due(10.0)


def test_an_older_receipt_that_comes_late_takes_nothing_back(outbox):
    for _ in range(3):
        put(outbox, LEFT)
    seen(outbox, 3)
    seen(outbox, 1)
    assert outbox.all_seen


def test_the_round_trip_is_measured(outbox):
    assert outbox.round_trip is None
    put(outbox, LEFT, now=1.0)
    seen(outbox, 1, now=1.08)
    assert outbox.round_trip == pytest.approx(0.08)
    put(outbox, LEFT, now=2.0)
    seen(outbox, 2, now=2.16)
    assert outbox.round_trip == pytest.approx(0.08 * 7 / 8 + 0.16 / 8)


def test_a_lost_receipt_does_not_make_the_round_trip_long(outbox):
    put(outbox, LEFT, now=1.0)
    put(outbox, LEFT, now=1.25)
    seen(outbox, 2, now=1.28)
    assert outbox.round_trip == pytest.approx(0.03)


def test_repeated_messages_are_no_measure(outbox):
    put(outbox, LEFT, now=0.0)
    assert len(outbox.due(5.0)) == 1
    seen(outbox, 1, now=5.001)
    assert outbox.round_trip is None


def test_what_gets_no_receipt_goes_again_with_the_same_bytes_at_growing_intervals(outbox):
    measured(outbox, 0.1)
    _, data = outbox.put([], [WIDE], 0.0)
    outbox.twice(inf)
    times = []
    for _ in range(6):
        times.append(outbox.next_due())
        assert outbox.due(times[-1] - 0.001) == []
        assert outbox.due(times[-1]) == [data]
    gaps = [after - before for before, after in zip([0.0, *times], times, strict=False)]
    assert gaps == pytest.approx([0.15, 0.3, 0.6, MOST_WAIT, MOST_WAIT, MOST_WAIT], rel=0.02)


def test_on_a_fast_line_it_goes_again_after_30_ms(outbox):
    measured(outbox, 0.001)
    put(outbox, LEFT, now=0.0)
    assert outbox.next_due() == pytest.approx(LEAST_WAIT)


def test_a_wait_never_grows_beyond_numbers(outbox):
    put(outbox, LEFT)
    for _ in range(2000):
        now = outbox.next_due()
        assert outbox.due(now)
    assert outbox.next_due() == pytest.approx(now + MOST_WAIT)


def test_nothing_goes_again_while_receipts_come_for_what_went_before_it(outbox):
    """Twenty big messages leave at once on a thin line: the last one stands in the queue for a second."""
    measured(outbox, 0.1)
    for _ in range(20):
        put(outbox, LEFT, now=0.0)
    for count in range(1, 21):
        now = 0.1 + count * 0.045
        assert outbox.due(now) == []
        seen(outbox, 40 + count, now=now)
    assert outbox.all_seen


def test_what_was_overtaken_goes_again_although_receipts_come(outbox):
    measured(outbox, 0.1)
    _, lost = outbox.put([], [LEFT], 0.0)
    for step in range(1, 20):
        now = step * 0.01
        put(outbox, RIGHT, now=now - 0.1)
        seen(outbox, 40, *range(42, outbox.seq + 1), now=now)
        again = outbox.due(now)
        if again:
            break
    assert again == [lost]
    assert now == pytest.approx(0.16, abs=0.011)


def test_a_line_that_became_slower_is_measured_again(outbox):
    """With a fixed first wait of 30 ms everything would be repeated, so nothing ever measured (Karn)."""
    measured(outbox, 0.01)
    repeated = []
    for letter in range(6):
        start = 1.0 + letter
        put(outbox, LEFT, now=start)
        count = 0
        while outbox.next_due() < start + 0.4:
            count += len(outbox.due(outbox.next_due()))
        seen(outbox, outbox.seq, now=start + 0.4)
        repeated.append(count)
    assert repeated[0] >= 3
    assert repeated[-1] == 0
    assert outbox.round_trip > 0.05


def test_after_a_loss_the_waits_are_short_again_as_soon_as_a_message_comes_through(outbox):
    measured(outbox, 0.1)
    put(outbox, LEFT, now=0.0)
    outbox.due(0.16)
    put(outbox, RIGHT, now=0.2)
    assert outbox.next_due() == pytest.approx(0.46, abs=0.01)
    seen(outbox, 42, now=0.3)
    put(outbox, LEFT, now=1.0)
    assert outbox.next_due() == pytest.approx(1.15, abs=0.01)


def test_a_burst_that_is_lost_as_a_whole_is_doubled_once(outbox):
    measured(outbox, 0.1)
    for step in range(10):
        put(outbox, LEFT, now=step * 0.001)
    again = {step: outbox.due(0.14 + step * 0.001) for step in range(25)}
    assert sum(len(messages) for messages in again.values()) == 10
    assert outbox.next_due() == pytest.approx(0.45, abs=0.02)


def big(outbox, count, now=0.0):
    return [outbox.put([], [Tile(0, 0, 10, 10, bytes(60_000))], now)[1] for _ in range(count)]


def test_into_silence_only_the_oldest_of_big_messages_goes_again(outbox):
    """A thin line may need longer for one than the wait: repeating all of them would fill it for seconds."""
    measured(outbox, 0.1)
    first, second, third = big(outbox, 3)
    assert outbox.due(0.16) == [first]
    assert outbox.due(0.17) == []
    assert outbox.due(0.33) == [second]
    assert outbox.next_due() > 0.45
    seen(outbox, 40 + 1, now=0.4)
    assert third in outbox.due(0.56)


def test_a_single_big_message_is_repeated_as_often_as_a_small_one(outbox):
    measured(outbox, 0.1)
    big(outbox, 1)
    for expected in (0.15, 0.45, 1.05):
        now = outbox.next_due()
        assert now == pytest.approx(expected, rel=0.02)
        assert len(outbox.due(now)) == 1


def test_when_the_repeated_one_arrives_the_others_count_as_overtaken(outbox):
    measured(outbox, 0.1)
    first, *others = big(outbox, 4)
    assert outbox.due(0.16) == [first]
    seen(outbox, 41, now=0.26)
    assert outbox.due(0.27) == others


def test_when_only_the_late_first_one_arrives_they_do_not(outbox):
    measured(outbox, 0.1)
    first, *others = big(outbox, 4)
    assert outbox.due(0.16) == [first]
    seen(outbox, 41, now=0.18)
    assert outbox.due(0.27) == []
    assert outbox.due(0.34) == others[:1]


def test_the_sender_is_told_when_the_viewer_would_take_no_more(outbox):
    for _ in range(WINDOW):
        assert not outbox.full
        put(outbox, RIGHT)
    assert outbox.full
    seen(outbox, 0, *range(2, 60))
    assert outbox.full
    seen(outbox, 1)
    assert not outbox.full


def test_another_area_begins_at_one_and_keeps_the_round_trip(outbox):
    measured(outbox, 0.1)
    put(outbox, LEFT)
    outbox.begin(8, 30, 20)
    assert (outbox.seq, outbox.in_flight, outbox.all_seen) == (0, 0, True)
    assert outbox.round_trip == pytest.approx(0.1)
    message = put(outbox, WIDE)
    assert (message.area, message.width, message.height, message.seq, message.after) == (8, 30, 20, 1, 0)
    seen(outbox, 1)
    assert not outbox.all_seen, "the receipt was for the area before"


@pytest.mark.parametrize("area", [7, 6, -1])
def test_areas_only_rise(outbox, area):
    with pytest.raises(LocalProtocolError):
        outbox.begin(area, 10, 10)


def test_an_unsteady_line_is_given_more_time_unless_a_later_message_arrived():
    trip = RoundTrip()
    for seconds in [0.1, 0.3] * 50:
        trip.sample(seconds)
    assert trip.seconds == pytest.approx(0.2, abs=0.02)
    assert trip.wait > 0.5
    assert trip.wait_overtaken == pytest.approx(1.5 * trip.seconds)


def test_a_lone_small_message_on_a_long_line_is_sent_twice(outbox):
    measured(outbox, 0.15, now=1.0)
    _, data = outbox.put([], [LEFT], 2.0)
    assert outbox.next_due() == pytest.approx(2.0 + TWICE_S)
    assert outbox.twice(2.0) == []
    assert outbox.twice(2.001 + TWICE_S) == [data]
    assert outbox.twice(2.01 + TWICE_S) == []
    assert outbox.due(2.02 + TWICE_S) == []  # nothing counts as lost


def test_what_was_seen_meanwhile_is_not_sent_twice(outbox):
    measured(outbox, 0.15, now=1.0)
    outbox.put([], [LEFT], 2.0)
    seen(outbox, outbox.seq, now=2.01)
    assert outbox.twice(3.0) == []


@pytest.mark.parametrize(
    ("trip", "first", "second"),
    [
        (FAR_S / 2, LEFT, RIGHT),  # the line is short
        (0.15, LEFT, Tile(50, 0, 10, 10, bytes(2000))),  # large
        (0.15, Tile(0, 0, 10, 10, bytes(SPARE)), RIGHT),  # others are on their way
    ],
)
def test_what_costs_something_or_gains_nothing_is_sent_once(outbox, trip, first, second):
    measured(outbox, trip, now=1.0)
    put(outbox, first, now=2.0)
    _, data = outbox.put([], [second], 2.2)
    assert data not in outbox.twice(3.0)


def test_what_is_lost_again_and_again_while_others_arrive_is_not_waited_for_longer_each_time(outbox):
    measured(outbox, 0.1, now=1.0)
    _, data = outbox.put([], [Tile(0, 0, 10, 10, bytes(2000))], 2.0)
    lost, now = outbox.seq, 2.0
    for _ in range(5):
        put(outbox, RIGHT, now=now + 0.01)
        seen(outbox, lost - 1, *range(lost + 1, outbox.seq + 1), now=now + 0.11)
        now += 0.17
        assert data in outbox.due(now)
