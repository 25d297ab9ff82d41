"""The commands without windows; ``ui/__main__.py`` adds those that open windows and ends through :func:`run`."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from remotehelp.errors import (
    BackendError,
    ConfigError,
    ConsentError,
    HelpError,
    RemoteProtocolError,
    ServiceUnavailable,
    TemporaryError,
    TrustError,
)
from remotehelp.profile import open_profile
from remotehelp.sentences import explain, sentence
from remotehelp.trust import organisation, wallet
from remotehelp.trust.badge import DEFAULT_DAYS, MOST_DAYS, Badge, open_badge
from remotehelp.trust.files import check_writable, read_file, write_atomically
from remotehelp.trust.known import Kind, Known, Standing
from remotehelp.trust.link import clean_broker_url, make_link, write_qr
from remotehelp.trust.names import clean_account, clean_domain, clean_name
from remotehelp.trust.receipt import LogProofs
from remotehelp.visit.story import STORY_LIMIT, Line, read_log, same_upto

DEFAULT_PORT = 8470
DEMO_SECONDS = 90.0

EXIT_ERROR = 1
EXIT_STATUS: Sequence[tuple[type[HelpError], int]] = (
    (ServiceUnavailable, 69),
    (BackendError, 69),
    (TemporaryError, 75),
    (TrustError, 77),
    (ConsentError, 77),
    (ConfigError, 78),
)

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
LOG_FILE = click.Path(readable=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


class Cleaned(click.ParamType[str]):
    """Text that one of the ``clean_…`` functions accepts; what it refuses is a usage error, in its own sentence."""

    def __init__(self, name: str, clean: Callable[[str], str]) -> None:
        self.name = name
        self._clean = clean

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The clean form of ``value``."""
        try:
            return self._clean(value)
        except TrustError as error:
            self.fail(explain(error), param, ctx)


NAME = Cleaned("name", clean_name)
DOMAIN = Cleaned("domain", clean_domain)
WORD = Cleaned("word", lambda text: organisation.clean_words([text])[0])
BROKER = Cleaned("url", clean_broker_url)
ACCOUNT = Cleaned("name", clean_account)

DATA = click.option("--data", type=NEW_FOLDER, help="Where the database is kept; else in this profile.")


@click.group()
@click.version_option(package_name="remotehelp", prog_name="remotehelp", message="%(prog)s %(version)s")
def cli() -> None:
    """Remote assistance by a proven person, on the customer's terms."""


@cli.group()
def badge() -> None:
    """The technician's own badge."""


@badge.command()
@click.option("--given-name", type=NAME, required=True, help="As customers will read it.")
@click.option("--surname", type=NAME, required=True)
@click.option("--photo", type=EXISTING_FILE, help="A JPEG of at most 64 KiB.")
@click.option("-o", "--output", type=NEW_FILE, required=True, help="Where the request is written.")
def request(given_name: str, surname: str, photo: Path | None, output: Path) -> None:
    """Make a key on this computer and a request for the organisation to sign."""
    check_writable(output)  # before a key is made that nobody would use
    folder = wallet.wallet_folder(open_profile())
    jpeg = None if photo is None else read_file(photo)
    write_atomically(output, wallet.request(folder, given_name, surname, jpeg))
    click.echo(sentence("request_written", file=str(output)))


@badge.command()
@click.argument("file", type=EXISTING_FILE)
def install(file: Path) -> None:
    """Use the badge that the organisation sent back."""
    installed = wallet.install(wallet.wallet_folder(open_profile()), read_file(file), time.time())
    name = f"{installed.given_name} {installed.surname}"
    until = _day(installed.not_after)
    click.echo(sentence("badge_installed", name=name, organisation=installed.organisation.name, until=until))


@cli.group()
def org() -> None:
    """An organisation: its key, its badges, its link. Works without a network."""


