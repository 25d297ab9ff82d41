"""Whether something that must never be written down was: in program logs, in logs of visits, in files of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

#: a whole code (4711-482-913) and a private key, in whatever line they stand
SECRETS = re.compile(rb"(?<![0-9-])[0-9]{4,5}-[0-9]{3}-[0-9]{3}(?![0-9-])|PRIVATE KEY")
#: a line of a program's log where none is set up: what a test prints itself does not begin so
OF_A_PROGRAM = re.compile(rb"^(?:\x1b\[[0-9;]*m)*[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\b.*$", re.MULTILINE)
LOGS = frozenset({".jsonl", ".log"})


def told(output: str) -> list[str]:
    """The secrets in the lines that our programs logged to a test's output."""
    lines = OF_A_PROGRAM.findall(output.encode())
    return [found.decode() for line in lines for found in SECRETS.findall(line)]


def written(folder: Path) -> Iterator[tuple[Path, str]]:
    """The secrets in all logs below ``folder``."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and LOGS & set(path.suffixes):
            for found in SECRETS.findall(path.read_bytes()):
                yield path, found.decode()
