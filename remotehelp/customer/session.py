"""The customer's side as a role of the engine: the start page, the code, and the visit that comes of it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from remotehelp import messages
from remotehelp.customer import intents
from remotehelp.customer.brake import Rules
from remotehelp.customer.code_opening import CodeOpening
from remotehelp.customer.helper_link import HelperLink
from remotehelp.customer.keepsake import Record, new_record, write_copy
from remotehelp.customer.mending import CustomerPart
from remotehelp.customer.opening import Line as OpeningLine
from remotehelp.customer.opening import Opening
from remotehelp.customer.queue_opening import QueueOpening
from remotehelp.customer.report import Suspect, write_report
from remotehelp.customer.showing import Farewell, Shown, show
from remotehelp.customer.visit import CustomerVisit
from remotehelp.desktop.pick import Desktop
from remotehelp.engine import Engine, OffLoop
from remotehelp.errors import BackendError, ConfigError, HelpError, TrustError
from remotehelp.messages import Right
from remotehelp.peer.reconnect import Handed, Mending
from remotehelp.profile import Profile
from remotehelp.trust.badge import Badge, Verdict, judge_again
from remotehelp.trust.code import Code, Failures
from remotehelp.trust.files import write_atomically
from remotehelp.trust.known import Known
from remotehelp.trust.link import Link
from remotehelp.trust.pairing import Keys
from remotehelp.trust.receipt import Pact
from remotehelp.trust.resumption import Resumption
from remotehelp.trust.safety_words import SafetyWords
from remotehelp.visit import events as on
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Notice
from remotehelp.visit.telling import Say

log = structlog.get_logger("customer")

MakeOpening = Callable[[Link, Known, str, OpeningLine], Opening[Any]]

# what the window sends by itself: a notice that she has to read stays
UNASKED = (
    intents.OwnWindows,
    intents.FaceShown,
    intents.FrameShown,
    intents.QuestionShown,
    intents.QuestionGone,
    intents.LookForWindows,  # a list that has the keyboard is looked through whenever its window is turned to
)


class CustomerSide:
    """Runs in the customer's engine. ``make_desktop`` may raise BackendError; ``say`` speaks her language."""

    def __init__(
        self, engine: Engine, profile: Profile, make_desktop: Callable[[], Desktop], say: Say, link: str | None = None
    ) -> None:
        self._engine, self._profile, self._make_desktop, self._say = engine, profile, make_desktop, say
        self._first_link = link
        self._helper = HelperLink(profile)
        self._failures = Failures()
        self._desktop: Desktop | None = None
        self._windows: tuple[intents.OwnWindow, ...] = ()
        self._visit: CustomerVisit | None = None
        self._record: Record | None = None  # of the visit
        self._keep_record: OffLoop | None = None
        self._noted = 0  # entries of the story when it was kept last
        self._opening: asyncio.Task[None] | None = None
        self._badge: Badge | None = None  # of whom she meets, or met last
        self._shown = Shown()
        self._react: dict[type[Any], Callable[[Any], None]] = {
            intents.UseLink: self._use_link,
            intents.ShowCode: self._show_code,
            intents.AskForHelp: self._ask_for_help,
            intents.Cancel: self._cancel,
            intents.ChooseOrigin: self._choose_origin,
            intents.AcceptVisit: lambda _: self._accept(),
            intents.DeclineVisit: lambda _: self._feed(on.Declined()),
            intents.Answer: self._answer,
            intents.QuestionShown: self._question_shown,
            intents.QuestionGone: lambda _: self._question_gone(),
            intents.FrameShown: self._frame_shown,
            intents.OwnWindows: self._own_windows,
            intents.SetRight: lambda intent: self._feed(on.RightSet(intent.right, intent.on)),
            intents.StopControl: lambda _: self._stop_control(),
            intents.StopEverything: lambda _: self._feed(on.Left(on.Side.CUSTOMER)),
            intents.WriteReport: lambda _: self._write_report(),
            intents.CloseReport: lambda _: self._close_report(),
            intents.ChooseMonitors: self._choose_monitors,
            intents.LookForWindows: lambda _: self._look_for_windows(),
            intents.ChooseWindow: self._choose_window,
            intents.FaceShown: lambda _: self._face_shown(),
            intents.Say: lambda intent: self._feed(on.Said(on.Side.CUSTOMER, intent.text)),
            intents.SaveCopy: self._save_copy,
            intents.SaveLog: self._save_log,
            intents.KeepOrganisation: lambda _: self._keep(),
            intents.CloseVisit: lambda _: self._close_visit(),
            intents.Quit: lambda _: None,
        }

    # --- engine.Role ---------------------------------------------------------------------------------

    async def start(self) -> None:
        """Show the start page; say so if this computer can't take part."""
        self._engine.hear_first(self._heed)
        try:
            self._desktop = self._make_desktop()
        except BackendError as error:
            self.on_trouble(error)
        if self._first_link is not None:
            self._use_link(intents.UseLink(self._first_link))
        elif self._helper.link is not None:
            self._engine.spawn(self._prove(), name="prove")
        self._publish()

    def handle(self, intent: object) -> None:
        """One thing that she did."""
        if not isinstance(intent, UNASKED):
            self._shown.notice = None
        try:
            self._react[type(intent)](intent)
        except HelpError as error:
            self.on_trouble(error)
        self._publish()

    def _heed(self, intent: object) -> None:
        """The window's thread: what ends control does so at once, however busy the loop is; it is decided on there."""
        visit = self._visit
        if visit is not None and _ends_control(intent):
            visit.injector.stop()

    async def stop(self) -> None:
        """End whatever runs, properly; a goodbye before the connection stands needs the room that the opening is in."""
        visit = self._visit
        if visit is not None and visit.host.state is not State.WAITING:
            visit.feed(on.Left(on.Side.CUSTOMER))
            visit.feed(on.Gone(on.Side.CUSTOMER))
            await visit.log.settled()
            await visit.connection.flushed()
            await visit.close()
            self.on_closed()
        await self._give_up_code()
        if self._desktop is not None:
            self._desktop.close()

    # --- the start page ------------------------------------------------------------------------------

    def _use_link(self, intent: intents.UseLink) -> None:
        try:
            self._helper.use(intent.link)
        except TrustError as error:
            self._shown.links_refused += 1
            self.on_trouble(error)
            return
        self._shown.links_taken += 1
        self._engine.spawn(self._prove(), name="prove")

    async def _prove(self) -> None:
        await self._helper.prove()
        self._publish()

    def _show_code(self, intent: intents.ShowCode) -> None:
        self._shown.problem = intent.problem
        self._failures.check(time.monotonic())
        self._begin(lambda *parts: CodeOpening(self, *parts))

    def _ask_for_help(self, intent: intents.AskForHelp) -> None:
        self._shown.problem = intent.problem
        self._begin(lambda *parts: QueueOpening(self, *parts))

    def _begin(self, make: MakeOpening) -> None:
        if self._desktop is None:
            self._desktop = self._make_desktop()
        if self._helper.link is None:
            raise TrustError("link_missing")
        self._engine.spawn(self._open(self._desktop, make), name="open")

    async def _open(self, desktop: Desktop, make: MakeOpening) -> None:
        await self._give_up_code()
        link = self._helper.link
        self.on_closed()  # a visit that is over but still closing gives way
        if link is None or self._visit is not None:
            return
        try:
            visit = self._visit = CustomerVisit(self._engine, desktop, self)
        except BackendError as error:
            self.on_trouble(error)
            return
        self._begin_record(visit)
        visit.cover(self._windows)
        line = OpeningLine(
            visit.connection.fingerprint,
            lambda fingerprint: visit.connection.offer(
                visit.sharing.stream.track, visit.sharing.stream.want_keyframe, fingerprint
            ),
            visit.connection.accept_answer,
            visit.connection.part_by,
            visit.connection.stands,
            lambda keys: self._may_mend(visit, link.broker_url, keys),
            visit.connection.find_servers_by,
        )
        opening = make(link, self._helper.known, self._shown.problem, line)
        self._shown.busy = True
        self._opening = self._engine.spawn(opening.run(), name="opening")
        self._publish()

    def _may_mend(self, visit: CustomerVisit, broker_url: str, keys: Keys) -> None:
        """From the pairing on a lost line can be made anew, by the same broker and with the same person alone."""
        resumption = Resumption(keys.th, keys.resume, customers=True)
        part = CustomerPart(visit, self._engine.spawn, resumption, self._judge_again)
        visit.mending = Mending(self._engine.spawn, broker_url, resumption, part)

    def _judge_again(self, handed: Handed) -> None:
        if self._badge is not None:
            known, key = self._helper.known, self._badge.organisation.key
            highest = known.highest_list(key)
            verdict = judge_again(self._badge, handed.revocations, time.time(), handed.broker_time, highest)
            known.saw_list(key, verdict.list_number)

    def _cancel(self, _: intents.Cancel) -> None:
        self._engine.spawn(self._give_up_code(), name="give up")

    async def _give_up_code(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None and not opening.done():
            opening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await opening
        if self._visit is not None and self._visit.host.state is State.WAITING:
            await self._drop_visit()
        self._shown.forget_code()
        self._publish()

    # --- the opening tells (customer.code_opening.CodeGuest, queue_opening.QueueGuest) -----------------

    def on_code(self, code: Code, expires_at: float) -> None:
        self._shown.busy = False
        self._shown.code, self._shown.expires_at = str(code), expires_at
        self._engine.spawn(self._count_down(self._shown.code), name="count down")
        self._publish()

    async def _count_down(self, code: str) -> None:
        while self._shown.code == code:
            self._publish()
            await asyncio.sleep(1)

    def on_place(self, ahead: int) -> None:
        self._shown.wait(ahead)
        self._publish()

    def on_taken(self) -> None:
        self._shown.taken = True
        self._publish()

    def on_here(self, technicians: int) -> None:
        self._shown.here = technicians
        self._publish()

    def on_proven(self, verdict: Verdict, words: SafetyWords | None, pact: Pact) -> None:
        self._failures.worked()
        self._badge = verdict.badge
        self._shown.meet(verdict, self._helper.shown(verdict.badge.organisation), words)
        if self._visit is not None:
            self._visit.screen.private.rules = Rules(verdict.badge.organisation.private)
            self._visit.verified(pact)

    def on_photo(self, jpeg: bytes) -> None:
        self._shown.photo = jpeg
        self._publish()

    def on_parting(self, word: messages.Parting) -> None:
        if self._visit is not None:
            self._visit.on_control(word)

    def on_failed(self, error: HelpError, *, guessed: bool) -> None:
        if guessed:
            self._failures.failed(time.monotonic())
        self._shown.forget_code()
        self.on_trouble(error)
        if self._visit is not None:
            self._visit.feed(on.CodeExpired())
            self._visit.feed(on.GaveUp())

    # --- the visit -----------------------------------------------------------------------------------

    def _feed(self, event: on.Event) -> None:
        if self._visit is not None:
            self._visit.feed(event)

    def _choose_origin(self, intent: intents.ChooseOrigin) -> None:
        self._shown.origin = intent.origin

    def _accept(self) -> None:
        if self._visit is not None and self._shown.may_accept(self._visit):
            self._visit.feed(on.Accepted())

    def _answer(self, intent: intents.Answer) -> None:
        log.info("answered", allow=intent.allow)
        if self._visit is not None:
            self._visit.answer(intent.allow, intent.question)

    def _question_shown(self, intent: intents.QuestionShown) -> None:
        self._windows = intent.windows
        if self._visit is not None:
            self._visit.question_shown(intent.windows, intent.question)

    def _question_gone(self) -> None:
        if self._visit is not None:
            self._visit.question_hidden()

    def _frame_shown(self, intent: intents.FrameShown) -> None:
        self._windows = intent.windows
        if self._visit is not None:
            self._visit.frame_shown(intent.windows, intent.showing)

    def _own_windows(self, intent: intents.OwnWindows) -> None:
        self._windows = intent.windows
        if self._visit is not None:
            self._visit.cover(intent.windows)

    def _stop_control(self) -> None:
        self._feed(on.RightSet(Right.CONTROL, False))

    def _write_report(self) -> None:
        """In doubt nothing goes on: what is allowed ends before anything is written."""
        self._feed(on.StopWished())
        visit, badge, link = self._visit, self._shown.badge, self._helper.link
        person = self._shown.person if visit is None else self._shown.as_met(visit)
        if person is None or badge is None or link is None or self._record is None:
            return
        suspect = Suspect(person, badge, link.broker_url)
        folder, said = self._profile.data / "reports", () if visit is None else visit.words
        path = write_report(folder, datetime.now(), suspect, self._record, said, self._say)
        self._shown.say_reported(path, person, badge.organisation.contact)

    def _close_report(self) -> None:
        self._shown.report = None

    def _choose_monitors(self, intent: intents.ChooseMonitors) -> None:
        if self._visit is not None:
            self._visit.screen.choose(intent.names)

    def _look_for_windows(self) -> None:
        if self._visit is not None:
            self._visit.sharing.look_for_windows()

    def _choose_window(self, intent: intents.ChooseWindow) -> None:
        if self._visit is not None:
            self._visit.screen.choose_window(intent.window)

    def _face_shown(self) -> None:
        log.info("face painted")
        self._feed(on.FacePainted())

    def _save_copy(self, intent: intents.SaveCopy) -> None:
        farewell = self._shown.farewell
        if farewell is not None:
            write_copy(Path(intent.path), farewell.summary(self._say))
            self._shown.saved = intent.path

    def _save_log(self, intent: intents.SaveLog) -> None:
        farewell = self._shown.farewell
        if farewell is not None:
            write_atomically(Path(intent.path), farewell.record.story.as_lines())
            self._shown.saved = intent.path

    def _keep(self) -> None:
        farewell, badge = self._shown.farewell, self._shown.badge
        if farewell is not None and badge is not None and farewell.host.ended_well:
            self._helper.keep(badge.organisation)
            self._shown.kept = True

    def _close_visit(self) -> None:
        self._shown.farewell = None
        self._feed(on.Gone(on.Side.CUSTOMER))

    # --- the visit tells (customer.visit.Owner) -------------------------------------------------------

    def on_change(self) -> None:
        visit, person, record = self._visit, self._shown.person, self._record
        if visit is not None and person is not None and record is not None and visit.host.state is State.GOODBYE:
            met = self._shown.as_met(visit) or person
            self._shown.say_farewell(Farewell(met, visit.host, record, visit.sharing, visit.conversation, visit.words))
        self._keep_up()
        self._publish()

    def on_trouble(self, error: HelpError) -> None:
        log.info("trouble", key=error.key)
        self._shown.notice = Notice.of(error)
        self._publish()

    def on_closed(self) -> None:
        visit = self._visit
        if visit is None or visit.host.state is not State.CLOSED:
            return  # the next one has taken its place already
        self._visit = None
        self._end_record()
        if self._opening is not None:
            self._opening.cancel()  # she declined before the answer came
        self._shown.forget_visit()
        self._publish()

    def _begin_record(self, visit: CustomerVisit) -> None:
        folder = self._profile.data / "visits"
        record = self._record = new_record(folder, datetime.now(), self._shown.problem, visit.log.story)
        self._keep_record = self._engine.off_loop(lambda: _try_to_write(record), name="keep")
        self._noted = 0

    def _keep_up(self) -> None:
        if self._record is not None and self._keep_record is not None and self._record.story.length != self._noted:
            self._noted = self._record.story.length
            self._keep_record()

    def _end_record(self) -> None:
        """Write what may be missing; only now she is told where that fails, for a visit is not to be disturbed."""
        record, self._record, self._keep_record = self._record, None, None
        try:
            if record is not None:
                record.write()
        except ConfigError as error:
            self.on_trouble(error)

    async def _drop_visit(self) -> None:
        visit, self._visit = self._visit, None
        if visit is not None:
            await visit.close()

    # --- showing -------------------------------------------------------------------------------------

    def _publish(self) -> None:
        self._engine.publish(show(self._shown, self._helper, self._visit, self._say, self._engine.now))


def _ends_control(intent: object) -> bool:
    match intent:
        case intents.StopControl() | intents.StopEverything() | intents.Quit():
            return True
        case intents.SetRight(right=Right.VIEW | Right.CONTROL, on=False):
            return True
    return False


def _try_to_write(record: Record) -> None:
    try:
        record.write()
    except ConfigError as error:
        log.warning("record not written", key=error.key)
