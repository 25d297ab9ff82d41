"""The log: one JSON object a line, with two clocks, from our own code and from the libraries' warnings."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from remotehelp.logs import PAUSE_S, NoFlood

ROOT = Path(__file__).parents[2]

PROGRAM = """
import logging, sys
from pathlib import Path
import structlog
from remotehelp.logs import log_to
log = structlog.get_logger("early")
log_to(Path(sys.argv[1]))
log.info("state", now="visiting")
log.debug("too fine")
try:
    raise ValueError("broken")
except ValueError as error:
    log.error("task failed", exc_info=error)
logging.getLogger("aiortc").warning("a library speaks")
logging.getLogger("aiortc").info("a library chatters")
try:
    raise ValueError("within")
except ValueError:
    logging.getLogger("asyncio").exception("Task exception was never retrieved")
"""


def run(path: Path, program: str = PROGRAM) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return path.read_text(encoding="utf-8").splitlines()


def test_entries_are_lines_with_both_clocks_and_nothing_reaches_the_terminal(tmp_path: Path) -> None:
    first, second, library, broken = run(tmp_path / "customer.jsonl")
    entry = json.loads(first)
    assert (entry["event"], entry["now"], entry["level"]) == ("state", "visiting", "info")
    assert datetime.fromisoformat(entry["at"]).tzinfo is not None
    assert json.loads(second)["monotonic"] >= entry["monotonic"] > 0
    assert "ValueError: broken" in json.loads(second)["exception"]
    spoken = json.loads(library)
    assert (spoken["event"], spoken["logger"], spoken["level"]) == ("a library speaks", "aiortc", "warning")
    assert spoken["monotonic"] >= entry["monotonic"]
    assert "ValueError: within" in json.loads(broken)["exception"]


def test_a_second_run_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    run(tmp_path / "customer.jsonl")
    assert len(run(tmp_path / "customer.jsonl")) == 8


FLOOD = """
import logging, sys
from pathlib import Path
import structlog
from remotehelp.logs import log_to
log_to(Path(sys.argv[1]))
log = structlog.get_logger("visit")
for number in range(5000):
    log.info("not injected", key="question_open")
    log.info("not injected", key="input_not_allowed")
    logging.getLogger("aiortc").warning("packet %d refused", number)
log.info("state", now="goodbye")
"""


def test_a_flood_of_what_was_refused_is_a_line_a_second_of_each_kind(tmp_path: Path) -> None:
    started = time.monotonic()
    entries = [json.loads(line) for line in run(tmp_path / "customer.jsonl", FLOOD)]
    most = 1 + (time.monotonic() - started) / PAUSE_S
    kinds = Counter((entry["event"].split()[0], entry.get("key")) for entry in entries[:-1])
    assert set(kinds) == {("not", "question_open"), ("not", "input_not_allowed"), ("packet", None)}
    assert max(kinds.values()) <= most
    assert entries[-1]["now"] == "goodbye"


def record(said: object, name: str = "remotehelp.visit") -> logging.LogRecord:
    return logging.LogRecord(name, logging.INFO, "", 0, said, (), None)


def test_the_same_is_said_again_after_a_second_and_something_else_at_once() -> None:
    at = 10.0
    filtered = NoFlood(lambda: at)
    first = {"event": "breach", "channel": "live", "monotonic": 10.0, "at": "ten"}
    assert filtered.filter(record(first))
    at = 10.5
    assert not filtered.filter(record({**first, "monotonic": 10.5, "at": "half past"}))
    assert filtered.filter(record({**first, "channel": "input"}))
    assert filtered.filter(record(first, "remotehelp.peer"))
    at = 11.0
    assert filtered.filter(record(first))
    assert not filtered.filter(record(first))


def test_what_was_said_long_ago_is_forgotten() -> None:
    at = 0.0
    filtered = NoFlood(lambda: at)
    for number in range(100):
        filtered.filter(record({"event": str(number)}))
    at = 5.0
    filtered.filter(record({"event": "new"}))
    assert len(filtered._said) == 1


LONG = """
import sys
from pathlib import Path
import structlog
from remotehelp import logs
logs.SIZE = 2000
logs.log_to(Path(sys.argv[1]))
for number in range(100):
    structlog.get_logger("visit").info("state", now=str(number))
"""


def test_a_full_log_moves_aside_and_the_oldest_goes(tmp_path: Path) -> None:
    last = json.loads(run(tmp_path / "customer.jsonl", LONG)[-1])
    assert last["now"] == "99"
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["customer.jsonl", "customer.jsonl.1", "customer.jsonl.2"]
    assert all(path.stat().st_size <= 2000 for path in tmp_path.iterdir())
