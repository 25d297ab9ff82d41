"""Proof by domain against a real TLS server on loopback, with a certification authority of the test's own."""

import asyncio
import datetime
import ssl
from contextlib import asynccontextmanager

import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from remotehelp.trust.domain import prove_by_domain
from remotehelp.trust.public import Organisation, write_public


def certificate(name, issuer_name, issuer_key, key, *extensions):
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key, hashes.SHA256())


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """A certification authority: ``trusting`` is a context that believes it, ``files`` a server's certificate."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        identifier = x509.SubjectKeyIdentifier.from_public_key(self.key.public_key())
        extensions = ((constraints, True), (usage, True), (identifier, False))
        self.certificate = certificate(named("own CA"), named("own CA"), self.key, self.key, *extensions)
        self.trusting = ssl.create_default_context(cadata=self.certificate.public_bytes(Encoding.PEM).decode())

    def files(self, folder, host):
        key = ec.generate_private_key(ec.SECP256R1())
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        extensions = ((x509.SubjectAlternativeName([x509.DNSName(host)]), False), (authority, False))
        leaf = certificate(named(host), named("own CA"), self.key, key, *extensions)
        (folder / "cert.pem").write_bytes(leaf.public_bytes(Encoding.PEM))
        (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return {"ssl_certfile": folder / "cert.pem", "ssl_keyfile": folder / "key.pem"}


@asynccontextmanager
async def serving(body, certificate_files, status=200, headers=(), delay=None):
    """A web server at ``localhost``; gives its port."""

    async def app(scope, receive, send):
        if delay is not None:
            await delay.wait()
        found = scope["path"] == "/.well-known/remotehelp"
        await send({"type": "http.response.start", "status": status if found else 404, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body})

    config = uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", log_level="critical", **certificate_files)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def files(authority, tmp_path):
    return authority.files(tmp_path, "localhost")


@pytest.fixture
def at_localhost(issuer):
    return Organisation("Helpers", issuer.organisation.key, "localhost")


@pytest.fixture
def public_file(issuer, at_localhost):
    return write_public(issuer.key, at_localhost)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def test_the_key_at_the_domain_proves_the_organisation(authority, files, at_localhost, public_file):
    async with serving(public_file, files) as port:
        assert await prove_by_domain("localhost", at_localhost.key, authority.trusting, port=port) is True


async def test_another_key_at_the_domain_proves_nothing(authority, files, stranger, public_file):
    async with serving(public_file, files) as port:
        assert await prove_by_domain("localhost", stranger.organisation.key, authority.trusting, port=port) is False


async def test_a_file_that_names_another_domain_proves_nothing(authority, files, issuer):
    async with serving(write_public(issuer.key, issuer.organisation), files) as port:
        assert await prove_by_domain("localhost", issuer.organisation.key, authority.trusting, port=port) is False


async def test_a_certificate_of_nobody_we_trust_proves_nothing(files, at_localhost, public_file):
    async with serving(public_file, files) as port:
        for context in (None, Authority().trusting):
            assert await prove_by_domain("localhost", at_localhost.key, context, port=port) is False


async def test_a_certificate_for_another_host_proves_nothing(authority, tmp_path, at_localhost, public_file):
    async with serving(public_file, authority.files(tmp_path, "other.example")) as port:
        assert await prove_by_domain("localhost", at_localhost.key, authority.trusting, port=port) is False


async def test_a_redirect_proves_nothing(authority, files, at_localhost, public_file):
    async with serving(public_file, files) as target:
        where = [(b"location", f"https://localhost:{target}/.well-known/remotehelp".encode())]
        async with serving(b"", files, status=302, headers=where) as port:
            assert await prove_by_domain("localhost", at_localhost.key, authority.trusting, port=port) is False


@pytest.mark.parametrize("body", [b"", b"<html>", b"x" * 200_000], ids=["empty", "a web page", "too much"])
async def test_anything_else_proves_nothing(authority, files, at_localhost, body):
    async with serving(body, files) as port:
        assert await prove_by_domain("localhost", at_localhost.key, authority.trusting, port=port) is False


async def test_a_file_with_spaces_up_to_the_limit_still_counts_and_beyond_it_does_not(
    authority, files, at_localhost, public_file
):
    for size, held in ((16 * 1024, True), (16 * 1024 + 1, False)):
        async with serving(public_file.ljust(size), files) as port:
            assert await prove_by_domain("localhost", at_localhost.key, authority.trusting, port=port) is held


async def test_nobody_there_proves_nothing(authority, at_localhost, unused_tcp_port):
    assert await prove_by_domain("localhost", at_localhost.key, authority.trusting, port=unused_tcp_port) is False


async def test_a_server_that_never_answers_is_given_up(authority, files, at_localhost, public_file, monkeypatch):
    monkeypatch.setattr("remotehelp.trust.domain.TIMEOUT_S", 0.3)
    answer = asyncio.Event()
    async with serving(public_file, files, delay=answer) as port:
        assert await prove_by_domain("localhost", at_localhost.key, authority.trusting, port=port) is False
        answer.set()


@pytest.mark.parametrize("domain", ["", "127.0.0.1", "localhost/x", "user@localhost", "b\u00fccher.example"])
async def test_what_is_no_domain_is_never_asked(at_localhost, domain):
    assert await prove_by_domain(domain, at_localhost.key) is False
