"""``tests/unit`` mirrors the source: remotehelp/trust/badge.py -> tests/unit/trust/test_badge.py."""

import ast

from tests.helpers.architecture import ROOT, modules

CODE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
UNIT = ROOT / "tests" / "unit"


def has_code(tree):
    return any(isinstance(node, CODE) for node in ast.walk(tree))


def mirror(path):
    """Where the test of the module at ``path`` (from the root) has to stand."""
    inside = path.relative_to("remotehelp") if path.parts[0] == "remotehelp" else path
    return UNIT / inside.parent / f"test_{inside.stem.strip('_')}.py"


def sources():
    for module in modules():
        path = module.path.relative_to(ROOT)
        if path.name != "__init__.py" and "migrations" not in path.parts and has_code(module.tree):
            yield path


def test_every_module_with_code_has_its_test():
    found = list(sources())
    assert len(found) > 100, "the search finds nothing any more"
    missing = [f"{mirror(path).relative_to(ROOT)} for {path}" for path in found if not mirror(path).exists()]
    assert missing == [], f"{len(missing)} of {len(found)} modules have no test:\n" + "\n".join(missing)


def test_every_such_test_tests_something():
    empty = []
    for path in sources():
        if mirror(path).exists():
            names = {node.name for node in ast.walk(ast.parse(mirror(path).read_text())) if isinstance(node, CODE)}
            if not any(name.lower().startswith("test") for name in names):
                empty.append(str(mirror(path).relative_to(ROOT)))
    assert empty == []


def test_no_test_folder_is_a_package():
    assert [str(path) for path in (ROOT / "tests").rglob("__init__.py")] == []
