"""The lock file pins everything that the tests need to a version the project allows, and names no host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"([a-z0-9-]+)==([\w.]+)")


def pins() -> dict[str, str]:
    """Return version by name; raise ValueError for a line that is no plain pin."""
    found = {}
    for line in ROOT.joinpath("requirements", "test.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            match = PIN.fullmatch(line)
            if match is None:
                raise ValueError(f"requirements/test.txt: {line!r}, expected name==version")
            found[match[1]] = match[2]
    return found


def wanted() -> list[Requirement]:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    texts = [*project["dependencies"], *extras["test"], *extras["onnx"]]
    return [Requirement(text) for text in texts if not text.startswith("glossa[")]


def test_every_package_the_tests_need_is_pinned_to_an_allowed_version() -> None:
    locked = pins()
    wrong = [
        str(need)
        for need in wanted()
        if not need.specifier.contains(locked.get(canonicalize_name(need.name), "0"), prereleases=True)
    ]
    assert not wrong
