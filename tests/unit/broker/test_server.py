"""The broker over HTTP, as ARCHITECTURE.md names it."""

from __future__ import annotations

import importlib.metadata
from typing import Any

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from remotehelp.broker.server import program_version
from remotehelp.errors import ServiceUnavailable


async def get(place: Any, path: str) -> httpx2.Response:
    async with httpx2.AsyncClient(trust_env=False) as client:
        return await client.get(place.url + path)


async def test_the_process_is_healthy_and_ready(place: Any) -> None:
    assert (await get(place, "/healthz")).status_code == 200
    ready = await get(place, "/readyz")
    assert (ready.status_code, ready.json()) == (200, {"database": True, "bus": True})


async def test_it_is_not_ready_without_its_database(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> None:
        raise ServiceUnavailable("broker_trouble")

    monkeypatch.setattr(place.store, "check", fail)
    ready = await get(place, "/readyz")
    assert (ready.status_code, ready.json()) == (503, {"database": False, "bus": True})
    assert (await get(place, "/healthz")).status_code == 200


async def test_the_version_is_the_programs_and_the_protocols(place: Any) -> None:
    assert (await get(place, "/version")).json() == {"version": program_version(), "protocol": 1}


def test_a_checkout_that_is_not_installed_has_version_0(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("remotehelp.broker.server.version", missing)
    assert program_version() == "0"


async def test_the_figures_parse_and_count_without_naming_anybody(place: Any) -> None:
    customer, _ = await place.pair()
    await (await place.program()).open()
    answer = await get(place, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert samples["remotehelp_sockets",] == 3
    assert samples["remotehelp_codes_waiting",] == 1
    assert samples["remotehelp_messages_total", "Open"] == 2
    assert samples["remotehelp_messages_total", "Claim"] == 1
    assert "127.0.0.1" not in answer.text
    assert customer.welcome.here == samples["remotehelp_technicians_available",] == 0


async def test_everything_else_is_404(place: Any) -> None:
    for path in ("/", "/ws", "/healthz/", "/sign-in", "/docs", "/openapi.json", "/../etc/passwd", "/%00"):
        assert (await get(place, path)).status_code == 404, path


async def test_a_websocket_anywhere_else_is_404_too(place: Any) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with connect(place.url.replace("http", "ws") + "/elsewhere", proxy=None):
            pass
    assert caught.value.response.status_code == 404
