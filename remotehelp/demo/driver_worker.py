"""The half of the driver that speaks AT-SPI: run by Debian's /usr/bin/python3, the only one that has ``gi``.

One process a desk, since libatspi is bound to one session bus a process. Each line on stdin is a JSON request
``{"do": NAME, ...}``, each line on stdout its answer: ``{"value": ...}`` or ``{"error": SENTENCE}``.
This file uses the standard library and ``gi`` alone.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi  # type: ignore[import-not-found,unused-ignore]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found,unused-ignore]  # noqa: E402

Node = Any
CALL_MS = 3000  # a program that is busy for longer counts as not answering
POLL_S = 0.03
REST_S = 0.05
PRESSES = ("press", "toggle", "click", "activate", "jump", "showmenu")
LISTED = 80


class NotThere(Exception):
    """What was looked for is not there now; the text says what is."""


def state(node: Node, name: str) -> bool:
    """Whether a state of ``Atspi.StateType`` is set."""
    return bool(node.get_state_set().contains(getattr(Atspi.StateType, name)))


def identifier(node: Node) -> str:
    """The accessible id, "" without one."""
    return node.get_accessible_id() or ""


def text(node: Node) -> str:
    """What a screen reader reads: the text, else the name."""
    if node.get_text_iface():
        return str(Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)))
    return node.get_name() or ""


def extents(node: Node) -> list[int]:
    """Where it stands on the screen: left, top, width, height."""
    box = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
    return [box.x, box.y, box.width, box.height]


def children(node: Node) -> list[Node]:
    """The children that answer."""
    try:
        found = [node.get_child_at_index(i) for i in range(node.get_child_count())]
    except GLib.Error:
        return []
    return [child for child in found if child is not None]


def walk(node: Node, hidden: bool) -> Iterator[Node]:
    """All nodes below ``node``, without what is not showing unless ``hidden``."""
    for child in children(node):
        try:
            if not hidden and not state(child, "SHOWING"):
                continue
        except GLib.Error:
            continue
        yield child
        yield from walk(child, hidden)


def matches(node: Node, name: str) -> bool:
    """Whether ``name`` is the node's accessible name or id."""
    try:
        return name in (node.get_name(), identifier(node))
    except GLib.Error:
        return False


def find_now(root: Node, name: str, hidden: bool) -> Node:
    """The node with this accessible name or id; raises NotThere.

    A label and the field that it belongs to share a name: the one that can take the keyboard is meant.
    """
    found = [node for node in walk(root, hidden) if matches(node, name)]
    if not found:
        raise NotThere(f"nothing is called {name!r}; there is {listing(root)}")
    return next((node for node in found if state(node, "FOCUSABLE")), found[0])


def listing(root: Node) -> str:
    """What is there, in one line."""
    words = []
    for node in walk(root, hidden=False):
        try:
            given = "" if "." in identifier(node) else identifier(node)  # a dotted path is Qt's own invention
            label = " / ".join(part for part in (node.get_name(), given) if part)
            if label:
                words.append(f"{node.get_role_name()} {label!r}")
        except GLib.Error:
            continue
    return ", ".join(words[:LISTED]) or "nothing at all"


def tree(node: Node, depth: int = 0) -> str:
    """All nodes, one a line, for a person who looks for the right name."""
    try:
        flags = [name.lower() for name in ("SHOWING", "ENABLED", "CHECKED", "FOCUSED") if state(node, name)]
        line = f"{'  ' * depth}{node.get_role_name()} {node.get_name()!r} {identifier(node)!r} {text(node)!r} {flags}"
    except GLib.Error as error:
        line = f"{'  ' * depth}({error.message})"
    return "\n".join([line, *(tree(child, depth + 1) for child in children(node))])


