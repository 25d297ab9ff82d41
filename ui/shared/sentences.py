"""The sentences of ``remotehelp.sentences`` in the person's language, and the translators for everything else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from remotehelp.sentences import SENTENCES
from remotehelp.visit.shown import Notice
from ui.shared import resources, tame


def translated(key: str, **values: str | int) -> str:
    """The sentence for ``key`` in the language in force; an unknown key is a bug and raises KeyError."""
    return QCoreApplication.translate("sentences", SENTENCES[key]).format(**values)


def told(notice: Notice) -> str:
    """The sentence of ``notice`` in the language in force."""
    values = {name: tame.flat(value) if isinstance(value, str) else value for name, value in notice.values}
    return translated(notice.key, **values)


def reason(key: str) -> str:
    """Why something can't be done now; nothing for an empty key."""
    return translated(key) if key else ""


def install_translators(app: QCoreApplication, language: str | None) -> bool:
    """Speak ``language`` (de, en_GB), or that of the system (LANGUAGE, LC_ALL, LANG); False if it stays English.

    Dates follow the language, and Qt's own texts (file dialogs) come along where Qt has them.
    """
    wanted = QLocale(language) if language else QLocale.system()
    ours = _install(app, wanted, "remotehelp", _our_folder())
    if ours is None:
        _install(app, QLocale(QLocale.Language.English), "remotehelp", _our_folder())  # for its plurals
        return False
    spoken = _spoken(wanted, QLocale(ours.language()))
    QLocale.setDefault(spoken)
    _install(app, spoken, "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return True


def _spoken(wanted: QLocale, found: QLocale) -> QLocale:
    """The wanted region's way of writing the language that was found.

    By name: the system's own locale takes its dates from LC_TIME, whatever LANGUAGE says.
    """
    return QLocale(wanted.name()) if wanted.language() is found.language() else found


def _our_folder() -> str:
    return str(resources.folder() / "translations")


def _install(app: QCoreApplication, locale: QLocale, name: str, folder: str) -> QTranslator | None:
    translator = QTranslator(app)
    found = translator.load(locale, name, "_", folder) and app.installTranslator(translator)
    return translator if found else None
