"""The wheel alone, without this checkout: built here, installed elsewhere, started from another folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import App
from remotehelp.demo.processes import Process
from remotehelp.demo.waiting import read_line

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
DATA = ("icons", "translations")
WHERE = """
import json, sys
from pathlib import Path
import remotehelp, ui
from ui.shared import resources
print(json.dumps([remotehelp.__file__, ui.__file__, str(resources.folder())] + sys.path))
"""
# what must never be imported, however near it lies
TRAP = "raise SystemExit('a folder of this name is none of ours')\n"


def output_of(*words: str | Path, **env: str) -> str:
    """What a program prints that has to succeed."""
    done = subprocess.run(words, env={**os.environ, **env}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    output_of(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    [built] = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment with this wheel and the libraries of the present one, but not the checkout."""
    home = tmp_path_factory.mktemp("installed")
    output_of(sys.executable, "-m", "venv", "--without-pip", home)
    python = home / "bin" / "python"
    install = ("install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    output_of(sys.executable, "-m", "pip", "--python", python, *install, wheel)
    [packages] = home.glob("lib/python*/site-packages")
    # a folder that a .pth file adds has its own .pth files left alone, so the way to the checkout is not followed
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "libraries.pth").write_text("\n".join(sorted(libraries)))
    return home / "bin"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which other things bear our names."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for name in ("remotehelp", "ui"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(TRAP)
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("desk"), "Wheel") as opened:
        yield opened


def test_the_wheel_holds_the_code_and_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        inside = {name for name in opened.namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in inside} == {"remotehelp", "ui"}
    for part in DATA:
        files = {f"ui/_resources/{part}/{file.name}" for file in (ROOT / "resources" / part).iterdir()}
        assert files
        assert files <= inside
    assert not [name for name in inside if name.endswith(".py") and "_resources" in name]


def test_everything_comes_from_the_installed_package(bin_folder: Path) -> None:
    installed = bin_folder.parent
    core, shell, data, *path = json.loads(output_of(bin_folder / "python", "-P", "-c", WHERE, PYTHONPATH=""))
    assert all(Path(place).is_relative_to(installed) for place in (core, shell, data))
    assert str(ROOT) not in path
    assert output_of(bin_folder / "remotehelp", "--version") == f"remotehelp {version('remotehelp')}\n"


def open_window(desk: Desk, program: Path, home: Path, cwd: Path, *words: str, **env: str) -> tuple[Process, App]:
    """The program on the desk, started in the folder ``cwd``."""
    line = ("env", "-C", cwd, program, *words)
    process = desk.start(line, PYTHONPATH="", REMOTEHELP_HOME=str(home), **env)
    return process, desk.driver.wait_app(pid=process.pid)


@pytest.mark.parametrize(("language", "name"), [("en", "Describe the problem"), ("de", "Beschreiben Sie das Problem")])
def test_the_customers_window_opens_in_her_language(
    desk: Desk, bin_folder: Path, elsewhere: Path, tmp_path: Path, language: str, name: str
) -> None:
    process, app = open_window(desk, bin_folder / "remotehelp", tmp_path, elsewhere, LANGUAGE=language)
    app.find(name)
    assert process.end() == 0, process.output()
    assert process.output() == ""


def test_a_technician_gets_a_server_from_the_wheel_too(
    desk: Desk, bin_folder: Path, elsewhere: Path, tmp_path: Path
) -> None:
    process, app = open_window(desk, bin_folder / "remotehelp", tmp_path, elsewhere, "technician")
    for field, text in {"Given name": "Technician", "Surname": "A", "Organisation": "Example Help"}.items():
        app.type_into(field, text)
    app.press("Create my badge")
    app.wait_text("customer-link", r"^remotehelp://join\?")
    assert process.end() == 0, process.output()


def test_the_broker_brings_its_database_up_by_the_wheels_own_migrations(
    bin_folder: Path, elsewhere: Path, tmp_path: Path
) -> None:
    words = [bin_folder / "remotehelp", "broker", "serve", "--port", "0", "--data", tmp_path / "data"]
    env = {**os.environ, "PYTHONPATH": "", "REMOTEHELP_HOME": str(tmp_path / "home")}
    with subprocess.Popen(words, cwd=elsewhere, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as broker:
        try:
            assert read_line(broker.stdout.fileno(), 30, "it does not serve").startswith("ready http://127.0.0.1:")
        finally:
            broker.send_signal(signal.SIGTERM)
            _, told = broker.communicate(timeout=20)
    assert broker.returncode == 0, told
    assert b"Traceback" not in told
