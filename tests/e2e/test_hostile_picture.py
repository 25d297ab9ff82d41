"""What a hostile program at her side, or somebody on the network, can do to the technician's real window: nothing much.

The attacker is our own customer's side with hostile content, over real WebRTC; the window is a process of its own. The
bars are the issue's: no crash, no pause of the window over 200 ms, memory growth under 100 MB, the picture right again
within 2 s; or, where the other program breaks the rules, one sentence, and
the next visit is as if nothing had been.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from typing import Any

import av
import numpy as np
import pytest
import zstandard

from remotehelp import messages
from remotehelp.customer import intents as ask
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.demo.face import write_face
from remotehelp.media.area import Rect
from remotehelp.media.region_encoder import TIME_BASE, RegionEncoder
from remotehelp.media.stamp import Stamp, as_sei
from remotehelp.media.tiles import pack
from remotehelp.messages import Copy, Exact, Right, Tile
from remotehelp.peer.connection import Connection
from tests.helpers.floods import junk, mangling, on_the_way
from tests.helpers.h264 import Sequence, coded, with_sps
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import Broker, Customer, Firm, closing
from tests.helpers.waiting import wait_until
from tests.helpers.watching import SOON_S, Watched, watched

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(40)]

PAUSE_MS, GROWTH_MB, RIGHT_S = 200.0, 100.0, 2.0  # the issue's own bars
FLOOD_S, QUIET_S = 0.8, 0.3
QUEUE = 10_000  # bytes that may wait at the attacker's own side: they are still to come when it is over
TRIES = 3  # a machine that is busy with other things stands still as well
SIZE = (640, 480)  # of the desktop in memory
BIG = (3840, 2160)

Attack = Callable[["Stage"], Awaitable[object]]


class Stage:
    """A customer's side in this process, the technician's window in another."""

    def __init__(self, customer: Customer, technician: Watched) -> None:
        self.customer, self.technician = customer, technician
        self.random = random.Random(5)  # noqa: S311 - the same each time
        self.area = 0  # of what is made up: later than any of hers so far
        self.ending_ms = 0.0  # what the end of a visit takes the window: another page has to be made

    # --- a visit -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """A visit in which the technician sees her screen."""
        customer, technician = self.customer, self.technician
        technician.ask("forget_notices")
        technician.wait(lambda view: view["page"] == "desk" and not view["busy"])
        technician.do("Join", customer.code())
        customer.meet()
        customer.do(ask.AcceptVisit())
        technician.wait(lambda view: view["accepted"])
        technician.do("AskFor", "right:view")
        customer.answer(Right.VIEW)
        wait_until(lambda: self.connection._pc.getTransceivers()[1].currentDirection == "sendonly")
        self.shows()

    def end(self) -> None:
        """The technician ends the visit; how long the window stands still for that."""
        self.technician.ask("pause_ms")
        self.technician.do("EndVisit")
        self.technician.wait(lambda view: view["page"] == "goodbye")
        self.ending_ms = max(self.ending_ms, self.technician.ask("pause_ms"))
        self.over()

    def over(self) -> None:
        """Both programs at their beginning again."""
        self.technician.wait(lambda view: view["page"] == "goodbye")
        self.technician.do("CloseCase", "", "")
        self.customer.wait(lambda view: view.page is CustomerPage.GOODBYE)
        self.customer.do(ask.CloseVisit())
        self.customer.wait(lambda view: view.page is CustomerPage.START)

    def shows(self) -> float:
        """Something changes on her screen; how long until it stands in the window, exact in every pixel (s)."""
        screens = self.customer.screens
        screens.paint(Rect(0, 0, *SIZE), tuple(self.random.randrange(256) for _ in range(3)))  # type: ignore[arg-type]
        for _ in range(4):
            left, top = self.random.randrange(500), self.random.randrange(400)
            screens.paint(Rect(left, top, 90, 60), tuple(self.random.randrange(256) for _ in range(3)))  # type: ignore[arg-type]
        pixels = (screens.root | np.uint8([0, 0, 0, 255])).tobytes()
        wanted = hashlib.sha256(pixels).hexdigest()
        began = time.monotonic()
        while self.technician.ask("picture", *SIZE) != wanted:
            assert time.monotonic() < began + SOON_S, f"the picture is not right: {self.technician.ask('view')}"
            time.sleep(0.01)
        return time.monotonic() - began

    # --- the other side of it ------------------------------------------------------------------------

    @property
    def connection(self) -> Connection:
        visit = self.customer.side._visit
        assert visit is not None
        return visit.connection

    @property
    def stream(self) -> Any:
        visit = self.customer.side._visit
        assert visit is not None
        return visit.sharing.stream

    def attack(self, attack: Attack) -> None:
        """Do it on the loop of the customer's side, to its end."""
        self.area += 10**5
        done: Future[object] = Future()

        async def run() -> None:
            try:
                done.set_result(await attack(self))
            except Exception as error:  # noqa: BLE001 - the test gets it
                done.set_exception(error)

        self.customer.engine.call(lambda: self.customer.engine.spawn(run(), name="attack") and None)
        done.result(30)

    def send_exact(self, *what: bytes) -> None:
        """On `exact`, as fast as the line takes it; a rogue respects no limit."""
        self.connection._pc.sctp._remote_max_message_size = 0  # type: ignore[union-attr]
        for data in what:
            self.connection._channels["exact"].send(data)

    def send_film(self, *units: bytes) -> None:
        """As video."""
        for unit in units:
            packet = av.Packet(unit)
            packet.pts = packet.dts = int(time.monotonic() * 90_000)
            packet.time_base = TIME_BASE
            self.stream.track.put(self.stream._capture, packet)

    async def flood(self, send: Callable[[int], object], a_second: float) -> None:
        """Call ``send`` with 0, 1, 2 ... so often for ``FLOOD_S``, or as often as the line takes it."""
        began, count = time.monotonic(), 0
        while (passed := time.monotonic() - began) < FLOOD_S:
            while count < passed * a_second and on_the_way(self.connection._channels["exact"]) < QUEUE:
                send(count)
                count += 1
            await asyncio.sleep(0.001)

    async def begin_anew(self) -> None:
        """Honest again: her screen from the beginning, in a later area than any that was made up."""
        visit = self.customer.side._visit
        assert visit is not None
        self.stream._areas = itertools.count(self.area + 50_000)
        visit.sharing.start()
        visit.sharing.framed(visit.sharing.showing)  # as her window says by itself


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("hostile")
    firm, camera = Firm(folder), folder / "face.mp4"
    write_face(camera)
    with Broker(folder / "broker", firm.public) as broker:
        home = firm.technician("technician").data.parent
        words, env = (broker.url, str(camera)), {"QT_QPA_PLATFORM": "offscreen"}
        customer = Customer(profile_in(folder / "customer"), firm.link(broker.url))
        customer.cursor.move(*BIG)  # beside all that is shown: the picture alone is compared
        with closing(customer), watched("technician", home, *words, env=env) as technician:
            technician.wait(lambda view: view["page"] == "sign in" and not view["busy"])
            technician.do("SignIn", broker.url)
            stage = Stage(customer, technician)
            stage.begin()
            stage.end()
            yield stage


