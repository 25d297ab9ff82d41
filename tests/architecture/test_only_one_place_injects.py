"""There is one road from the technician's input to her mouse and keyboard, and each step of it stands in one place."""

import ast

from tests.helpers.architecture import calls, imported, modules, modules_in


def functions_that_call(name, *packages):
    """``module:function`` for each function in which something called ``name`` is called."""
    found = []
    for module in modules_in(*packages):
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
                if any(last == name for last, call in calls(module) if call in inside):
                    found.append(f"{module.name}:{function.name}")
    return found


def test_an_injection_is_built_in_exactly_one_function():
    assert functions_that_call("Inject", "remotehelp", "ui") == ["remotehelp.visit.host:_inject"]


def test_that_function_is_reached_from_the_arriving_input_alone():
    assert functions_that_call("_inject", "remotehelp.visit") == ["remotehelp.visit.host:_input_came"]


def test_the_hands_are_moved_by_the_injector_alone_and_the_injector_by_the_visit_alone():
    assert functions_that_call("inject", "remotehelp", "ui") == [
        "remotehelp.customer.injector:inject",
        "remotehelp.customer.visit:_inject",
    ]


def test_events_are_made_up_for_a_display_by_the_hands_and_by_the_stage_alone():
    makers = {module.name for module in modules() if any(name == "fake_input" for name, _ in calls(module))}
    assert "remotehelp.desktop.x11.fingers" in makers
    assert {name for name in makers if not name.startswith(("remotehelp.desktop.x11.", "remotehelp.demo."))} == set()


def test_no_product_code_imports_the_stage():
    users = {
        module.name
        for module in modules()
        if not module.name.startswith("remotehelp.demo")
        for name, _ in imported(module)
        if name.startswith("remotehelp.demo")
    }
    assert users <= {"remotehelp.cli", "ui.__main__"}
