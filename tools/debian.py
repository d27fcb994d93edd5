"""A Debian package of the bundled application, with menu entry, icon and file type."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.licences import owner_of

PLACE = Path("usr/lib/glossa")
"""Where the application lies on a system."""
SHARED = {
    "assets/glossa.desktop": "usr/share/applications/glossa.desktop",
    "assets/glossa.xml": "usr/share/mime/packages/glossa.xml",
    "assets/icons/glossa.svg": "usr/share/icons/hicolor/scalable/apps/glossa.svg",
}
RECOMMENDED = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Libraries of Wayland, without which the window opens by X11; a machine that builds may lack them."""
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")
_KNOWN = re.compile(r"^\s*(\S+) \([^)]*\) => (\S+)$", re.MULTILINE)
_FIRST = b"\x7fELF"


def build(bundle: Path, root: Path, version: str, into: Path) -> Path:
    """Pack a bundled application; return the package. Needs dpkg-deb and objdump.

    bundle: the folder with the program `glossa`. root: the checkout, for the menu entry.
    """
    architecture = _said("dpkg", "--print-architecture").strip()
    target = into / f"glossa_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(prefix="glossa-deb-") as folder:
        tree = Path(folder, "glossa")
        shutil.copytree(bundle, tree / PLACE, symlinks=True)
        for source, place in SHARED.items():
            (tree / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / source, tree / place)
        (tree / "usr/bin").mkdir()
        (tree / "usr/bin/glossa").symlink_to(Path("..", "lib", "glossa", "glossa"))
        notices = tree / "usr/share/doc/glossa"
        notices.mkdir(parents=True)
        (notices / "copyright").write_text("The licences of all parts are in /usr/lib/glossa/licences.\n")
        control = tree / "DEBIAN" / "control"
        control.parent.mkdir()
        control.write_text(_control(version, architecture, tree, depends(bundle)))
        for path in [tree, *(part for part in tree.rglob("*") if part.is_dir() and not part.is_symlink())]:
            path.chmod(0o755)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(tree), str(target)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return target


def depends(bundle: Path) -> list[str]:
    """Return the system's packages whose libraries the bundle needs and does not hold itself."""
    held = {file.name for file in bundle.rglob("*")}
    needed: set[str] = set()
    versions = {(0, 0)}
    for file in _programs(bundle):
        told = _said("objdump", "-p", str(file))
        needed |= set(_NEEDED.findall(told))
        versions |= {(int(major), int(minor)) for major, minor in _GLIBC.findall(told)}
    newest = max(versions)
    places = dict(_KNOWN.findall(_said("ldconfig", "-p")))
    packages: set[str] = set()
    for library in sorted(needed - held - RECOMMENDED.keys()):
        if library not in places:
            raise FileNotFoundError(f"{library}: is needed by the bundle, and nothing on this system has it")
        packages |= owner_of(Path(places[library]).resolve())
    return sorted(f"{name} (>= {newest[0]}.{newest[1]})" if name == "libc6" else name for name in packages)


def _programs(bundle: Path) -> Iterable[Path]:
    """The files with machine code."""
    for file in bundle.rglob("*"):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as stream:
                if stream.read(4) == _FIRST:
                    yield file


def _control(version: str, architecture: str, tree: Path, needs: list[str]) -> str:
    size = sum(file.lstat().st_size for file in tree.rglob("*")) // 1024
    return (
        f"Package: glossa\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: Glossa\n"
        f"Installed-Size: {size}\nDepends: {', '.join(needs)}\n"
        f"Recommends: {', '.join(sorted(RECOMMENDED.values()))}\nSection: education\nPriority: optional\n"
        "Description: workbench for ARC puzzles\n"
        " Learns its own language of grid operations, writes a program in it that explains\n"
        " a puzzle's examples, and runs that program step by step.\n"
    )


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