@pytest.fixture
def visit(stage: Stage) -> Iterator[Stage]:
    stage.begin()
    yield stage
    if stage.technician.ask("view")["page"] == "visit":
        stage.end()
    else:
        stage.over()


# --- lies: who tells them is shown the door ----------------------------------------------------------------


def exact(*tiles: Tile, seq: int = 1, area: int = 10**6, size: tuple[int, int] = SIZE, after: int = 0) -> bytes:
    return messages.encode(Exact(area, *size, seq, after, (), tiles))


def films(size: tuple[int, int], area: int, count: int = 1, after: int = 0) -> list[bytes]:
    """Pictures as ours are, a key picture first."""
    rect = Rect(0, 0, *size)
    encoder, grey = RegionEncoder(rect), np.full((size[1], size[0], 4), 99, np.uint8)
    stamp = Stamp(area, *size, rect, after, after)
    packets = [encoder.encode([(rect, grey)], stamp, number * 3000, key=False) for number in range(count)]
    return [bytes(packet) for packet in packets if packet]


def bomb(claimed: int, real: int) -> bytes:
    """A packed tile that says it holds ``claimed`` bytes and holds ``real``."""
    frame = bytearray(zstandard.ZstdCompressor(write_content_size=True).compress(bytes(real)))
    assert frame[4] & 0b11100000 == 0b10000000  # a window's size, then four bytes of content size (RFC 8878 §3.1.1.1)
    frame[6:10] = claimed.to_bytes(4, "little")
    return b"\x02" + bytes(frame)


