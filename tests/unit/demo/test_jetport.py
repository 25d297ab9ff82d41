from __future__ import annotations

import socket
import threading
from pathlib import Path

from remotehelp.demo.jetport import JetPort
from remotehelp.demo.waiting import wait_for


def test_writes_each_job_as_one_page_and_a_look_as_none(tmp_path: Path) -> None:
    with JetPort(0, tmp_path) as printer:
        server = threading.Thread(target=printer.serve_forever)
        server.start()
        for job in (b"", b"one", b"two" * 100_000):
            with socket.create_connection(printer.server_address[:2]) as line:
                line.sendall(job)
        wait_for(lambda: len(list(tmp_path.glob("page-*.prn"))) == 2, 5, "no pages")
        printer.shutdown()
        server.join()
    assert sorted(page.stat().st_size for page in tmp_path.glob("page-*.prn")) == [3, 300_000]
    assert list(tmp_path.glob(".*")) == []
