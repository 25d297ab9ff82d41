import os
import sys
from contextlib import closing

from remotehelp.desktop.x11.child import start_child

SAYS = """
import os, sys
os.write(int(sys.argv[1]), repr((sys.argv[2:], sys.flags.safe_path, os.getsid(0) == os.getpid())).encode())
"""


def test_a_child_has_its_descriptors_and_arguments_and_nothing_of_the_working_folder(tmp_path, monkeypatch):
    (tmp_path / "says.py").write_text(SAYS)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "says.py").write_text("raise SystemExit('the working folder counts')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path / "elsewhere")
    reader, writer = os.pipe()
    with closing(os.fdopen(reader)) as answer:
        child = start_child("says", [writer], "further", "")
        os.close(writer)
        assert child.wait(10) == 0
        assert answer.read() == repr((["further", ""], True, True))
    assert sys.executable == child.args[0]
