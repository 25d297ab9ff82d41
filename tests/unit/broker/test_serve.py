"""Where the broker listens, and what it says where it can't. The process itself: tests/e2e/test_broker_process.py."""

from __future__ import annotations

import socket

import pytest

from remotehelp.broker.serve import address, listen
from remotehelp.errors import ConfigError, HelpError, ServiceUnavailable
from remotehelp.sentences import explain


def test_port_0_takes_a_free_one_and_the_address_names_it() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert port > 0
        assert address("127.0.0.1", listener) == f"http://127.0.0.1:{port}"
        socket.create_connection(("127.0.0.1", port)).close()


def test_an_ipv6_address_stands_in_brackets() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert address("::1", listener).startswith("http://[::1]:")


def test_a_port_in_use_is_named() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ServiceUnavailable) as caught:
            listen("127.0.0.1", port)
    assert str(port) in explain(caught.value)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_that_this_computer_does_not_have_is_named(host: str) -> None:
    with pytest.raises(ConfigError) as caught:
        listen(host, 0)
    assert caught.value.key == "address_not_here"
    assert host in explain(caught.value)


def test_a_port_that_is_not_allowed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("remotehelp.broker.serve.socket.create_server", refuse)
    with pytest.raises(HelpError, match="port_not_allowed") as caught:
        listen("127.0.0.1", 80)
    assert "80" in explain(caught.value)
