"""What came of a whole collection: numbers, curves and tables, and the comparison of two runs."""

from __future__ import annotations

import csv
import html
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from app.state.batch import Result
from app.texts import phase_title
from app.translate import tr
from puzzles.collections import Collection, Refused

MOST_WORDS = 12
"""Words that are listed, those that most programs use."""


@dataclass(frozen=True)
class Line:
    """One puzzle that has a result."""

    puzzle_id: str
    cells: int
    """Of the largest grid of the puzzle."""
    result: Result

    @property
    def good(self) -> bool:
        """Whether it is solved; where the answer is not known, whether it is explained."""
        return solved(self.result)


@dataclass(frozen=True)
class Report:
    """The results of one collection."""

    title: str
    total: int
    """Puzzles of the collection."""
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, collection: Collection, results: Mapping[str, Result]) -> Report:
        """Gather what there is; entries that are no puzzle are left out."""
        lines = []
        for puzzle_id, result in results.items():
            found = collection.entry(puzzle_id)
            if not isinstance(found, Refused) and not result.error:
                grids = [grid for pair in (*found.train, *found.test) for grid in (pair.input, pair.output)]
                cells = max(grid.size for grid in grids if grid is not None)
                lines.append(Line(puzzle_id, cells, result))
        return cls(collection.title, len(collection.ids), tuple(lines))

    @property
    def solved(self) -> tuple[Line, ...]:
        """Puzzles that are solved."""
        return tuple(line for line in self.lines if line.good)

    @property
    def deceived(self) -> tuple[Line, ...]:
        """Puzzles whose program explains every demonstration and is wrong about a test."""
        return tuple(one for one in self.lines if one.result.verified and one.result.correct is False)

    def curve(self) -> tuple[list[float], list[int]]:
        """Seconds, in order, and how many puzzles were solved within them."""
        seconds = sorted(line.result.seconds for line in self.solved)
        return seconds, list(range(1, len(seconds) + 1))

    def points(self, good: bool) -> tuple[list[int], list[float]]:
        """Cells of the largest grid, and seconds, of puzzles that are solved, or of those that are not."""
        chosen = [line for line in self.lines if line.good is good]
        return [line.cells for line in chosen], [line.result.seconds for line in chosen]

    def origins(self) -> list[tuple[str, int]]:
        """What found the programs of solved puzzles, the most frequent first."""
        return Counter(phase_title(one.result.origin) or tr("unknown") for one in self.solved).most_common()

    def words(self) -> list[tuple[str, int]]:
        """The words that programs of solved puzzles use most, and how many programs use each."""
        return Counter(word for line in self.solved for word in set(line.result.program)).most_common(
            MOST_WORDS
        )

    def numbers(self) -> list[tuple[str, str]]:
        """Names and values of the totals."""
        done, good = len(self.lines), len(self.solved)
        share = f"{good} ({good / done:.0%})" if done else "0"
        rows = [
            (tr("puzzles"), str(self.total)),
            (tr("done"), str(done)),
            (tr("solved"), share),
            (tr("explained, but wrong on a test"), str(len(self.deceived))),
        ]
        if good:
            middle = median(line.result.seconds for line in self.solved)
            rows.append((tr("seconds, median of the solved"), f"{middle:.1f}"))
        return rows


@dataclass(frozen=True)
class Comparison:
    """Which puzzles two runs solved, of those that both tried."""

    both: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    neither: int

    @classmethod
    def of(cls, first: Mapping[str, Result], second: Mapping[str, Result]) -> Comparison:
        """Compare two runs."""
        common = [key for key in first if key in second]
        a, b = ({key for key in common if solved(run[key])} for run in (first, second))
        return cls(tuple(sorted(a & b)), tuple(sorted(a - b)), tuple(sorted(b - a)), len(common) - len(a | b))


def solved(result: Result) -> bool:
    """Whether a puzzle is solved; where the answer is not known, whether it is explained."""
    return result.verified if result.correct is None else result.correct


def as_csv(report: Report) -> str:
    """Write a row for every puzzle that has a result."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("puzzle", "verified", "correct", "seconds", "cells", "origin", "program"))
    for one in report.lines:
        known = "" if one.result.correct is None else int(one.result.correct)
        row = (one.puzzle_id, int(one.result.verified), known, f"{one.result.seconds:.2f}", one.cells)
        table.writerow((*row, one.result.origin, " → ".join(one.result.program)))
    return text.getvalue()


def as_page(report: Report, pictures: Sequence[tuple[str, str]]) -> str:
    """Write a page that needs no other file; pictures are titles and base64 texts of PNG files."""
    name = html.escape(report.title)
    parts = [
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{name}</title><style>'
        "body{font-family:sans-serif;max-width:60em;margin:2em auto;color:#1b1f26}"
        "td,th{padding:.2em 1em .2em 0;text-align:left}img{max-width:100%}</style></head><body>",
        f"<h1>{name}</h1>",
        _table((), report.numbers()),
    ]
    for title, picture in pictures:
        text = html.escape(title)
        parts.append(f'<h2>{text}</h2><img alt="{text}" src="data:image/png;base64,{picture}">')
    counted = ((tr("Found by"), report.origins()), (tr("Words used most"), report.words()))
    for title, found in counted:
        parts.append(f"<h2>{html.escape(title)}</h2>")
        parts.append(_table((), [(what, str(count)) for what, count in found]))
    rows = [
        (one.puzzle_id, outcome_of(one), f"{one.result.seconds:.1f}", " → ".join(one.result.program))
        for one in report.lines
    ]
    parts.append(f"<h2>{html.escape(tr('Puzzles'))}</h2>")
    parts.append(_table((tr("Puzzle"), tr("Result"), tr("Seconds"), tr("Program")), rows))
    return "".join((*parts, "</body></html>\n"))


def outcome_of(line: Line) -> str:
    """Write in a word or two what came of a puzzle."""
    if line.good:
        return tr("solved")
    return tr("explained, but wrong on a test") if line.result.verified else tr("not solved")


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{html.escape(title)}</th>" for title in titles)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(x)}</td>" for x in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
