"""No camera can be reached from the customer's side: her face is never taken."""

import ast
import json
import subprocess
import sys

import grimp
import pytest

from tests.helpers.architecture import ROOT, Module, imported, last_name, modules, modules_in

CAMERA_NAMES = {
    "QCamera",
    "QCameraDevice",
    "QMediaCaptureSession",
    "QMediaDevices",
    "QVideoFrameInput",
    "VideoCapture",
    "defaultVideoInput",
    "videoInputs",
}
CAMERA_INPUTS = {"v4l2", "video4linux2", "dshow", "avfoundation", "vfwcap"}  # FFmpeg's device formats
CAMERA_MODULES = ("cv2", "PySide6.QtMultimedia", "PySide6.QtMultimediaWidgets", "aiortc.contrib.media", "pyudev")
CAMERALESS = ("remotehelp", "ui.customer", "ui.shared", "ui.bridge")
HERS = ("ui.customer", "remotehelp.customer")


def names_a_camera(value):
    return isinstance(value, str) and (value.lower() in CAMERA_INPUTS or value.startswith("/dev/video"))


def cameras_in(module):
    """Each place in ``module`` that could open a camera."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and last_name(node) in CAMERA_NAMES:
            yield f"{module.where(node)} {last_name(node)}"
        if isinstance(node, ast.Constant) and names_a_camera(node.value):
            yield f"{module.where(node)} {node.value!r}"
    for name, node in imported(module):
        if name.startswith(CAMERA_MODULES) or name.rpartition(".")[2] in CAMERA_NAMES:
            yield f"{module.where(node)} import {name}"


@pytest.mark.parametrize("package", CAMERALESS)
def test_no_call_that_opens_a_camera_stands_outside_the_technicians_window(package):
    assert [place for module in modules_in(package) for place in cameras_in(module)] == []


def test_the_rule_sees_the_one_camera_that_there_is():
    (camera,) = modules_in("ui.technician.camera")
    assert any("videoInputs" in place or "defaultVideoInput" in place for place in cameras_in(camera))


@pytest.mark.parametrize(
    "line",
    [
        "import cv2",
        "from PySide6.QtMultimedia import QAudioSink",
        "from aiortc.contrib.media import MediaPlayer",
        "camera = QtMultimedia.QCamera()",
        "av.open('/dev/video0')",
        "av.open('0', format='v4l2')",
        "av.open('video=0', format='dshow')",
        "devices.videoInputs()",
    ],
)
def test_the_rule_sees_each_way_to_open_one(line):
    assert list(cameras_in(Module("made_up", ROOT / "made_up.py", ast.parse(line)))) != []


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("remotehelp", "ui", include_external_packages=True, cache_dir=None)


@pytest.mark.parametrize("package", HERS)
def test_nothing_that_her_program_imports_leads_to_the_technicians_side(graph, package):
    reached = graph.find_upstream_modules(package, as_package=True)
    assert len(reached) > 10, "the search finds nothing any more"
    assert [name for name in reached if "technician" in name.split(".")] == []
    assert "cv2" not in reached


@pytest.mark.parametrize("package", HERS)
def test_nothing_that_her_program_imports_leads_to_a_camera(graph, package):
    reached = graph.find_upstream_modules(package, as_package=True)
    ours = [module for module in modules() if module.name in reached]
    assert ours
    assert [place for module in ours for place in cameras_in(module)] == []


def test_once_her_program_is_loaded_no_camera_code_is_in_memory():
    names = [module.name for module in modules_in(*HERS)]
    program = (
        "import importlib, json, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    loaded = json.loads(run.stdout)
    assert set(names) <= set(loaded)
    assert [name for name in loaded if name.startswith(CAMERA_MODULES) or "technician" in name.split(".")] == []
