"""CPU seconds of a group of processes, from either kind of cgroup."""

import os
from pathlib import Path

import pytest

from remotehelp.demo.waiting import StageError
from tests.benchmarks.cgroups import Groups

NAME = f"remotehelp-bench-{os.getpid()}"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_version_two_counts_in_microseconds(tmp_path):
    put(tmp_path / "cgroup.controllers", "cpu io")
    put(tmp_path / NAME / "host" / "cpu.stat", "usage_usec 2500000\nuser_usec 1\n")
    assert Groups(tmp_path).cpu_s("host") == 2.5


@pytest.mark.parametrize("mount", ["cpuacct", "cpu,cpuacct"])
def test_version_one_counts_in_nanoseconds(tmp_path, mount):
    put(tmp_path / mount / "cpuacct.usage", "0\n")
    put(tmp_path / mount / NAME / "host" / "cpuacct.usage", "1500000000\n")
    assert Groups(tmp_path).cpu_s("host") == 1.5


def test_where_both_are_mounted_the_second_is_taken_if_the_first_does_not_count(tmp_path):
    put(tmp_path / "unified" / "cgroup.controllers", "")
    put(tmp_path / "unified" / NAME / "host" / "cpu.stat", "usage_usec 1000000\n")
    assert Groups(tmp_path).cpu_s("host") == 1.0


def test_a_kernel_without_either_is_told(tmp_path):
    with pytest.raises(StageError):
        Groups(tmp_path)


def test_a_group_tells_who_is_in_it(tmp_path):
    put(tmp_path / "cgroup.controllers", "")
    put(Groups(tmp_path).make("host"), "12\n34\n")
    assert Groups(tmp_path).pids("host") == [12, 34]
