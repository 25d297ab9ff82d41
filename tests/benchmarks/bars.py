"""What the picture and the hands have to reach, figure by figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

WORST = ("patch", "typing", "scroll", "drag", "video")


class Against(Enum):
    """Which peers a figure is divided by: the best of them."""

    NOBODY = "the bar is on the value itself"
    ALL = "all"
    FLUENT = "those that show 25 frames of 30 or more of the same workload"
    CODEC = "those that send video"
    PROTOTYPE = "the plain aiortc prototype"


@dataclass(frozen=True)
class Bar:
    """One line of the table: the largest of ``figures``; ``at_most`` or ``at_least`` is a ratio unless NOBODY's.

    ``figures`` are named WORKLOAD.FIGURE as a session has them, or FIGURE alone for one of its opening.
    """

    title: str
    figures: tuple[str, ...]
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    against: Against = Against.ALL
    profile: str = "lan"

    @property
    def relative(self) -> bool:
        return self.against is not Against.NOBODY

    @property
    def workload(self) -> str:
        """The workload of the first figure."""
        return self.figures[0].partition(".")[0]

    def value(self, run: dict[str, float | None]) -> float | None:
        """What one session came to; None where a part of it is missing, infinite what never came."""
        if any(figure not in run for figure in self.figures):
            return None
        found = [run[figure] for figure in self.figures]
        return float("inf") if None in found else max(one for one in found if one is not None)

    def holds(self, value: float, ratio: float | None) -> bool | None:
        """Whether the bar is reached; None where there is nobody to compare with."""
        tested = ratio if self.relative else value
        if tested is None:
            return None
        return tested <= self.at_most if self.at_most is not None else tested >= (self.at_least or 0)


def _fresh(workload: str, per_cent: int, at_most: float, profile: str = "lan") -> Bar:
    title = f"{workload}: change to picture, p{per_cent}"
    return Bar(title, (f"{workload}.fresh_p{per_cent}",), "ms", at_most, profile=profile)


def _frames(workload: str, profile: str = "lan") -> Bar:
    figures = (f"{workload}.frames_of_30",)
    return Bar(f"{workload}: frames of 30", figures, "", at_least=29, against=Against.NOBODY, profile=profile)


def _value(title: str, figures: Sequence[str], unit: str, at_most: float, profile: str = "lan") -> Bar:
    return Bar(title, tuple(figures), unit, at_most, against=Against.NOBODY, profile=profile)


def _identical(workloads: Sequence[str], at_most: float, profile: str = "lan") -> Bar:
    figures = [f"{workload}.identical_s" for workload in workloads]
    return _value(f"{', '.join(workloads)}: identical after", figures, "s", at_most, profile)


BARS = (
    _fresh("patch", 50, 0.5),
    _fresh("typing", 50, 0.5),
    _fresh("typing", 95, 0.5),
    _fresh("scroll", 50, 0.5),
    _frames("scroll"),
    _fresh("drag", 50, 0.5),
    _frames("drag"),
    _fresh("video", 50, 0.7),
    _frames("video"),
    Bar("video: likeness while moving", ("video.moving_psnr",), "dB", at_least=1.0, against=Against.CODEC),
    _value("scroll: content behind its number", ("scroll.behind_frames",), "frames", 0.5),
    _value("video: content behind its number", ("video.behind_frames",), "frames", 0.5),
    Bar("video: likeness when settled", ("video.psnr",), "dB", at_least=1.0, against=Against.CODEC),
    *(_identical((workload,), 1.0) for workload in WORST),
    Bar("scroll: wire", ("scroll.wire_kbps",), "kB/s", 0.4, against=Against.FLUENT),
    Bar("video: wire", ("video.wire_kbps",), "kB/s", 1.0, against=Against.FLUENT),
    Bar("scroll: CPU of both sides", ("scroll.cpu_both",), "cores", 0.9, against=Against.FLUENT),
    _value("idle: CPU of the screen's path", ("idle.cpu_screen",), "cores", 0.005),
    _value("idle: wire", ("idle.wire_kbps",), "kB/s", 3),
    _value("idle with the face: wire from her side", ("face_idle.down_kbps",), "kB/s", 3),
    _value("key to her program, p50", ("input.key_p50",), "ms", 2),
    _value("keys that did not arrive", ("input.key_lost",), "", 0),
    Bar("key to the new picture, p50", ("input.key_answer_p50",), "ms", 0.6),
    Bar("connect: paired to ready, Allow to picture", ("connect_s",), "s", 0.75, against=Against.PROTOTYPE),
    _fresh("typing", 50, 0.8, "dsl"),
    _fresh("scroll", 50, 0.5, "dsl"),
    _frames("scroll", "dsl"),
    _fresh("typing", 95, 1.0, "bad"),
    _fresh("scroll", 50, 0.3, "bad"),
    _value("scroll: longest freeze", ("scroll.freeze_ms",), "ms", 1000, "bad"),
    _identical(("typing", "scroll"), 4.0, "bad"),
)