@org.command()
@click.argument("folder", metavar="DIR", type=NEW_FOLDER)
@click.option("--name", type=NAME, required=True, help="As customers will read it.")
@click.option("--domain", type=DOMAIN, help="A domain whose web server can prove the key.")
@click.option("--contact", metavar="TEXT", type=NAME, help="Whom a customer calls who wants to report somebody.")
@click.option(
    "--private", "words", metavar="WORD", type=WORD, multiple=True, help="A word that makes a window private, too."
)
def init(folder: Path, name: str, domain: str | None, contact: str | None, words: tuple[str, ...]) -> None:
    """Make an organisation in DIR: the private key stays there, DIR/public is for the broker."""
    organisation.init(folder, name, domain, _now(), contact, words)
    click.echo(sentence("organisation_made", name=name, public=str(folder / organisation.PUBLIC_FOLDER)))


@org.command("badge")
@click.argument("folder", metavar="DIR", type=EXISTING_FOLDER)
@click.argument("request_file", metavar="REQUEST", type=EXISTING_FILE)
@click.option("-o", "--output", type=NEW_FILE, required=True, help="Where the badge is written.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=DEFAULT_DAYS, show_default=True)
def org_badge(folder: Path, request_file: Path, output: Path, days: int) -> None:
    """Sign a badge for REQUEST. Look first at who asks: DIR/badges keeps the photo."""
    data = organisation.issue_badge(folder, read_file(request_file), _now(), days)
    write_atomically(output, data)
    issued = open_badge(data)
    name = f"{issued.given_name} {issued.surname}"
    until = _day(issued.not_after)
    click.echo(sentence("badge_issued", serial=issued.serial, name=name, file=str(output), until=until))


@org.command()
@click.argument("folder", metavar="DIR", type=EXISTING_FOLDER)
@click.argument("serial", type=click.IntRange(min=1), required=False)
def revoke(folder: Path, serial: int | None) -> None:
    """Revoke the badge SERIAL; without it, renew the signed list."""
    organisation.revoke(folder, serial, _now())
    public = str(folder / organisation.PUBLIC_FOLDER)
    if serial is None:
        click.echo(sentence("list_renewed", public=public))
    else:
        click.echo(sentence("badge_is_revoked", serial=serial, public=public))


@org.command()
@click.argument("folder", metavar="DIR", type=EXISTING_FOLDER)
@click.option("--broker", metavar="URL", type=BROKER, required=True, help="Where customers reach the broker.")
def link(folder: Path, broker: str) -> None:
    """Print the link for customers and write it as a QR code to DIR/link.png."""
    text = make_link(broker, organisation.load(folder))
    write_qr(text, folder / "link.png")
    click.echo(text)


@cli.group()
def broker() -> None:
    """The broker, which introduces customers to technicians and is trusted with nothing."""


@broker.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0: a free one.")
@DATA
@click.option("--org", "public", type=EXISTING_FOLDER, help="The folder public/ of the organisation.")
@click.option("--origin", "origins", metavar="URL", type=BROKER, multiple=True, help="A web page that may connect.")
@click.option("--turn", "uris", metavar="URI", multiple=True, help="A relay, like turn:help.example.org:3478.")
@click.option("--turn-secret-file", type=EXISTING_FILE, help="The secret that the relays know, too.")
@click.option("--turn-seconds", type=click.IntRange(10, 900), default=900, show_default=True, help="Of credentials.")
@click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input ends.")
def serve(
    host: str,
    port: int,
    data: Path | None,
    public: Path | None,
    origins: tuple[str, ...],
    uris: tuple[str, ...],
    turn_secret_file: Path | None,
    turn_seconds: int,
    with_parent: bool,
) -> None:
    """Serve until stopped; prints "ready http://HOST:PORT" once it does."""
    from remotehelp.broker.serve import run as run_broker
    from remotehelp.broker.turn import load_relays

    relays = load_relays(uris, turn_secret_file, turn_seconds)
    if with_parent:
        threading.Thread(target=_end_with_input, name="parent", daemon=True).start()
    run_broker(host, port, _broker_folder(data), public, origins, relays)


@broker.command("turn-config")
@click.option("--realm", type=DOMAIN, required=True, help="The name of the relay's host.")
@click.option("--turn-secret-file", type=EXISTING_FILE, required=True, help="The secret that the broker is given, too.")
def turn_config(realm: str, turn_secret_file: Path) -> None:
    """Print a configuration for coturn by which nobody reaches an inner network."""
    from remotehelp.broker.coturn import configuration
    from remotehelp.broker.turn import load_secret

    click.echo(configuration(realm, load_secret(turn_secret_file)), nl=False)


@broker.group("technician")
def broker_technician() -> None:
    """The accounts that technicians sign in with, beside their badge. A server without any asks for none."""


@broker_technician.command("add")
@click.argument("name", type=ACCOUNT)
@click.option("--admin", is_flag=True, help="An administrator's account.")
@DATA
def add_account(name: str, admin: bool, data: Path | None) -> None:
    """Add the account NAME; asks for its first password."""
    from remotehelp.broker import technicians

    technicians.add(_broker_folder(data), name, _ask_password(), admin=admin)
    click.echo(sentence("account_added", name=name))


@broker_technician.command("list")
@DATA
def list_accounts(data: Path | None) -> None:
    """Print a line for each account."""
    from remotehelp.broker import technicians

    for account in technicians.accounts(_broker_folder(data)):
        marks = (("administrator", account.admin), ("disabled", account.disabled), ("new", account.secret is None))
        click.echo(" ".join([account.name, *(word for word, is_so in marks if is_so)]))


@broker_technician.command("disable")
@click.argument("name", type=ACCOUNT)
@DATA
def disable_account(name: str, data: Path | None) -> None:
    """Let nobody in by the account NAME; `reset` lets them in again."""
    from remotehelp.broker import technicians

    technicians.disable(_broker_folder(data), name)
    click.echo(sentence("account_disabled", name=name))


@broker_technician.command("reset")
@click.argument("name", type=ACCOUNT)
@DATA
def reset_account(name: str, data: Path | None) -> None:
    """Give the account NAME a new password, which is asked for, and a new second factor at its next sign-in."""
    from remotehelp.broker import technicians

    technicians.reset(_broker_folder(data), name, _ask_password())
    click.echo(sentence("account_reset", name=name))


@cli.command()
@click.option("--out", type=NEW_FOLDER, default=Path("remotehelp-demo"), show_default=True)
@click.option("--seconds", type=click.FloatRange(min=1), default=DEMO_SECONDS, show_default=True, help="Then give up.")
def demo(out: Path, seconds: float) -> None:
    """Play one whole visit on this machine with nothing mocked; pictures and the log stay in DIR."""
    from remotehelp.demo.play import run as play

    play(out, seconds)


@cli.command()
@click.argument("file", type=LOG_FILE)
@click.option("--with", "other", metavar="OTHER", type=LOG_FILE, help="The other side's copy, to be compared.")
def verify(file: Path, other: Path | None) -> None:
    """Check the log of a visit: names the first bad entry, and says whose signatures it has."""
    proofs = LogProofs()
    data = read_file(file, STORY_LIMIT)
    found = read_log(data, proofs)
    compared = sentence("log_customer_unknown") if other is None else _compared(data, read_file(other, STORY_LIMIT))
    badge, last = proofs.badge, len(found.lines)
    standing = Known(open_profile().data).standing(badge.organisation)
    if found.whole:
        start, end = (_minute(line.clock) for line in (found.lines[0], found.lines[found.signed_upto - 1]))
        click.echo(sentence("log_whole", last=last, start=start, end=end))
    name = f"{badge.given_name} {badge.surname}"
    owner, serial = badge.organisation.name, badge.serial
    digits = _fingerprint(badge.technician_key)
    click.echo(sentence("log_technician", name=name, organisation=owner, serial=serial, digits=digits))
    click.echo(sentence("log_customer", digits=_fingerprint(found.opening.customer)))
    click.echo(_known(standing, _fingerprint(badge.organisation.key)))
    _tell_times(found.lines, badge)
    click.echo(compared)
    if not found.whole:
        raise HelpError("log_unfinished", last=last, upto=found.signed_upto)


def run(group: click.Command, args: Sequence[str] | None = None) -> int:
    """Run one command line and give the exit status (ARCHITECTURE.md, exit status); an error is one sentence on stderr.

    ``args`` are those of the process if None. No exception leaves; an unexpected one is written to the profile's log.
    """
    try:
        result = group.main(args=args, prog_name="remotehelp", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(_which(error.ctx), err=True)
        return error.exit_code
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.Abort:
        click.echo(sentence("stopped"), err=True)
        return EXIT_ERROR
    except HelpError as error:
        return _refuse(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence: it is logged in full, and no traceback is shown
        return _unexpected(error)
    return result if isinstance(result, int) else 0


def exit_status(error: HelpError) -> int:
    """The exit status that belongs to an error."""
    return next((status for kind, status in EXIT_STATUS if isinstance(error, kind)), EXIT_ERROR)


def _which(ctx: click.Context | None) -> str:
    """What to say where a group's name stands alone; click would print the group's whole help as an error."""
    if ctx is None or not isinstance(ctx.command, click.Group):
        return "Missing command."
    return f"Missing command: {', '.join(ctx.command.list_commands(ctx))}."


def _refuse(error: HelpError) -> int:
    try:
        text = explain(error)
    except KeyError:
        return _unexpected(error)
    click.echo(text, err=True)
    return exit_status(error)


def _unexpected(error: Exception) -> int:
    try:
        log = open_profile().logs / "unexpected.log"
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n")
    except (ConfigError, OSError):
        click.echo(sentence("unexpected_unlogged"), err=True)
        return EXIT_ERROR
    click.echo(sentence("unexpected", log=str(log)), err=True)
    return EXIT_ERROR


def _end_with_input() -> None:
    """Have this process drain and end once standard input is at its end: whoever started it has died."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _broker_folder(data: Path | None) -> Path:
    return data or open_profile().data / "broker"


def _ask_password() -> str:
    """A password, typed twice without being shown; where standard input is no terminal, its first line."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again"))
    return sys.stdin.readline().rstrip("\r\n")


def _now() -> int:
    return int(time.time())


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _minute(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%d %H:%M}"


def _tell_times(lines: Sequence[Line], badge: Badge) -> None:
    """Name the first entry from when the badge was not valid, if there is one."""
    outside = next((line for line in lines if not badge.is_valid_at(line.clock / 1000)), None)
    if outside is not None:
        start, end = (_minute(1000 * seconds) for seconds in (badge.not_before, badge.not_after))
        click.echo(sentence("log_outside_badge", line=outside.n, start=start, end=end))


def _compared(data: bytes, other: bytes) -> str:
    """What the other side's copy says of this one; raises RemoteProtocolError if it is bad or of another log."""
    read_log(other, LogProofs())
    same, agree = same_upto(data, other)
    if not agree:
        raise RemoteProtocolError("log_copies_differ", line=same + 1)
    return sentence("log_copies_agree", upto=same)


def _fingerprint(key: bytes) -> str:
    """Half of the key's SHA-256 in groups of four digits, to be compared by eye."""
    digits = hashlib.sha256(key).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _known(standing: Standing, digits: str) -> str:
    """What this computer knows of the organisation with this key."""
    if standing.kind is Kind.PROVEN:
        return sentence("log_organisation_proven", digits=digits)
    if standing.since is not None:
        return sentence("log_organisation_known", digits=digits, since=_day(standing.since))
    return sentence("log_organisation_new", digits=digits)
