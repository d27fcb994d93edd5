"""Build an application that needs no Python, for the system this runs on: python -m tools.bundle FOLDER.

FOLDER/glossa holds the program; on Linux a .deb of it is written beside it where dpkg-deb is there. Needs
the optional group "bundle". Intermediate files go to a temporary folder, or to --work.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from tools import debian, licences

ROOT = Path(__file__).resolve().parents[1]
_MEGA = 1_000_000


def main() -> int:
    """Build, and print sizes and times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the application goes")
    parser.add_argument("--work", type=Path, help="a folder for intermediate files that is kept")
    parser.add_argument(
        "--deb", action=argparse.BooleanOptionalAction, default=True, help="write a .deb on Linux"
    )
    parser.add_argument(
        "--licence-texts", type=Path, default=licences.COMMON, help="where LGPL-3 and others lie"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="glossa-bundle-") as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        try:
            _build(options.folder.resolve(), work.resolve(), options)
        except (licences.MissingLicenceError, FileNotFoundError) as error:
            print(f"bundle: {error}", file=sys.stderr)
            return 2
    return 0


def _build(folder: Path, work: Path, options: argparse.Namespace) -> None:
    began = time.monotonic()
    collected = work / "collected.json"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(folder), "--workpath", str(work)]
    subprocess.run(
        [*command, *places, str(ROOT / "tools" / "glossa.spec")],
        cwd=work,
        env=os.environ | {"GLOSSA_COLLECTED": str(collected)},
        check=True,
    )
    bundle = folder / "glossa"
    system_files = json.loads(collected.read_text(encoding="utf-8"))
    named = licences.collect(bundle / "licences", system_files, options.licence_texts)
    size = sum(file.lstat().st_size for file in bundle.rglob("*") if not file.is_dir())
    took = time.monotonic() - began
    print(f"{bundle}: {size / _MEGA:.0f} MB, licences of {len(named)} parts, {took:.0f} s")
    if options.deb and sys.platform == "linux" and shutil.which("dpkg-deb"):
        began = time.monotonic()
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        package = debian.build(bundle, ROOT, project["version"], folder)
        print(f"{package}: {package.stat().st_size / _MEGA:.0f} MB, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
