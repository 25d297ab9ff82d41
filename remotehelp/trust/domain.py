"""Proof by domain: the organisation's public file stands at its own domain, over TLS."""

from __future__ import annotations

import asyncio
import hmac
import ssl

import httpx2

from remotehelp.errors import TrustError
from remotehelp.trust.names import clean_domain
from remotehelp.trust.public import open_public

PATH = "/.well-known/remotehelp"  # RFC 8615
TIMEOUT_S = 5.0
SIZE_LIMIT = 16 * 1024


async def prove_by_domain(
    domain: str, key: bytes, ssl_context: ssl.SSLContext | None = None, *, port: int = 443
) -> bool:
    """Whether ``https://DOMAIN/.well-known/remotehelp`` is the public file of the organisation with this key.

    Anything else is False: no network, a certificate that does not hold, a redirect, more than 16 KiB, 5 s without end.
    """
    try:
        clean = clean_domain(domain)
        async with asyncio.timeout(TIMEOUT_S):
            data = await _fetch(f"https://{clean}:{port}{PATH}", ssl_context)
        found = open_public(data)
    except (httpx2.HTTPError, TimeoutError, TrustError):
        return False
    return hmac.compare_digest(found.key, key) and found.domain == clean


async def _fetch(url: str, ssl_context: ssl.SSLContext | None) -> bytes:
    """The body of a plain 200, at most ``SIZE_LIMIT`` bytes; a redirect would prove another domain."""
    verify = True if ssl_context is None else ssl_context
    async with (
        httpx2.AsyncClient(verify=verify, timeout=TIMEOUT_S, follow_redirects=False) as client,
        client.stream("GET", url, headers={"Accept-Encoding": "identity"}) as answer,
    ):
        if answer.status_code != httpx2.codes.OK:
            raise httpx2.HTTPError("not there")
        data = b""
        async for chunk in answer.aiter_raw():
            data += chunk
            if len(data) > SIZE_LIMIT:
                raise httpx2.HTTPError("too long")
        return data
