"""The two safety words as both people see them: the same English words in every language, so that they can compare."""

from __future__ import annotations

from functools import cache

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shared import controls, resources, theme

LIST = ("words", "english.txt")  # BIP-39; its licence lies beside it


def in_words(places: tuple[int, int]) -> str:
    """The two words at these places of the list."""
    return " ".join(_words()[place] for place in places)


@cache
def _words() -> tuple[str, ...]:
    return tuple(resources.path(*LIST).read_text("ascii").split())


class SafetyWords(QWidget):
    """The label `safety-words` and what to do with them; hidden where there are none."""

    def __init__(self, what_to_do: str) -> None:
        super().__init__()
        self._label = controls.label(look="title", identifier="safety-words")
        frame, inside = controls.card()
        inside.setContentsMargins(theme.STEP, theme.STEP, theme.STEP, theme.STEP)
        inside.setSpacing(0)
        inside.addWidget(self._label)
        inside.addWidget(controls.label(what_to_do, look="small"))
        whole = QVBoxLayout(self)
        controls.spaced(whole, margin=0)
        whole.addWidget(frame)
        self.hide()

    def show_words(self, places: tuple[int, int] | None) -> None:
        """Show the words at these places of the list, or nothing."""
        self._label.setText(in_words(places) if places else "")
        self.setVisible(places is not None)
