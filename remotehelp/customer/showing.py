"""From what the customer's side knows to the one state that her window draws."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from remotehelp.customer.helper_link import HelperLink
from remotehelp.customer.keepsake import Record, summary_of
from remotehelp.customer.sharing import Sharing
from remotehelp.customer.view import CustomerView, Monitor, Organisation, Page, Person, Report, RightLine, Window
from remotehelp.customer.visit import CustomerVisit
from remotehelp.desktop import screens as desktop
from remotehelp.errors import TrustError
from remotehelp.messages import Right
from remotehelp.trust.badge import Badge, Verdict
from remotehelp.trust.known import Kind
from remotehelp.trust.safety_words import SafetyWords
from remotehelp.visit.grants import OFFERED
from remotehelp.visit.host import Host
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Line, Notice, Said, ShownLog
from remotehelp.visit.telling import Say

PAGES = {
    State.MEETING: Page.MEETING,
    State.VISITING: Page.VISIT,
    State.MENDING: Page.VISIT,
}
ORIGINS = frozenset({"asked", "known", "stranger"})


@dataclass(frozen=True)
class Farewell:
    """The goodbye page, which stays until she closes it, also when the technician has gone."""

    person: Person
    host: Host
    record: Record
    sharing: Sharing
    conversation: Collection[Said] = ()
    words: Collection[Said] = ()  # of the conversation what the log notes

    def summary(self, say: Say) -> str:
        """The visit in words, as far as it is written."""
        return summary_of(self.person, self.host.summary, self.record, self.words, say)

    @property
    def line_lost(self) -> bool:
        """Whether the visit ended because the line did not come back."""
        return any(entry.what == "gave_up" for entry in self.record.story.entries)


@dataclass
class Shown:
    """What is shown beside the visit itself."""

    notice: Notice | None = None
    busy: bool = False
    here: int | None = None
    problem: str = ""
    code: str = ""
    expires_at: float = 0.0
    ahead: int | None = None  # in the list; None: she is not in it
    taken: bool = False
    words: SafetyWords | None = None
    person: Person | None = None
    badge: Badge | None = None
    photo: bytes = b""
    origin: str = ""
    farewell: Farewell | None = None
    kept: bool = False
    saved: str = ""
    report: Report | None = None
    links_taken: int = 0
    links_refused: int = 0

    def wait(self, ahead: int) -> None:
        """She is in the list."""
        self.busy, self.ahead, self.taken = False, ahead, False

    def meet(self, verdict: Verdict, organisation: Organisation, words: SafetyWords | None = None) -> None:
        """The technician is this person."""
        badge = verdict.badge
        self.code, self.origin, self.kept, self.saved = "", "", False, ""
        self.ahead, self.taken, self.words = None, False, words
        self.badge = badge
        self.person = Person(
            given_name=badge.given_name,
            surname=badge.surname,
            organisation=organisation,
            clock_wrong=verdict.clock_wrong,
            list_old=verdict.list_old,
        )

    def as_met(self, visit: CustomerVisit) -> Person | None:
        """The technician with what came since: the photo, and where the face comes from."""
        if self.person is None:
            return None
        demonstration = visit.face == "demonstration"
        return replace(self.person, photo=self.photo, face=visit.face, demonstration=demonstration)

    def say_farewell(self, farewell: Farewell) -> None:
        """The visit has reached its goodbye."""
        if self.farewell is None:
            self.farewell = farewell

    def forget_code(self) -> None:
        """No code is open any more, and she is in no list."""
        self.busy, self.code, self.here = False, "", None
        self.ahead, self.taken = None, False

    def forget_visit(self) -> None:
        """The visit is over; what she wrote stays."""
        self.forget_code()
        self.person, self.photo = None, b""

    def say_reported(self, path: Path, person: Person, contact: str | None) -> None:
        """The report lies there. Whom an organisation names that nobody knows is no help against it."""
        known = person.organisation.kind != Kind.NEW.value
        self.report = Report(str(path), person.organisation.name, contact if known and contact else "")

    @property
    def asks_origin(self) -> bool:
        """Whether the organisation is new, so that she is asked how she got the link."""
        return self.person is not None and self.person.organisation.kind == Kind.NEW.value

    def may_accept(self, visit: CustomerVisit) -> bool:
        """Whether `Accept` works: the line stands, and she answered where the link came from."""
        return visit.lifeline.ready and (not self.asks_origin or self.origin in ORIGINS)


def show(shown: Shown, helper: HelperLink, visit: CustomerVisit | None, say: Say, now: float) -> CustomerView:
    """The whole state of the customer's window at ``now``."""
    view = CustomerView(
        page=_page(shown),
        busy=shown.busy,
        notice=shown.notice,
        organisation=_organisation(helper),
        here=shown.here,
        problem=shown.problem,
        code=shown.code,
        code_expires_in_s=max(0, int(shown.expires_at - now)) if shown.code else 0,
        ahead=shown.ahead or 0,
        taken=shown.taken,
        report=shown.report,
        links_taken=shown.links_taken,
        links_refused=shown.links_refused,
        face_still=visit is None or visit.lifeline.line not in (Line.GOOD, Line.WEAK),
    )
    if shown.farewell is not None:
        return _with_farewell(view, shown, shown.farewell, say)
    if visit is None or visit.host.state not in PAGES or shown.person is None:
        return view
    return _with_visit(view, shown, visit)


