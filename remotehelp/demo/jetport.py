"""A printer on a JetDirect port: takes each job as it comes and writes it into a folder as one printed page.

Run as a program of its own (``jetport.py PORT FOLDER``); ends with SIGTERM.
"""

from __future__ import annotations

import socketserver
import sys
import uuid
from pathlib import Path


class Job(socketserver.StreamRequestHandler):
    """One connection: everything that comes until the sender ends is one job."""

    def handle(self) -> None:
        """Write the job under a name of its own; a connection without a byte was only somebody looking."""
        assert isinstance(self.server, JetPort)  # noqa: S101 - socketserver's own type is wider
        data = self.rfile.read()
        if data:
            unfinished = self.server.folder / f".{uuid.uuid4().hex}"
            unfinished.write_bytes(data)
            unfinished.rename(self.server.folder / f"page-{uuid.uuid4().hex}.prn")


class JetPort(socketserver.ThreadingTCPServer):
    """The printer; on this computer's own address alone."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(("127.0.0.1", port), Job)
        self.folder = folder


def main(port: str, folder: str) -> None:
    """Print until somebody ends it."""
    with JetPort(int(port), Path(folder)) as printer:
        printer.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
