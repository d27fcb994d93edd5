"""The report of a run is one picture, also of a log that was cut short or gone over again."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from solver.training.page import _read, write_page

SCORE = {"inductor": 0.5, "oracle": 0.75, "count": 4}
CHECK = {"depth 1, side 6": {"words used": 7, "families": {"all": SCORE, "shift": SCORE}}}


def test_a_page_is_drawn_from_the_log(tmp_path: Path) -> None:
    rows = [{"step": step, "trace": 1 / step, "grids": 0.5} for step in (50, 100, 150)]
    rows += [{"step": 150, "validation": CHECK}]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"step": 2')
    write_page(tmp_path, {"device": "cpu"})
    with Image.open(tmp_path / "report.png") as picture:
        full = sum(pixel != (255, 255, 255) for pixel in picture.get_flattened_data())
        assert picture.size == (1240, 1640)
    (tmp_path / "log.jsonl").write_text("")
    write_page(tmp_path, {})
    with Image.open(tmp_path / "report.png") as picture:
        empty = sum(pixel != (255, 255, 255) for pixel in picture.get_flattened_data())
    assert full > empty > 0


def test_a_stretch_that_was_repeated_counts_once(tmp_path: Path) -> None:
    steps = [50, 100, 150, 100, 150, 200]
    rows = [{"step": step, "trace": float(i)} for i, step in enumerate(steps)]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [(row["step"], row["trace"]) for row in _read(tmp_path / "log.jsonl")] == [
        (50, 0),
        (100, 3),
        (150, 4),
        (200, 5),
    ]
