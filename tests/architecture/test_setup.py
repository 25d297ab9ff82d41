"""The set-up of a fresh machine: what its files promise."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = (ROOT / "requirements.lock", ROOT / "packaging/linux/build.lock")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_library_is_pinned_with_hashes_and_no_index_is_named(lock: Path) -> None:
    text = lock.read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[\w.-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_what_is_built_from_source_is_built_with_pinned_tools() -> None:
    assert {"setuptools", "editables"} == set(re.findall(r"^([\w-]+)==", LOCKS[1].read_text(), re.MULTILINE))
    assert "\nevdev==" in LOCKS[0].read_text()


def test_help_lists_every_target_in_one_line() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {line.split()[0] for line in shown.splitlines()} == targets
    assert targets >= {"demo", "test", "check", "test-pythons", "bench", "run", "technician", "lock", "clean"}


def test_without_apt_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    """On a system that is not Debian nothing is installed for anybody."""
    for tool in ("bash", "cat", "dirname", "flock", "mkdir", "sed", "xargs", "echo"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")
    script = ROOT / "packaging/linux/setup.sh"
    done = subprocess.run(
        [script, "build/nowhere"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 1
    assert re.fullmatch(
        r"set-up: This system has no apt-get: please install .* xvfb .*\('gcc' is missing\)\.\n", done.stderr
    )
    assert not (ROOT / "build/nowhere").exists()


def test_scripts_can_be_run() -> None:
    scripts = [ROOT / ".ci/run", *(ROOT / "packaging/linux").glob("*.sh")]
    assert len(scripts) >= 3
    assert all(os.access(script, os.X_OK) for script in scripts)
