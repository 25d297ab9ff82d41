"""A desktop in memory: the same rules without a screen, for tests of what stands on top of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from remotehelp.desktop.cursor import CursorWatch
from remotehelp.desktop.fake_screens import ONE_MONITOR, FakeScreens
from remotehelp.desktop.fence import Fence, open_fence
from remotehelp.desktop.foreground import ForegroundWatch, Front
from remotehelp.desktop.guard import Guard, News
from remotehelp.desktop.hands import Action, Hands, Held, Move, Press, Turn, Type, Write, notches
from remotehelp.desktop.in_sight import InSight
from remotehelp.desktop.keys import EVDEV
from remotehelp.desktop.panic import Panic
from remotehelp.desktop.pick import Desktop
from remotehelp.desktop.screens import Monitor
from remotehelp.errors import BackendError, GateClosed
from remotehelp.media.area import Rect, bounds
from remotehelp.media.cursor import Cursor, Shape

ARROW = Shape(2, 3, 0, 0, bytes((0, 0, 0, 255)) * 6)


@dataclass(frozen=True)
class FakeWindow:
    """A window that ``FakeHands`` can hit; a menu or dialog belongs to another one."""

    id: int
    rect: Rect
    belongs_to: int | None = None


class FakeHands(Hands):
    """Hands that write down what they did in ``done``, as ``(window id or None, action)``."""

    def __init__(self, root: Rect = ONE_MONITOR[0].rect) -> None:
        self.windows: list[FakeWindow] = []  # the last one is on top
        self.focus: int | None = None
        self.pointer = (0, 0)
        self.done: list[tuple[int | None, Action]] = []
        self._root = root
        self._held: set[Held] = set()
        self._turned = (0, 0)
        self._own: Collection[int] = ()
        self._only: int | None = None
        self._fence = open_fence()

    @property
    def fence(self) -> Fence:
        """What they ask before each thing they do."""
        return self._fence

    def inject(self, action: Action, own: Collection[int], only: int | None = None) -> None:
        """Do one action, unless it would reach a window of ours, or any other than ``only``."""
        self._fence.check()
        self._own, self._only = own, only
        match action:
            case Move(x, y):
                self._move(x, y)
            case Press(button, down, x, y):
                if down != (button in self._held):
                    self._press(action)
            case Turn():
                self._turn(action)
            case Write():
                self._check(self.focus)
                self.done.append((self.focus, action))
            case Type(code, down):
                if code not in EVDEV:
                    raise BackendError("key_not_known")
                if down != (code in self._held):
                    self._hold(code, down, action, self.focus)

    def release_all(self) -> None:
        """Let go of everything."""
        for what in tuple(self._held):
            release = Type(what, False) if isinstance(what, str) else Press(what, False, *self.pointer)
            self._hold(what, False, release, None)
        self._turned = (0, 0)

    def held(self) -> frozenset[Held]:
        """What is held down now."""
        return frozenset(self._held)

    def close(self) -> None:
        """Let go of everything."""
        self.release_all()

    def self_test(self) -> str | None:
        """None: it always works."""
        return None

    def _move(self, x: int, y: int) -> None:
        right, bottom = self._root.x + self._root.width - 1, self._root.y + self._root.height - 1
        place = (min(max(x, self._root.x), right), min(max(y, self._root.y), bottom))
        if self._only is not None and (place != (x, y) or not self._is_shown(self._at(*place))):
            raise GateClosed("other_window")
        self.pointer = place

    def _press(self, press: Press) -> None:
        try:
            self._move(press.x, press.y)
        except GateClosed:
            if press.down:
                raise
        self._hold(press.button, press.down, press, self._at(*self.pointer))

    def _turn(self, turn: Turn) -> None:
        across, rest_x = notches(self._turned[0] + turn.dx)
        along, rest_y = notches(self._turned[1] + turn.dy)
        self._turned = (rest_x, rest_y)
        self._move(turn.x, turn.y)
        if across or along:
            target = self._at(*self.pointer)
            self._check(target)
            self.done.append((target, Turn(across, along, *self.pointer)))

    def _hold(self, what: Held, down: bool, action: Action, target: int | None) -> None:
        if down:
            self._check(target)
        (self._held.add if down else self._held.discard)(what)
        self.done.append((target, action))

    def _check(self, target: int | None) -> None:
        if target in self._own:
            raise GateClosed("own_window")
        if self._only is not None and not self._is_shown(target):
            raise GateClosed("other_window")

    def _is_shown(self, target: int | None) -> bool:
        return target is not None and any(
            window.id == target and self._only in (window.id, window.belongs_to) for window in self.windows
        )

    def _at(self, x: int, y: int) -> int | None:
        point = Rect(x, y, 1, 1)
        return next((window.id for window in reversed(self.windows) if window.rect.covers(point)), None)


class FakePanic(Panic):
    """A panic key that ``press()`` presses and ``lose()`` makes deaf."""

    def __init__(self) -> None:
        self._pressed: Callable[[], None] | None = None
        self._lost: Callable[[], None] | None = None

    def start(self, pressed: Callable[[], None], lost: Callable[[], None]) -> None:
        """Call ``pressed`` at each ``press()``, and ``lost`` at ``lose()``."""
        self._pressed, self._lost = pressed, lost

    def stop(self) -> None:
        """Hear nothing any more."""
        self._pressed = self._lost = None

    def self_test(self) -> str | None:
        """None: it always works."""
        return None

    def press(self) -> None:
        """Ctrl+Alt+End goes down."""
        if self._pressed:
            self._pressed()

    def lose(self) -> None:
        """The key can't be heard any more."""
        lost = self._lost
        self.stop()
        if lost:
            lost()


