"""What `make audit` makes of what it is told; the tools that it asks are not installed for the tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.roles import ROOT


@pytest.fixture(scope="module")
def audit() -> Any:
    where = importlib.util.spec_from_file_location("audit", ROOT / "packaging" / "audit" / "audit.py")
    assert where is not None
    assert where.loader is not None
    module = sys.modules["audit"] = importlib.util.module_from_spec(where)
    where.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("GPL-2.0-only", False),
        ("MIT AND Proprietary", False),
        ("SSPL-1.0 OR MIT", True),
        ("UNKNOWN", False),
    ],
)
def test_whether_a_licence_fits(audit: Any, licence: str, fits: bool) -> None:
    assert audit.fits(licence) == fits


def test_everything_that_is_bundled_here_has_a_licence_that_fits(audit: Any) -> None:
    known = audit.known_libraries()
    here = audit.shared_libraries(audit.site().glob("*.libs"))
    assert {"libavcodec", "libx264", "libopus"} <= here
    assert here <= known.keys()
    assert [part for part in known.values() if not audit.fits(part.licence)] == []


def test_all_that_the_program_needs_is_looked_at(audit: Any) -> None:
    names = audit.needed()
    assert {"aiortc", "av", "pyee", "pyside6-addons", "pycparser"} <= names
    assert not {"pytest", "mypy", "remotehelp"} & names


def test_each_pinned_library_has_a_hash(audit: Any) -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert audit.unhashed(lock) == []
    assert lock.count("==") > 80
    without = lock.split("    --hash", 1)[0].removesuffix(" \\\n") + "\n"
    assert audit.unhashed(without + "six==1.0 \\\n    --hash=sha256:00\n") == [without.strip()]


def test_nothing_found_says_nothing_where_nobody_looked(audit: Any) -> None:
    assert audit.Figure("weak", []).entry()["ok"] is True
    assert audit.Figure("weak", [], looked=False).entry()["ok"] is None
    assert audit.Figure("weak", ["h11 CVE-1"]).entry()["ok"] is False


def test_the_name_of_a_library_is_told_from_its_version(audit: Any, tmp_path: Path) -> None:
    for name in (
        "libopus-3f2a1b0c.so.0.10.1",
        "libscipy_openblas64_-8fb3d286.so",
        "libgfortran-040039e1-0352e75f.so.5",
    ):
        (tmp_path / name).touch()
    assert audit.shared_libraries([tmp_path]) == {"libopus", "libscipy_openblas64_", "libgfortran"}
