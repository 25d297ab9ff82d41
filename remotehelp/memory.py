"""What a program does with memory that it needs no more."""

from __future__ import annotations

import ctypes
import os

LARGE = 8 * 1024 * 1024  # bytes of one block: more than a picture of 1920x1080, whose pages would be cleared each time
SPARE = 16 * 1024 * 1024  # bytes that may stay free at the end of a heap

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of mallopt(3)


def give_back_large_blocks() -> bool:
    """From now on a freed block of ``LARGE`` bytes or more goes back to the system at once; False without glibc.

    By itself glibc keeps blocks of up to 32 MiB once it has freed one as large (mallopt(3), M_MMAP_THRESHOLD): after
    some pictures of 4K a process holds the memory of all that ever were there at once. Call it before the first.
    """
    if not _has_glibc():
        return False
    set_option = ctypes.CDLL(None).mallopt
    return bool(set_option(M_MMAP_THRESHOLD, LARGE) and set_option(M_TRIM_THRESHOLD, SPARE))


def _has_glibc() -> bool:
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (AttributeError, ValueError):  # Windows; another C library
        return False