class FakeGuard(Guard):
    """A guardian in memory, which hears at once what ``hear()`` says, until ``lose()``."""

    def __init__(self) -> None:
        self.beats = 0
        self.answered = False
        self.starts_at_once = True
        self._told: Callable[[News], None] | None = None

    @property
    def is_there(self) -> bool:
        """Whether it was started and not stopped."""
        return self._told is not None

    def start(self, told: Callable[[News], None]) -> bool:
        """Start it; it hears at once, or when ``hear(News.READY)`` is called."""
        self._told = self._told or told
        return self.starts_at_once

    def beat(self) -> None:
        """Count it."""
        self.beats += 1

    def answer(self) -> None:
        """Remember it."""
        self.answered = True

    def stop(self) -> None:
        """Hear nothing any more."""
        self._told = None

    def self_test(self) -> str | None:
        """None: it always works."""
        return None

    def hear(self, news: News) -> None:
        """Tell this, if it is there."""
        if self._told:
            self._told(news)

    def lose(self) -> None:
        """It is there no more."""
        told = self._told
        self.stop()
        if told:
            told(News.LOST)


class FakeCursorWatch(CursorWatch):
    """A pointer that ``move()`` moves and ``wear()`` gives another shape."""

    def __init__(self) -> None:
        self.now = Cursor(ARROW, (0, 0))
        self._changed: Callable[[Cursor], None] | None = None

    def start(self, changed: Callable[[Cursor], None]) -> None:
        """Tell ``changed`` of each change."""
        if self._changed is None:
            self._changed = changed
            changed(self.now)

    def stop(self) -> None:
        """Tell nothing any more."""
        self._changed = None

    def self_test(self) -> str | None:
        """None: it always works."""
        return None

    def move(self, x: int, y: int) -> None:
        """Put the pointer there."""
        self._become(Cursor(self.now.shape, (x, y)))

    def wear(self, shape: Shape) -> None:
        """Give the pointer this shape."""
        self._become(Cursor(shape, self.now.place))

    def _become(self, cursor: Cursor) -> None:
        before, self.now = self.now, cursor
        if self._changed and cursor != before:
            self._changed(cursor)


class FakeForeground(ForegroundWatch):
    """Windows that ``bring()`` brings to the front and ``close()`` takes away."""

    def __init__(self) -> None:
        self._windows: list[Front] = []  # the last one is in front
        self._own: frozenset[int] = frozenset()
        self._only: int | None = None
        self._told: Front | None = None
        self._changed: Callable[[Front | None], None] | None = None

    def start(self, own: Collection[int], changed: Callable[[Front | None], None], only: int | None = None) -> None:
        """Tell ``changed`` of each change."""
        if self._changed is None:
            self._own, self._only = frozenset(own), only
            self._told = self._front()
            self._changed = changed
            changed(self._told)

    def know_own(self, own: Collection[int]) -> None:
        """These are our windows."""
        self._own = frozenset(own)
        self._look()

    def stop(self) -> None:
        """Tell nothing any more."""
        self._changed = None

    def self_test(self) -> str | None:
        """None: it always works."""
        return None

    def bring(self, front: Front) -> None:
        """This window is in front now, or has another title."""
        self._windows = [*(one for one in self._windows if one.window != front.window), front]
        self._look()

    def take_away(self, window: int) -> None:
        """This window is closed."""
        self._windows = [one for one in self._windows if one.window != window]
        self._look()

    def _front(self) -> Front | None:
        others = (one for one in reversed(self._windows) if one.window not in self._own)
        return next((one for one in others if self._only in (None, one.window)), None)

    def _look(self) -> None:
        front = self._front()
        if self._changed and front != self._told:
            self._told = front
            self._changed(front)


class FakeInSight(InSight):
    """Windows that ``cover()`` covers; those that are kept come to the top of ``stack`` at once."""

    def __init__(self) -> None:
        self.stack: list[int] = []  # the last one is on top
        self._kept: frozenset[int] = frozenset()
        self._covered: Callable[[], None] | None = None

    def start(self, covered: Callable[[], None]) -> None:
        """Keep in sight what ``keep`` named last."""
        self._covered = self._covered or covered

    def keep(self, windows: Collection[int]) -> None:
        """From now on these."""
        self._kept = frozenset(windows)

    def stop(self) -> None:
        """Keep nothing any more."""
        self._covered = None

    def self_test(self) -> str | None:
        """None: it always works."""
        return None

    def cover(self, window: int, hidden: Collection[int]) -> None:
        """This window lies over ``hidden``, of which nothing can be seen any more."""
        kept = [one for one in hidden if one in self._kept and one != window]
        if self._covered and kept:
            self.stack = [*(one for one in self.stack if one not in kept), *kept]
            self._covered()


def fake_desktop(monitors: tuple[Monitor, ...] = ONE_MONITOR) -> Desktop:
    """A whole desktop in memory."""
    screens, hands = FakeScreens(monitors), FakeHands(bounds(monitor.rect for monitor in monitors))
    return Desktop(screens, hands, FakePanic(), FakeCursorWatch(), FakeForeground(), FakeGuard(), FakeInSight())
