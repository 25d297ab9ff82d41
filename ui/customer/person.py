"""The technician in words: who it is and how far that is proven."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from remotehelp.customer.view import CustomerView, Organisation, Person
from ui.shared import tame


def introduction(person: Person) -> str:
    """The label ``technician`` as simple markup: name, organisation, proof; every word from the badge is escaped."""
    organisation = person.organisation
    lines = [f"<b>{escape(full_name(person))}</b>", escape(claim(organisation)), escape(proof(person))]
    return "<br>".join(lines)


def one_line(person: Person) -> str:
    """Name and organisation in one line; the tick only for what is proven."""
    return f"{full_name(person)} · {organisation_in_short(person)}"


def organisation_in_short(person: Person) -> str:
    """The organisation beside the name; a new one by what it calls itself."""
    organisation = person.organisation
    if _is_proven(person):
        return f"✓ {tame.name(organisation.name)}"
    return claim(organisation)


def full_name(person: Person) -> str:
    """Given name and surname."""
    return tame.name(f"{person.given_name} {person.surname}")


def claim(organisation: Organisation) -> str:
    """The organisation's name; one that is new to this computer only *calls itself* so."""
    if organisation.kind == "new":
        return QCoreApplication.translate("Person", "they call themselves “{name}”").format(
            name=tame.name(organisation.name)
        )
    return tame.name(organisation.name)


def proof(person: Person) -> str:
    """How far the organisation is proven, in words."""
    organisation = person.organisation
    if person.list_old:
        return QCoreApplication.translate("Person", "not proven: their list of valid badges is older than a week")
    if organisation.kind == "proven":
        return "✓ " + QCoreApplication.translate("Person", "proven: {domain}").format(
            domain=tame.name(organisation.detail)
        )
    if organisation.kind == "known":
        return QCoreApplication.translate("Person", "known since {date}").format(date=_day(organisation.detail))
    return QCoreApplication.translate("Person", "new to this computer")


def why_no_picture(person: Person) -> str:
    """What stands where their face would be."""
    if person.face == "none":
        return QCoreApplication.translate("Person", "They have no camera, so you can't see them.")
    return QCoreApplication.translate("Person", "Their picture is on its way.")


def no_longer_live(view: CustomerView) -> str:
    """What stands over a face that moves no more; nothing over a live one."""
    return QCoreApplication.translate("Person", "no longer live") if view.face_still else ""


def clock_warning(person: Person) -> str:
    """What to say where this computer's date seems wrong; else nothing."""
    if not person.clock_wrong:
        return ""
    return QCoreApplication.translate("Person", "The date of this computer seems wrong. Please check it some time.")


def _is_proven(person: Person) -> bool:
    return person.organisation.kind == "proven" and not person.list_old


def _day(iso: str) -> str:
    return QLocale().toString(QDate.fromString(iso[:10], "yyyy-MM-dd"), QLocale.FormatType.LongFormat)