def until(attempt: Callable[[], Any], timeout: float) -> Any:
    """What ``attempt`` returns as soon as it does not raise NotThere; its NotThere after ``timeout`` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            return attempt()
        except (NotThere, GLib.Error) as error:
            if time.monotonic() > deadline:
                reason = str(error) if isinstance(error, NotThere) else f"the program does not answer: {error.message}"
                raise NotThere(f"{reason} (waited {timeout:g} s)") from error
        time.sleep(POLL_S)


class Worker:
    """Performs requests; ``apps`` are the programs that ``wait_app`` found, by process id."""

    def __init__(self) -> None:
        Atspi.set_timeout(CALL_MS, CALL_MS)
        self.apps: dict[int, Node] = {}

    def answer(self, line: str) -> dict[str, Any]:
        """The answer to one request."""
        request = json.loads(line)
        action = getattr(self, "do_" + request.pop("do"))
        try:
            return {"value": action(**request)}
        except NotThere as error:
            return {"error": str(error)}
        except GLib.Error as error:
            return {"error": f"the program does not answer: {error.message}"}

    def do_wait_app(self, pid: int | None, name: str | None, timeout: float) -> int:
        """The process id of the program with this id or accessible name."""

        def attempt() -> int:
            seen = {app.get_process_id(): app for app in children(Atspi.get_desktop(0))}
            for number, app in seen.items():
                if number == pid or (name is not None and app.get_name() == name):
                    self.apps[number] = app
                    return int(number)
            there = {number: app.get_name() for number, app in seen.items()}
            raise NotThere(f"no program {name or pid} on this desk; there are {there}")

        return int(until(attempt, timeout))

    def found(self, app: int, name: str, hidden: bool, timeout: float) -> Node:
        """The node, waited for."""
        return until(lambda: find_now(self.apps[app], name, hidden), timeout)

    def do_extents(self, app: int, name: str, hidden: bool, timeout: float) -> list[int]:
        """Where it stands, once it has stood there for a moment: a new window is moved by the window manager."""
        before: list[int] = []

        def attempt() -> list[int]:
            nonlocal before
            last, before = before, extents(find_now(self.apps[app], name, hidden))
            if last != before:
                time.sleep(REST_S)
                raise NotThere(f"{name!r} keeps moving")
            return before

        return list(until(attempt, timeout))

    def do_find(self, app: int, name: str, hidden: bool, timeout: float) -> dict[str, Any]:
        """What stands there under this name."""
        node = self.found(app, name, hidden, timeout)
        return {
            "role": node.get_role_name(),
            "name": node.get_name() or "",
            "identifier": identifier(node),
            "text": text(node),
            "enabled": state(node, "ENABLED") and state(node, "SENSITIVE"),
            "checked": state(node, "CHECKED"),
            "box": extents(node),
        }

    def do_exists(self, app: int, name: str, hidden: bool) -> bool:
        """Whether it is there now."""
        try:
            find_now(self.apps[app], name, hidden)
        except (NotThere, GLib.Error):
            return False
        return True

    def do_press(self, app: int, name: str, timeout: float) -> str:
        """Press, toggle or open it as a screen reader does, as soon as it is enabled."""

        def attempt() -> str:
            node = find_now(self.apps[app], name, hidden=False)
            if not state(node, "ENABLED"):
                raise NotThere(f"{name!r} is disabled")
            offered = [Atspi.Action.get_action_name(node, i).lower() for i in range(Atspi.Action.get_n_actions(node))]
            for action in PRESSES:
                if action in offered:
                    Atspi.Action.do_action(node, offered.index(action))
                    return action
            raise NotThere(f"{name!r} can't be pressed, only {offered}")

        return str(until(attempt, timeout))

    def do_set_text(self, app: int, name: str, content: str, timeout: float) -> bool:
        """Replace a field's text without keys."""
        node = self.found(app, name, False, timeout)
        if not node.get_editable_text_iface():
            raise NotThere(f"{name!r} is no field for text")
        return bool(Atspi.EditableText.set_text_contents(node, content))

    def do_focus(self, app: int, name: str, timeout: float) -> bool:
        """Give it the keyboard and wait until it has it."""
        node = self.found(app, name, False, timeout)
        Atspi.Component.grab_focus(node)

        def attempt() -> bool:
            if not state(node, "FOCUSED"):
                raise NotThere(f"{name!r} does not take the keyboard")
            return True

        return bool(until(attempt, timeout))

    def do_wait_text(self, app: int, name: str, pattern: str, timeout: float) -> str:
        """The text as soon as the regular expression ``pattern`` is found in it."""

        def attempt() -> str:
            seen = text(find_now(self.apps[app], name, hidden=False))
            if not re.search(pattern, seen):
                raise NotThere(f"{pattern!r} is not in {name!r}, which says {seen!r}")
            return seen

        return str(until(attempt, timeout))

    def do_wait_state(self, app: int, name: str, which: str, on: bool, timeout: float) -> bool:
        """Wait until a state is set or not set."""

        def attempt() -> bool:
            if state(find_now(self.apps[app], name, hidden=False), which) != on:
                raise NotThere(f"{name!r} is {'not ' if on else ''}{which.lower()}")
            return True

        return bool(until(attempt, timeout))

    def do_wait_gone(self, app: int, name: str, timeout: float) -> bool:
        """Wait until nothing shows under this name."""

        def attempt() -> bool:
            if self.do_exists(app, name, hidden=False):
                raise NotThere(f"{name!r} is still there")
            return True

        return bool(until(attempt, timeout))

    def do_tree(self, app: int) -> str:
        """The whole program, one node a line."""
        return tree(self.apps[app])


def main() -> None:
    """Answer requests until stdin ends."""
    worker = Worker()
    print(json.dumps({"value": "ready"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(worker.answer(line)), flush=True)


if __name__ == "__main__":
    main()
