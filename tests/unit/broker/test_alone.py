"""One broker for one data folder, whatever became of the one before."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from remotehelp.broker.alone import LOCK_FILE, alone, in_use
from remotehelp.errors import ConfigError, TemporaryError
from remotehelp.sentences import explain

HOLD = "import sys\nfrom pathlib import Path\nfrom remotehelp.broker.alone import alone\n"
HOLD += "with alone(Path(sys.argv[1])):\n    print('held', flush=True)\n    input()"


def test_the_second_is_refused_until_the_first_has_gone(tmp_path: Path) -> None:
    with alone(tmp_path / "data"):
        with pytest.raises(TemporaryError, match="folder_has_a_broker") as caught, alone(tmp_path / "data", 0):
            pytest.fail("two of them")
        assert str(tmp_path / "data") in explain(caught.value)
        with alone(tmp_path / "others", 0):
            pass
    with alone(tmp_path / "data", 0):
        pass


def test_a_broker_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(TemporaryError), alone(tmp_path, 0):
            pytest.fail("two of them")
        other.kill()
        other.wait()
        with alone(tmp_path, 0):
            pass


@pytest.mark.parametrize("spoil", [Path.mkdir, lambda path: path.write_bytes(b"no database" * 100)])
def test_a_lock_that_can_not_be_taken_is_named(tmp_path: Path, spoil) -> None:
    spoil(tmp_path / LOCK_FILE)
    with pytest.raises(ConfigError, match="file_not_writable") as caught, alone(tmp_path, 0):
        pytest.fail("without a lock")
    assert LOCK_FILE in explain(caught.value)


def test_what_fails_for_another_reason_is_not_in_use() -> None:
    assert not in_use(None)
    assert not in_use(ValueError())
    with closing(sqlite3.connect(":memory:")) as database, pytest.raises(sqlite3.OperationalError) as caught:
        database.execute("nonsense")
    assert not in_use(caught.value)
