"""A command that can't do what it was asked says one sentence, ends as ARCHITECTURE.md says, and spoils nothing."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from remotehelp.broker.alone import alone
from remotehelp.broker.store import DATABASE_FILE
from remotehelp.demo.cast import PROGRAM
from remotehelp.sentences import sentence
from remotehelp.trust import organisation, wallet
from remotehelp.trust.files import FILE_LIMIT

pytestmark = pytest.mark.e2e

DAY_S = 86400
ASK = "badge request --given-name Technician --surname A"
# root may read and write everywhere, unless these rights are taken away
TAKEN = "-dac_override,-dac_read_search"
LIKE_ANYBODY = ["setpriv", f"--bounding-set={TAKEN}", f"--inh-caps={TAKEN}"] if os.geteuid() == 0 else []
LEFT_OUT = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "REMOTEHELP_BROKER", "REMOTEHELP_CAMERA")


class Place:
    """A folder with what commands need, good and bad; they run in it, so that all names are short."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        now = int(time.time())
        badges = {"badge": ("home", now), "expired": ("home", now - 8 * DAY_S), "others": ("other", now)}
        organisation.init(folder / "org", "Helpers", None, now)
        for name, (home, made) in badges.items():
            self._badge(name, home, made)
        self._damaged("damaged", "organisation.key")
        self._damaged("unlisted", "public/revocations.json")
        (folder / "big").write_bytes(bytes(FILE_LIMIT + 1))
        self._write("data/broker.sqlite3", "This is a letter and no database at all, whatever it is called.")
        self._read_only_database("readonly")
        self._write("closed", "").chmod(0)
        self._write("unlogged/logs/customer.jsonl", "").chmod(0o400)
        self._write("coloured/config.toml", 'colour = "red"')
        self._write("unset/config.toml", "broker = ")
        (folder / "locked").mkdir(mode=0o500)
        self._write("a-file", "")

    def run(self, line: str, home: str = "home", **env: str) -> subprocess.CompletedProcess[str]:
        """The end of one command without a display."""
        own = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        return subprocess.run(
            [*LIKE_ANYBODY, *PROGRAM, *shlex.split(line)],
            cwd=self.folder,
            env={**own, "LANGUAGE": "en", "REMOTEHELP_HOME": home, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def kept(self) -> dict[Path, bytes]:
        """All files that belong to somebody, so that no refused command may change one."""
        ours = [self.folder / name for name in ("org", "damaged", "unlisted", "data", "locked", "home/data")]
        return {path: path.read_bytes() for folder in ours for path in folder.rglob("*") if path.is_file()}

    def _badge(self, name: str, home: str, made: int) -> None:
        request = wallet.request(wallet_folder(self.folder / home), "Technician", "A", None)
        (self.folder / "request").write_bytes(request)
        (self.folder / name).write_bytes(organisation.issue_badge(self.folder / "org", request, made))

    def _damaged(self, name: str, part: str) -> None:
        shutil.copytree(self.folder / "org", self.folder / name)
        (self.folder / name / part).write_text("spilt coffee")

    def _read_only_database(self, folder: str) -> None:
        file = self._write(f"{folder}/{DATABASE_FILE}", "")
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA journal_mode=WAL")
        file.chmod(0o400)

    def _write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


def wallet_folder(home: Path) -> Path:
    return home / "data" / "badge"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("place"))


@pytest.fixture(scope="module")
def taken() -> Iterator[int]:
    """A port that another program uses."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def one_sentence(done: subprocess.CompletedProcess[str], status: int) -> str:
    """What a command said on stderr, which has to be one line."""
    assert (done.returncode, done.stderr.count("\n")) == (status, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith(".\n")
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("nonsense", "'nonsense'"),
        ("badge", "install, request"),
        ("join", "'LINK'"),
        (ASK, "'--output'"),
        ("badge install missing", "'missing'"),
        ("org badge org closed -o new", "'closed' is not readable"),
        ("org revoke org one", "'one'"),
        ("broker serve --port 70000", "70000"),
    ],
)
def test_a_wrong_line_names_what_is_wrong_with_it(place: Place, line: str, named: str) -> None:
    before = place.kept()
    done = place.run(line)
    assert named in one_sentence(done, 2)
    assert done.stdout == ""
    assert before.items() <= place.kept().items()


@pytest.mark.parametrize(
    ("status", "line", "key", "value"),
    [
        (1, "org revoke org 99", "serial_unknown", 99),
        (77, "badge install request", "badge_not_signed", ""),
        (77, "badge install expired", "badge_expired", ""),
        (77, "badge install others", "badge_not_for_this_computer", ""),
        (77, "org badge org badge -o new", "request_not_signed", ""),
        (77, "broker serve --port 0 --org unlisted/public", "revocations_not_signed", ""),
        (78, "org init org --name Others", "organisation_exists", "org"),
        (78, "org init locked/org --name Others", "folder_not_writable", "locked/org"),
        (78, "org badge damaged request -o new", "key_not_readable", "damaged/organisation.key"),
        (78, "org revoke unlisted", "revocations_damaged", "unlisted/public/revocations.json"),
        (78, f"{ASK} -o locked/new", "file_not_writable", "locked/new"),
        (78, f"{ASK} -o ''", "file_not_writable", "."),
        (78, "badge install big", "file_not_readable", "big"),
        (78, "broker serve --port 0 --data data", "database_not_usable", "data/broker.sqlite3"),
        (78, "broker serve --port 0 --data readonly", "file_not_writable", "readonly/broker.sqlite3"),
    ],
)
def test_what_can_not_be_done_is_explained(place: Place, status: int, line: str, key: str, value: str | int) -> None:
    before, keys = place.kept(), set(place.folder.rglob("*.pem"))
    done = place.run(line)
    assert one_sentence(done, status) == said(key, value)
    assert done.stdout == ""
    assert before.items() <= place.kept().items()
    assert keys == set(place.folder.rglob("*.pem"))


def said(key: str, value: str | int) -> str:
    """The sentence ``key``, whatever its one value is called."""
    return sentence(key, **dict.fromkeys(("serial", "folder", "file"), value))


def test_a_second_broker_on_one_data_folder_is_refused(place: Place) -> None:
    with alone(place.folder / "busy"):
        done = place.run("broker serve --port 0 --data busy")
    assert one_sentence(done, 75) == sentence("folder_has_a_broker", folder="busy")
    assert done.stdout == ""


def test_a_port_in_use_is_named(place: Place, taken: int) -> None:
    done = place.run(f"broker serve --port {taken}")
    assert one_sentence(done, 69) == sentence("port_in_use", port=taken)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("line", "home", "key", "file"),
    [
        ("badge install badge", "a-file", "folder_not_writable", "a-file"),
        ("join remotehelp://x", "unlogged", "file_not_writable", "unlogged/logs/customer.jsonl"),
        ("join remotehelp://x", "coloured", "config_not_understood", "coloured/config.toml"),
        ("technician", "unset", "config_not_toml", "unset/config.toml"),
    ],
)
def test_a_profile_that_can_not_be_used_is_named(place: Place, line: str, home: str, key: str, file: str) -> None:
    path = str(place.folder / file)
    assert one_sentence(place.run(line, home), 78) == sentence(key, folder=path, file=path, entry="colour")


@pytest.mark.parametrize("line", ["", "technician"])
def test_no_screen_is_named(place: Place, line: str) -> None:
    assert one_sentence(place.run(line), 69) == sentence("no_display")


def test_a_face_that_can_not_be_played_is_named(place: Place) -> None:
    done = place.run("technician --camera a-file", QT_QPA_PLATFORM="offscreen")
    assert one_sentence(done, 69) == sentence("camera_file_unreadable", file="a-file")


def test_a_demonstration_that_does_not_hold_says_why_and_where_its_logs_are(place: Place) -> None:
    done = place.run("demo --seconds 1 --out stage")
    assert one_sentence(done, 1) == sentence("stage_failed", what="it took longer than 1 s")
    assert done.stdout.endswith(f"is in {place.folder / 'stage'}.\n")
