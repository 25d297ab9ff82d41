"""coturn's configuration; that coturn does what it says: tests/unit/peer/test_relay.py."""

from __future__ import annotations

import ipaddress

import pytest

from remotehelp.broker.coturn import SPECIAL, configuration, first_to_last

INNER = """
10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.31.255.255 192.0.0.1 192.168.1.1 198.19.0.1 224.0.0.1 255.255.255.255
0.0.0.1 ::1 ::ffff:10.0.0.1 64:ff9b::a00:1 fc00::1 fe80::1 ff02::1 2002:a00:1:: 2001:db8::1
"""


@pytest.mark.parametrize("address", INNER.split())
def test_inner_networks_are_denied(address: str) -> None:
    ip = ipaddress.ip_address(address)
    assert any(ip in ipaddress.ip_network(block) for block in SPECIAL)


def test_what_python_calls_global_is_what_is_left() -> None:
    for block in SPECIAL:
        network = ipaddress.ip_network(block)
        assert network[0] != ipaddress.ip_address("::")  # to coturn that is no bound at all
        assert not any(ipaddress.ip_address(address) in network for address in ("9.9.9.9", "2620:fe::fe"))


def test_a_block_is_written_from_its_first_to_its_last_address() -> None:
    assert first_to_last("10.0.0.0/8") == "10.0.0.0-10.255.255.255"
    assert first_to_last("fe80::/10") == "fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"


def test_it_holds_the_secret_the_quotas_and_each_block() -> None:
    lines = configuration("relay.example.org", b"a long random secret").splitlines()
    assert {"use-auth-secret", "static-auth-secret=a long random secret", "realm=relay.example.org"} <= set(lines)
    assert {"no-multicast-peers", "no-tcp-relay", "no-cli"} <= set(lines)
    assert not any("allow-loopback" in line for line in lines)
    assert sum(line.startswith("denied-peer-ip=") for line in lines) == len(SPECIAL)
    assert all(any(line.startswith(name) for line in lines) for name in ("user-quota=", "total-quota=", "max-bps="))
