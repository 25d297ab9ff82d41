"""What a hostile peer may write into an SDP: everything that does not hold ends in one kind of error."""

from __future__ import annotations

import asyncio
import ipaddress
import re

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import SDP_LIMIT
from remotehelp.peer.guards import CANDIDATE_LIMIT, guard_description, own_networks
from tests.helpers.joined_peers import pair

OWN = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("192.168.7.0/24"), ipaddress.ip_network("fd00::/64"))
FINGERPRINT = re.compile(r"a=fingerprint:sha-256 .*\r\n")


@pytest.fixture(scope="module")
def offer() -> tuple[str, bytes]:
    """A real offer and its fingerprint."""

    async def make() -> tuple[str, bytes]:
        async with pair() as both:
            offer = await both.customer.offer(both.screen.track, both.screen.want_keyframe, bytes(32))
            return offer, both.customer.fingerprint

    return asyncio.run(make())


def candidate(address: str) -> str:
    return f"a=candidate:1 1 udp 1 {address} 5000 typ host\r\n"


def with_candidates(text: str, *lines: str) -> str:
    """``text`` with these candidates in its first section instead of its own."""
    text = re.sub(r"a=(candidate:.*|end-of-candidates)\r\n", "", text)
    return text.replace("a=mid:0\r\n", "a=mid:0\r\n" + "".join(lines))


def addresses(text: str) -> list[str]:
    return [c.ip for media in SessionDescription.parse(text).media for c in media.ice_candidates]


def refused(text: str, fingerprint: bytes = bytes(32)) -> str:
    """Why ``text`` is refused."""
    with pytest.raises(RemoteProtocolError) as caught:
        guard_description(text, "offer", fingerprint, OWN)
    assert caught.value.key == "description_refused"
    return str(caught.value.values["why"])


def test_a_real_offer_passes_and_stays_what_it_says(offer: tuple[str, bytes]) -> None:
    text, fingerprint = offer
    clean = SessionDescription.parse(guard_description(text, "offer", fingerprint, own_networks()))
    given_ = SessionDescription.parse(text)
    assert [(m.kind, m.direction, m.ice.usernameFragment) for m in clean.media] == [
        (m.kind, m.direction, m.ice.usernameFragment) for m in given_.media
    ]
    assert [len(m.ice_candidates) for m in clean.media] == [len(m.ice_candidates) for m in given_.media]


def test_another_fingerprint_than_the_authenticated_one_is_refused(offer: tuple[str, bytes]) -> None:
    assert refused(offer[0], bytes(32)) == "fingerprint"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{same}{other}",
        "{other}{same}",
        "{same}{same}",
        "a=fingerprint:sha-1 " + ":".join(["AB"] * 20) + "\r\n",
        "a=fingerprint:sha-512 " + ":".join(["AB"] * 64) + "\r\n",
        "a=fingerprint:sha-256 \r\n",
        "a=fingerprint:sha-256 zz\r\n",
        "a=fingerprint:sha-256\r\n",
    ],
    ids=["none", "two", "two the other way", "twice", "sha-1", "sha-512", "empty", "no hex", "no value"],
)
def test_each_section_needs_exactly_one_sha_256_fingerprint(offer: tuple[str, bytes], line: str) -> None:
    text, fingerprint = offer
    same = FINGERPRINT.search(text)
    assert same is not None
    other = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32) + "\r\n"
    for count in (0, 1):  # in all sections, and in the first one only
        bad = FINGERPRINT.sub(line.format(same=same[0], other=other), text, count=count)
        assert refused(bad, fingerprint) in ("fingerprint", "parse")


def test_a_weaker_fingerprint_beside_the_right_one_is_left_out(offer: tuple[str, bytes]) -> None:
    text, fingerprint = offer
    weak = "a=fingerprint:sha-1 " + ":".join(["AB"] * 20) + "\r\n"
    clean = guard_description(text.replace("a=setup:", weak + "a=setup:"), "offer", fingerprint, OWN)
    assert "sha-1 " not in clean
    assert clean.count("sha-256") == 3


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_sections_may_not_be_missing(offer: tuple[str, bytes], kept: int) -> None:
    parts = re.split(r"(?=^m=)", offer[0], flags=re.MULTILINE)
    assert refused("".join(parts[: kept + 1]), offer[1]) == "sections"


