"""What the package carries: all that the product reads, and nothing else; the same bytes every time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CARRIED = ("pyproject.toml", "README.md", "app", "solver", "puzzles", "assets")
"""What a wheel is built from."""
PROJECT = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION = PROJECT["version"]
MOMENT = "1700000000"
"""Seconds since 1970 that a build is told it is made at."""
BUILD = """
import os, sys, tarfile
from setuptools import build_meta
into = sys.argv[1]  # building changes it
packed = build_meta.build_sdist(into)
with tarfile.open(os.path.join(into, packed)) as archive:
    archive.extractall(into, filter="data")
os.chdir(os.path.join(into, packed.removesuffix(".tar.gz")))
print(build_meta.build_wheel(into))
"""
"""As `python -m build` does: the wheel is made of the source archive, so nothing else can get in."""
LEFT_OVERS = {
    "build/lib/app/gone.py": "left = 1\n",
    "app/__pycache__/cli.cpython-311.pyc": "no bytecode",
    "assets/models/notes.txt": "lost",
    "assets/models/nli.safetensors.tmp": "half",
    "solver/lab/results.json": "{}",
    "runs/nli.safetensors": "mine",
    "tests/test_more.py": "def test(): pass\n",
}
"""What may lie about in a checkout and belongs to nobody's program."""


def listed() -> set[str]:
    """Return the files that setuptools' configuration names, below the checkout; nothing is built."""
    setuptools = pytest.importorskip("setuptools")
    from setuptools.config.pyprojecttoml import apply_configuration

    there = Path.cwd()
    os.chdir(ROOT)
    try:
        wheel = setuptools.Distribution({"script_name": "setup.py"})
        apply_configuration(wheel, ROOT / "pyproject.toml")
        command = wheel.get_command_obj("build_py")
        command.ensure_finalized()
        modules = {Path(file) for _, _, file in command.find_all_modules()}
        data = {Path(folder, name) for _, folder, _, names in command.data_files for name in names}
    finally:
        os.chdir(there)
    return {file.as_posix() for file in modules | data}


def belongs(name: str) -> bool:
    """Whether a file of the checkout is read by the product."""
    path = Path(name)
    folder = str(path.parent)
    if path.parts[0] == "assets":
        return (folder, path.suffix) in {
            ("assets", ".py"),
            ("assets", ".desktop"),
            ("assets", ".xml"),
            ("assets/examples", ".json"),
            ("assets/icons", ".svg"),
            ("assets/models", ".json"),
            ("assets/models", ".safetensors"),
            ("assets/translations", ".qm"),
        }
    return path.suffix == ".py" or (folder, path.suffix) == ("puzzles/originals", ".json")


def wanted(root: Path) -> set[str]:
    """Return what the product reads, as it lies there."""
    rooms = ("app", "solver", "puzzles", "assets")
    every = {file.relative_to(root).as_posix() for room in rooms for file in root.joinpath(room).rglob("*.*")}
    return {name for name in every if belongs(name) and "__pycache__" not in name}


def test_the_configuration_names_what_the_product_reads_and_nothing_else() -> None:
    assert listed() == wanted(ROOT)


def test_every_folder_with_modules_is_a_package() -> None:
    """Without namespace packages a folder that lacks its __init__.py would be left out silently."""
    lacking = {
        str(file.parent.relative_to(ROOT))
        for room in ("app", "solver", "puzzles", "assets")
        for file in ROOT.joinpath(room).rglob("*.py")
        if not (file.parent / "__init__.py").is_file()
    }
    assert not lacking


def test_torch_is_pinned_and_qt_ends_before_the_version_that_crashes() -> None:
    needs = dict(
        text.split(sep, 1) for sep in ("==", ">=") for text in PROJECT["dependencies"] if sep in text
    )
    assert needs["torch"].replace(".", "").isdigit()
    assert "<6.12" in needs["PySide6-Essentials"]
    every = [text for extra in PROJECT["optional-dependencies"].values() for text in extra]
    assert not [text for text in every if text.startswith("torch")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a wheel is built from."""
    copy = tmp_path / "checkout"
    copy.mkdir()
    for name in CARRIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy)
    return copy


def build(checkout: Path, into: Path) -> Path:
    pytest.importorskip("setuptools", minversion="77")
    into.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", BUILD, str(into)],
        cwd=checkout,
        env=os.environ | {"SOURCE_DATE_EPOCH": MOMENT},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return into / ended.stdout.splitlines()[-1]


@pytest.mark.slow
def test_two_builds_are_the_same_bytes_and_hold_what_is_wanted(checkout: Path, tmp_path: Path) -> None:
    expected = wanted(checkout)
    for name, content in LEFT_OVERS.items():
        checkout.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        checkout.joinpath(name).write_text(content)
    first = build(checkout, tmp_path / "first")
    os.utime(checkout / "app" / "cli.py", (1, 1))
    second = build(checkout, tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = {info.filename for info in archive.infolist()}
        entries = archive.read(f"glossa-{VERSION}.dist-info/entry_points.txt").decode()
    about = {name for name in names if name.split("/")[0].startswith("glossa-")}
    assert names - about == expected
    shared = {name.split(".data/data/")[1] for name in about if ".data/" in name}
    assert shared == {
        "share/applications/glossa.desktop",
        "share/mime/packages/glossa.xml",
        "share/icons/hicolor/scalable/apps/glossa.svg",
    }
    assert "glossa = app.cli:main" in entries
    assert "glossa-gui = app.cli:main" in entries


@pytest.mark.slow
def test_the_installed_package_works_from_another_folder(checkout: Path, tmp_path: Path) -> None:
    """Installed beside the dependencies that are here; the documents say how a fresh environment is tried."""
    wheel = build(checkout, tmp_path / "wheel")
    place, home = tmp_path / "place", tmp_path / "home"
    home.mkdir(mode=0o700)
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(place),
    ]
    subprocess.run([*install, str(wheel)], check=True, timeout=120)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")} | {
        "PYTHONPATH": str(place),
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", str(place / "bin" / "glossa"), *arguments],
            cwd=home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    assert run("--version").stdout == f"glossa {VERSION}\n"
    for words in ("--learned-only", "--engine=explore"):
        solved = run("solve", "originals/01-looking-glass", words, "--json", "--budget", "20")
        assert '"verified": true' in solved.stdout, solved.stderr
    exported = run("export", "originals/01-looking-glass", str(home / "puzzle.svg"))
    assert exported.returncode == 0, exported.stderr
    assert (home / "puzzle.svg").stat().st_size > 1000
