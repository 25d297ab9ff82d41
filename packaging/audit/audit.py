"""`make audit`: known weaknesses of the pinned libraries, and the licence of everything that is bundled with them.

Asks pip-audit and pip-licenses, which `make` installs into build/audit. Prints a table; writes build/audit.json and
build/licences.txt. Ends with 0 when it ran, whatever it found.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "build" / "audit" / "bin"
LOCK = ROOT / "requirements.lock"
BUNDLED = Path(__file__).with_name("bundled.csv")
PROGRAM = "remotehelp"

# what GPL-3.0-or-later may be bundled with, as SPDX and as the classifiers of PyPI write it
FITTING = frozenset(
    (
        "0BSD",
        "Apache Software License",
        "Apache-2.0",
        "BSD License",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSD-3-Clause-Clear",
        "CC0-1.0",
        "FTL",
        "GNU Lesser General Public License v2 or later (LGPLv2+)",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "IJG",
        "ISC",
        "LGPL-2.0-or-later",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "MIT",
        "MIT License",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
        "Zlib",
        "libpng-2.0",
        "libtiff",
    )
)


class Part(NamedTuple):
    """One library, and what its licence is called."""

    name: str
    version: str
    licence: str


class Figure(NamedTuple):
    """One line of the table: how many, and which."""

    figure: str
    found: list[str]
    looked: bool = True  # everywhere: else that nothing was found says nothing

    def entry(self) -> dict[str, Any]:
        """As build/TARGET.json holds it."""
        absent = dict.fromkeys(("peer", "peer_value", "ratio"))
        return {
            "figure": self.figure,
            "value": len(self.found),
            "unit": "libraries",
            **absent,
            "bar": "0",
            "ok": not self.found if self.looked else None,
        }


def fits(licence: str) -> bool:
    """Whether a GPL-3.0-or-later program may be bundled with it: one of what ``OR`` offers, all that ``AND`` joins."""
    offers = licence.split(" OR ")
    return any(all(part.strip() in FITTING for part in offer.split(" AND ")) for offer in offers)


def needed(program: str = PROGRAM) -> set[str]:
    """The names of all distributions here that the program needs, itself left out."""
    found: set[str] = set()
    waiting = [program]
    while waiting:
        for name in _needs(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _needs(name: str) -> Iterator[str]:
    for line in metadata.requires(name) or []:
        if "extra ==" in line:
            continue
        other = re.match(r"[\w.-]+", line)
        if other and _is_here(other[0]):
            yield canonical(other[0])


def _is_here(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False  # for another system or another Python
    return True


def canonical(name: str) -> str:
    """As PyPI compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def shared_libraries(folders: Iterable[Path]) -> set[str]:
    """The libraries that lie in wheels' ``*.libs``, without version and hash."""
    names = (file.name for folder in folders for file in folder.iterdir())
    return {re.sub(r"(-[0-9a-f]{8})*(-[\d.]+)?\.so.*$", "", name) for name in names}


def known_libraries() -> dict[str, Part]:
    """What is known of them: name, project and licence."""
    with BUNDLED.open(newline="") as lines:
        return {
            line["library"]: Part(line["library"], line["project"], line["licence"]) for line in csv.DictReader(lines)
        }


def site() -> Path:
    """Where this Python's libraries lie."""
    return Path(str(metadata.distribution("numpy").locate_file("")))


def distributions() -> list[Part]:
    """All that the program needs, with their licences."""
    told = json.loads(_run(TOOLS / "pip-licenses", "--python", sys.executable, "--format=json"))
    names = needed()
    parts = [Part(one["Name"], one["Version"], one["License"]) for one in told]
    return sorted(part for part in parts if canonical(part.name) in names)


def weaknesses() -> tuple[list[str], list[str]]:
    """What is known of the pinned libraries, and which could not be looked up."""
    words = (
        TOOLS / "pip-audit",
        "-r",
        LOCK,
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner=off",
        "-f",
        "json",
    )
    told = json.loads(_run(*words))["dependencies"]
    found = [f"{one['name']} {weak['id']}" for one in told for weak in one.get("vulns", ())]
    return found, [one["name"] for one in told if "skip_reason" in one]


def unhashed(lock: str) -> list[str]:
    """The requirements of a lock that anything may be installed for."""
    entries = re.findall(r"^(\S+==\S+)((?: \\\n|.*\\\n)*(?:    --hash=.*\n?)*)", lock, re.MULTILINE)
    return [name for name, rest in entries if "--hash=sha256:" not in rest]


def figures(parts: list[Part]) -> list[Figure]:
    """All lines of the table."""
    weak, unasked = weaknesses()
    known, here = known_libraries(), shared_libraries(site().glob("*.libs"))
    bundled = [*parts, *(known[name] for name in sorted(here & known.keys()))]
    return [
        Figure("known weaknesses of pinned libraries", weak, looked=not unasked),
        Figure("not looked up: the index that was asked does not know them", unasked),
        Figure("pinned without a hash", unhashed(LOCK.read_text())),
        Figure("bundled with a licence that does not fit", [part.name for part in bundled if not fits(part.licence)]),
        Figure("shared libraries whose licence nobody has looked up", sorted(here - known.keys())),
    ]


def main() -> None:
    """Look, print and write."""
    parts = distributions()
    made = figures(parts)
    listed = [*parts, *known_libraries().values()]
    build = ROOT / "build"
    (build / "licences.txt").write_text("".join(f"{one.name} ({one.version}): {one.licence}\n" for one in listed))
    (build / "audit.json").write_text(json.dumps([one.entry() for one in made], indent=2) + "\n")
    for one in made:
        print(f"{len(one.found):4}  {one.figure}" + (": " + ", ".join(one.found) if one.found else ""))
    print(f"{len(listed):4}  licences, all in build/licences.txt")


def _run(*words: object) -> str:
    """What a tool prints; pip-audit ends with 1 where it found something."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)  # noqa: S603 - our own words
    if not done.stdout:
        sys.exit(f"{words[0]} did not work: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
