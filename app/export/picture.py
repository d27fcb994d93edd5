"""A puzzle as pictures, alone or with a program's run: a bitmap, a drawing, a sheet or an animation."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from app.export.devices import Size, as_image, as_pdf, as_pillow, as_png, as_svg
from app.state.draft import Part
from app.state.rows import step_state, widest_state
from app.state.sources import changed_mask, length_of
from app.theme import GridLook, Theme
from app.translate import tr
from app.widgets.paint import grid_extent, paint_grid, paint_outline
from puzzles.grid import Grid
from puzzles.puzzle import Pair, Puzzle
from puzzles.terminal import printable
from solver.words.results import Candidate

MARGIN, GAP, ARROW, HEADER = 28, 22, 34, 40
NARROWEST, WIDEST = 480, 1100
"""Pixels of a picture at least, and of the grids of a row together at most."""
LARGEST_CELL, SMALLEST_CELL = 28, 4
MOST_CELL = 64
"""Pixels of a cell that may be asked for."""
UNKNOWN_SIDE = 3
"""Cells a side of the frame that stands for a grid nobody knows, or that is not to be seen."""
HEADER_TEXT, LABEL_TEXT = 18, 13
"""Pixels of the letters."""
STEP_MS, REST_MS = 900, 2200
"""How long the animation shows a step, and the answer at its end."""


@dataclass(frozen=True)
class PictureOptions:
    """What is written beside the grids, and how large they are."""

    name: bool = False
    """Whether the puzzle's id or name is written."""
    labels: bool = False
    """Whether every pair is called by its number: "demonstration 1", "test 1"."""
    expected: bool = False
    """Beside a program's results the expected outputs; without a program those of the tests."""
    cell: int = 0
    """Pixels of a cell a side; 0 for as large as fits."""


WITHOUT_PROGRAM = PictureOptions(name=True, labels=True, expected=True)
"""A puzzle alone says what it is."""


@dataclass(frozen=True)
class Scene:
    """What all pictures of one puzzle, or of one run over it, have in common."""

    puzzle: Puzzle
    candidate: Candidate | None
    """The run shown; None for the puzzle alone."""
    titles: tuple[str, ...]
    """The steps as people read them."""
    look: GridLook
    theme: Theme
    options: PictureOptions = PictureOptions()


def png_bytes(scene: Scene, position: int) -> bytes:
    """Return the state after `position` steps as a PNG file."""
    layout = Layout(scene)
    return as_png(layout.size, partial(_paint_at, scene, layout, position), _what(scene))


def gif_bytes(scene: Scene) -> bytes:
    """Return the whole run as an animated GIF that repeats for ever."""
    return animate(*_frames(scene))


def animate(frames: Sequence[Image.Image], durations: Sequence[int]) -> bytes:
    """Return pictures of one size as an animated GIF that repeats for ever; durations in ms."""
    indexed = [frame.quantize(256, dither=Image.Dither.NONE) for frame in frames]
    stream = io.BytesIO()
    indexed[0].save(
        stream, "GIF", save_all=True, append_images=indexed[1:], duration=durations, loop=0, optimize=False
    )
    return stream.getvalue()


def apng_bytes(scene: Scene) -> bytes:
    """Return the whole run as an animated PNG that repeats for ever."""
    frames, durations = _frames(scene)
    stream = io.BytesIO()
    frames[0].save(stream, "PNG", save_all=True, append_images=frames[1:], duration=durations, loop=0)
    return stream.getvalue()


def svg_bytes(scene: Scene, position: int) -> bytes:
    """Return the state after `position` steps as an SVG file."""
    layout = Layout(scene)
    return as_svg(layout.size, partial(_paint_at, scene, layout, position), scene.puzzle.name)


def pdf_bytes(scene: Scene) -> bytes:
    """Return the whole run as a PDF file, a page for every state, all pages to the same scale."""
    layout = Layout(scene)
    pages = [partial(_paint_at, scene, layout, position) for position in range(_states(scene))]
    return as_pdf(layout.size, pages, scene.puzzle.name)


