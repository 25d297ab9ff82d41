"""The screen's part of a visit: shows what `Host` decides, tells the technician what that is, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from remotehelp import messages
from remotehelp.customer.cursor import CursorSharing
from remotehelp.customer.private_windows import PrivateWindows
from remotehelp.customer.sharing import Hold, Sharing
from remotehelp.desktop.pick import Desktop
from remotehelp.desktop.screens import Choice, Place, SomeMonitors, Window
from remotehelp.engine import Engine
from remotehelp.errors import BackendError, HelpError
from remotehelp.messages import Right
from remotehelp.peer.road import Road
from remotehelp.visit import events as on
from remotehelp.visit.host import Host
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Owner

SETTLE_S = 0.5  # a monitor that gets another mode may be gone for so long


class ScreenPart:
    """Holds the picture and the pointer of one visit; feeds `Host` what happens to the monitors and the window."""

    def __init__(
        self,
        engine: Engine,
        desktop: Desktop,
        owner: Owner,
        road: Road,
        host: Host,
        feed: Callable[[on.Event], None],
        let_go: Callable[[], None],
    ) -> None:
        """``host`` is only looked at; ``feed`` lets it decide. ``let_go`` lets every key and button come up.

        Raises BackendError.
        """
        self._engine, self._owner, self._road = engine, owner, road
        self._host, self._feed, self._let_go = host, feed, let_go
        self.sharing = Sharing(
            desktop.screens,
            road.send_exact,
            road.connection.rate,
            self._picture_size,
            self._picture_ended,
            self._monitors_changed,
            self._moved_or_resized,
            owner.on_change,
        )
        self.cursor = CursorSharing(engine, desktop.cursor, self.sharing, road.send)
        self.private = PrivateWindows(engine, desktop.foreground, self.sharing, feed)
        self.in_sight = desktop.in_sight
        self._keeps = False  # what shows that somebody sees in sight
        self._told_screen: messages.Screen | None = None
        self._offered = False  # the technician's side expects a picture

    def choose(self, names: tuple[str, ...]) -> None:
        """She shows these monitors instead; raises BackendError, and then nothing has changed."""
        self.sharing.check(names)
        if SomeMonitors(names) != self.sharing.choice:
            self._feed(on.ScreensChosen(names))

    def choose_window(self, number: int) -> None:
        """She shows this window alone instead; raises BackendError, and then nothing has changed."""
        window = self.sharing.window(number)
        if number != self.sharing.only:
            self._feed(on.WindowChosen(window.id, window.title))

    def begin(self) -> None:
        """Seeing begins: `Host` hears what is shown, which may have been chosen long before."""
        self.start()
        if not self.sharing.on:
            return
        match self.sharing.choice:
            case SomeMonitors(names):
                self._feed(on.ScreensShown(names))
            case Window(title=title):
                self._feed(on.WindowShown(title))

    def start(self) -> None:
        """The picture of what is chosen goes out from now on; what fails is told."""
        try:
            self.sharing.start()
            self._watch()
        except BackendError as error:
            self.sharing.stop()
            self._picture_ended(error)
        else:
            self._picture_began()

    def _watch(self) -> None:
        """For what must not be seen, and that she sees what is; raises BackendError."""
        self.private.start()
        if not self._keeps:
            self.in_sight.start(lambda: self._engine.call(lambda: self._feed(on.Covered())))
            self._keeps = True

    def watch_no_more(self) -> None:
        """Neither."""
        self.private.stop()
        if self._keeps:  # else another visit may have begun with the same desktop
            self.in_sight.stop()
            self._keeps = False

    def _picture_began(self) -> None:
        self.cursor.start()
        self._tell_screen()
        self._tell_monitors()
        self._offer_screen(True)

    def stop(self) -> None:
        """No picture goes out any more."""
        self.cursor.stop()
        self.watch_no_more()
        self.sharing.stop()
        self._told_screen = None
        self._offer_screen(False)

    def hide_picture(self) -> None:
        """No picture leaves until ``reveal_picture``: a private window is in front."""
        self.sharing.hold(Hold.PRIVATE)
        self.cursor.look_again()

    def reveal_picture(self) -> None:
        """Pictures may leave again."""
        self.sharing.release(Hold.PRIVATE)
        self.cursor.look_again()

    def _offer_screen(self, active: bool) -> None:
        if self._offered != active:
            self._offered = active
            name = "offer screen" if active else "withdraw screen"
            self._engine.spawn(self._road.offer_screen(active=active), name=name)

    def show_screens(self, names: tuple[str, ...]) -> None:
        """Show these monitors from now on, as she chose; `Host` hears of it once it is so."""
        try:
            self.sharing.choose(names)
        except BackendError as error:
            self._owner.on_trouble(error)
            self._road.send(messages.NotTheseScreens(0, said=False))
            return
        self._show_it()
        self._feed(on.ScreensShown(names))

    def show_left(self, names: tuple[str, ...]) -> None:
        """Of what she chose these monitors are left."""
        self.sharing.keep(names)
        self._show_it()

    def show_window(self, number: int) -> None:
        """Show this window alone from now on, as she chose; `Host` hears of it once it is so."""
        try:
            window = self.sharing.choose_window(number)
        except BackendError as error:
            self._owner.on_trouble(error)
            return
        self._show_it()
        self._feed(on.WindowShown(window.title))

    def _show_it(self) -> None:
        if self.sharing.on:
            self.start()

    def _picture_size(self, width: int, height: int) -> None:
        self._moved_or_resized()

    def _moved_or_resized(self) -> None:
        self._engine.call(self._placed)

    def _placed(self) -> None:
        """What is shown lies elsewhere: the technician is told, and her frame goes round it."""
        self._tell_screen()
        self._owner.on_change()

    def _tell_screen(self) -> None:
        """Tell where what is shown lies, if that is news."""
        place = self.sharing.place
        if place is not None and (screen := _as_screen(place, self.sharing.choice)) != self._told_screen:
            self._told_screen = screen
            self._road.send(screen)
            self.cursor.look_again()

    def _monitors_changed(self) -> None:
        if self._host.grants.allows(Right.VIEW):
            self._tell_screen()
            self._tell_monitors()
        elif self.sharing.only is None:
            self._feed(on.ScreensChosen(self.sharing.left()))
        self._owner.on_change()

    def _tell_monitors(self) -> None:
        listed = (messages.ListedScreen(m.name, m.rect.width, m.rect.height) for m in self.sharing.monitors)
        self._road.send(messages.TheirScreens(tuple(listed)[: messages.MONITORS]))

    def _picture_ended(self, error: BackendError) -> None:
        """What is shown is gone, or nothing can be shown at all any more."""
        if isinstance(self.sharing.choice, Window) and error.key == "window_closed":
            title = self.sharing.choice.title
            self.sharing.forget_window()
            self._owner.on_trouble(error)
            self._feed(on.WindowClosed(title))
            return
        if error.key not in ("monitor_gone", "screens_too_large") or isinstance(self.sharing.choice, Window):
            self._nothing_can_be_shown(error)
            return
        self._let_go()
        self._engine.later(SETTLE_S, self._settle)

    def _nothing_can_be_shown(self, error: BackendError) -> None:
        self._owner.on_trouble(error)
        self._feed(on.RightSet(Right.VIEW, False))

    def _settle(self) -> None:
        """Go on with the same monitors if they are back, else with what is left, and say so."""
        if self._host.state is not State.VISITING or self.sharing.on or not self._host.grants.allows(Right.VIEW):
            return
        choice, left = self.sharing.choice, self.sharing.left()
        if isinstance(choice, SomeMonitors) and left != choice.names:
            self._fall(choice.names, left)
        try:
            self.sharing.start()
            self._watch()
        except BackendError as error:  # again: there is nothing to wait for
            alone = error.key == "screens_too_large" and len(left) == 1
            self._nothing_can_be_shown(BackendError("screen_too_large", monitor=left[0]) if alone else error)
        else:
            self._picture_began()
        self._owner.on_change()

    def _fall(self, chosen: Sequence[str], left: tuple[str, ...]) -> None:
        """Of what she chose only these monitors can be shown: the others are gone, or all are too large together."""
        there = {monitor.name for monitor in self.sharing.monitors}
        gone = next((name for name in chosen if name not in there), None)
        if gone is None:
            self._feed(on.ScreensOutgrew(left))
            self._owner.on_trouble(HelpError("screens_outgrew", left=", ".join(left)))
        else:
            self._feed(on.ScreensFell(gone, left))
            self._owner.on_trouble(HelpError("screen_gone", monitor=gone, left=", ".join(left)))


def _as_screen(place: Place, choice: Choice) -> messages.Screen:
    title = choice.title if isinstance(choice, Window) else None
    pieces = [(piece.name, piece.rect.seen_from(place.area)) for piece in place.pieces]
    shown = tuple(
        messages.ShownScreen(name if title is None else title, at.x, at.y, at.width, at.height) for name, at in pieces
    )
    return messages.Screen(place.area.width, place.area.height, shown, alone=title is not None)
