from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator

from remotehelp.sentences import SENTENCES
from remotehelp.visit.shown import Notice
from tests.helpers.architecture import ROOT
from ui.shared import resources, sentences

GERMAN = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1" language="de"><context>
<name>sentences</name><message><source>{source}</source><translation>Nach {{folder}} geht es nicht.</translation>
</message></context></TS>"""


@pytest.fixture
def german(qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A program whose resources hold German, as lrelease makes it."""
    made = tmp_path / "translations"
    made.mkdir()
    (tmp_path / "de.ts").write_text(GERMAN.format(source=SENTENCES["folder_not_writable"].replace("'", "&apos;")))
    lrelease = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([lrelease, "-silent", tmp_path / "de.ts", "-qm", made / "remotehelp_de.qm"], check=True)
    monkeypatch.setattr(resources, "folder", lambda: tmp_path)
    before = QLocale()
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


def test_without_a_translation_it_is_english(qapp) -> None:
    assert sentences.translated("newer_version") == SENTENCES["newer_version"]


def test_values_are_filled_in() -> None:
    assert "/data" in sentences.translated("folder_not_writable", folder="/data")
    assert "/data" in sentences.told(Notice("folder_not_writable", (("folder", "/data"),)))


def test_an_unknown_key_is_a_bug() -> None:
    with pytest.raises(KeyError):
        sentences.translated("no such key")


def test_no_key_is_no_reason() -> None:
    assert sentences.reason("") == ""
    assert sentences.reason("newer_version") == SENTENCES["newer_version"]


@pytest.mark.usefixtures("german")
def test_german_is_spoken_where_it_is_installed(qapp) -> None:
    assert sentences.install_translators(qapp, "de")
    assert sentences.translated("folder_not_writable", folder="X") == "Nach X geht es nicht."
    assert QLocale().language() == QLocale.Language.German


@pytest.mark.usefixtures("german")
def test_a_language_that_is_not_there_leaves_english(qapp) -> None:
    assert not sentences.install_translators(qapp, "fi")
    assert sentences.translated("newer_version") == SENTENCES["newer_version"]


SPEAK = """
from PySide6.QtCore import QCoreApplication, QDate, QLocale
from ui.shared import sentences
app = QCoreApplication([])
sentences.install_translators(app, None)
print(app.translate("Status", "The line is good."))
print(app.translate("StartPage", "Here now: %n person(s)", None, 1))
print(QLocale().toString(QDate(2026, 5, 3), QLocale.FormatType.LongFormat))
"""


@pytest.mark.parametrize(
    ("languages", "told"),
    [
        ("de", ("Die Verbindung ist gut.", "Gerade hier: 1 Person", "Sonntag, 3. Mai 2026")),
        ("fi:de_AT", ("Die Verbindung ist gut.", "Gerade hier: 1 Person", "Sonntag, 3. Mai 2026")),
        ("en", ("The line is good.", "Here now: 1 person", "Sunday, May 3, 2026")),
        ("fi", ("The line is good.", "Here now: 1 person", None)),
    ],
)
def test_the_program_speaks_the_first_language_that_it_knows(languages: str, told: tuple[str | None, ...]) -> None:
    environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "", "LANGUAGE": languages}
    command = [sys.executable, "-c", SPEAK]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(word in (said, None) for said, word in zip(done.stdout.splitlines(), told, strict=True)), done.stdout