def _frames(scene: Scene) -> tuple[list[Image.Image], list[int]]:
    """Draw every state once, with the time in ms it is shown."""
    count = _states(scene)
    frames = [draw_state(scene, position) for position in range(count)]
    return merge_frames(frames, [STEP_MS] * (count - 1) + [REST_MS])


def _states(scene: Scene) -> int:
    return 1 if scene.candidate is None else length_of(scene.candidate) + 1


def merge_frames(
    frames: Sequence[Image.Image], durations: Sequence[int]
) -> tuple[list[Image.Image], list[int]]:
    """Join equal neighbours and add up their durations in ms; the file format would drop them."""
    kept: list[Image.Image] = []
    times: list[int] = []
    for frame, duration in zip(frames, durations, strict=True):
        if kept and kept[-1].tobytes() == frame.tobytes():
            times[-1] += duration
        else:
            kept.append(frame)
            times.append(duration)
    return kept, times


def draw_state(scene: Scene, position: int) -> Image.Image:
    """Draw every pair as input → state after `position` steps, on a canvas that is the same for all."""
    layout = Layout(scene)
    return as_pillow(as_image(layout.size, partial(_paint_at, scene, layout, position), _what(scene)))


def _what(scene: Scene) -> str:
    pairs = len(scene.puzzle.train) + len(scene.puzzle.test)
    return tr("{count} pairs", count=pairs)


def _paint_at(scene: Scene, layout: Layout, position: int, painter: QPainter) -> None:
    """Paint the state after `position` steps on any device, in the units of `layout`."""
    painter.fillRect(QRect(0, 0, *layout.size), QColor(scene.theme.window))
    if layout.header:
        _draw_header(painter, scene, position, layout.size[0])
    for (part, index), top in zip(layout.rows, layout.tops, strict=True):
        _draw_row(painter, scene, layout, part=part, index=index, top=top, position=position)


