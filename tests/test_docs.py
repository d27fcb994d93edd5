"""The documents name what is there: links lead somewhere, and files and functions they name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    file.relative_to(ROOT).as_posix()
    for folder in (ROOT, *(ROOT / name for name in ("docs", "solver", "app", "puzzles")))
    for file in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md"))
)
GUIDES = [name for name in DOCUMENTS if name.startswith("docs/development/")]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")
PATH = re.compile(r"`((?:app|solver|puzzles|tests|tools|benchmarks|assets|docs)/[\w./-]*)`")
NAMED = re.compile(r"`([A-Za-z_][\w.]*)` in `([\w/]+\.py)`")


def broken(pattern: re.Pattern[str], text: str, folder: Path) -> list[str]:
    """Return what the pattern finds that is no file or folder below `folder`."""
    return [match[1] for match in pattern.finditer(text) if not (folder / match[1]).exists()]


def undefined(text: str) -> list[str]:
    """Return "name in file" for every name that the file does not define."""
    found = []
    for name, file in NAMED.findall(text):
        source = (ROOT / file).read_text(encoding="utf-8") if (ROOT / file).is_file() else ""
        parts = name.split(".")
        if not all(re.search(rf"(?:def|class) {part}\b|^{part}\b.* =", source, re.M) for part in parts):
            found.append(f"{name} in {file}")
    return found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_files(document: str) -> None:
    file = ROOT / document
    assert broken(LINK, file.read_text(encoding="utf-8"), file.parent) == []


@pytest.mark.parametrize("document", GUIDES)
def test_guides_name_files_and_functions_that_exist(document: str) -> None:
    text = ROOT.joinpath(document).read_text(encoding="utf-8")
    assert broken(PATH, text, ROOT) == []
    assert undefined(text) == []


def test_what_is_missing_is_found() -> None:
    assert broken(LINK, "[a](gone.md#part) [b](https://example.org/x) [c](README.md)", ROOT) == ["gone.md"]
    assert broken(PATH, "`solver/gone.py` and `puzzles/grid.py`", ROOT) == ["solver/gone.py"]
    named = "`as_grid` in `puzzles/grid.py`, `lost` in `puzzles/grid.py`, `Grid.gone` in `puzzles/grid.py`"
    assert undefined(named) == ["lost in puzzles/grid.py", "Grid.gone in puzzles/grid.py"]
