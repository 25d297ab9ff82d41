"""What stands before aiortc: caps and checks that it does not make itself (PROTOCOL.md, guards)."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import ifaddr
from aiortc import sdp

from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import SDP_LIMIT

CANDIDATE_LIMIT = 32
SECTIONS = ("video", "video", "application")  # the face, the screen, the channels
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


def guard_description(text: str, kind: str, fingerprint: bytes, own: Sequence[Network]) -> str:
    """The peer's SDP (RFC 8829), cleaned: our three sections, one sha-256 fingerprint, the authenticated one, and
    decent candidates.

    ``kind`` is "offer" or "answer"; ``own`` are the networks of this computer, whose special addresses are allowed.
    Every way in which it can't be parsed or does not hold raises RemoteProtocolError("description_refused").
    """
    try:
        if len(text.encode()) > SDP_LIMIT:
            raise RemoteProtocolError("description_refused", why="size")
        description = sdp.SessionDescription.parse(text)
        description.type = kind
        if tuple(media.kind for media in description.media) != SECTIONS:
            raise RemoteProtocolError("description_refused", why="sections")
        for media in description.media:
            _guard_fingerprint(media, fingerprint)
        _guard_candidates(description.media, own)
        return str(description)
    except RemoteProtocolError:
        raise
    except Exception as error:
        raise RemoteProtocolError("description_refused", why="parse") from error


def own_networks() -> tuple[Network, ...]:
    """The networks that this computer's own addresses lie in, loopback included."""
    networks: list[Network] = []
    for adapter in ifaddr.get_adapters():
        for ip in adapter.ips:
            address = ip.ip if isinstance(ip.ip, str) else ip.ip[0]
            networks.append(ipaddress.ip_network(f"{address}/{ip.network_prefix}", strict=False))
    return tuple(networks)


def _guard_fingerprint(media: sdp.MediaDescription, fingerprint: bytes) -> None:
    offered = media.dtls.fingerprints if media.dtls else []
    found = [f for f in offered if f.algorithm.lower() == "sha-256"]
    if media.dtls is None or len(found) != 1:
        raise RemoteProtocolError("description_refused", why="fingerprint")
    if not hmac.compare_digest(bytes.fromhex(found[0].value.replace(":", "")), fingerprint):
        raise RemoteProtocolError("description_refused", why="fingerprint")
    media.dtls.fingerprints = found


def _guard_candidates(media: Iterable[sdp.MediaDescription], own: Sequence[Network]) -> None:
    seen = 0
    for section in media:
        seen += len(section.ice_candidates)
        if seen > CANDIDATE_LIMIT:
            raise RemoteProtocolError("description_refused", why="candidates")
        section.ice_candidates = [c for c in section.ice_candidates if is_decent(c.ip, own)]


def is_decent(text: str, own: Sequence[Network]) -> bool:
    """Whether a program may send to this IP address: on the open internet, or in a network of this computer."""
    address = ipaddress.ip_address(text)
    if address.is_multicast or address.is_unspecified:
        return False
    ours = any(address in network for network in own if network.version == address.version)
    return ours or address.is_global
