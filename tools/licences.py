"""The licences of everything a bundle holds, collected into one folder of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

COMMON = Path("/usr/share/common-licenses")
"""Where Debian keeps the texts that many packages share."""
SHARED_TEXTS = ("LGPL-3", "GPL-3", "GPL-2")
"""Of Qt for Python, whose packages bring no text."""
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*", re.IGNORECASE)
_WITHOUT_TEXT = ("pyside6-essentials", "shiboken6")


class MissingLicenceError(Exception):
    """A part of the bundle has no licence text; the message names it."""


def closure(name: str) -> Iterator[Distribution]:
    """Yield a distribution and all it needs on this system, extras left out, each once."""
    waiting, seen = [name], set()
    while waiting:
        found = distribution(waiting.pop())
        key = canonicalize_name(found.metadata["Name"])
        if key in seen:
            continue
        seen.add(key)
        yield found
        for text in found.requires or ():
            need = Requirement(text)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                waiting.append(need.name)


def collect(into: Path, system_files: Iterable[str], texts: Path = COMMON) -> list[str]:
    """Copy all licence texts below `into`; return the names of what they are of.

    system_files: files of this system that the bundle holds. texts: where `SHARED_TEXTS` lie. Raises
    `MissingLicenceError`.
    """
    named = []
    for found in closure("glossa"):
        name = found.metadata["Name"]
        if name != "glossa":
            _copy(found, name, into / name, texts)
            named.append(name)
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if not python.is_file():
        raise MissingLicenceError(f"{python}: Python's own licence is missing")
    _put(python, into / "Python" / "LICENSE.txt")
    loader = distribution("pyinstaller")
    _copy(loader, "PyInstaller", into / "PyInstaller", texts)
    for package in sorted(_packages(system_files)):
        notice = Path("/usr/share/doc", package.split(":")[0], "copyright")
        if not notice.is_file():
            raise MissingLicenceError(f"{notice}: the notice of a library that the bundle holds is missing")
        _put(notice, into / "system" / f"{package.split(':')[0]}.txt")
        named.append(package)
    return [*named, "Python", "PyInstaller"]


def _copy(found: Distribution, name: str, into: Path, texts: Path) -> None:
    """Copy the licence texts that a distribution brings, or those its kind shares."""
    files = [file for file in found.files or () if _TEXT.fullmatch(file.name) and ".dist-info/" in str(file)]
    for file in files:
        after = str(file).split(".dist-info/", 1)[1].removeprefix("licenses/")
        _put(Path(str(file.locate())), into / after)
    if files:
        return
    if canonicalize_name(name) not in _WITHOUT_TEXT:
        raise MissingLicenceError(f"{name}: brings no licence text")
    for shared in SHARED_TEXTS:
        if not (texts / shared).is_file():
            raise MissingLicenceError(
                f"{texts / shared}: is missing, expected the text of a licence of {name}"
            )
        _put(texts / shared, into / shared)


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _packages(system_files: Iterable[str]) -> set[str]:
    """Return the system's packages that own the files which are the system's."""
    if shutil.which("dpkg") is None:
        return set()
    owners: set[str] = set()
    for file in system_files:
        real = Path(file).resolve()
        if real.parts[1:2] not in (("usr",), ("lib",)) or real.is_relative_to("/usr/local"):
            continue
        owners |= owner_of(real)
    return owners


def owner_of(file: Path) -> set[str]:
    """Return the packages of this system that hold a file."""
    names = {str(file), str(file).removeprefix("/usr")}
    said = subprocess.run(["dpkg", "-S", *sorted(names)], capture_output=True, text=True, check=False).stdout
    return {
        line.split(": ")[0].split(",")[0].split(":")[0]
        for line in said.splitlines()
        if "diversion" not in line
    }
