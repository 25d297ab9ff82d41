"""Starts small processes of our own: isolated from the working folder, reached by inherited descriptors only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import remotehelp


def start_child(module: str, descriptors: Collection[int], *further: str) -> subprocess.Popen[bytes]:
    """Run ``module`` in a process of its own; its arguments are the numbers of ``descriptors``, then ``further``."""
    places = [str(Path(remotehelp.__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-m", module, *map(str, descriptors), *further],
        stdin=subprocess.DEVNULL,
        pass_fds=tuple(descriptors),
        start_new_session=True,  # Ctrl+C in our terminal is for us
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
    )
