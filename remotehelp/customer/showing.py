"""From what the customer's side knows to the one state that her window draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from remotehelp.customer.helper_link import HelperLink
from remotehelp.customer.view import CustomerView, Monitor, Organisation, Page, Person, RightLine
from remotehelp.customer.visit import CustomerVisit
from remotehelp.errors import TrustError
from remotehelp.messages import Right
from remotehelp.trust.badge import Verdict
from remotehelp.trust.known import Kind
from remotehelp.visit.grants import OFFERED
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Line, Notice, Said

PAGES = {
    State.MEETING: Page.MEETING,
    State.VISITING: Page.VISIT,
    State.MENDING: Page.VISIT,
    State.GOODBYE: Page.GOODBYE,
}
ORIGINS = frozenset({"asked", "known", "stranger"})


@dataclass
class Shown:
    """What is shown beside the visit itself."""

    notice: Notice | None = None
    busy: bool = False
    here: int | None = None
    problem: str = ""
    code: str = ""
    expires_at: float = 0.0
    person: Person | None = None
    photo: bytes = b""
    origin: str = ""
    kept: bool = False
    saved: str = ""

    def meet(self, verdict: Verdict, organisation: Organisation) -> None:
        """The technician is this person."""
        badge = verdict.badge
        self.code, self.origin, self.kept, self.saved = "", "", False, ""
        self.person = Person(
            given_name=badge.given_name,
            surname=badge.surname,
            organisation=organisation,
            clock_wrong=verdict.clock_wrong,
            list_old=verdict.list_old,
        )

    def forget_code(self) -> None:
        """No code is open any more."""
        self.busy, self.code, self.here = False, "", None

    def forget_visit(self) -> None:
        """The visit is over; what she wrote stays."""
        self.forget_code()
        self.person, self.photo = None, b""

    @property
    def asks_origin(self) -> bool:
        """Whether the organisation is new, so that she is asked how she got the link."""
        return self.person is not None and self.person.organisation.kind == Kind.NEW.value

    def may_accept(self, visit: CustomerVisit) -> bool:
        """Whether `Accept` works: the line stands, and she answered where the link came from."""
        return visit.lifeline.ready and (not self.asks_origin or self.origin in ORIGINS)


def show(
    shown: Shown, helper: HelperLink, visit: CustomerVisit | None, summary: Callable[[], str], now: float
) -> CustomerView:
    """The whole state of the customer's window at ``now``."""
    view = CustomerView(
        page=Page.CODE if shown.code else Page.START,
        busy=shown.busy,
        notice=shown.notice,
        organisation=_organisation(helper),
        here=shown.here,
        problem=shown.problem,
        code=shown.code,
        code_expires_in_s=max(0, int(shown.expires_at - now)) if shown.code else 0,
    )
    if visit is None or visit.host.state not in PAGES or shown.person is None:
        return view
    return _with_visit(view, shown, shown.person, visit, summary)


def _with_visit(
    view: CustomerView, shown: Shown, person: Person, visit: CustomerVisit, summary: Callable[[], str]
) -> CustomerView:
    rights = visit.host.grants.rights
    page = PAGES[visit.host.state]
    return replace(
        view,
        page=page,
        technician=replace(person, photo=shown.photo, demonstration=visit.demonstration),
        asks_origin=shown.asks_origin,
        may_accept=shown.may_accept(visit),
        line=visit.lifeline.line if page is not Page.GOODBYE else Line.NONE,
        rights=tuple(_right(right, visit) for right in Right),
        request=visit.host.grants.open_request,
        monitors=tuple(Monitor(m.name, m.rect.width, m.rect.height) for m in visit.sharing.monitors),
        monitor=visit.sharing.monitor.name,
        conversation=tuple(Said(entry.who, entry.text) for entry in visit.story.entries if entry.what == "said"),
        pointer=visit.pointer,
        summary=summary() if page is Page.GOODBYE else "",
        may_keep=shown.asks_origin and not shown.kept,
        kept=shown.kept,
        saved=shown.saved,
        sees=visit.sharing.on,
        controls=Right.CONTROL in rights,
    )


def _right(right: Right, visit: CustomerVisit) -> RightLine:
    on = visit.host.grants.allows(right)
    if right not in OFFERED:
        return RightLine(right, on, "right_comes_later")
    if visit.host.state is not State.VISITING:
        return RightLine(right, on, "line_is_lost")
    return RightLine(right, on, "" if on or visit.host.may_grant(right) else "face_before_hands")


def _organisation(helper: HelperLink) -> Organisation | None:
    if helper.link is None:
        return None
    try:
        return helper.shown(helper.link.organisation)
    except TrustError:
        return None
