"""A fence in memory that child processes inherit: anonymous, without a name under which others could find it."""

from __future__ import annotations

import mmap
import os
import weakref

from remotehelp.desktop.fence import SIZE, Fence


class SharedFence(Fence):
    """A new fence, shut; ``fd`` is for the processes that are to share it, until this object is gone."""

    def __init__(self) -> None:
        self.fd = os.memfd_create("fence")
        weakref.finalize(self, os.close, self.fd)
        os.ftruncate(self.fd, SIZE)
        super().__init__(_mapped(self.fd))


def inherited_fence(fd: int) -> Fence:
    """The fence that another process made."""
    return Fence(_mapped(fd))


def _mapped(fd: int) -> memoryview:
    return memoryview(mmap.mmap(fd, SIZE))
