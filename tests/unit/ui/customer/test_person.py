from __future__ import annotations

from dataclasses import replace

from remotehelp.customer.view import Organisation, Person
from ui.customer import person


def test_a_proven_organisation_has_a_tick_and_its_domain(technician: Person) -> None:
    assert person.introduction(technician) == "<b>Technician A</b><br>Example Help<br>✓ proven: help.example.org"
    assert person.one_line(technician) == "Technician A · ✓ Example Help"


def test_a_known_one_says_since_when_and_has_no_tick(technician: Person) -> None:
    known = replace(technician, organisation=Organisation("Example Help", "known", "2026-05-03"))
    text = person.introduction(known)
    assert "known since" in text
    assert "2026" in text
    assert "✓" not in text + person.one_line(known)


def test_a_new_one_only_calls_itself_so(stranger: Person) -> None:
    text = person.introduction(stranger)
    assert "they call themselves “Example Help”" in text
    assert "new to this computer" in text
    assert "✓" not in text + person.one_line(stranger)
    assert "they call themselves" in person.one_line(stranger)


def test_with_an_old_list_nothing_is_proven(technician: Person) -> None:
    old = replace(technician, list_old=True)
    assert "not proven" in person.introduction(old)
    assert "✓" not in person.introduction(old) + person.one_line(old)


def test_a_badge_cant_bring_markup(technician: Person) -> None:
    sly = replace(technician, given_name="<b>✓", surname="&amp;", organisation=Organisation("<img src=x>", "new"))
    text = person.introduction(sly)
    assert "<img" not in text
    assert "&lt;b&gt;" in text
    assert "&amp;amp;" in text


def test_only_a_wrong_clock_is_told(technician: Person) -> None:
    assert person.clock_warning(technician) == ""
    assert "date of this computer" in person.clock_warning(replace(technician, clock_wrong=True))
