"""One parser under atheris (libFuzzer): `python -m tests.fuzz.one NAME SECONDS FOLDER`; ends with 77 where it fails.

The input that made it fail lies in FOLDER then; what was learnt lies in FOLDER/corpus and is used the next time.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["remotehelp"]):
    from tests.fuzz.targets import TARGETS, run

LARGEST, MEMORY_MB, SLOWEST_S = 65_536, 1500, 5  # bytes of an input; of the process; of one input


def main() -> None:
    """Never returns: libFuzzer ends the process."""
    name, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    read = TARGETS[name].read
    options = (f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-rss_limit_mb={MEMORY_MB}")
    options += (f"-timeout={SLOWEST_S}", f"-artifact_prefix={folder}/", "-print_final_stats=1")
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: run(read, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
