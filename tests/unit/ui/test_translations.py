"""Every word can be translated, German is complete, and there is room for languages with longer words."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QRect, Qt, QTranslator
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from remotehelp.sentences import SENTENCES
from tests.helpers import gallery
from tests.helpers.architecture import ROOT
from tests.helpers.pseudo import PseudoTranslator, pseudo, sources
from ui.shared import theme
from ui.shared.picture import PictureView
from ui.shared.sentences import install_translators, translated
from ui.technician.parts import ShortLabel

TRANSLATIONS = ROOT / "resources" / "translations"
GERMAN = TRANSLATIONS / "remotehelp_de.ts"
WINDOWS = {
    theme.Face.CUSTOMER: gallery.customer_windows,
    theme.Face.TECHNICIAN: gallery.technician_windows,
}
KEYS = re.compile(r"((Ctrl|Alt|Shift)\+)+(\w+|,)|F\d+(, \?)?|Esc")
Show = Callable[[theme.Face], Iterator[tuple[str, QWidget]]]


# --- the files ---------------------------------------------------------------------------------------


def messages(ts: Path) -> list[tuple[str, str, list[str], str]]:
    """Context, English, translations (one, or one for each plural form) and state of every message."""
    return [
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""],
            translation.get("type", "finished"),
        )
        for context in ElementTree.parse(ts).getroot().iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
        if (translation := message.find("translation")) is not None
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_is_translated(language: str) -> None:
    found = messages(TRANSLATIONS / f"remotehelp_{language}.ts")
    assert found
    assert [line for line in found if line[3] != "finished" or not all(line[2])] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_translation_has_the_placeholders_of_its_source(language: str) -> None:
    def placeholders(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}|%\w+", text))

    found = messages(TRANSLATIONS / f"remotehelp_{language}.ts")
    differing = [
        (source, text) for _, source, texts, _ in found for text in texts if placeholders(text) != placeholders(source)
    ]
    assert differing == []


def test_a_translation_ends_as_its_source_does() -> None:
    def end(text: str) -> str:
        return text.replace("“", "")[-1:] if text.replace("“", "")[-1:] in ".?:…" else ""

    assert [
        (source, text) for _, source, texts, _ in messages(GERMAN) for text in texts if end(text) != end(source)
    ] == []


def test_nothing_is_missing_obsolete_or_out_of_date(tmp_path: Path) -> None:
    for ts in TRANSLATIONS.glob("*.ts"):
        shutil.copy(ts, tmp_path)
    tools = Path(sys.executable).parent
    make = ("make", "-s", "-o", "setup", "translations", f"TRANSLATIONS={tmp_path}", f"BIN={tools}")
    done = subprocess.run(make, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    kept = sorted(path.name for path in TRANSLATIONS.iterdir())
    assert kept == sorted(path.name for path in tmp_path.iterdir())
    assert len(kept) == 4
    stale = [name for name in kept if Path(tmp_path, name).read_bytes() != Path(TRANSLATIONS, name).read_bytes()]
    assert stale == [], "run `make translations`"


# --- German ------------------------------------------------------------------------------------------


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    assert install_translators(qapp, "de")
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_is_german_when_it_is_told(key: str) -> None:
    in_german = {source: texts[0] for context, source, texts, _ in messages(GERMAN) if context == "sentences"}
    values = {name: f"<{name}>" for _, name, _, _ in string.Formatter().parse(SENTENCES[key]) if name}
    assert translated(key, **values) == in_german[SENTENCES[key]].format(**values)
    assert translated(key, **values) != SENTENCES[key].format(**values) or key == "summary_said"


# --- all windows, in a language that nobody speaks ---------------------------------------------------


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    """Shows all windows of one face, dressed."""

    def shown(face: theme.Face) -> Iterator[tuple[str, QWidget]]:
        theme.apply(qapp, face)
        yield from WINDOWS[face]()

    yield shown
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def speaks_pseudo(qapp: QApplication) -> Iterator[PseudoTranslator]:
    made = PseudoTranslator(sources(GERMAN))
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


def texts_of(widget: QWidget) -> Iterator[str]:
    """Everything that ``widget`` says to the eye or to a screen reader."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    for name in ("_empty", "_mark", "_words"):  # painted by ui/shared/picture.py and ui/technician/parts.py
        yield vars(widget).get(name, "")
    if widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(item) for item in range(widget.count()))
    elif isinstance(widget, QListWidget):
        yield from (widget.item(row).text() for row in range(widget.count()))


def untranslated(text: str) -> str:
    """What is left of ``text`` without the names of people and things, and without what was translated."""
    if KEYS.fullmatch(text):
        return ""  # Qt itself names keys
    left = re.sub(r"<[^>]*>", "", text)
    for words in sorted(gallery.DATA, key=len, reverse=True):
        left = left.replace(words, "")
    while (shorter := re.sub(r"\[[^][]*\]", "", left)) != left:
        left = shorter
    return "".join(letter for letter in left if letter.isalpha() or letter in "[]")