def test_sections_may_not_be_added_or_swapped(offer: tuple[str, bytes]) -> None:
    head, face, screen, channels = re.split(r"(?=^m=)", offer[0], flags=re.MULTILINE)
    assert refused(head + face + screen + channels + face, offer[1]) == "sections"
    assert refused(head + channels + face + screen, offer[1]) == "sections"
    assert refused(head + face.replace("m=video", "m=audio") + screen + channels, offer[1]) in ("sections", "parse")
    assert refused(head + face * 40, offer[1]) in ("sections", "size")


def test_too_many_candidates_are_refused_before_aiortc_sees_them(offer: tuple[str, bytes]) -> None:
    text, fingerprint = offer
    few, many = candidate("8.8.8.8") * CANDIDATE_LIMIT, candidate("8.8.8.8") * (CANDIDATE_LIMIT + 1)
    assert len(addresses(guard_description(with_candidates(text, few), "offer", fingerprint, OWN))) == CANDIDATE_LIMIT
    assert refused(with_candidates(text, many), fingerprint) == "candidates"
    assert refused(with_candidates(text, candidate("8.8.8.8") * 5000), fingerprint) == "size"


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "192.168.8.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
     "255.255.255.255", "::1", "::", "fe80::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_addresses_inside_of_networks_that_are_not_ours_are_left_out(offer: tuple[str, bytes], address: str) -> None:
    text, fingerprint = offer
    mixed = with_candidates(text, candidate(address), candidate("8.8.8.8"))
    assert addresses(guard_description(mixed, "offer", fingerprint, OWN)) == ["8.8.8.8"]


@pytest.mark.parametrize("address", ["192.168.7.9", "127.0.0.1", "fd00::9", "8.8.8.8", "2001:4860:4860::8888"])
def test_our_own_networks_and_the_internet_are_kept(offer: tuple[str, bytes], address: str) -> None:
    text, fingerprint = offer
    assert addresses(guard_description(with_candidates(text, candidate(address)), "offer", fingerprint, OWN)) == [
        address
    ]


@pytest.mark.parametrize("address", ["printer.local", "a" * 300, "1.2.3", "8.8.8.8%eth0", "§"])
def test_a_candidate_without_an_address_is_refused(offer: tuple[str, bytes], address: str) -> None:
    assert refused(with_candidates(offer[0], candidate(address)), offer[1]) == "parse"


def test_the_size_is_counted_in_bytes_before_anything_is_parsed() -> None:
    assert refused("v" * (SDP_LIMIT + 1)) == "size"
    assert refused("§" * (SDP_LIMIT // 2 + 1)) == "size"
    assert refused("v" * SDP_LIMIT) != "size"


@pytest.mark.parametrize("text", ["", "\0", "v=0\r\n", "\r\n" * 1000, "m=", "a=\0\0", "m=video x y z\r\n", "\ud800"])
def test_what_is_no_description_is_refused(text: str) -> None:
    refused(text)


@given(st.text(max_size=500))
def test_garbage_is_refused_and_nothing_worse(text: str) -> None:
    refused(text)


@given(st.data())
def test_a_real_offer_with_damage_is_refused_or_holds_the_same_fingerprint(
    offer: tuple[str, bytes], data: st.DataObject
) -> None:
    text, fingerprint = offer
    lines = text.split("\r\n")
    index = data.draw(st.integers(0, len(lines) - 1))
    lines[index] = data.draw(st.sampled_from(lines) | st.text(max_size=80) | st.just(""))
    try:
        clean = guard_description("\r\n".join(lines), "offer", fingerprint, OWN)
    except RemoteProtocolError:
        return
    said = [f.value for media in SessionDescription.parse(clean).media for f in media.dtls.fingerprints]
    assert {bytes.fromhex(value.replace(":", "")) for value in said} == {fingerprint}


def test_own_networks_hold_loopback() -> None:
    assert ipaddress.ip_network("127.0.0.0/8") in own_networks()