class Layout:
    """Where the rows and their grids lie, in pixels: input, the program's result, the output."""

    def __init__(self, scene: Scene) -> None:
        options, candidate = scene.options, scene.candidate
        self.rows = rows_of(scene.puzzle)
        self.has_target = candidate is None or options.expected
        shapes = [self._shapes(scene, part, index) for part, index in self.rows]
        widest = [max(shape[1] for shape in column) for column in zip(*shapes, strict=True)]
        self.cell = options.cell or max(SMALLEST_CELL, min(LARGEST_CELL, WIDEST // max(1, sum(widest))))
        left = MARGIN + (_label_width(self.rows) + GAP if options.labels else 0)
        self.lefts: list[int] = []
        for columns in widest:
            self.lefts.append(left)
            left += grid_extent(columns, self.cell) + ARROW + GAP
        width = max(NARROWEST, left - ARROW - GAP + MARGIN)
        self.header = candidate is not None or options.name
        self.tops: list[int] = []
        top = MARGIN + (HEADER if self.header else 0)
        for row in shapes:
            self.tops.append(top)
            top += max(grid_extent(max(rows for rows, _ in row), self.cell), 2 * LABEL_TEXT) + GAP
        self.size: Size = (width, top - GAP + MARGIN)

    def _shapes(self, scene: Scene, part: Part, index: int) -> list[tuple[int, ...]]:
        """Return what the grids of a row are at their largest, one for each column."""
        pair = pair_at(scene.puzzle, part, index)
        shapes: list[tuple[int, ...]] = [pair.input.shape]
        if scene.candidate is not None:
            shapes.append(widest_state(scene.candidate, part, index))
        if self.has_target:
            target = shown_output(pair, part, scene.options.expected)
            shapes.append((UNKNOWN_SIDE, UNKNOWN_SIDE) if target is None else target.shape)
        return shapes


def rows_of(puzzle: Puzzle) -> list[tuple[Part, int]]:
    """Return every pair by part and number: the demonstrations, then the tests."""
    rows: list[tuple[Part, int]] = [("train", i) for i in range(len(puzzle.train))]
    return rows + [("test", i) for i in range(len(puzzle.test))]


def pair_at(puzzle: Puzzle, part: Part, index: int) -> Pair:
    """Return one of the pairs."""
    return (puzzle.train if part == "train" else puzzle.test)[index]


def shown_output(pair: Pair, part: Part, expected: bool) -> Grid | None:
    """Return the output of a pair where it is to be seen; that of a test only if it is `expected`."""
    return pair.output if part == "train" or expected else None


def label_of(part: Part, index: int) -> str:
    """Return what a pair is called."""
    return tr("demonstration {n}", n=index + 1) if part == "train" else tr("test {n}", n=index + 1)


def text_font(pixels: int, bold: bool = False) -> QFont:
    """Return the font of what is written into pictures."""
    font = QFont()
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def _label_width(rows: Sequence[tuple[Part, int]]) -> int:
    metrics = QFontMetrics(text_font(LABEL_TEXT))
    return max(metrics.horizontalAdvance(label_of(part, index)) for part, index in rows) + 1


def _draw_header(painter: QPainter, scene: Scene, position: int, width: int) -> None:
    texts = [printable(scene.puzzle.name)] if scene.options.name else []
    if scene.candidate is not None:
        count = len(scene.titles)
        word = printable(scene.titles[position - 1]) if position else ""
        step = tr("step {at} of {count}:  {word}", at=position, count=count, word=word)
        texts.append(step if position else tr("input"))
    painter.setFont(text_font(HEADER_TEXT))
    painter.setPen(QColor(scene.theme.text))
    box = QRect(MARGIN, MARGIN - 8, width - 2 * MARGIN, HEADER - 8)
    text = "  ·  ".join(texts)
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


def _draw_row(
    painter: QPainter, scene: Scene, layout: Layout, *, part: Part, index: int, top: int, position: int
) -> None:
    pair = pair_at(scene.puzzle, part, index)
    middle = top + grid_extent(pair.input.shape[0], layout.cell) // 2
    if scene.options.labels:
        _draw_label(painter, scene.theme, label_of(part, index), QPoint(MARGIN, middle))
    paint_grid(painter, QPoint(layout.lefts[0], top), pair.input, layout.cell, scene.look)
    painter.setFont(text_font(HEADER_TEXT))
    painter.setPen(QColor(scene.theme.muted))
    for left in layout.lefts[1:]:
        arrow = QRect(left - ARROW - GAP // 2, middle - 15, ARROW, 30)
        painter.drawText(arrow, Qt.AlignmentFlag.AlignCenter, "→")
    state = step_state(scene.candidate, part, index, position)
    if state is not None:
        at = QPoint(layout.lefts[1], top)
        paint_grid(painter, at, state.grid, layout.cell, scene.look)
        _outline_changes(painter, at, state.before, state.grid, layout.cell)
    if layout.has_target:
        at = QPoint(layout.lefts[-1], top)
        target = shown_output(pair, part, scene.options.expected)
        paint_target(painter, at, target, cell=layout.cell, look=scene.look, theme=scene.theme)


def paint_target(
    painter: QPainter, at: QPoint, grid: Grid | None, *, cell: int, look: GridLook, theme: Theme
) -> None:
    """Paint an output, or a dashed frame with a question mark where there is none to be seen."""
    if grid is not None:
        paint_grid(painter, at, grid, cell, look)
        return
    side = UNKNOWN_SIDE * cell
    box = QRect(at.x(), at.y(), side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, side // 8, side // 8)
    painter.setFont(text_font(max(3, side // 2)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")


def _draw_label(painter: QPainter, theme: Theme, text: str, at: QPoint) -> None:
    painter.setFont(text_font(LABEL_TEXT))
    painter.setPen(QColor(theme.muted))
    box = QRect(
        at.x(), at.y() - LABEL_TEXT, painter.fontMetrics().horizontalAdvance(text) + 1, 2 * LABEL_TEXT
    )
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _outline_changes(painter: QPainter, at: QPoint, before: Grid | None, grid: Grid, cell: int) -> None:
    if before is None:
        return
    mask = changed_mask(before, grid)
    if not mask.all():
        paint_outline(painter, at, mask, cell)
