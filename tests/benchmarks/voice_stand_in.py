"""A stand-in for the voice: packets like Opus's from one side of the line to the other and back.

    voice_stand_in.py echo PORT | voice_stand_in.py talk ADDRESS PORT SECONDS

``talk`` prints how many packets it sent and the round trip of each one that came back, in ms, a line each.
"""

from __future__ import annotations

import socket
import sys
import time

EVERY_S, SIZE = 0.02, 110  # bytes: 32 kbit/s and the headers of RTP and SRTP
LAST_S = 1.0  # so long after the last one an answer is waited for


def echo(port: int) -> None:
    """Send everything back, until somebody ends this."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        ours.bind(("0.0.0.0", port))  # noqa: S104 - in a namespace of its own
        print("ready", flush=True)
        while True:
            data, sender = ours.recvfrom(SIZE)
            ours.sendto(data, sender)


def talk(address: str, port: int, seconds: float) -> None:
    """50 packets a second."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        ours.connect((address, port))
        began, sent, trips = time.monotonic(), 0, []
        while (now := time.monotonic()) < began + seconds + LAST_S:
            if now >= began + sent * EVERY_S and now < began + seconds:
                ours.send(time.monotonic_ns().to_bytes(8, "big").ljust(SIZE, b"\0"))
                sent += 1
            due = began + sent * EVERY_S if now < began + seconds else began + seconds + LAST_S
            ours.settimeout(max(0.0005, due - time.monotonic()))
            try:
                at = int.from_bytes(ours.recv(SIZE)[:8], "big")
            except (TimeoutError, BlockingIOError):
                continue
            trips.append((time.monotonic_ns() - at) / 1e6)
    print(sent, *(f"{trip:.2f}" for trip in trips), sep="\n")


if __name__ == "__main__":
    if sys.argv[1] == "echo":
        echo(int(sys.argv[2]))
    else:
        talk(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
