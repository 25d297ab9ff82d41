"""The worker runs under Debian's own Python, so it is spoken to as the driver does: by lines."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import SYSTEM_PYTHON, WORKER


def test_answers_each_line_with_one_line(desk: Desk) -> None:
    requests = [
        {"do": "wait_app", "pid": None, "name": "nobody", "timeout": 0},
        {"do": "wait_app", "pid": 1, "name": None, "timeout": 0},
    ]
    done = subprocess.run(
        [SYSTEM_PYTHON, WORKER],
        env=desk.env,
        input="".join(json.dumps(request) + "\n" for request in requests),
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    ready, *answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert ready == {"value": "ready"}
    assert [list(answer) for answer in answers] == [["error"], ["error"]]
    assert "no program nobody on this desk" in answers[0]["error"]


def test_needs_nothing_but_the_standard_library_and_gi() -> None:
    imports = [
        node for node in ast.walk(ast.parse(WORKER.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {(node.module or "").split(".")[0] for node in imports if isinstance(node, ast.ImportFrom)}
    assert names - sys.stdlib_module_names == {"gi"}
