"""A report about a visit: one file in words that she can show to somebody. It goes nowhere by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remotehelp.customer.keepsake import Record, in_order, indented
from remotehelp.customer.view import Person
from remotehelp.trust.badge import Badge
from remotehelp.trust.files import PRIVATE, make_folder, write_atomically
from remotehelp.visit.shown import Said
from remotehelp.visit.telling import Say


@dataclass(frozen=True)
class Suspect:
    """Whom a report is about: as shown, as the badge says, and from which server."""

    person: Person
    badge: Badge
    broker: str


def write_report(
    folder: Path, now: datetime, suspect: Suspect, record: Record, words: Collection[Said], say: Say
) -> Path:
    """Write the report into ``folder`` under its time, for this user alone; where it is.

    Raises ConfigError("folder_not_writable", "file_not_writable").
    """
    path = make_folder(folder, 0o700) / f"{now:%Y-%m-%dT%H-%M-%S.%f}.txt"
    write_atomically(path, ("\n".join(lines_of(now, suspect, record, words, say)) + "\n").encode(), PRIVATE)
    return path


def lines_of(now: datetime, suspect: Suspect, record: Record, words: Collection[Said], say: Say) -> list[str]:
    """Who came, by which proof and way, and everything that happened and was written up to ``now``."""
    person, badge = suspect.person, suspect.badge
    name = f"{person.given_name} {person.surname}"
    told = in_order(record.story.entries, person, words, say, clock="%H:%M:%S")
    return [
        say("report_head"),
        say("report_written", date=f"{now:%Y-%m-%d}", time=f"{now:%H:%M}"),
        say("report_who", name=name, organisation=person.organisation.name),
        say("report_badge", serial=badge.serial, fingerprint=badge.organisation.id.hex()),
        say("report_link", address=suspect.broker),
        *([say("summary_problem", text=indented(record.problem))] if record.problem.strip() else []),
        "",
        say("report_what"),
        *told,
    ]
