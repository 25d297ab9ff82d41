"""Views of the technician's window as the engine makes them."""

from __future__ import annotations

import io
from dataclasses import replace

import segno

from remotehelp.messages import Right
from remotehelp.technician.view import (
    AskedAccount,
    AskLine,
    GrantLine,
    Page,
    TechnicianView,
    Waiting,
    WaitingCustomer,
)
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Line, Said

LINK = "remotehelp://192.0.2.10:8443/?organisation=" + "a1b2" * 16


def qr(link: str = LINK) -> bytes:
    """The link as SVG."""
    picture = io.BytesIO()
    segno.make_qr(link, error="m").save(picture, kind="svg", scale=4, border=4)
    return picture.getvalue()


FIRST_START = TechnicianView()
SIGN_IN = TechnicianView(page=Page.SIGN_IN, me="Technician A, Organisation A", broker="http://192.0.2.10:8443")
ACCOUNT = replace(SIGN_IN, account=AskedAccount("technician.a"))
ENROL = replace(
    SIGN_IN, account=AskedAccount("technician.a", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", qr("otpauth://totp/"))
)
DESK = TechnicianView(
    page=Page.DESK,
    me="Technician A, Organisation A",
    broker="http://192.0.2.10:8443",
    own_broker=True,
    customer_address="http://192.0.2.10:8443",
    customer_link=LINK,
    link_qr=qr(),
    signed_in=True,
    history=("2026-11-20 10:12 The printer stopped", "2026-11-19 15:40 The mail is slow"),
)
WAITED_FOR = replace(
    DESK,
    available=True,
    waiting=Waiting(
        (WaitingCustomer(1, "The printer stopped", 100.0), WaitingCustomer(2, "The mail is slow", 400.0)), total=9
    ),
)
JOINING = TechnicianView(page=Page.JOINING, me="Technician A, Organisation A", signed_in=True)
MEETING = TechnicianView(page=Page.VISIT, problem="The printer stopped", line=Line.CONNECTING, signed_in=True)
VISIT = TechnicianView(
    page=Page.VISIT,
    signed_in=True,
    accepted=True,
    problem="The printer stopped",
    line=Line.GOOD,
    began_at=100.0,
    asks=(AskLine(Right.VIEW), AskLine(Right.POINT), AskLine(Right.CONTROL)),
    grants=tuple(GrantLine(right, on=False) for right in Right),
    conversation=(Said(Side.CUSTOMER, "It blinks red"), Said(Side.TECHNICIAN, "I will look")),
)
GOODBYE = TechnicianView(page=Page.GOODBYE, signed_in=True, problem="The printer stopped")
ALL = (FIRST_START, SIGN_IN, ACCOUNT, ENROL, DESK, WAITED_FOR, JOINING, MEETING, VISIT, GOODBYE)
