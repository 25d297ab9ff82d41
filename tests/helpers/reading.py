"""What a screen reader finds in a window: every object's accessible name, role and id."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget


def read(root: QWidget) -> Iterator[tuple[str, QAccessible.Role, QWidget]]:
    """Name, role and widget of everything that is on the screen now."""
    for found in _walk(QAccessible.queryAccessibleInterface(root)):
        widget = found.object()
        if isinstance(widget, QWidget) and widget.isVisible():
            yield found.text(QAccessible.Text.Name), found.role(), widget


def by_name(root: QWidget, name: str) -> QWidget:
    """The one widget with this accessible name."""
    found = {id(widget): widget for called, _, widget in read(root) if called == name}
    assert len(found) == 1, f"{name}: {len(found)} of {sorted({called for called, _, _ in read(root)})}"
    return next(iter(found.values()))


def by_id(root: QWidget, identifier: str) -> QWidget:
    """The one widget with this accessible id."""
    found = [widget for _, _, widget in read(root) if widget.accessibleIdentifier() == identifier]
    assert len(found) == 1, f"{identifier}: {len(found)}"
    return found[0]


def role_of(root: QWidget, name: str) -> QAccessible.Role:
    """The role that goes with an accessible name."""
    return next(role for called, role, _ in read(root) if called == name)


def _walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is not None and child.isValid():
            yield from _walk(child)
