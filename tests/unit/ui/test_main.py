"""The entry point: the core's commands and the ones that open windows, and Qt only for those."""

from __future__ import annotations

import subprocess
import sys

from click.testing import CliRunner

from remotehelp.cli import cli
from ui import __main__ as entry


def test_the_window_commands_stand_beside_the_others() -> None:
    assert {"badge", "org", "broker", "demo", "join", "technician", entry.WINDOW} <= set(cli.commands)


def test_help_names_every_command_but_the_one_that_stands_for_no_command() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).output
    assert "technician" in shown
    assert f"  {entry.WINDOW} " not in shown


def test_a_command_without_a_window_loads_no_qt() -> None:
    code = "import sys, ui.__main__; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], timeout=30).returncode == 0
