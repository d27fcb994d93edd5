"""A run on one page: `report.png` beside the weights, drawn from the run's log."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

Points = Sequence[tuple[float, float]]
Series = Mapping[str, Points]

_SIZE = (1240, 1640)
_SHARPNESS = 2
"""Drawn this many times larger and scaled down, which smooths lines and text."""
_MARGIN = 70
_DASH = 3
"""Half the length of the dash that stands for a curve of one point."""
_INK, _QUIET, _GRID = "#222831", "#77808c", "#e3e7ec"
_COLOURS = ("#2f6fde", "#d9683c", "#3c9d6b", "#8b5fc7", "#b8860b", "#c2477f")
_LOSSES = ("trace", "words", "end_to_end")


def write_page(folder: Path, facts: Mapping[str, str]) -> None:
    """Draw the log in `folder` as `report.png`; `facts` stand above the curves."""
    rows = _read(folder / "log.jsonl")
    checks = [(row["step"], row["validation"]) for row in rows if "validation" in row]
    page = _Page()
    page.text(_MARGIN, 48, "Training report", 34)
    for number, (name, value) in enumerate(facts.items()):
        top = 112 + 34 * number
        page.text(_MARGIN, top, name, 19, colour=_QUIET)
        page.text(_MARGIN + 190, top, value, 19)
    losses = {name: [(r["step"], r[name]) for r in rows if r.get(name)] for name in _LOSSES}
    mixture = {
        name: [(r["step"], r[name]) for r in rows if r.get(name)]
        for name in ("curriculum", "grids", "tasks", "composed")
    }
    page.chart((_MARGIN, 350), "Loss by part, nats", _present(losses))
    page.chart((650, 350), "Loss by source of data, nats", _present(mixture))
    page.chart((_MARGIN, 770), "Held-out pairs right, inductor", _accuracy(checks, "inductor"), top=1.0)
    page.chart((650, 770), "Held-out pairs right, true words", _accuracy(checks, "oracle"), top=1.0)
    used: dict[str, list[tuple[float, float]]] = {}
    for step, columns in checks:
        for name, column in columns.items():
            used.setdefault(name, []).append((step, column["words used"]))
    page.chart((_MARGIN, 1190), "Words in use", used)
    if checks:
        name, column = next(iter(checks[-1][1].items()))
        page.bars((650, 1190), f"Families at the end, {name}: inductor", column["families"])
    page.save(folder / "report.png")


def _read(path: Path) -> list[dict[str, Any]]:
    """The rows of a log in step order: where a run went back and on again, what it did last.

    A last line cut short is left out.
    """
    rows: list[dict[str, Any]] = []
    for line in path.read_text("utf-8").splitlines():
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            continue
        # A validation follows the losses of its own step.
        while rows and rows[-1]["step"] >= row["step"] + ("validation" in row):
            rows.pop()
        rows.append(row)
    return rows


def _present(series: Series) -> Series:
    return {name: points for name, points in series.items() if points}


def _accuracy(checks: Sequence[tuple[int, Mapping[str, Any]]], kind: str) -> Series:
    """Share of held-out pairs that are right, over all families, per column of the validation."""
    series: dict[str, list[tuple[float, float]]] = {}
    for step, columns in checks:
        for name, column in columns.items():
            share = column["families"]["all"][kind]
            if not math.isnan(share):  # NaN where no words are named
                series.setdefault(name, []).append((step, share))
    return series


class _Page:
    """A white page to draw on; coordinates are those of the finished picture."""

    def __init__(self) -> None:
        width, height = (_SHARPNESS * side for side in _SIZE)
        self.image = Image.new("RGB", (width, height), "white")
        self.canvas = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, text: str, size: int, *, colour: str = _INK, anchor: str = "la"
    ) -> None:
        font = ImageFont.load_default(_SHARPNESS * size)
        self.canvas.text((_SHARPNESS * x, _SHARPNESS * y), text, colour, font, anchor)

    def line(self, points: Points, colour: str, width: float = 1) -> None:
        scaled = [(_SHARPNESS * x, _SHARPNESS * y) for x, y in points]
        self.canvas.line(scaled, colour, round(_SHARPNESS * width), joint="curve")

    def chart(self, corner: tuple[int, int], title: str, series: Series, top: float | None = None) -> None:
        """A line per series over the training steps, with its last value; `top` ends the vertical axis."""
        left, upper = corner
        width, height = 380, 260
        self.text(left, upper, title, 21)
        lower = upper + 50 + height
        points = [point for line in series.values() for point in line]
        if not points:
            self.text(left, upper + 60, "nothing to show", 17, colour=_QUIET)
            return
        first, last = min(x for x, _ in points), max(x for x, _ in points)
        highest = top or _round_up(max(y for _, y in points))
        for share in (0, 0.25, 0.5, 0.75, 1):
            y = lower - share * height
            self.line([(left + 50, y), (left + 50 + width, y)], _GRID)
            self.text(left + 42, y, f"{share * highest:.3g}", 15, colour=_QUIET, anchor="rm")
        for step, anchor, x in ((first, "la", left + 50), (last, "ra", left + 50 + width)):
            self.text(x, lower + 10, f"step {step:,.0f}", 15, colour=_QUIET, anchor=anchor)
        span = max(1.0, last - first)
        ends = []
        for (name, line), colour in zip(series.items(), _COLOURS, strict=False):
            places = [
                (left + 50 + (x - first) / span * width, lower - min(1.0, y / highest) * height)
                for x, y in line
            ]
            ends.append((places[-1][1], f"{_shown(name)} {line[-1][1]:.3g}", colour))
            if len(places) == 1:  # a line of no length would not be seen
                places = [(places[0][0] + side, places[0][1]) for side in (-_DASH, _DASH)]
            self.line(places, colour, 2)
        self._labels(left + 58 + width, ends)

    def _labels(self, x: float, ends: list[tuple[float, str, str]]) -> None:
        """Names beside the ends of lines, moved apart where they would touch."""
        lowest = 0.0
        for y, name, colour in sorted(ends):
            lowest = max(y, lowest + 18)
            self.text(x, lowest, name, 13, colour=colour, anchor="lm")

    def bars(self, corner: tuple[int, int], title: str, families: Mapping[str, Mapping[str, float]]) -> None:
        """One bar per family of operations."""
        left, upper = corner
        self.text(left, upper, title, 21)
        for number, (name, score) in enumerate(families.items()):
            y = upper + 42 + 18 * number
            self.text(left + 100, y + 6, name, 14, colour=_INK, anchor="rm")
            box = [left + 110, y, left + 110 + 320 * score["inductor"], y + 12]
            self.canvas.rectangle([_SHARPNESS * value for value in box], _COLOURS[0])
            self.text(box[2] + 8, y + 6, f"{score['inductor']:.2f}", 13, colour=_QUIET, anchor="lm")

    def save(self, path: Path) -> None:
        """Write the page, whole or not at all."""
        temporary = path.with_suffix(".tmp")
        self.image.resize(_SIZE, Image.Resampling.LANCZOS).save(temporary, "PNG")
        temporary.replace(path)


def _shown(name: str) -> str:
    return name.replace("_", " ").replace("depth ", "d").replace(", side ", " to ")


def _round_up(value: float) -> float:
    """The next of 1, 2 or 5 times a power of ten, for a value above 0."""
    step = 10.0 ** math.floor(math.log10(value))
    return next(step * factor for factor in (1, 2, 5, 10) if step * factor >= value)