GREY = pack(np.full((16, 16, 4), 7, np.uint8))
LARGEST = Rect(0, 0, 4096, 4096)

LIES: dict[str, tuple[Callable[[Stage], object], str]] = {
    "a tile outside the screen": (lambda s: s.send_exact(exact(Tile(630, 0, 16, 16, GREY))), "picture_refused"),
    "a copy from outside": (
        lambda s: s.send_exact(messages.encode(Exact(10**6, *SIZE, 1, 0, (Copy(630, 0, 0, 0, 64, 64),), ()))),
        "picture_refused",
    ),
    "a screen of 8192 a side": (lambda s: s.send_exact(exact(size=(8192, 8192))), "picture_refused"),
    "a bomb that says 4 GB": (
        lambda s: s.send_exact(exact(Tile(0, 0, 640, 480, bomb(2**32 - 1, 50 * 2**20)))),
        "tile_refused",
    ),
    "a bomb that says what it should": (
        lambda s: s.send_exact(exact(Tile(0, 0, 640, 480, bomb(640 * 480 * 3, 50 * 2**20)))),
        "tile_refused",
    ),
    "a message of 300 KB": (lambda s: s.send_exact(bytes(300_000)), "message_too_long"),
    "a header of video that says 4096x4096": (
        lambda s: s.send_film(with_sps(films((320, 240), s.area)[0], Sequence(4096, 4096).nal())),
        "picture_refused",
    ),
    "16 reference pictures of 4096x4096": (
        lambda s: s.send_film(
            as_sei(Stamp(1, 4096, 4096, LARGEST, 0, 0), 1) + coded(4096, 4096, 1, "ref=16:bframes=0")[0]
        ),
        "picture_refused",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_ends_the_visit_with_one_sentence_and_does_no_harm(visit: Stage, lie: str) -> None:
    tell, key = LIES[lie]
    technician = visit.technician
    before, _ = technician.ask("memory_mb")
    technician.ask("pause_ms")

    async def attack(stage: Stage) -> None:
        tell(stage)

    visit.attack(attack)
    view = technician.wait(lambda view: view["page"] == "goodbye")
    assert view["notices"] == [key]
    pause = technician.ask("pause_ms") - visit.ending_ms
    _, most = technician.ask("memory_mb")
    assert pause < PAUSE_MS
    print("GREW", most - before)
    assert most - before < GROWTH_MB


# --- floods: the picture is right again ----------------------------------------------------------------------


def sizes(count: int) -> tuple[int, int]:
    """Another one each time, up to 4K."""
    return 16 + 16 * (count * 37 % 239), 16 + 16 * (count * 53 % 134)


async def new_size_each_frame(stage: Stage) -> None:
    pictures = [films(sizes(n), stage.area + 2 * n + 1)[0] for n in range(40)]

    def send(n: int) -> None:
        size = sizes(n)
        stage.send_exact(exact(Tile(0, 0, *size, blank(size)), area=stage.area + 2 * n, size=size))
        stage.send_film(pictures[n % 40])

    await stage.flood(send, 60)
    await stage.begin_anew()


def blank(size: tuple[int, int]) -> bytes:
    return pack(np.zeros((size[1], size[0], 4), np.uint8))


async def tiles_that_are_as_large_as_allowed(stage: Stage) -> None:
    size = BIG
    tile = Tile(0, 0, *size, blank(size))
    await stage.flood(lambda n: stage.send_exact(exact(tile, tile, seq=n + 1, area=stage.area, size=size)), 10_000)
    await stage.begin_anew()


async def old_messages(stage: Stage) -> None:
    """Of an area that is not shown any more, and of the one that is but long since applied."""
    tile = Tile(0, 0, 16, 16, GREY)
    data = exact(tile, area=0), exact(tile, area=stage.stream._capture._number)
    await stage.flood(lambda n: stage.send_exact(data[n % 2]), 10_000)


async def messages_that_wait_for_ever(stage: Stage) -> None:
    noise = pack(np.random.default_rng(1).integers(0, 256, (100, 200, 4), np.uint8))
    await stage.flood(
        lambda n: stage.send_exact(
            exact(Tile(0, 0, 200, 100, noise), seq=n % 400 + 3, area=stage.area, after=n % 400 + 2)
        ),
        10_000,
    )
    await stage.begin_anew()


async def torn_and_mixed_up_video(stage: Stage) -> None:
    whole = [films((160 + 16 * n, 160), stage.area + n)[0] for n in range(8)]
    torn = [unit[: stage.random.randrange(1, len(unit))] for unit in whole for _ in range(4)]
    mixed = [*torn, *whole, b"\x00\x00\x01" + bytes(range(1, 256)), b"\x00\x00\x01\x67\x64", bytes(3 * 2**20)]
    stage.random.shuffle(mixed)
    await stage.flood(lambda n: stage.send_film(mixed[n % len(mixed)]), 200)
    await stage.begin_anew()


async def large_video_that_waits(stage: Stage) -> None:
    units = films(BIG, stage.area, 8, after=9)
    await stage.flood(lambda n: stage.send_film(units[n]) if n < 8 else None, 30)
    await stage.begin_anew()


async def junk_from_a_third_socket(stage: Stage) -> None:
    here, there = addresses(stage.connection)
    await asyncio.to_thread(junk, [here, there], 10_000, FLOOD_S)


async def a_hostile_line(stage: Stage) -> None:
    """Of what leaves her side a part is cut off, changed, sent twice or late."""
    with mangling(stage.connection, 0.2):
        screens = stage.customer.screens
        await stage.flood(lambda n: screens.paint(Rect(n % 400, n % 300, 200, 150), (n % 256, 9, 9)), 60)


def addresses(connection: Connection) -> tuple[tuple[str, int], tuple[str, int]]:
    """Where her socket and the technician's are."""
    ice: Any = connection._pc.getTransceivers()[0].sender.transport.transport
    pair = ice._connection._nominated[1]
    host, port = pair.protocol.transport.get_extra_info("sockname")[:2]
    return ("127.0.0.1" if host == "0.0.0.0" else host, port), pair.remote_addr[:2]  # noqa: S104 - compared, not bound


FLOODS: tuple[Attack, ...] = (
    old_messages,
    messages_that_wait_for_ever,
    new_size_each_frame,
    tiles_that_are_as_large_as_allowed,
    torn_and_mixed_up_video,
    large_video_that_waits,
    junk_from_a_third_socket,
    a_hostile_line,
)


@pytest.mark.parametrize("flood", FLOODS, ids=lambda flood: flood.__name__)
def test_the_window_stays_alive_under_a_flood_and_the_picture_is_right_after_it(visit: Stage, flood: Attack) -> None:
    technician = visit.technician
    found = []
    for _ in range(TRIES):
        quiet = standstill(technician)
        before, _ = technician.ask("memory_mb")
        visit.attack(flood)
        right = visit.shows()
        pause = technician.ask("pause_ms") - quiet
        _, most = technician.ask("memory_mb")
        found.append(f"pause {pause:.0f} ms, right after {right:.2f} s")
        print("GREW", most - before, right, pause)
        assert most - before < GROWTH_MB
        assert technician.ask("view")["notices"] == []
        if pause < PAUSE_MS and right < RIGHT_S:
            return
    raise AssertionError(f"each time too much: {found}")


def standstill(window: Watched) -> float:
    """How long the window stands still at most while nobody does anything to it (ms)."""
    window.ask("pause_ms")
    time.sleep(QUIET_S)
    return float(window.ask("pause_ms"))
