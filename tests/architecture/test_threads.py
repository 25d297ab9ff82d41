"""Threads stand where the design puts them; a task that is started is kept."""

import ast

from tests.helpers.architecture import calls, imported, modules, modules_in

THREADS = {"Thread", "ThreadPoolExecutor", "QThread", "Timer"}
MAY_START_THREADS = (
    "remotehelp.engine",
    "remotehelp.desktop",
    "remotehelp.media",
    "remotehelp.demo",
    "remotehelp.cli",  # waits for the end of standard input, so that the embedded broker ends with its parent
    "ui.technician",  # plays the face from a file
)


def test_threads_are_started_only_where_the_design_puts_them():
    starters = {
        module.name: module.where(node)
        for module in modules()
        if {name.partition(".")[0] for name, _ in imported(module)} & {"threading", "concurrent", "PySide6"}
        for name, node in calls(module)
        if name in THREADS
    }
    assert "remotehelp.engine" in starters
    assert {where for name, where in starters.items() if not name.startswith(MAY_START_THREADS)} == set()


def test_the_core_spins_no_loop_but_the_engines_and_the_brokers():
    loops = {
        module.name
        for module in modules_in("remotehelp", "ui")
        for name, _ in calls(module)
        if name in ("new_event_loop", "run_until_complete")
    }
    assert loops == {"remotehelp.engine"}


def test_no_task_is_thrown_away():
    """asyncio keeps weak references only: a task that nobody holds can vanish in the middle of its work."""
    lost = [
        module.where(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).endswith(("asyncio.create_task", "loop.create_task", "ensure_future"))
    ]
    assert lost == []
