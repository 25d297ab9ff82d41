"""Reading our own source: modules, calls and imports as the tests of the architecture see them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Module:
    """One file of ours: its dotted ``name`` and its parsed ``tree``."""

    name: str
    path: Path
    tree: ast.Module

    def where(self, node: ast.AST) -> str:
        """The place of ``node``, for a failure's message."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of ``remotehelp`` and ``ui``."""
    files = sorted([*ROOT.glob("remotehelp/**/*.py"), *ROOT.glob("ui/**/*.py")])
    return tuple(Module(_dotted(path), path, ast.parse(path.read_text())) for path in files)


def modules_in(*packages: str) -> tuple[Module, ...]:
    """The modules of these packages, at least one of each."""
    found = {package: [m for m in modules() if f"{m.name}.".startswith(f"{package}.")] for package in packages}
    assert all(found.values()), f"nothing found in one of {packages}"
    return tuple(module for inside in found.values() for module in inside)


def calls(module: Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last part of what is called: ``inject`` for ``self._hands.inject(...)``."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield last_name(node.func), node


def last_name(node: ast.expr) -> str:
    """``c`` of ``a.b.c`` or of ``c``; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def imported(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Every dotted name that is imported: ``a.b`` and ``a.b.c`` for ``from a.b import c``."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node


def source_of(function: Callable[..., object]) -> ast.AST:
    """The parsed source of one function."""
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def names_in(tree: ast.AST) -> set[str]:
    """Every name and attribute that stands in ``tree``."""
    return {last_name(node) for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute)}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
