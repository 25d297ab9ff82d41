"""One broker for one data folder: two would give the same codes twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from remotehelp.errors import ConfigError, TemporaryError
from remotehelp.profile import ensure_folder

LOCK_FILE = "broker.lock"
WAIT_S = 5.0  # a broker that was just stopped drains so long


@contextmanager
def alone(folder: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Keep other brokers off ``folder``; the lock is SQLite's own and ends with the process, however that ends.

    Raises TemporaryError("folder_has_a_broker") after ``wait_s`` seconds, ConfigError for a folder or a lock file that
    can't be written.
    """
    file = ensure_folder(folder) / LOCK_FILE
    try:
        lock = sqlite3.connect(file, timeout=wait_s, isolation_level=None)
    except sqlite3.Error as error:
        raise ConfigError("file_not_writable", file=str(file)) from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if in_use(error):
                raise TemporaryError("folder_has_a_broker", folder=str(folder)) from error
            raise ConfigError("file_not_writable", file=str(file)) from error
        yield


def in_use(error: BaseException | None) -> bool:
    """Whether SQLite failed because somebody else holds the file."""
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF  # https://sqlite.org/rescode.html
    return primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
