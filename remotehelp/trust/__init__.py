"""Who is who: pairing by code, badges, revocation, pins; all cryptography by libraries."""
