"""What crosses the broker between pairing and DTLS: ChaCha20-Poly1305 (RFC 8439), strictly in order."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from remotehelp.errors import TrustError

NONCE_SIZE = 12
TAG_SIZE = 16


class Sealer:
    """Seals what this side sends; the nonce is a counter that is never sent, the transcript hash is bound in."""

    def __init__(self, key: bytes, th: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self._th = th
        self._count = 0

    def seal(self, plain: bytes) -> bytes:
        """``plain`` sealed, 16 bytes longer."""
        nonce = self._count.to_bytes(NONCE_SIZE)
        self._count += 1
        return self._cipher.encrypt(nonce, plain, self._th)


class Opener:
    """Opens what the other side sealed; one that is missing, repeated or changed closes it for good."""

    def __init__(self, key: bytes, th: bytes) -> None:
        self._cipher: ChaCha20Poly1305 | None = ChaCha20Poly1305(key)
        self._th = th
        self._count = 0

    def open(self, sealed: bytes) -> bytes:
        """What was sealed; raises TrustError("seal_broken") now and ever after if it is not exactly the next one."""
        if self._cipher is None:
            raise TrustError("seal_broken")
        try:
            plain = self._cipher.decrypt(self._count.to_bytes(NONCE_SIZE), sealed, self._th)
        except InvalidTag as error:
            self._cipher = None
            raise TrustError("seal_broken") from error
        self._count += 1
        return plain
