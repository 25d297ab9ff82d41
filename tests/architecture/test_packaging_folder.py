"""The top level holds what DESIGN.md names and nothing else; ``packaging`` stays a folder, never a package."""

import fnmatch

from tests.helpers.architecture import ROOT

FOLDERS = {"remotehelp", "ui", "resources", "tests", "packaging"}
FILES = {
    "pyproject.toml",
    "Makefile",
    "requirements.lock",
    "README.md",
    "ARCHITECTURE.md",
    "DECISIONS.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "LICENSE",
}
HOUSEKEEPING = {".ci", ".git", ".gitignore"}


def ignored(name):
    """Whether git leaves ``name`` at the top level alone."""
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return any(fnmatch.fnmatch(name, line.strip().strip("/")) for line in lines if line.strip())


def test_the_top_level_holds_exactly_what_the_design_names():
    there = {path.name for path in ROOT.iterdir() if not ignored(path.name)} - HOUSEKEEPING
    assert sorted(there - FOLDERS - FILES) == [], "these have no place at the top level"
    assert sorted((FOLDERS | FILES) - there) == [], "these are missing"


def test_packaging_is_no_package_because_it_would_hide_the_library_of_that_name():
    import packaging

    assert list((ROOT / "packaging").rglob("__init__.py")) == []
    assert packaging.__file__ is not None
    assert not packaging.__file__.startswith(str(ROOT / "packaging"))


def test_resources_hold_data_only():
    assert [str(path) for path in (ROOT / "resources").rglob("*.py")] == []
