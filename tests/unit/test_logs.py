"""The log: one JSON object a line, with two clocks, from our own code and from the libraries' warnings."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

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


def run(path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=30
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
