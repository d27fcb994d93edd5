"""The report of a run is one picture, also of a log that was cut short or gone over again.

What is drawn is read back from the picture's pixels; where a text stands, and what it says, is noted while
it is drawn.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw

from solver.training.page import _read, write_page

SCORE = {"inductor": 0.5, "oracle": 0.75, "count": 4}
CHECK = {"depth 1, side 6": {"words used": 7, "families": {"all": SCORE, "shift": SCORE}}}


@dataclass(frozen=True)
class Text:
    """A text of the page and the box of its ink, in pixels of the picture."""

    said: str
    colour: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def touches(self, other: Text) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Frame:
    """The horizontal lines of a chart, from the top, and where they begin and end."""

    lines: list[float]
    left: int
    right: int


@dataclass(frozen=True)
class Report:
    """A page as a reader sees it."""

    pixels: NDArray[np.int64]
    """(rows, columns, 3) red, green and blue."""
    texts: list[Text]

    def one(self, said: str) -> Text:
        """The one text that begins like this."""
        (found,) = (text for text in self.texts if text.said.startswith(said))
        return found

    def area(self, title: str) -> tuple[slice, slice]:
        """Rows and columns of the chart under a title."""
        head = self.one(title)
        top, left = round(head.bottom) + 1, round(head.left)
        return slice(top, top + 390), slice(max(0, left - 2), left + 560)

    def frame(self, title: str) -> Frame:
        rows, columns = self.area(title)
        part = self.pixels[rows, columns]
        grey = (np.ptp(part, 2) < 14) & (part.min(2) > 205) & (part.max(2) < 248)
        full = np.flatnonzero(grey.sum(1) > 150)
        middles = [rows.start + float(group.mean()) for group in _groups(full)]
        across = max(_groups(np.flatnonzero(grey[full].any(0))), key=len)  # and no text beside it
        return Frame(middles, columns.start + int(across[0]), columns.start + int(across[-1]))

    def ticks(self, title: str) -> list[Text]:
        """What stands left of the lines, from the top."""
        frame, (rows, columns) = self.frame(title), self.area(title)
        beside = [
            text
            for text in self.texts
            if columns.start <= text.left
            and text.right < frame.left
            and rows.start <= text.middle <= frame.lines[-1] + 6
        ]
        return sorted(beside, key=lambda text: text.top)

    def curve(self, title: str, colour: str) -> dict[int, float]:
        """The height of a line of this colour inside a chart's frame, by column."""
        frame, (rows, columns) = self.frame(title), self.area(title)
        across = slice(frame.left - 6, min(columns.stop, frame.right + 7))
        like = np.abs(self.pixels[rows, across] - ImageColor.getrgb(colour)).max(2) < 60
        places = {across.start + x: np.flatnonzero(like[:, x]) for x in range(like.shape[1])}
        return {x: rows.start + float(found.mean()) for x, found in places.items() if len(found)}

    def value(self, title: str, height: float) -> float:
        """What a height says, by the ticks of the chart."""
        frame, ticks = self.frame(title), self.ticks(title)
        share = (frame.lines[-1] - height) / (frame.lines[-1] - frame.lines[0])
        return share * float(ticks[0].said)


