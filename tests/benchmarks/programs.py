"""The benchmark's own C programs and what they show: made into build/bench when they are missing or out of date."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from remotehelp.demo.processes import program
from remotehelp.demo.waiting import StageError
from tests.benchmarks.video import FRAMES, write_video

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "bench"
SOURCES = Path(__file__).with_name("sources")
TEXT = ROOT / "LICENSE"
LIBRARIES = {"stim": ("x11", "xext", "xft"), "watch": ("x11", "xext"), "inject": ("x11", "xtst"), "netemu": ()}
FLAGS = ("-O2", "-Wall", "-std=gnu11")


def path(name: str) -> Path:
    """Where the program called ``name`` stands once it is built."""
    return BUILD / "bin" / name


def video() -> Path:
    """Where the film for `video` stands once it is drawn."""
    return BUILD / f"video-{FRAMES}.bgrx"


def build() -> None:
    """Make everything that is missing or older than its source; raises StageError with what the compiler says."""
    path("").mkdir(parents=True, exist_ok=True)
    newest = max(source.stat().st_mtime for source in SOURCES.iterdir())
    for name, libraries in LIBRARIES.items():
        if not path(name).exists() or path(name).stat().st_mtime < newest:
            _compile(name, libraries)
    if not video().exists():
        unfinished = video().with_suffix(".part")
        write_video(unfinished)
        shutil.move(unfinished, video())


def _compile(name: str, libraries: tuple[str, ...]) -> None:
    words = ["gcc", *FLAGS, str(SOURCES / f"{name}.c"), "-o", str(path(name)), "-lm"]
    if libraries:
        words += _run(program("pkg-config"), "--cflags", "--libs", *libraries).split()
    _run(*words)


def _run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise StageError(f"{' '.join(words)}: {done.stderr.strip()}")
    return done.stdout
