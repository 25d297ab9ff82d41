"""The command line as people and scripts see it (ARCHITECTURE.md); exit statuses by real processes."""

import contextlib
import hashlib
import io
import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import httpx2
import pytest
from click.testing import CliRunner

import remotehelp
from remotehelp import errors
from remotehelp.cli import cli, exit_status, run
from remotehelp.profile import open_profile
from remotehelp.sentences import sentence
from remotehelp.trust.badge import judge, open_badge
from remotehelp.trust.known import Known
from remotehelp.trust.link import parse_link
from remotehelp.trust.public import load_public, write_public
from remotehelp.trust.revocations import open_list
from remotehelp.trust.wallet import load_own_badge
from tests.helpers.issuer import Issuer
from tests.helpers.pacts import pacts
from tests.helpers.stories import SOON, signed_story

ROOT = Path(remotehelp.__file__).parent.parent
PROGRAM = [sys.executable, "-c", "from remotehelp.cli import cli, run; raise SystemExit(run(cli))"]
# root may write everywhere, unless this right is taken from it
LIKE_ANYBODY = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []

TAKEN = ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]  # nor read


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REMOTEHELP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "en")
    return tmp_path / "home"


def invoke(*arguments):
    """One command that has to work; its standard output."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def refused(*arguments, status, before=()):
    """One command that has to fail in a process of its own; its one sentence."""
    command = [*before, *PROGRAM, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.fixture
def org(tmp_path):
    invoke("org", "init", tmp_path / "org", "--name", "Helpers", "--domain", "help.example.org")
    return tmp_path / "org"


@pytest.fixture
def request_file(tmp_path, photo):
    (tmp_path / "photo.jpg").write_bytes(photo)
    path = tmp_path / "request"
    names = ("--given-name", "Technician", "--surname", "A")
    invoke("badge", "request", *names, "--photo", tmp_path / "photo.jpg", "-o", path)
    return path


@pytest.fixture
def photo():
    return b"\xff\xd8\xff\xe0" + bytes(1000)


def test_from_the_request_to_the_badge_in_use(org, request_file, tmp_path, photo):
    told = invoke("org", "badge", org, request_file, "-o", tmp_path / "badge")
    assert "Badge 1 for Technician A" in told
    assert "Technician A of Helpers" in invoke("badge", "install", tmp_path / "badge")
    own = load_own_badge(open_profile())
    assert own.photo == photo
    revocations = (org / "public" / "revocations.json").read_bytes()
    verdict = judge(own.badge_bytes, load_public(org / "public").key, revocations, own.badge.not_after, 0)
    assert (verdict.badge.given_name, verdict.badge.organisation.domain) == ("Technician", "help.example.org")
    assert own.badge.not_after - own.badge.not_before == 7 * 86400


def test_the_private_keys_are_for_this_user_alone(org, request_file, home):
    secrets = [org / "organisation.key", *(home / "data" / "badge" / "keys").iterdir()]
    assert len(secrets) == 2
    assert [stat.S_IMODE(path.stat().st_mode) for path in secrets] == [0o600, 0o600]


def test_a_badge_for_some_days(org, request_file, tmp_path):
    invoke("org", "badge", org, request_file, "-o", tmp_path / "badge", "--days", "30")
    badge = open_badge((tmp_path / "badge").read_bytes())
    assert badge.not_after - badge.not_before == 30 * 86400


def test_revoking_one_badge_and_renewing_the_list(org, request_file, tmp_path):
    def listed():
        return open_list((org / "public" / "revocations.json").read_bytes(), load_public(org / "public").key)

    invoke("org", "badge", org, request_file, "-o", tmp_path / "badge")
    before = listed().number
    assert "Badge 1 is revoked" in invoke("org", "revoke", org, "1")
    assert listed().names(1)
    invoke("org", "revoke", org)
    assert listed().names(1)
    assert listed().number > before + 1


def test_the_link_stands_alone_on_stdout_and_as_a_picture_in_the_folder(org):
    printed = invoke("org", "link", org, "--broker", "http://192.0.2.7:8470/")
    assert printed.endswith("\n")
    link = parse_link(printed)
    assert printed.strip().startswith("remotehelp://join?")
    assert (link.broker_url, link.organisation) == ("http://192.0.2.7:8470", load_public(org / "public"))
    assert (org / "link.png").read_bytes().startswith(b"\x89PNG")


def test_the_version():
    assert invoke("--version") == f"remotehelp {version('remotehelp')}\n"


def test_every_command_and_option_explains_itself():
    def commands(command, path=()):
        yield path, command
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield from commands(inner, (*path, name))

    found = dict(commands(cli))
    assert set(found) >= {("badge", "request"), ("badge", "install"), ("org", "init"), ("org", "badge")}
    assert set(found) >= {("org", "revoke"), ("org", "link"), ("broker", "serve"), ("demo",)}
    for path, command in found.items():
        assert command.help, path
        assert "Usage" in invoke(*path, "--help")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["badge", "request", "--given-name", "Technician"],
        ["badge", "request", "--given-name", "Te\u202ech", "--surname", "A", "-o", "x"],
        ["badge", "install", "missing-file"],
        ["org", "init", "x", "--name", ""],
        ["org", "init", "x", "--name", "A", "--domain", "https://a.org"],
        ["org", "init", "x", "--name", "A", "--private", "ab"],
        ["org", "badge", ".", "missing-file", "-o", "x"],
        ["org", "badge", "missing-folder", "README.md", "-o", "x"],
        ["org", "badge", ".", "README.md", "-o", "x", "--days", "31"],
        ["org", "revoke", ".", "one"],
        ["org", "link", ".", "--broker", "ftp://a"],
        ["broker", "serve", "--port", "70000"],
        ["demo", "--seconds", "0"],
    ],
    ids=" ".join,
)
def test_a_wrong_line_is_a_usage_error_in_one_sentence(arguments, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert run(cli, arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1


def test_what_is_missing_is_a_usage_error_in_a_process_too():
    assert "--name" in refused("org", "init", "somewhere", status=2)


def test_a_name_that_hides_something_is_told_in_plain_words(capsys):
    run(cli, ["org", "init", "x", "--name", "Ba\u200bnk"])
    assert sentence("name_not_allowed") in capsys.readouterr().err


def test_a_proof_that_does_not_hold_is_not_permitted(tmp_path):
    (tmp_path / "badge").write_bytes(b"{}")
    assert refused("badge", "install", tmp_path / "badge", status=77) == sentence("badge_not_signed")


def test_a_badge_of_another_computer_is_not_permitted(org, request_file, tmp_path, monkeypatch, capsys):
    invoke("org", "badge", org, request_file, "-o", tmp_path / "badge")
    monkeypatch.setenv("REMOTEHELP_HOME", str(tmp_path / "other"))
    assert run(cli, ["badge", "install", str(tmp_path / "badge")]) == 77
    assert capsys.readouterr().err.strip() == sentence("badge_not_for_this_computer")


def test_a_file_that_is_no_request_signs_nothing(org, tmp_path, capsys):
    (tmp_path / "request").write_text("hello")
    assert run(cli, ["org", "badge", str(org), str(tmp_path / "request"), "-o", str(tmp_path / "badge")]) == 77
    assert capsys.readouterr().err.strip() == sentence("request_not_signed")
    assert not (tmp_path / "badge").exists()


def test_an_organisation_is_never_replaced(org):
    key = (org / "organisation.key").read_bytes()
    assert str(org) in refused("org", "init", org, "--name", "Other", status=78)
    assert (org / "organisation.key").read_bytes() == key


def test_a_folder_without_an_organisation_is_a_matter_of_configuration(tmp_path, capsys):
    for arguments in (["org", "revoke", str(tmp_path)], ["org", "link", str(tmp_path), "--broker", "http://a"]):
        assert run(cli, arguments) == 78
        assert capsys.readouterr().err.strip() == sentence("not_an_organisation", folder=str(tmp_path))


def test_a_photo_that_is_none_is_a_matter_of_configuration(tmp_path, capsys, home):
    (tmp_path / "photo.jpg").write_text("no picture")
    arguments = ["--given-name", "Technician", "--surname", "A", "--photo", str(tmp_path / "photo.jpg")]
    assert run(cli, ["badge", "request", *arguments, "-o", str(tmp_path / "request")]) == 78
    assert capsys.readouterr().err.strip() == sentence("photo_not_usable")
    assert not (tmp_path / "request").exists()
    assert not list(home.rglob("*.pem"))


def test_an_output_that_cannot_be_written_is_named(tmp_path, capsys):
    output = tmp_path / "missing" / "request"
    assert run(cli, ["badge", "request", "--given-name", "T", "--surname", "A", "-o", str(output)]) == 78
    assert capsys.readouterr().err.strip() == sentence("file_not_writable", file=str(output))


def test_a_data_folder_that_cannot_be_written_is_named(home, tmp_path):
    home.write_text("a file where the folder should be")
    arguments = ["badge", "request", "--given-name", "T", "--surname", "A", "-o", tmp_path / "request"]
    assert str(home) in refused(*arguments, status=78)


def test_a_read_only_data_folder_is_named(home, tmp_path):
    data = open_profile().data
    data.chmod(0o500)
    arguments = ["badge", "request", "--given-name", "T", "--surname", "A", "-o", tmp_path / "request"]
    assert str(data) in refused(*arguments, status=78, before=LIKE_ANYBODY)
    assert not (tmp_path / "request").exists()


def test_a_badge_that_was_never_issued_is_an_error(org, capsys):
    assert run(cli, ["org", "revoke", str(org), "7"]) == 1
    assert capsys.readouterr().err.strip() == sentence("serial_unknown", serial=7)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.HelpError, 1),
        (errors.LocalProtocolError, 1),
        (errors.RemoteProtocolError, 1),
        (errors.ServiceUnavailable, 69),
        (errors.BackendError, 69),
        (errors.TemporaryError, 75),
        (errors.TrustError, 77),
        (errors.ConsentError, 77),
        (errors.GateClosed, 77),
        (errors.ConfigError, 78),
    ],
)
def test_each_kind_of_error_has_its_exit_status(kind, status):
    assert exit_status(kind("stopped")) == status


def failing(error):
    @click.command()
    def command():
        raise error

    return command


@pytest.mark.parametrize("error", [ZeroDivisionError("secret detail"), errors.HelpError("a_key_without_a_sentence")])
def test_what_should_not_happen_is_logged_and_told_without_a_traceback(error, capsys, home):
    assert run(failing(error), []) == 1
    told = capsys.readouterr()
    log = home / "logs" / "unexpected.log"
    assert told.err.strip() == sentence("unexpected", log=str(log))
    assert told.out == ""
    assert "Traceback" in log.read_text()
    assert type(error).__name__ in log.read_text()


def test_what_should_not_happen_is_told_even_where_no_log_can_be_written(capsys, home):
    home.write_text("a file where the folder should be")
    assert run(failing(ZeroDivisionError()), []) == 1
    assert capsys.readouterr().err.strip() == sentence("unexpected_unlogged")


def test_ctrl_c_is_no_failure_to_explain(capsys):
    assert run(failing(KeyboardInterrupt()), []) == 1
    assert capsys.readouterr().err.strip() == sentence("stopped")


def test_a_commands_own_status_is_the_programs():
    @click.command()
    @click.pass_context
    def command(ctx):
        ctx.exit(75)

    assert run(command, []) == 75
    assert run(cli, ["--help"]) == 0


def test_the_cli_never_loads_a_window_and_starts_without_the_network():
    names = ("ui", "PySide6", "aiortc", "httpx2", "uvicorn")
    look = f"import sys, remotehelp.cli; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.stdout.strip() == "[]"


def test_the_broker_says_when_it_is_ready_and_drains_on_sigterm(org, tmp_path):
    command = [*PROGRAM, "broker", "serve", "--port", "0", "--data", tmp_path / "broker", "--org", org / "public"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as broker:
        try:
            ready = re.fullmatch(r"ready (http://127\.0\.0\.1:([0-9]+))\n", broker.stdout.readline())
            assert httpx2.get(f"{ready[1]}/healthz", trust_env=False).status_code == 200
            taken = refused("broker", "serve", "--port", ready[2], "--data", tmp_path / "other", status=69)
            assert taken == sentence("port_in_use", port=int(ready[2]))
        finally:
            broker.send_signal(signal.SIGTERM)
            _, told = broker.communicate(timeout=20)
        assert broker.returncode == 0, told
        assert "Traceback" not in told


def test_a_broker_inside_another_program_ends_when_its_input_ends(tmp_path):
    command = [*PROGRAM, "broker", "serve", "--with-parent", "--port", "0", "--data", tmp_path / "broker"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as broker:
        assert broker.stdout.readline().startswith("ready ")
        broker.stdin.write("what is said to it is nothing\n")
        broker.stdin.flush()
        assert broker.poll() is None
        _, told = broker.communicate(timeout=20)
    assert broker.returncode == 0, told
    assert "Traceback" not in told
    assert "--with-parent" not in invoke("broker", "serve", "--help")


def test_the_broker_keeps_its_data_in_the_profile_unless_told_otherwise(home):
    command = [*PROGRAM, "broker", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as one:
        try:
            assert one.stdout.readline().startswith("ready ")
            assert list((home / "data" / "broker").iterdir())
        finally:
            one.terminate()
            one.communicate(timeout=20)


@pytest.fixture
def accounts(tmp_path, monkeypatch, capsys):
    """One `broker technician` command in this process: what it says, or the one sentence of its refusal."""

    def command(*line, says="", status=0):
        monkeypatch.setattr(sys, "stdin", io.StringIO(says))
        assert run(cli, ["broker", "technician", *line, "--data", str(tmp_path / "broker")]) == status
        out, err = capsys.readouterr()
        assert "" in (out, err)
        return (out or err).strip()

    return command


def test_accounts_of_technicians_from_the_first_to_its_reset(accounts, tmp_path):
    assert accounts("list") == ""
    assert accounts("add", "Technician.A", "--admin", says="correct horse\n") == sentence(
        "account_added", name="technician.a"
    )
    accounts("add", "technician.b", says="correct horse")
    assert accounts("list").splitlines() == ["technician.a administrator new", "technician.b new"]
    assert accounts("disable", "technician.b") == sentence("account_disabled", name="technician.b")
    assert accounts("list").splitlines()[1] == "technician.b disabled new"
    assert accounts("reset", "technician.b", says="another horse") == sentence("account_reset", name="technician.b")
    assert accounts("list").splitlines()[1] == "technician.b new"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "broker").iterdir()}
    assert set(modes) >= {"broker.sqlite3", "accounts"}
    assert set(modes.values()) == {0o600}


def test_what_is_wrong_with_an_account_is_one_sentence(accounts):
    accounts("add", "technician.a", says="correct horse")
    exists = sentence("account_exists", name="technician.a")
    assert accounts("add", "technician.a", says="correct horse", status=78) == exists
    assert accounts("disable", "technician.b", status=78) == sentence("account_unknown", name="technician.b")
    length = sentence("password_length", least=10, most=128)
    assert accounts("add", "technician.b", says="short", status=78) == length
    assert accounts("reset", "technician.a", status=78) == length
    assert sentence("account_name_not_allowed") in accounts("add", "two words", says="correct horse", status=2)


def test_a_password_is_asked_for_at_a_terminal_and_never_an_argument(tmp_path):
    command = [*PROGRAM, "broker", "technician", "add", "technician.a", "--data", str(tmp_path / "broker")]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as asked:
        os.close(theirs)
        shown = b""
        for question in (b"Password: ", b"The same again: "):
            while not shown.endswith(question):
                shown += os.read(ours, 1024)
            os.write(ours, b"correct horse\n")
        with contextlib.suppress(OSError):  # Linux says EIO at the end
            while more := os.read(ours, 1024):
                shown += more
        assert asked.wait(timeout=20) == 0
    os.close(ours)
    assert b"horse" not in shown
    assert "password" not in invoke("broker", "technician", "add", "--help").replace("first password", "")


def test_the_demo_refuses_a_folder_that_is_a_file(tmp_path, capsys):
    (tmp_path / "file").write_text(json.dumps({}))
    assert run(cli, ["demo", "--out", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err


# --- verify ---------------------------------------------------------------------------------------


@pytest.fixture
def issuer():
    return Issuer("Example Help")


@pytest.fixture
def log(issuer, tmp_path):
    path = tmp_path / "visit.jsonl"
    path.write_bytes(signed_story(*pacts(issuer.badge(serial=7, now=SOON / 1000))).as_lines())
    return path


def test_a_whole_log_says_whose_signatures_it_has(log, issuer):
    whole, technician, customer, known, unknown = invoke("verify", log).splitlines()
    times = "from 2026-11-28 14:33 to 2026-11-28 14:34 (UTC)"
    assert whole == f"This log is whole: 8 entries {times}, and both sides signed all of them."
    assert "Technician A of Example Help, badge 7, key" in technician
    assert "the key of this visit alone" in customer
    digits = hashlib.sha256(issuer.organisation.key).hexdigest()[:32]
    assert digits in known.replace(" ", "")
    assert "does not know" in known
    assert "the technician alone could have made all of it" in unknown


def test_the_other_sides_copy_is_compared(log, tmp_path):
    lines = log.read_bytes().splitlines(keepends=True)
    copy = tmp_path / "copy.jsonl"
    for kept, upto in ((8, 8), (7, 7), (4, 4)):
        copy.write_bytes(b"".join(lines[:kept]))
        assert invoke("verify", log, "--with", copy).endswith(f"are the same up to entry {upto}.\n")
    copy.write_bytes(b"".join(lines)[:-9])
    assert "entry 8 is cut off" in refused("verify", log, "--with", copy, status=1)


def test_a_copy_of_another_log_is_named(log, issuer, tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_bytes(signed_story(*pacts(issuer.badge(serial=7, now=SOON / 1000))).as_lines())
    assert "not of one log: they differ in entry 1" in refused("verify", log, "--with", other, status=1)


def test_a_time_at_which_the_badge_was_not_valid_is_named(tmp_path):
    log = tmp_path / "visit.jsonl"
    hers, his = pacts(Issuer().badge(days_ago=8, now=SOON / 1000))
    log.write_bytes(signed_story(hers, his).as_lines())
    assert "but entry 1 has another time" in invoke("verify", log)


def test_an_organisation_that_is_kept_here_is_known_since_then(log, issuer, home):
    Known(open_profile().data).keep(issuer.organisation, 1_790_000_000)
    assert "knows the organisation" in invoke("verify", log)
    assert "since 2026-09-21." in invoke("verify", log)


def test_an_organisation_whose_file_is_installed_is_proven(log, issuer, tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "helpers.json").write_bytes(write_public(issuer.key, issuer.organisation))
    monkeypatch.setattr("remotehelp.trust.known.site_organisations", lambda: tmp_path / "site")
    assert "has proof of the organisation" in invoke("verify", log)


def test_who_calls_themselves_like_a_known_organisation_is_not_believed(log, home):
    Known(open_profile().data).keep(Issuer("Example Help").organisation, 1_790_000_000)
    assert "not the Example Help that this computer knows" in refused("verify", log, status=77)


def test_a_log_without_its_end_is_unfinished(log, capsys):
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:6]))
    assert run(cli, ["verify", str(log)]) == 1
    told = capsys.readouterr()
    assert told.err == (
        "This log is unfinished: it ends with entry 6, without the signatures that close it. Both sides signed up to "
        "entry 3.\n"
    )
    assert "Technician A of Example Help" in told.out


@pytest.mark.parametrize(
    ("damage", "sentence_of_it"),
    [
        (lambda lines: [*lines[:4], lines[4].replace(b"control", b"view"), *lines[5:]], "entry 5 was changed"),
        (lambda lines: [*lines[:4], *lines[5:]], "entry 5 is missing"),
        (lambda lines: [*lines[:5], lines[5][:-1]], "unfinished: entry 6 is cut off"),
        (lambda lines: [*lines, lines[7]], "entry 9 was added after the log was closed"),
        (lambda lines: [*lines[:2], b"{}\n"], "entry 3 is no entry of a log"),
        (lambda lines: [], "no log of a visit"),
        (lambda lines: [b"Dear diary,\n"], "entry 1 is no entry of a log"),
    ],
)
def test_the_first_bad_entry_is_named(log, damage, sentence_of_it):
    log.write_bytes(b"".join(damage(log.read_bytes().splitlines(keepends=True))))
    assert sentence_of_it in refused("verify", log, status=1)


def test_signatures_that_do_not_hold_are_named(log, issuer):
    hers, _ = pacts(issuer.badge())
    log.write_bytes(signed_story(hers, hers).as_lines())
    assert "the signatures in entry 4" in refused("verify", log, status=1)


def test_a_log_that_can_not_be_read_is_a_matter_of_the_file(tmp_path):
    (tmp_path / "closed").write_bytes(b"")
    (tmp_path / "closed").chmod(0)
    for name, before in (("missing", ()), (".", ()), ("closed", [*LIKE_ANYBODY[:1], *TAKEN] if LIKE_ANYBODY else ())):
        assert "can't be read" in refused("verify", tmp_path / name, status=78, before=before)