def _page(shown: Shown) -> Page:
    if shown.ahead is not None:
        return Page.WAITING
    return Page.CODE if shown.code else Page.START


def _with_farewell(view: CustomerView, shown: Shown, farewell: Farewell, say: Say) -> CustomerView:
    person = replace(farewell.person, photo=shown.photo)
    return replace(
        view,
        page=Page.GOODBYE,
        technician=person,
        conversation=tuple(farewell.conversation),
        summary=farewell.summary(say),
        may_keep=person.organisation.kind == Kind.NEW.value and farewell.host.ended_well and not shown.kept,
        kept=shown.kept,
        saved=shown.saved,
        log=ShownLog.of(farewell.record.story, str(farewell.record.journal.path)),
        line_lost=farewell.line_lost,
        unseen=farewell.sharing.dark,
    )


def _with_visit(view: CustomerView, shown: Shown, visit: CustomerVisit) -> CustomerView:
    rights = visit.host.grants.rights
    return replace(
        view,
        page=PAGES[visit.host.state],
        technician=shown.as_met(visit),
        safety_words=shown.words,
        asks_origin=shown.asks_origin,
        may_accept=shown.may_accept(visit),
        line=visit.lifeline.line,
        quality=visit.lifeline.quality,
        rights=tuple(_right(right, visit) for right in Right),
        request=visit.host.grants.open_request,
        question=visit.host.grants.question,
        monitors=tuple(map(_monitor, visit.sharing.monitors)),
        shown=visit.sharing.choice.names if isinstance(visit.sharing.choice, desktop.SomeMonitors) else (),
        windows=tuple(Window(one.id, one.title) for one in visit.sharing.windows),
        no_windows=visit.sharing.no_windows,
        window=_window(visit.sharing.choice),
        window_at=_window_at(visit.sharing),
        conversation=tuple(visit.conversation),
        pointer=visit.pointer,
        sees=not visit.sharing.dark,
        unseen=visit.sharing.dark,
        showing=visit.sharing.showing,
        controls=Right.CONTROL in rights,
        her_turn=visit.host.her_turn and Right.CONTROL in rights,
    )


def _monitor(monitor: desktop.Monitor) -> Monitor:
    rect = monitor.rect
    return Monitor(monitor.name, rect.x, rect.y, rect.width, rect.height)


def _window(choice: desktop.Choice) -> Window | None:
    return Window(choice.id, choice.title) if isinstance(choice, desktop.Window) else None


def _window_at(sharing: Sharing) -> tuple[int, int, int, int] | None:
    place = sharing.place
    if place is None or sharing.only is None or not sharing.on_screen:
        return None
    return place.area.x, place.area.y, place.area.width, place.area.height


def _right(right: Right, visit: CustomerVisit) -> RightLine:
    on = visit.host.grants.allows(right)
    if right not in OFFERED:
        return RightLine(right, on, "right_comes_later")
    if visit.host.state is not State.VISITING:
        return RightLine(right, on, "line_is_lost")
    if visit.host.checking:
        return RightLine(right, on, "" if on else "answer_first")
    return RightLine(right, on, "" if on or visit.host.may_grant(right) else "face_before_hands")


def _organisation(helper: HelperLink) -> Organisation | None:
    if helper.link is None:
        return None
    try:
        return helper.shown(helper.link.organisation)
    except TrustError:
        return None
