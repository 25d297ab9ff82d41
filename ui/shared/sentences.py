"""The sentences of ``remotehelp.sentences`` in the person's language, and the translators for everything else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from remotehelp.sentences import SENTENCES
from remotehelp.visit.shown import Notice
from ui.shared import resources


def translated(key: str, **values: str | int) -> str:
    """The sentence for ``key`` in the language in force; an unknown key is a bug and raises KeyError."""
    return QCoreApplication.translate("sentences", SENTENCES[key]).format(**values)


def told(notice: Notice) -> str:
    """The sentence of ``notice`` in the language in force."""
    return translated(notice.key, **dict(notice.values))


def reason(key: str) -> str:
    """Why something can't be done now; nothing for an empty key."""
    return translated(key) if key else ""


def install_translators(app: QCoreApplication, language: str | None) -> bool:
    """Speak ``language`` (de, en_GB), or that of the system (LANGUAGE, LC_ALL, LANG); False if it stays English.

    Qt's own texts (file dialogs) come along where Qt has them.
    """
    locale = QLocale(language) if language else QLocale.system()
    if language:
        QLocale.setDefault(locale)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ours = _install(app, locale, "remotehelp", str(resources.folder() / "translations"))
    if ours:
        _install(app, locale, "qtbase", qt_folder)
    return ours


def _install(app: QCoreApplication, locale: QLocale, name: str, folder: str) -> bool:
    translator = QTranslator(app)
    return translator.load(locale, name, "_", folder) and app.installTranslator(translator)
