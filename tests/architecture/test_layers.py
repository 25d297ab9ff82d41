"""The layers and further contracts of pyproject.toml hold, as import-linter sees them."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.helpers.architecture import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def test_every_contract_is_kept():
    run = subprocess.run([LINT, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"Contracts: {len(contracts())} kept, 0 broken." in run.stdout


def test_the_contracts_say_what_the_design_says():
    named = {contract["name"]: contract for contract in contracts()}
    layers = " > ".join(named["one way down"]["layers"])
    assert layers.startswith("ui > remotehelp.cli > remotehelp.customer | remotehelp.technician | remotehelp.broker")
    assert "remotehelp.engine > remotehelp.peer | remotehelp.desktop > remotehelp.media > remotehelp.visit" in layers
    assert named["the core knows no Qt"]["source_modules"] == ["remotehelp"]
    assert {"asyncio", "threading", "socket", "time", "random"} <= set(
        named["a visit's decisions are pure"]["forbidden_modules"]
    )


def test_every_part_of_the_core_stands_in_a_layer():
    layers = next(contract["layers"] for contract in contracts() if contract["type"] == "layers")
    named = {name.strip() for layer in layers for name in layer.replace("|", ":").split(":")}
    parts = {f"remotehelp.{path.stem}" for path in (ROOT / "remotehelp").iterdir() if path.suffix == ".py"}
    parts |= {f"remotehelp.{path.parent.name}" for path in (ROOT / "remotehelp").glob("*/__init__.py")}
    assert sorted(parts - named - {"remotehelp.__init__"}) == []


def contracts():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