def _groups(places: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Numbers in a row."""
    return np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)


Draw = Callable[..., Report]


@pytest.fixture
def draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draws a log and reads the picture."""
    texts: list[Text] = []
    true_text = ImageDraw.ImageDraw.text

    def noted(
        self: ImageDraw.ImageDraw, xy: Any, text: Any, fill: Any = None, font: Any = None, anchor: Any = None
    ) -> None:
        scale = 1240 / self.im.size[0]
        box = self.textbbox(xy, text, font=font, anchor=anchor)
        texts.append(Text(text, fill, *(scale * value for value in box)))
        true_text(self, xy, text, fill, font, anchor)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", noted)

    def drawn(rows: Sequence[dict[str, Any]], facts: dict[str, str] | None = None) -> Report:
        texts.clear()
        (tmp_path / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        write_page(tmp_path, facts or {})
        with Image.open(tmp_path / "report.png") as picture:
            return Report(np.asarray(picture.convert("RGB")).astype(np.int64), list(texts))

    return drawn


def losses(steps: Sequence[int], **parts: Sequence[float]) -> list[dict[str, Any]]:
    """A row of the log per step."""
    return [
        {"step": step} | {part: values[i] for part, values in parts.items()} for i, step in enumerate(steps)
    ]


def check(step: int, **columns: dict[str, float]) -> dict[str, Any]:
    """A validation whose columns have these shares by family."""
    return {
        "step": step,
        "validation": {
            name.replace("_", " "): {
                "words used": 7,
                "families": {f: {"inductor": s, "oracle": s, "count": 4} for f, s in shares.items()},
            }
            for name, shares in columns.items()
        },
    }


BY_PART = "Loss by part"


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
    assert [path.name for path in tmp_path.iterdir() if path.suffix not in (".png", ".jsonl")] == []


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


def test_a_validation_stands_beside_the_losses_of_its_step_and_replaces_what_came_later(
    tmp_path: Path,
) -> None:
    rows = [*losses([50, 100], trace=[3.0, 2.0]), check(100, a={"all": 0.1}), *losses([150], trace=[1.0])]
    rows += [check(100, a={"all": 0.9}), *losses([150], trace=[0.5])]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    read = _read(tmp_path / "log.jsonl")
    assert [(row["step"], row.get("trace")) for row in read if "trace" in row] == [
        (50, 3.0),
        (100, 2.0),
        (150, 0.5),
    ]
    assert read[-2]["validation"]["a"]["families"]["all"]["inductor"] == 0.9


def test_a_falling_loss_falls_to_the_right_from_edge_to_edge(draw: Draw) -> None:
    steps, values = [100, 150, 400], [8.0, 4.0, 2.0]
    page = draw(losses(steps, trace=values))
    label, frame = page.one("trace"), page.frame(BY_PART)
    curve = page.curve(BY_PART, label.colour)
    assert min(curve) == pytest.approx(frame.left, abs=3)
    assert max(curve) == pytest.approx(frame.right, abs=3)
    for x in range(frame.left + 3, frame.right - 3, 7):
        step = 100 + 300 * (x - frame.left) / (frame.right - frame.left)
        assert page.value(BY_PART, curve[x]) == pytest.approx(np.interp(step, steps, values), abs=0.15), x
    assert label.said == "trace 2"
    assert label.middle == pytest.approx(curve[max(curve)], abs=5)
    assert 0 < label.left - frame.right < 20


def test_lines_ticks_and_steps_make_a_frame_below_the_title(draw: Draw) -> None:
    page = draw(losses([100, 1400], trace=[8.0, 2.0]))
    frame, ticks, title = page.frame(BY_PART), page.ticks(BY_PART), page.one(BY_PART)
    assert len(frame.lines) == 5
    assert [b - a for a, b in pairwise(frame.lines)] == pytest.approx([65] * 4, abs=1)
    assert [tick.said for tick in ticks] == ["10", "7.5", "5", "2.5", "0"]
    for tick, line in zip(ticks, frame.lines, strict=True):
        assert tick.middle == pytest.approx(line, abs=4)
        assert 0 < frame.left - tick.right < 20
    assert 0 < frame.lines[0] - title.bottom < 60
    assert title.left < frame.left < frame.right < 620
    first, last = page.one("step 100"), page.one("step 1,400")
    assert first.left == pytest.approx(frame.left, abs=4)
    assert last.right == pytest.approx(frame.right, abs=4)
    for text in (first, last):
        assert 0 < text.top - frame.lines[-1] < 30


@pytest.mark.parametrize(
    ("highest", "top"),
    [
        (0.0015, "0.002"),
        (0.04, "0.05"),
        (0.6, "1"),
        (1.0, "1"),
        (1.1, "2"),
        (4.0, "5"),
        (12.0, "20"),
        (900.0, "1e+03"),
    ],
)
def test_the_vertical_axis_ends_at_the_next_round_number(draw: Draw, highest: float, top: str) -> None:
    assert page_top(draw(losses([50, 100], trace=[highest, highest / 2]))) == top


def page_top(page: Report) -> str:
    return page.ticks(BY_PART)[0].said


def test_shares_stand_on_an_axis_from_0_to_1(draw: Draw) -> None:
    rows = [check(500, depth_1={"all": 0.25}), check(1000, depth_1={"all": 0.5})]
    page = draw(rows)
    title = "Held-out pairs right, inductor"
    assert [tick.said for tick in page.ticks(title)] == ["1", "0.75", "0.5", "0.25", "0"]
    colour = next(text.colour for text in page.texts if text.said == "d1 0.5")
    curve = page.curve(title, colour)
    assert page.value(title, curve[min(curve)]) == pytest.approx(0.25, abs=0.02)
    assert page.value(title, curve[max(curve)]) == pytest.approx(0.5, abs=0.02)


def test_shares_that_nobody_knows_are_left_out(draw: Draw) -> None:
    rows = [check(500, depth_1={"all": 0.25})]
    rows[0]["validation"]["depth 1"]["families"]["all"]["oracle"] = math.nan
    page = draw(rows)
    nothing = [text for text in page.texts if text.said == "nothing to show"]
    title = page.one("Held-out pairs right, true words")
    assert any(
        text.left == pytest.approx(title.left, abs=3) and 0 < text.top - title.top < 90 for text in nothing
    )
    assert page.ticks("Held-out pairs right, inductor")[0].said == "1"


def test_a_single_point_is_seen(draw: Draw) -> None:
    page = draw(losses([50], trace=[5.0]))
    curve = page.curve(BY_PART, page.one("trace").colour)
    assert 4 <= len(curve) <= 12
    assert min(curve) == pytest.approx(page.frame(BY_PART).left, abs=8)
    assert all(page.value(BY_PART, y) == pytest.approx(5.0, abs=0.1) for y in curve.values())


def test_names_of_curves_that_end_together_are_moved_apart_in_their_order(draw: Draw) -> None:
    page = draw(losses([50, 100], trace=[4.0, 2.0], words=[3.0, 2.02], end_to_end=[1.0, 0.5]))
    words, trace, whole = (page.one(name) for name in ("words 2.02", "trace 2", "end to end 0.5"))
    assert words.top < trace.top < whole.top
    assert 14 < trace.middle - words.middle < 24
    assert page.value(BY_PART, words.middle) == pytest.approx(2.02, abs=0.1)
    assert page.value(BY_PART, whole.middle) == pytest.approx(0.5, abs=0.1)


def test_no_text_of_a_full_page_touches_another_or_leaves_the_page(draw: Draw) -> None:
    columns = {f"depth_{d},_side_{s}": {"all": 0.9} | {f"family{i}": i / 12 for i in range(12)}
               for d in (1, 2, 3) for s in (6, 16)}  # fmt: skip
    parts = ("trace", "words", "end_to_end", "curriculum", "grids", "tasks", "composed")
    rows = losses([50, 100], **dict.fromkeys(parts, (1.0, 0.01)))
    facts = dict.fromkeys(("steps", "examples", "time", "device", "parameters", "data"), "1,000 of 5,000")
    page = draw([*rows, check(100, **columns), check(200, **columns)], facts)
    assert len(page.texts) > 80
    for text in page.texts:
        assert 20 < text.left < text.right < 1220, text
        assert 20 < text.top < text.bottom < 1620, text
        assert 7 < text.bottom - text.top < 40, text
    touching = [(a.said, b.said) for a, b in combinations(page.texts, 2) if a.touches(b)]
    assert touching == []


def test_every_fact_has_a_line_of_its_own_above_the_charts(draw: Draw) -> None:
    page = draw([], {"steps": "7 of 9", "device": "none", "data": "made up"})
    names = [page.one(said) for said in ("steps", "device", "data")]
    values = [page.one(said) for said in ("7 of 9", "none", "made up")]
    heights = [name.middle for name in names]
    assert heights == sorted(heights)
    for name, value in zip(names, values, strict=True):
        assert name.right < value.left < 400
        assert value.middle == pytest.approx(name.middle, abs=5)
    assert page.one("Training report").bottom < names[0].top
    assert names[-1].bottom < page.one(BY_PART).top
    assert sum(text.said == "nothing to show" for text in page.texts) == 5


def test_bars_are_as_long_as_the_shares_of_their_families(draw: Draw) -> None:
    shares = {"all": 0.5, "shift": 1.0, "roll": 0.25, "crop": 0.0}
    page = draw([check(500, depth_1=shares)])
    columns = page.area("Families at the end")[1]
    begins = set()
    for name, share in shares.items():
        label = next(t for t in page.texts if t.said == name and columns.start <= t.left)
        value = next(t for t in page.texts if t.said == f"{share:.2f}" and t.left > label.right)
        assert value.middle == pytest.approx(label.middle, abs=5)
        row = page.pixels[round(label.middle), columns]
        blue = columns.start + np.flatnonzero(row[:, 2] - row[:, 0] > 100)
        assert len(blue) == pytest.approx(320 * share, abs=3)
        if len(blue):
            begins.add(int(blue[0]))
            assert 0 < blue[0] - label.right < 20
            assert 0 < value.left - blue[-1] < 20
            assert blue[-1] - blue[0] < len(blue) + 3
    assert max(begins) - min(begins) <= 1
