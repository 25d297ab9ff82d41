"""The technician's side as a role of the engine: badge, broker, desk, and the visit that comes of a code."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import structlog

from remotehelp import messages
from remotehelp.engine import Engine, OffLoop
from remotehelp.errors import ConfigError, HelpError, ServiceUnavailable, TrustError
from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.face_track import FaceTrack
from remotehelp.peer.reconnect import Mending
from remotehelp.profile import Profile
from remotehelp.technician import intents
from remotehelp.technician.broker_line import BrokerLine
from remotehelp.technician.casebook import Case, Casebook, KeptCase, local_time
from remotehelp.technician.code_joining import CodeJoining
from remotehelp.technician.entrance import Entrance
from remotehelp.technician.mending import LINGER_S, TechnicianPart
from remotehelp.technician.opening import Joining
from remotehelp.technician.opening import Line as OpeningLine
from remotehelp.technician.own_broker import OwnBroker, lan_address
from remotehelp.technician.own_names import check_names
from remotehelp.technician.queue_joining import QueueJoining
from remotehelp.technician.showing import OpenCase, Shown, show, waiting_now
from remotehelp.technician.view import NOBODY
from remotehelp.technician.visit import TechnicianVisit
from remotehelp.trust.code import Code, UsedCodes, parse_code
from remotehelp.trust.link import make_link
from remotehelp.trust.one_person import one_person, renew
from remotehelp.trust.pairing import Keys
from remotehelp.trust.receipt import Pact
from remotehelp.trust.resumption import Resumption
from remotehelp.trust.safety_words import SafetyWords
from remotehelp.trust.wallet import OwnBadge, load_own_badge
from remotehelp.visit import events as on
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Notice

log = structlog.get_logger("technician")

INPUT = intents.SendKey | intents.SendText | intents.SendButton | intents.SendWheel | intents.SendPointer


class TechnicianSide:
    """Runs in the technician's engine. ``command`` starts this program anew, for the broker of its own."""

    def __init__(
        self, engine: Engine, profile: Profile, command: Sequence[str], broker: str | None, face_source: str
    ) -> None:
        """``face_source``: "camera", "demonstration" or "none"."""
        self._engine, self._profile, self._command = engine, profile, command
        self._source = face_source
        self._shown = Shown(broker=broker or "", demonstration=face_source == "demonstration")
        self._shown.no_camera = face_source == "none"
        self._shown.no_face = True
        self._casebook = Casebook(profile.data / "cases")
        self._kept: KeptCase | None = None  # the case of the visit, from `Accept` until it is closed
        self._keep_case: OffLoop | None = None
        self._last_line: asyncio.Task[None] | None = None
        self._used = UsedCodes()
        self._code: Code | None = None
        self._own: OwnBadge | None = None
        self._own_broker: OwnBroker | None = None
        self._entrance = Entrance(profile.state / "account")
        self._line: BrokerLine | None = None
        self._told_free = False  # what the broker was told last: whether a customer may come
        self._reader: asyncio.Task[None] | None = None
        self._joining: asyncio.Task[None] | None = None
        self._visit: TechnicianVisit | None = None
        self._last_face: CameraFrame | None = None
        self._react: dict[type[Any], Callable[[Any], None]] = {
            intents.CreateBadge: self._create_badge,
            intents.SignIn: self._sign_in,
            intents.SignInWithAccount: self._sign_in,
            intents.SetAvailable: self._set_available,
            intents.Join: self._join,
            intents.Take: self._take,
            intents.CancelJoin: lambda _: self._cancel_join(),
            intents.AskFor: lambda intent: self._feed(on.Asked(intent.right)),
            intents.AskForScreens: self._ask_for_screens,
            intents.SendKey: self._send_key,
            intents.SendText: self._send_text,
            intents.SendButton: self._send_button,
            intents.SendWheel: self._send_wheel,
            intents.SendPointer: self._send_pointer,
            intents.ReleaseKeys: lambda _: self._visit.sending.release_keys() if self._visit else None,
            intents.ScreenShown: lambda _: log.info("screen painted"),
            intents.Say: lambda intent: self._feed(on.Said(on.Side.TECHNICIAN, intent.text)),
            intents.SetNotes: self._set_notes,
            intents.EndVisit: lambda _: self._feed(on.Left(on.Side.TECHNICIAN)),
            intents.CloseCase: self._close_case,
            intents.Quit: lambda _: None,
        }

    def face(self, frame: CameraFrame) -> None:
        """A new frame of the camera; any thread."""
        if self._last_face is None:
            self._engine.call(self._first_face)
        self._last_face = frame
        visit = self._visit
        if visit is not None:
            visit.face.put(frame)

    def _first_face(self) -> None:
        self._shown.no_face = False
        self._publish()

    # --- engine.Role ---------------------------------------------------------------------------------

    async def start(self) -> None:
        """Find the badge: the one installed, or that of the one-person organisation, or none yet."""
        self._shown.history = self._casebook.history()
        try:
            self._own = load_own_badge(self._profile)
        except ConfigError:
            self._own = renew(self._organisation, int(time.time()))
            if self._own is not None:
                self._engine.spawn(self._serve_myself(self._own), name="own broker")
        except TrustError as error:
            self.on_trouble(error)
        self._publish()

    def handle(self, intent: object) -> None:
        """One thing that the technician did."""
        if isinstance(intent, INPUT):
            self._react[type(intent)](intent)
            return
        if not isinstance(intent, intents.ScreenShown | intents.ReleaseKeys | intents.SetNotes):
            self._shown.notice = None
        try:
            self._react[type(intent)](intent)
        except HelpError as error:
            self.on_trouble(error)
        self._publish()

    async def stop(self) -> None:
        """End whatever runs, properly; a goodbye before the connection stands needs the room that joining is in."""
        visit = self._visit
        if visit is not None and visit.guest.state is not State.WAITING:
            visit.feed(on.Left(on.Side.TECHNICIAN))
            visit.feed(on.Gone(on.Side.TECHNICIAN))
            await visit.log.settled()
            await visit.connection.flushed()
            await visit.close()
        await self._end_joining()
        line, self._line = self._line, None
        if line is not None:
            await line.close()
        await self._entrance.close()
        if self._own_broker is not None:
            await self._own_broker.stop()
        if self._last_line is not None:
            await self._last_line
        if self._kept is not None:
            self._kept.take(self._shown.notes)
            self._kept.write()

    # --- badge and broker ----------------------------------------------------------------------------

    @property
    def _organisation(self) -> Path:
        return self._profile.data / "organisation"

    def _create_badge(self, intent: intents.CreateBadge) -> None:
        if self._own is None:
            check_names(intent)
            now = int(time.time())
            own = one_person(self._organisation, intent.given_name, intent.surname, intent.organisation, now)
            self._own = own
            self._engine.spawn(self._serve_myself(own), name="own broker")

    async def _serve_myself(self, own: OwnBadge) -> None:
        self._shown.busy = True
        self._publish()
        data = self._profile.data / "broker"
        try:
            self._own_broker = await OwnBroker.start(self._command, data, self._organisation / "public")
        except HelpError as error:
            self._shown.busy = False
            self.on_trouble(error)
            return
        address = f"http://{lan_address()}:{self._own_broker.port}"
        self._shown.serve(address, make_link(address, own.badge.organisation))
        await self._connect(f"http://127.0.0.1:{self._own_broker.port}")

    def _sign_in(self, intent: intents.SignIn | intents.SignInWithAccount) -> None:
        address = intent.broker.strip()
        if not address:
            raise ConfigError("broker_missing")
        if self._own is None:
            raise ConfigError("no_badge")
        if not self._shown.busy and self._line is None:
            self._shown.busy = True
            given = intent if isinstance(intent, intents.SignInWithAccount) else None
            self._engine.spawn(self._connect(address, given), name="sign in")

    async def _connect(self, address: str, given: intents.SignInWithAccount | None = None) -> None:
        own = self._own
        if own is None:
            return
        self._shown.busy = True
        self._publish()
        try:
            entrance = self._entrance
            signed_in = await (entrance.use_badge(address, own) if given is None else entrance.give(given, own))
        except HelpError as error:
            self.on_trouble(error)
        else:
            self._shown.broker = address
            if signed_in is not None:
                log.info("signed in")
                self._line = BrokerLine(signed_in.signalling)
                self._told_free = False
                self._reader = self._engine.spawn(self._read(self._line), name="broker line")
        self._shown.busy, self._shown.account = False, self._entrance.asked
        self._publish()

    async def _read(self, line: BrokerLine) -> None:
        await line.run(self)
        if line is self._line:
            self._line = None
            self._shown.available, self._shown.waiting = False, NOBODY
            joined = self._visit is not None and self._visit.connection.described
            self.on_trouble(ServiceUnavailable("broker_gone_visit_goes_on" if joined else "broker_went_away"))

    def _set_available(self, intent: intents.SetAvailable) -> None:
        self._shown.available = intent.on and self._line is not None

    def _tell_whether_free(self) -> None:
        """Who is with a customer is not available, whatever the check box says; the list is for who is."""
        free = self._shown.available and self._visit is None and self._shown.case is None
        if self._line is None or free == self._told_free:
            return
        self._told_free = free
        if not free:
            self._shown.waiting = NOBODY
        self._engine.spawn(self._line.available(free), name="available")

    # --- the broker tells (technician.broker_line.Desk) ------------------------------------------------

    def on_waiting(self, waiting: messages.WaitingList) -> None:
        if self._told_free:
            self._shown.waiting = waiting_now(waiting, self._engine.now)
            self._publish()

    def on_refused(self, key: str) -> None:
        """Only what is asked for while nobody is with us can be the check box; the rest is told where it happens."""
        if key == "session_over":
            self._sign_out()
        if self._visit is None:
            self._shown.available = self._told_free = False
            self.on_trouble(TrustError(key))

    def _sign_out(self) -> None:
        """Back to where one signs in; a visit goes on."""
        line, self._line = self._line, None
        self._shown.available, self._shown.waiting = False, NOBODY
        if line is not None:
            self._engine.spawn(line.close(), name="sign out")

    # --- joining -------------------------------------------------------------------------------------

    def _join(self, intent: intents.Join) -> None:
        code = parse_code(intent.code)
        if self._may_begin():
            self._used.use(code, time.monotonic())
            self._code = code
            self._begin(lambda line, own, part: CodeJoining(self, line.signalling, own, code, part))

    def _take(self, intent: intents.Take) -> None:
        if self._may_begin():
            self._code = None
            self._begin(lambda line, own, part: QueueJoining(self, line.signalling, own, intent.ticket, part))

    def _may_begin(self) -> bool:
        """Whether nobody is with us; raises ServiceUnavailable if we are not signed in."""
        if self._line is None or self._own is None:
            raise ServiceUnavailable("broker_went_away")
        self.on_closed()  # a visit that is over but still closing gives way
        return self._visit is None

    def _begin(self, make: Callable[[BrokerLine, OwnBadge, OpeningLine], Joining[Any]]) -> None:
        line, own = self._line, self._own
        if line is None or own is None:
            return
        self._shown.joining, self._shown.taking, self._shown.words = True, self._code is None, None
        visit = self._visit = TechnicianVisit(self._engine, self, self._new_face(), self._source)
        part = OpeningLine(
            visit.connection.fingerprint,
            lambda text, fingerprint: visit.connection.answer(text, visit.face, fingerprint),
            visit.connection.part_by,
            visit.connection.stands,
            lambda keys: self._may_mend(visit, keys),
            visit.connection.find_servers_by,
        )
        self._joining = self._engine.spawn(make(line, own, part).run(line.room()), name="joining")

    def _may_mend(self, visit: TechnicianVisit, keys: Keys) -> None:
        """From the pairing on a lost line can be made anew, by the same broker and with the same person alone."""
        resumption = Resumption(keys.th, keys.resume, customers=False)
        part = TechnicianPart(visit, self._engine.spawn, resumption)
        visit.mending = Mending(self._engine.spawn, self._shown.broker, resumption, part, LINGER_S)

    def _new_face(self) -> FaceTrack:
        face = FaceTrack()
        if self._last_face is not None:
            face.put(self._last_face)
        return face

    def _cancel_join(self) -> None:
        self._engine.spawn(self._end_joining(), name="cancel join")

    async def _end_joining(self) -> None:
        joining, self._joining = self._joining, None
        if joining is not None and not joining.done():
            joining.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await joining
            if self._line is not None:
                await self._line.leave()
        visit = self._visit
        if visit is not None and visit.guest.state is State.WAITING:
            self._visit = None
            await visit.close()
        self._shown.joining = False
        self._publish()

    # --- joining tells (technician.opening.Host) -------------------------------------------------------

    def on_paired(self, words: SafetyWords | None, pact: Pact) -> None:
        self._shown.joining, self._shown.words = False, words
        if self._visit is not None:
            self._visit.verified(pact)

    def on_problem(self, text: str) -> None:
        if self._visit is not None:
            self._visit.problem = text
        self._publish()

    def on_parting(self, word: messages.Parting) -> None:
        if self._visit is not None:
            self._visit.on_control(word)

    def on_failed(self, error: HelpError) -> None:
        if self._code is not None:
            self._used.failed(self._code, time.monotonic())
        self._shown.joining = False
        self.on_trouble(error)
        if self._visit is not None:
            self._visit.feed(on.CodeExpired())
            self._visit.feed(on.GaveUp())

    # --- the visit -----------------------------------------------------------------------------------

    def _feed(self, event: on.Event) -> None:
        if self._visit is not None:
            self._visit.feed(event)

    def _ask_for_screens(self, intent: intents.AskForScreens) -> None:
        if self._visit is not None:
            self._visit.ask_for_screens(intent.names)

    def _send_key(self, intent: intents.SendKey) -> None:
        if self._visit is not None:
            self._visit.sending.key(intent)

    def _send_text(self, intent: intents.SendText) -> None:
        if self._visit is not None:
            self._visit.sending.text(intent)

    def _send_button(self, intent: intents.SendButton) -> None:
        if self._visit is not None:
            self._visit.sending.button(intent)

    def _send_wheel(self, intent: intents.SendWheel) -> None:
        if self._visit is not None:
            self._visit.sending.wheel(intent)

    def _send_pointer(self, intent: intents.SendPointer) -> None:
        if self._visit is not None:
            self._visit.sending.pointer(intent)

    def _set_notes(self, intent: intents.SetNotes) -> None:
        self._shown.notes = intent.text
        self._keep_up()

    def _close_case(self, intent: intents.CloseCase) -> None:
        case, kept = self._shown.case, self._kept
        if case is None or kept is None:
            return
        self._feed(on.Summarised(intent.wrong, intent.done))
        self._feed(on.Gone(on.Side.TECHNICIAN))
        kept.case = Case(case.at, case.problem, intent.wrong, intent.done, self._shown.notes)
        kept.write()
        self._kept = self._keep_case = None
        self._last_line = self._engine.spawn(self._await_last_line(self._visit, kept), name="last line")
        self._shown.close_case(self._casebook.history())

    async def _await_last_line(self, visit: TechnicianVisit | None, kept: KeptCase) -> None:
        """A case may be closed faster than her machine closes the log."""
        if visit is not None:
            await visit.log.settled()
        await asyncio.to_thread(_try_to_write, kept)

    # --- the visit tells (visit.shown.Owner) ----------------------------------------------------------

    def on_change(self) -> None:
        visit = self._visit
        if visit is not None and visit.guest.state is State.VISITING and self._kept is None:
            self._begin_case(visit)
        if visit is not None and visit.guest.state is State.GOODBYE and self._shown.case is None and self._kept:
            case = OpenCase(self._kept.case.at, visit.problem, visit.log.story, visit.ended, str(self._kept.log))
            self._shown.open_case(case)
        self._keep_up()
        self._publish()

    def _begin_case(self, visit: TechnicianVisit) -> None:
        kept = self._kept = self._casebook.begin(Case(local_time(), visit.problem), visit.log.story)
        self._keep_case = self._engine.off_loop(lambda: _try_to_write(kept), name="keep")

    def _keep_up(self) -> None:
        if self._kept is not None and self._keep_case is not None and self._kept.take(self._shown.notes):
            self._keep_case()

    def on_trouble(self, error: HelpError) -> None:
        log.info("trouble", key=error.key)
        self._shown.notice = Notice.of(error)
        self._publish()

    def on_closed(self) -> None:
        if self._visit is None or self._visit.guest.state is not State.CLOSED:
            return  # the next one has taken its place already
        self._visit = None
        if self._joining is not None:
            self._joining.cancel()  # it ended before the opening did
        if self._shown.case is not None:
            self._shown.she_left = True
        self._publish()

    def _publish(self) -> None:
        self._tell_whether_free()
        self._engine.publish(show(self._shown, self._own, self._line is not None, self._visit, self._engine.now))


def _try_to_write(case: KeptCase) -> None:
    """While the visit goes on nobody is disturbed by a disk that is full; closing the case tells it."""
    try:
        case.write()
    except ConfigError as error:
        log.warning("case not written", key=error.key)
