from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from remotehelp.demo import face


def test_writes_a_loop_that_other_programs_can_play(tmp_path: Path) -> None:
    with av.open(face.write_face(tmp_path / "media" / "face.mp4")) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
    assert (stream.codec_context.name, stream.average_rate) == ("h264", face.RATE)
    assert {(frame.width, frame.height) for frame in frames} == {(640, 480)}
    assert [frame.pts * frame.time_base * face.RATE for frame in frames] == list(range(face.FRAMES))


def test_moves_from_frame_to_frame_and_joins_at_the_end() -> None:
    pictures = [face.draw(number).astype(int) for number in (0, 1, face.FRAMES // 4, face.FRAMES)]
    steps = [float(np.abs(picture - pictures[0]).mean()) for picture in pictures]
    assert steps[0] == 0 < steps[1] < steps[2]
    assert steps[3] < steps[1]


def test_blinks_and_stops_speaking() -> None:
    assert min(face.eyes_open(number) for number in range(face.FRAMES)) < 0.3
    assert max(face.eyes_open(number) for number in range(face.FRAMES)) == 1
    assert max(face.mouth_open(number) for number in range(face.FRAMES)) > 0.5
    assert face.mouth_open(face.FRAMES - 1) == 0