def everything(window: QWidget) -> list[QWidget]:
    return [window, *(widget for widget in window.findChildren(QWidget) if not internal(widget))]


def internal(widget: QWidget) -> bool:
    """A part that Qt made itself inside one of our widgets."""
    return widget.objectName().startswith("qt_") or isinstance(widget.parent(), QTabBar)


def test_pseudo_words_are_longer_and_keep_their_placeholders() -> None:
    assert pseudo("Save {name}") == "[Sávé {name} ẽxtr]"
    assert untranslated(f"✓ {pseudo('Save {name}').format(name=pseudo('me'))} 4711-482-913") == ""
    assert untranslated("Close") == "Close"


@pytest.mark.usefixtures("speaks_pseudo")
@pytest.mark.parametrize("face", WINDOWS)
def test_no_window_says_anything_that_cant_be_translated(show: Show, face: theme.Face) -> None:
    said = 0
    left = set()
    for name, window in show(face):
        for widget in everything(window):
            for text in texts_of(widget):
                said += "[" in text
                if untranslated(text):
                    left.add((name, type(widget).__name__, text))
        for shortcut in window.findChildren(QShortcut):
            if untranslated(shortcut.whatsThis()):
                left.add((name, "QShortcut", shortcut.whatsThis()))
    assert left == set()
    assert said > 100


def cut(widget: QWidget) -> str:
    """Why ``widget`` shows less than it has to say; empty if it shows everything, or shortens its words by itself."""
    size, wanted = widget.size(), widget.sizeHint()
    if isinstance(widget, ShortLabel | PictureView) or not widget.isVisible():
        return ""
    if isinstance(widget, QLabel):
        if widget.wordWrap() and widget.heightForWidth(size.width()) > size.height():
            return f"{widget.heightForWidth(size.width())} high, has {size.height()}"
        wanted.setWidth(widget.minimumSizeHint().width() if widget.wordWrap() else wanted.width())
        wanted.setHeight(min(wanted.height(), size.height()))
    elif isinstance(widget, QScrollArea):
        inside, room = widget.widget().width(), widget.viewport().width()
        return f"the inside is {inside} wide, has {room}" if inside > room else ""
    elif isinstance(widget, QGroupBox):
        wanted = widget.minimumSizeHint()
    elif isinstance(widget, QComboBox):
        wanted.setWidth(widget.minimumSizeHint().width())
    elif not isinstance(widget, QAbstractButton | QTabBar):
        return ""
    if wanted.width() > size.width() or wanted.height() > size.height():
        return f"wants {wanted.toTuple()}, has {size.toTuple()}"
    window = widget.window()
    place = QRect(widget.mapTo(window, widget.rect().topLeft()), size)
    if place.left() < 0 or place.right() >= window.width():
        return f"at {place.getCoords()} in a window {window.width()} wide"
    return ""


def cut_in(window: QWidget) -> set[tuple[str, str, str]]:
    found = ((type(widget).__name__, cut(widget), list(texts_of(widget))) for widget in everything(window))
    return {(kind, why, str([text for text in texts if text])) for kind, why, texts in found if why}


@pytest.mark.usefixtures("speaks_pseudo")
@pytest.mark.parametrize("face", WINDOWS)
def test_longer_words_are_not_cut_off(show: Show, face: theme.Face) -> None:
    found = {name: cut_in(window) for name, window in show(face)}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("face", WINDOWS)
def test_german_is_not_cut_off(show: Show, face: theme.Face) -> None:
    found = {name: cut_in(window) for name, window in show(face)}
    assert {name: what for name, what in found.items() if what} == {}


def test_a_button_that_is_too_small_counts_as_cut(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("What was wrong and what was done appears here.", window)
    label.resize(40, 20)
    window.show()
    assert cut(label)


# --- from right to left ------------------------------------------------------------------------------


def places(window: QWidget) -> list[tuple[str, QRect]]:
    """Where the content of each visible label and button stands in its window."""
    wanted = (widget for widget in everything(window) if isinstance(widget, QLabel | QAbstractButton))
    return [
        (
            f"{type(widget).__name__} {widget.accessibleName() or widget.text()}",
            QRect(widget.mapTo(window, widget.contentsRect().topLeft()), widget.contentsRect().size()),
        )
        for widget in wanted
        if widget.isVisible()
    ]


@pytest.mark.parametrize("face", WINDOWS)
def test_from_right_to_left_every_window_is_its_mirror_image(qapp: QApplication, show: Show, face: theme.Face) -> None:
    straight = {name: (window.width(), places(window)) for name, window in show(face)}
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for name, window in show(face):
        width, before = straight[name]
        assert window.width() == width
        assert [what for what, _ in places(window)] == [what for what, _ in before]
        for (what, place), (_, was) in zip(places(window), before, strict=True):
            assert abs(width - place.right() - 1 - was.left()) <= 1, (name, what, place, was)
