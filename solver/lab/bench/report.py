"""Tables in Markdown and plots in SVG, from scores of several seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from statistics import mean, stdev
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One number of a table, over seeds."""

    values: tuple[float, ...]
    learned: tuple[bool, ...] = ()
    """Which of them count, those of seeds that learned what they were trained on; empty means all."""

    @property
    def counted(self) -> tuple[float, ...]:
        """The values that count."""
        return tuple(
            v for v, good in zip(self.values, self.learned or [True] * len(self.values), strict=True) if good
        )

    @property
    def mean(self) -> float:
        """Mean over seeds; 0 where none counts."""
        return mean(self.counted or (0.0,))

    def __str__(self) -> str:
        counted = self.counted
        if not counted:
            return "not learned"
        spread = f" ± {stdev(counted):.2f}" if len(counted) > 1 else ""
        some = f" ({len(counted)} of {len(self.values)} learned)" if len(counted) < len(self.values) else ""
        return f"{self.mean:.2f}{spread}{some}"


Table = Mapping[str, Mapping[str, Cell]]
"""Row, then column."""


def markdown(table: Table, columns: Sequence[str]) -> str:
    """The table as Markdown; a dash where nothing was measured."""
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for row, cells in table.items():
        lines.append(f"| {row} | " + " | ".join(str(cells.get(c, "–")) for c in columns) + " |")
    return "\n".join(lines) + "\n"


def costs(trained: Sequence[Mapping[str, Any]]) -> str:
    """What training took, as Markdown: a row per suite and method, every seed's number or the seeds' mean."""
    lines = ["| | steps | examples | processor s | seconds | right on validation |", "|---" * 6 + "|"]
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for run in trained:
        groups.setdefault(f"{run['suite']}, {run['method']}", []).append(run)
    for name, runs in groups.items():
        steps = " / ".join(str(run["steps"]) for run in runs)
        examples, processor, seconds = (
            mean(run[key] for run in runs) for key in ("examples", "processor", "seconds")
        )
        right = " / ".join(f"{run['checks'][-1][1]:.2f}" if run["checks"] else "–" for run in runs)
        lines.append(f"| {name} | {steps} | {examples:.0f} | {processor:.0f} | {seconds:.0f} | {right} |")
    return "\n".join(lines) + "\n"


_WIDTH, _BAR, _GAP, _LEFT, _TOP = 260, 14, 8, 190, 46
_INK, _QUIET, _ACCENT, _PLAIN = "#222831", "#8a939f", "#2f6fde", "#b9c4d3"


def bars(table: Table, columns: Sequence[str], title: str) -> str:
    """Horizontal bars as SVG: one panel per column, one bar per row, whiskers from least to most."""
    height = _TOP + len(table) * (_BAR + _GAP) + 24
    width = _LEFT + len(columns) * (_WIDTH + 40)
    parts = [_text(16, 20, title, 14, _INK, bold=True)]
    for index, row in enumerate(table):
        parts.append(_text(_LEFT - 10, _TOP + index * (_BAR + _GAP) + 11, row, 11, _INK, anchor="end"))
    for panel, column in enumerate(columns):
        left = _LEFT + panel * (_WIDTH + 40)
        parts.append(_text(left, _TOP - 10, column, 11, _QUIET))
        for index, (row, cells) in enumerate(table.items()):
            if column in cells:
                parts += _bar(left, _TOP + index * (_BAR + _GAP), cells[column], row.startswith("NLI"))
        parts.append(_line(left, _TOP - 4, left, height - 24, _QUIET))
    return _svg(width, height, parts)


def _bar(left: float, top: float, cell: Cell, accent: bool) -> list[str]:
    long = max(1.0, cell.mean * _WIDTH)
    colour = _ACCENT if accent else _PLAIN
    parts = [f'<rect x="{left}" y="{top}" width="{long:.1f}" height="{_BAR}" rx="2" fill="{colour}"/>']
    least, most = (left + f(cell.counted or (0.0,)) * _WIDTH for f in (min, max))
    if most > least:
        parts.append(_line(least, top + _BAR / 2, most, top + _BAR / 2, _INK))
    said = f"{cell.mean:.2f}" if cell.counted else "not learned"
    parts.append(_text(max(left + long, most) + 5, top + 11, said, 10, _INK))
    return parts


def curves(series: Mapping[str, Sequence[tuple[float, float]]], title: str, axis: str) -> str:
    """Accuracy against a positive quantity on a logarithmic axis, one line per series, as SVG."""
    width, height, left, bottom = 460, 300, 50, 250
    xs = sorted({x for points in series.values() for x, _ in points})
    span = (len(xs) - 1) or 1
    place = {x: left + i * (width - left - 130) / span for i, x in enumerate(xs)}
    parts = [_text(16, 20, title, 14, _INK, bold=True), _text(left, height - 14, axis, 11, _QUIET)]
    for x in xs:
        parts.append(_text(place[x], bottom + 14, f"{x:g}", 10, _QUIET, anchor="middle"))
    for tick in (0, 0.5, 1):
        y = bottom - tick * 200
        parts += [
            _line(left, y, width - 130, y, "#e3e7ec"),
            _text(left - 6, y + 4, f"{tick:g}", 10, _QUIET, anchor="end"),
        ]
    colours = (_ACCENT, "#d9683c", "#3c9d6b", "#8b5fc7", _QUIET)
    for (name, points), colour in zip(series.items(), colours, strict=False):
        path = " ".join(f"{place[x]:.1f},{bottom - y * 200:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, y = points[-1]
        parts.append(_text(place[x] + 6, bottom - y * 200 + 4, name, 10, colour))
    return _svg(width, height, parts)


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif">\n'
        f'<rect width="{width}" height="{height}" fill="white"/>\n{body}\n</svg>\n'
    )


def _text(
    x: float, y: float, text: str, size: int, colour: str, *, anchor: str = "start", bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>'
        f"{escape(text)}</text>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'
