"""Which way to a real relay is taken, and that no relay leads anywhere but to the internet."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aioice import stun, turn
from aiortc import RTCIceServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from remotehelp.broker.coturn import SPECIAL
from remotehelp.broker.turn import Relays, credentials
from remotehelp.messages import TurnServers
from remotehelp.peer import relay
from remotehelp.peer.guards import Network
from remotehelp.peer.relay import open_way
from tests.helpers.coturn import SECRET, Coturn, coturn, free_port

HERE: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of the host `localhost`, signed by itself."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
    return folder / "certificate.pem", folder / "key.pem"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, certificate: tuple[Path, Path]) -> Iterator[Coturn]:
    with coturn(tmp_path_factory.mktemp("coturn"), loopback=False, certificate=certificate) as running:
        yield running


def offered(*uris: str, ago_s: float = 0, secret: bytes = SECRET) -> TurnServers:
    return credentials(Relays(uris, secret, life_s=30), "x", time.time() - ago_s)


async def chosen(servers: TurnServers, *, own: tuple[Network, ...] = HERE, local: bool = True) -> list[str]:
    return [str(server.urls) for server in await open_way(servers, own, local=local)]


async def test_udp_comes_first_with_stun_beside_it(server: Coturn) -> None:
    servers = offered(server.uri("tcp"), server.uri("udp"))
    found = await open_way(servers, HERE, local=True)
    assert found == [
        RTCIceServer(f"stun:127.0.0.1:{server.port}"),
        RTCIceServer(server.uri("udp"), servers.username, servers.password),
    ]


async def test_where_udp_does_not_get_through_tcp_is_taken(server: Coturn) -> None:
    closed = f"turn:127.0.0.1:{free_port()}"
    assert await chosen(offered(closed, server.uri("tcp"))) == [server.uri("tcp")]


async def test_where_nothing_else_gets_through_tls_is_taken(
    server: Coturn, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    closed = free_port()
    uris = (f"turn:127.0.0.1:{closed}", f"turn:127.0.0.1:{closed}?transport=tcp", server.uri("tls", "localhost"))
    assert await chosen(offered(*uris)) == [server.uri("tls", "localhost")]


async def test_a_relay_that_can_not_prove_its_name_is_not_taken(server: Coturn) -> None:
    assert await chosen(offered(server.uri("tls", "localhost"))) == []


@pytest.mark.parametrize("wrong", [{"ago_s": 31.0}, {"secret": b"another secret altogether"}])
async def test_credentials_that_are_over_or_of_another_open_nothing(
    server: Coturn, wrong: dict[str, float | bytes]
) -> None:
    assert await chosen(offered(server.uri("tcp"), **wrong)) == []  # type: ignore[arg-type]


async def test_a_broker_elsewhere_can_not_aim_us_at_this_computer_or_at_networks_that_are_not_ours(
    server: Coturn,
) -> None:
    assert await chosen(offered(server.uri("tcp")), local=False) == []
    assert await chosen(offered(server.uri("tcp")), own=()) == []
    assert await chosen(offered(server.uri("tcp", "localhost")), local=False) == []


async def test_a_relay_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(relay.TRY_S, "tcp", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert await chosen(offered(f"turn:127.0.0.1:{silent.getsockname()[1]}?transport=tcp")) == []


async def test_no_special_address_can_be_reached_through_it(server: Coturn) -> None:
    servers = offered(server.uri("tcp"))
    transport, closing = await turn.create_turn_endpoint(
        relay._Closing,
        server_addr=("127.0.0.1", server.port),
        username=servers.username,
        password=servers.password,
        transport="tcp",
    )
    client = transport._TurnTransport__inner_protocol  # type: ignore[attr-defined]
    refused: dict[object, int] = {}
    for block in (ipaddress.ip_network(block) for block in SPECIAL):
        if block.version == 6:
            continue  # an IPv4 allocation has no way there
        for address in {block[0], block[-1], block[block.num_addresses // 2]}:
            with pytest.raises(stun.TransactionFailed) as caught:
                await client.channel_bind(client.channel_number, (str(address), 80))
            refused[address] = caught.value.response.error_code
            client.channel_number += 1
    assert set(refused.values()) == {403}, refused
    await client.channel_bind(client.channel_number, ("9.9.9.9", 80))  # nothing is sent
    transport.close()
    await asyncio.wait_for(closing.closed, 5)
