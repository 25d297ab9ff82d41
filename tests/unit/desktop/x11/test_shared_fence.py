import os
import subprocess
import sys

import pytest

from remotehelp.desktop.x11.shared_fence import SharedFence, inherited_fence
from remotehelp.errors import StaleEpoch

SHUTS = """
import sys
from remotehelp.desktop.x11.shared_fence import inherited_fence
fence = inherited_fence(int(sys.argv[1]))
fence.check()
fence.note(77)
fence.shut()
"""


def test_a_process_that_inherits_it_shuts_it():
    fence = SharedFence()
    with pytest.raises(StaleEpoch):
        fence.check()
    fence.open()
    subprocess.run([sys.executable, "-c", SHUTS, str(fence.fd)], pass_fds=[fence.fd], check=True)
    assert not fence.passes()
    assert list(fence.notes(0, fence.noted)) == [77]


def test_its_descriptor_goes_with_it():
    fence = SharedFence()
    fd = fence.fd
    other = inherited_fence(fd)
    fence.open()
    other.check()
    del fence
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(fd)
    other.check()
