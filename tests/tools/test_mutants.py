"""Every operator and condition of a file is offered for a change, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import mutants

SOURCE = '''"""Σ over all cells, 3×3 → 1."""

def share(wrong, cells):
    note = "·"; part = wrong / cells
    if part > 0.5:
        return f"{note} {100 * part} %"
    return part + 1
'''


def test_changes_are_made_where_they_belong_also_after_letters_of_several_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    file = tmp_path / "share.py"
    file.write_text(SOURCE, encoding="utf-8")
    made = set()
    for change in mutants._offered(file):
        rest = SOURCE[change.start :]
        assert rest.startswith(change.old)
        changed = SOURCE[: change.start] + change.new + rest[len(change.old) :]
        compile(changed, "share.py", "exec")
        (line,) = set(changed.splitlines()) - set(SOURCE.splitlines())
        made.add(line.strip())
    assert made == {
        'note = "·"; part = wrong * cells',
        "if part <= 0.5:",
        "if not (part > 0.5):",
        'return f"{note} {100 / part} %"',
        "return part - 1",
    }
