"""The peers: what people use today, each started with the defaults that its own manual gives for this purpose."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.benchmarks.eye import Eye
from tests.benchmarks.network import ADDRESSES
from tests.benchmarks.programs import ROOT
from tests.benchmarks.session import Session

SELKIES = ROOT / "build" / "peers" / "selkies" / "bin" / "selkies"
HOST, VIEWER = ADDRESSES["host"], ADDRESSES["viewer"]
WARM_S = 1.5  # a host that has just begun to listen
SLOW_S = 4.0  # some are slow in the first seconds of a connection
FOUND_S = 40.0

Words = Callable[[Session], list[object]]


@dataclass(frozen=True)
class Peer:
    """A pair of programs; ``port`` is the one by which the customer's side is known to be ready."""

    name: str
    title: str
    programs: tuple[str, str]
    at_host: Words
    at_viewer: Words
    port: int | None = None
    has_input: bool = True

    def missing(self) -> str:
        """Which of its programs is not installed, "" if it is complete."""
        return next((name for name in self.programs if shutil.which(name) is None), "")

    def open(self, session: Session, eye: Eye) -> dict[str, float | None]:
        """Connect both sides until the picture is there; raises StageError."""
        session.on("host", self.at_host(session))
        if self.port is not None:
            session.wait_port(self.port)
        time.sleep(WARM_S)
        began = time.monotonic_ns()
        with ThreadPoolExecutor(1) as pool:
            found = pool.submit(eye.find, FOUND_S)
            session.on("viewer", self.at_viewer(session))
            at = found.result().at
        time.sleep(SLOW_S)
        return {"first_picture_s": round((at - began) / 1e9, 3)}


def _vnc_viewer(_session: Session) -> list[object]:
    return ["xtigervncviewer", f"{HOST}::5900"]


def _tigervnc(session: Session) -> list[object]:
    words = ["x0tigervncserver", "-display", session.displays["host"], "-rfbport", 5900, "-SecurityTypes", "None"]
    return [*words, "-localhost=0", "--I-KNOW-THIS-IS-INSECURE"]


def _x11vnc(session: Session) -> list[object]:
    words = ["x11vnc", "-display", session.displays["host"], "-rfbport", 5900, "-nopw", "-forever", "-shared"]
    return [*words, "-noipv6", "-quiet", "-noncache", "-nonap", "-wait", 10, "-defer", 10]


def _freerdp(_session: Session) -> list[object]:
    return ["freerdp-shadow-cli", "/port:3389", "-auth", "/sec:tls"]


def _freerdp_viewer(_session: Session) -> list[object]:
    return ["xfreerdp", f"/v:{HOST}:3389", "/u:x", "/p:x", "/cert:ignore", "/gfx", "/sec:tls", "/log-level:WARN"]


XPRA_HOST = (
    "--daemon=no --bind=none --html=off --mdns=no --pulseaudio=no --notifications=no --mmap=no --dbus-proxy=no "
    "--dbus-launch= --dbus-control=no --webcam=no --printing=no --system-tray=no --bell=no --opengl=no --av-sync=no"
)
XPRA_VIEWER = (
    "--mmap=no --opengl=no --notifications=no --speaker=off --microphone=off --webcam=no --system-tray=no --bell=no "
    "--clipboard=no --printing=no --file-transfer=no"
)


def _xpra(session: Session) -> list[object]:
    """Without its shared memory, which would go behind the line's back."""
    return ["xpra", "shadow", session.displays["host"], "--bind-tcp=0.0.0.0:14500", *XPRA_HOST.split()]


def _xpra_viewer(_session: Session) -> list[object]:
    return ["xpra", "attach", f"tcp://{HOST}:14500/", *XPRA_VIEWER.split()]


SELKIES_HOST = (
    "--addr 0.0.0.0 --port 8082 --encoder h264enc --audio-enabled false --microphone-enabled false "
    "--enable-basic-auth false --gamepad-enabled false --webcam-enabled false --enable-resize false "
    "--ui-show-sidebar false --manual-resolution true --manual-width 1920 --manual-height 1080 "
    "--command-enabled false --printing-enabled false --allowed-origins * --use-cpu true --file-manager-path"
)
CHROMIUM = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-dev-shm-usage "
    "--window-position=0,0 --window-size=1920,1080 --test-type --force-device-scale-factor=1"
)


def _selkies(session: Session) -> list[object]:
    return [SELKIES, *SELKIES_HOST.split(), session.scratch]


def _chromium(session: Session) -> list[object]:
    address = f"http://{HOST}:8082"
    trusted = f"--unsafely-treat-insecure-origin-as-secure={address}"
    return ["chromium", *CHROMIUM.split(), trusted, f"--user-data-dir={session.scratch}/chromium", f"--app={address}/"]


GSTREAMER_HOST = (
    "-q ximagesrc use-damage=true show-pointer=false ! video/x-raw,framerate=30/1 ! videoconvert ! "
    "video/x-raw,format=I420 ! x264enc tune=zerolatency speed-preset=ultrafast bitrate=8000 key-int-max=60 ! "
    "video/x-h264,profile=constrained-baseline ! rtph264pay config-interval=1 ! udpsink sync=false port=5000"
)
GSTREAMER_VIEWER = (
    "-q udpsrc port=5000 buffer-size=4000000 "
    "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96 ! rtph264depay ! avdec_h264 ! "
    "videoconvert ! ximagesink sync=false"
)


def _gstreamer(_session: Session) -> list[object]:
    return ["gst-launch-1.0", *GSTREAMER_HOST.split(), f"host={VIEWER}"]


def _gstreamer_viewer(_session: Session) -> list[object]:
    return ["gst-launch-1.0", *GSTREAMER_VIEWER.split()]


PEERS = (
    Peer("tigervnc", "TigerVNC", ("x0tigervncserver", "xtigervncviewer"), _tigervnc, _vnc_viewer, 5900),
    Peer("x11vnc", "x11vnc", ("x11vnc", "xtigervncviewer"), _x11vnc, _vnc_viewer, 5900),
    Peer("freerdp", "FreeRDP", ("freerdp-shadow-cli", "xfreerdp"), _freerdp, _freerdp_viewer, 3389),
    Peer("xpra", "Xpra", ("xpra", "xpra"), _xpra, _xpra_viewer, 14500),
    Peer("selkies", "Selkies in Chromium", (str(SELKIES), "chromium"), _selkies, _chromium, 8082),
    Peer(
        "gstreamer",
        "GStreamer x264",
        ("gst-launch-1.0", "gst-launch-1.0"),
        _gstreamer,
        _gstreamer_viewer,
        has_input=False,
    ),
)
