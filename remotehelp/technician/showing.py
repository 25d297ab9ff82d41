"""From what the technician's side knows to the one state that the window draws."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import segno

from remotehelp.messages import Right, WaitingList
from remotehelp.technician.view import (
    NOBODY,
    AskedAccount,
    AskLine,
    Ended,
    GrantLine,
    Page,
    TechnicianView,
    TheirScreen,
    TheirScreens,
    Waiting,
    WaitingCustomer,
)
from remotehelp.technician.visit import TechnicianVisit
from remotehelp.trust.safety_words import SafetyWords
from remotehelp.trust.wallet import OwnBadge
from remotehelp.visit.grants import OFFERED, OtherScreens, Wish
from remotehelp.visit.guest import Guest
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Notice, ShownLog
from remotehelp.visit.story import Story


@dataclass(frozen=True)
class OpenCase:
    """A visit that has ended and whose case is not closed yet."""

    at: str
    problem: str
    story: Story
    ended: Ended = Ended.NOT
    file: str = ""  # where its log lies


@dataclass
class Shown:
    """What is shown beside the visit itself."""

    broker: str = ""
    account: AskedAccount | None = None
    demonstration: bool = False
    no_camera: bool = False
    no_face: bool = False  # no frame of the own face came yet: the customer can't have seen one
    notice: Notice | None = None
    busy: bool = False
    customer_address: str = ""
    customer_link: str = ""
    link_qr: bytes = b""
    available: bool = False
    waiting: Waiting = NOBODY
    joining: bool = False
    taking: bool = False
    words: SafetyWords | None = None
    notes: str = ""
    she_left: bool = False
    case: OpenCase | None = None
    history: tuple[str, ...] = ()

    def serve(self, address: str, link: str) -> None:
        """The own broker serves at this address; customers need this link."""
        picture = io.BytesIO()
        segno.make_qr(link, error="m").save(picture, kind="svg", scale=4, border=4)
        self.customer_address, self.customer_link, self.link_qr = address, link, picture.getvalue()

    def open_case(self, case: OpenCase) -> None:
        """The visit has reached its goodbye."""
        self.case, self.she_left = case, False

    def close_case(self, history: tuple[str, ...]) -> None:
        """The case is kept; the desk is free."""
        self.case, self.notes, self.she_left, self.history = None, "", False, history


def show(
    shown: Shown, own: OwnBadge | None, signed_in: bool, visit: TechnicianVisit | None, now: float
) -> TechnicianView:
    """The whole state of the technician's window at ``now``."""
    view = TechnicianView(
        page=_page(shown, own, signed_in, visit),
        busy=shown.busy,
        notice=shown.notice,
        me=_name(own),
        broker=shown.broker,
        account=shown.account,
        own_broker=bool(shown.customer_link),
        customer_address=shown.customer_address,
        customer_link=shown.customer_link,
        link_qr=shown.link_qr,
        available=shown.available,
        signed_in=signed_in,
        waiting=shown.waiting,
        taking=shown.taking,
        problem=shown.case.problem if shown.case else "",
        demonstration=shown.demonstration,
        no_camera=shown.no_camera,
        ended=shown.case.ended if shown.case else Ended.NOT,
        she_left=shown.she_left,
        log=ShownLog.of(shown.case.story, shown.case.file) if shown.case else None,
        notes=shown.notes,
        history=shown.history,
    )
    return view if visit is None else _with_visit(view, shown, visit, now)


def waiting_now(told: WaitingList, now: float) -> Waiting:
    """The list that the broker told at ``now``, with the time at which each came."""
    customers = (WaitingCustomer(one.ticket, one.words, now - one.waited_s) for one in told.first)
    return Waiting(tuple(customers), told.total)


def _with_visit(view: TechnicianView, shown: Shown, visit: TechnicianVisit, now: float) -> TechnicianView:
    guest = visit.guest
    return replace(
        view,
        accepted=guest.state in (State.VISITING, State.MENDING),
        problem=visit.problem,
        safety_words=shown.words,
        ended=visit.ended,
        began_at=visit.began_at,
        line=visit.lifeline.line,
        quality=visit.lifeline.quality,
        screen_size=None if visit.screen is None else (visit.screen.width, visit.screen.height),
        screens=_screens(visit, now),
        controls=Right.CONTROL in guest.rights,
        her_turn=guest.her_turn,
        sees=Right.VIEW in guest.rights,
        points=Right.POINT in guest.rights,
        asks=tuple(_ask(right, visit, now, shown.no_face) for right in Right),
        grants=tuple(GrantLine(right, right in guest.rights) for right in Right),
        conversation=tuple(visit.conversation),
    )


def _page(shown: Shown, own: OwnBadge | None, signed_in: bool, visit: TechnicianVisit | None) -> Page:
    if shown.case is not None:
        return Page.GOODBYE
    if shown.joining:
        return Page.JOINING
    if visit is not None and visit.guest.state in (State.MEETING, State.VISITING, State.MENDING):
        return Page.VISIT
    if own is None:
        return Page.FIRST_START
    return Page.DESK if signed_in else Page.SIGN_IN


def _name(own: OwnBadge | None) -> str:
    if own is None:
        return ""
    badge = own.badge
    return f"{badge.given_name} {badge.surname}, {badge.organisation.name}"


def _ask(right: Right, visit: TechnicianVisit, now: float, no_face: bool) -> AskLine:
    guest = visit.guest
    if right not in OFFERED:
        return AskLine(right, why_not="right_comes_later")
    if guest.state is not State.VISITING:
        return AskLine(right, why_not="not_let_in_yet" if guest.state is State.MEETING else "line_is_lost")
    if right in guest.rights:
        return AskLine(right, why_not="right_given_already")
    if right is Right.CONTROL and no_face:
        return AskLine(right, why_not="no_face_no_hands")
    again_at = guest.rested_until[right] if guest.rest_s(right, now) else 0.0
    return AskLine(right, waiting=guest.asked is right, why_not=_busy(right, guest, now), again_at=again_at)


def _busy(wish: Wish, guest: Guest, now: float) -> str:
    """Why asking for what has sense has to wait."""
    if guest.asked is not None:
        return "answer_awaited"
    return "asking_rests" if guest.rest_s(wish, now) else ""


def _screens(visit: TechnicianVisit, now: float) -> TheirScreens:
    """Without a picture of hers there is nothing to tell."""
    guest, screen = visit.guest, visit.screen
    if screen is None:
        return TheirScreens(why_not="no_screens_yet")
    return TheirScreens(
        screens=tuple(TheirScreen(one.name, one.width, one.height) for one in visit.screens),
        shown=tuple(one.name for one in screen.shown),
        alone=screen.alone,
        waiting=isinstance(guest.asked, OtherScreens),
        why_not=_why_no_others(visit, now),
    )


def _why_no_others(visit: TechnicianVisit, now: float) -> str:
    if visit.guest.state is not State.VISITING:
        return "line_is_lost"
    if len(visit.screens) < 2 and not (visit.screen and visit.screen.alone):
        return "they_have_one_screen"
    return _busy(OtherScreens(()), visit.guest, now)
