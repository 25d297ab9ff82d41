"""A log that is on the disk as it grows, so that a program that dies leaves everything up to then."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

from remotehelp.errors import ConfigError
from remotehelp.trust.files import PRIVATE, make_folder


class Journal:
    """One file for this user alone; its folder is made when the first words come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written = 0
        self._lock = Lock()

    def write(self, whole: bytes) -> None:
        """Append what ``whole`` has more than was written before, and flush it to the disk; any thread.

        Raises ConfigError("folder_not_writable", "file_not_writable"); what was written before stays.
        """
        with self._lock:
            if len(whole) > self._written:  # else an older state that came late
                make_folder(self.path.parent, 0o700)
                try:
                    self._append(whole)
                except OSError as error:
                    raise ConfigError("file_not_writable", file=str(self.path)) from error
                self._written = len(whole)

    def _append(self, whole: bytes) -> None:
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT, PRIVATE), "wb") as file:
            there = os.fstat(file.fileno()).st_size
            begin = self._written if there >= self._written else 0  # somebody took the file away
            file.truncate(begin)  # half a line of a disk that was full
            file.seek(begin)
            file.write(whole[begin:])
            file.flush()
            os.fsync(file.fileno())
