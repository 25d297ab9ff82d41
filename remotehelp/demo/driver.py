"""The driver of one desk: finds and uses what stands there by accessible name or id, as a screen reader would."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from remotehelp.demo.box import Box
from remotehelp.demo.hand import Hand
from remotehelp.demo.waiting import StageError, read_line

SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's own: `gi` exists for that one only
WORKER = Path(__file__).with_name("driver_worker.py")
WAIT_S = 10.0
ANSWER_S = 15.0  # a busy program may hold an answer up for a few AT-SPI time limits


class Thing(NamedTuple):
    """What was found under a name: a button, a field, a label."""

    role: str
    name: str
    identifier: str
    text: str
    enabled: bool
    checked: bool
    box: Box


class Driver:
    """Starts the helper process that speaks AT-SPI on this desk; ``wait_app`` gives a program to use."""

    def __init__(self, env: Mapping[str, str], hand: Hand, log: Path) -> None:
        self.hand = hand
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - both words are our own
                [SYSTEM_PYTHON, str(WORKER)],
                env=dict(env),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                bufsize=0,
                start_new_session=True,
            )
        self._log = log
        self._answer(ANSWER_S)

    def wait_app(self, pid: int | None = None, name: str | None = None, timeout: float = 30.0) -> App:
        """The program with this process id or accessible name, once it is on the desk."""
        return App(self, self.ask("wait_app", pid=pid, name=name, timeout=timeout))

    def ask(self, do: str, **values: Any) -> Any:
        """The helper's answer to one request; raises StageError with its reason."""
        assert self._process.stdin is not None  # noqa: S101 - it was opened as a pipe
        with suppress(BrokenPipeError):  # then there is no answer either, and that is reported
            self._process.stdin.write(json.dumps({"do": do, **values}).encode() + b"\n")
        return self._answer(values.get("timeout", 0.0) + ANSWER_S)

    def _answer(self, timeout: float) -> Any:
        assert self._process.stdout is not None  # noqa: S101 - it was opened as a pipe
        line = read_line(self._process.stdout.fileno(), timeout, f"the driver does not answer: see {self._log}")
        answer = json.loads(line)
        if "error" in answer:
            raise StageError(answer["error"])
        return answer["value"]

    def close(self) -> None:
        """End the helper process."""
        self._process.terminate()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class App:
    """One program on a desk. Every name is an accessible name or id; only what shows is found, waited for 10 s.

    All methods raise StageError with what is there instead.
    """

    def __init__(self, driver: Driver, pid: int) -> None:
        self._driver = driver
        self.pid = pid

    def find(self, name: str, timeout: float = WAIT_S, hidden: bool = False) -> Thing:
        """What stands under ``name``; ``hidden`` finds what says of itself that it does not show (GTK icon views)."""
        found = self._ask("find", name=name, hidden=hidden, timeout=timeout)
        return Thing(**{**found, "box": Box(*found["box"])})

    def text(self, name: str, timeout: float = WAIT_S) -> str:
        """The text of a label or field."""
        return self.find(name, timeout).text

    def enabled(self, name: str, timeout: float = WAIT_S) -> bool:
        """Whether it can be used now."""
        return self.find(name, timeout).enabled

    def checked(self, name: str, timeout: float = WAIT_S) -> bool:
        """Whether a check box or a checkable button is on."""
        return self.find(name, timeout).checked

    def extents(self, name: str, timeout: float = WAIT_S, hidden: bool = False) -> Box:
        """Where it stands on the screen, once it does not move any more."""
        return Box(*self._ask("extents", name=name, hidden=hidden, timeout=timeout))

    def exists(self, name: str, hidden: bool = False) -> bool:
        """Whether it shows now; never waits."""
        return bool(self._ask("exists", name=name, hidden=hidden))

    def press(self, name: str, timeout: float = WAIT_S) -> None:
        """Press it through the accessibility interface, as soon as it is enabled: no pointer, no key."""
        self._ask("press", name=name, timeout=timeout)

    def click(self, name: str, timeout: float = WAIT_S, hidden: bool = False) -> None:
        """Click into its middle with the real pointer."""
        self._driver.hand.click_at(*self.extents(name, timeout, hidden).centre)

    def set_text(self, name: str, text: str, timeout: float = WAIT_S) -> None:
        """Replace a field's text through the accessibility interface."""
        self._ask("set_text", name=name, content=text, timeout=timeout)

    def type_into(self, name: str, text: str, timeout: float = WAIT_S) -> None:
        """Give a field the keyboard and type with real keys."""
        self._ask("focus", name=name, timeout=timeout)
        self._driver.hand.type(text)

    def wait_text(self, name: str, pattern: str, timeout: float = WAIT_S) -> str:
        """The text as soon as the regular expression ``pattern`` is found in it."""
        return str(self._ask("wait_text", name=name, pattern=pattern, timeout=timeout))

    def wait_enabled(self, name: str, timeout: float = WAIT_S) -> None:
        """Wait until it can be used."""
        self._ask("wait_state", name=name, which="ENABLED", on=True, timeout=timeout)

    def wait_checked(self, name: str, on: bool = True, timeout: float = WAIT_S) -> None:
        """Wait until a check box is on, or off."""
        self._ask("wait_state", name=name, which="CHECKED", on=on, timeout=timeout)

    def wait_gone(self, name: str, timeout: float = WAIT_S) -> None:
        """Wait until nothing shows under this name."""
        self._ask("wait_gone", name=name, timeout=timeout)

    def tree(self) -> str:
        """All that is there, one thing a line, for looking up names."""
        return str(self._ask("tree"))

    def _ask(self, do: str, **values: Any) -> Any:
        return self._driver.ask(do, app=self.pid, **values)
