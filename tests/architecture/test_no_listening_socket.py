"""The customer's program waits for nobody: it has no listener, and nothing that it is made of opens one."""

import ast

import pytest

from tests.helpers.architecture import ROOT, Module, calls, imported, modules_in

LISTENING_CALLS = {
    "start_server",
    "start_unix_server",
    "create_server",
    "create_unix_server",
    "listen",
    "serve_forever",
    "QTcpServer",
    "QLocalServer",
    "QWebSocketServer",
    "QSslServer",
}
LISTENING_MODULES = ("http.server", "socketserver", "uvicorn", "websockets.server", "websockets.asyncio.server")
QUIET = ("remotehelp.customer", "remotehelp.peer", "remotehelp.desktop", "remotehelp.media", "remotehelp.engine", "ui")


def listeners_in(module):
    for name, node in calls(module):
        if name in LISTENING_CALLS:
            yield f"{module.where(node)} {name}()"
    for name, node in imported(module):
        if name.startswith(LISTENING_MODULES) or name.rpartition(".")[2] in LISTENING_CALLS:
            yield f"{module.where(node)} import {name}"


@pytest.mark.parametrize("package", QUIET)
def test_nothing_here_listens(package):
    assert [place for module in modules_in(package) for place in listeners_in(module)] == []


def test_the_rule_sees_the_broker_which_does_listen():
    assert [place for module in modules_in("remotehelp.broker") for place in listeners_in(module)] != []


@pytest.mark.parametrize(
    "line",
    [
        "server = await asyncio.start_server(answer, '', 0)",
        "socket.create_server(('', 0))",
        "sock.listen()",
        "QtNetwork.QTcpServer(self)",
        "import http.server",
        "from PySide6.QtNetwork import QLocalServer",
    ],
)
def test_the_rule_sees_each_way_to_listen(line):
    made_up = Module("made_up", ROOT / "made_up.py", ast.parse(f"async def f():\n    {line}"))
    assert list(listeners_in(made_up)) != []
