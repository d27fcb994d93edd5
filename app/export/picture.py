"""A program's run as pictures: one for every state, as a bitmap, a drawing, a sheet or an animation."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from app.state.draft import Part
from app.state.rows import step_state, widest_state
from app.state.sources import changed_mask, length_of
from app.theme import GridLook, Theme
from app.translate import tr
from app.widgets.paint import grid_extent, paint_grid, paint_outline
from puzzles.grid import Grid
from puzzles.puzzle import Puzzle
from puzzles.terminal import printable
from solver.words.program import ProgramError
from solver.words.results import Candidate

MARGIN, GAP, ARROW, HEADER = 28, 22, 34, 40
WIDEST = 1100
"""Pixels the grids of a row may take together."""
TALLEST = 32_767
"""Pixels that Qt paints at most in one direction."""
LARGEST_CELL, SMALLEST_CELL = 28, 4
PDF_DPI = 300
STEP_MS, REST_MS = 900, 2200
"""How long the animation shows a step, and the answer at its end."""


@dataclass(frozen=True)
class Scene:
    """What all pictures of one run have in common."""

    puzzle: Puzzle
    candidate: Candidate
    titles: tuple[str, ...]
    """The steps as people read them."""
    look: GridLook
    theme: Theme


def png_bytes(scene: Scene, position: int) -> bytes:
    """Return the state after `position` steps as a PNG file."""
    stream = io.BytesIO()
    draw_state(scene, position).save(stream, "PNG")
    return stream.getvalue()


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
    layout = _Layout(scene)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(layout.width, layout.height))
    generator.setViewBox(QRect(0, 0, layout.width, layout.height))
    generator.setTitle(printable(scene.puzzle.name))  # XML has no control characters
    painter = QPainter(generator)
    paint_state(painter, scene, layout, position)
    painter.end()
    return bytes(buffer.data().data())


def pdf_bytes(scene: Scene) -> bytes:
    """Return the whole run as a PDF file, a page for every state, all pages to the same scale."""
    layout = _Layout(scene)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(printable(scene.puzzle.name))
    writer.setResolution(PDF_DPI)
    wide = layout.width > layout.height
    writer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    painter = QPainter(writer)
    scale = min(writer.width() / layout.width, writer.height() / layout.height)
    painter.scale(scale, scale)
    for position in range(length_of(scene.candidate) + 1):
        if position:
            writer.newPage()
        paint_state(painter, scene, layout, position)
    painter.end()
    return bytes(buffer.data().data())


def _frames(scene: Scene) -> tuple[list[Image.Image], list[int]]:
    """Draw every state once, with the time in ms it is shown."""
    count = length_of(scene.candidate) + 1
    frames = [draw_state(scene, position) for position in range(count)]
    return merge_frames(frames, [STEP_MS] * (count - 1) + [REST_MS])


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
    layout = _Layout(scene)
    if layout.height > TALLEST:
        text = tr(
            "{count} pairs make a picture {height} pixels high, expected at most {most}",
            count=len(layout.rows),
            height=layout.height,
            most=TALLEST,
        )
        raise ProgramError(text)
    image = QImage(layout.width, layout.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_state(painter, scene, layout, position)
    painter.end()
    return to_pillow(image)


def paint_state(painter: QPainter, scene: Scene, layout: _Layout, position: int) -> None:
    """Paint the state after `position` steps on any device, in the units of `layout`."""
    painter.fillRect(QRect(0, 0, layout.width, layout.height), QColor(scene.theme.window))
    _draw_header(painter, scene, position, layout.width)
    for (part, index), top in zip(layout.rows, layout.tops, strict=True):
        _draw_row(painter, scene, layout, part=part, index=index, top=top, position=position)


class _Layout:
    """Where the rows lie, in pixels."""

    def __init__(self, scene: Scene) -> None:
        rows: list[tuple[Part, int]] = [("train", i) for i in range(len(scene.puzzle.train))]
        rows += [("test", i) for i in range(len(scene.puzzle.test))]
        self.rows = rows
        pairs = {"train": scene.puzzle.train, "test": scene.puzzle.test}
        inputs = [pairs[part][i].input.shape for part, i in rows]
        states = [widest_state(scene.candidate, part, i) for part, i in rows]
        columns = max(shape[1] for shape in inputs) + max(shape[1] for shape in states)
        self.cell = max(SMALLEST_CELL, min(LARGEST_CELL, WIDEST // columns))
        self.state_left = MARGIN + grid_extent(max(shape[1] for shape in inputs), self.cell) + ARROW + GAP
        widest = max(shape[1] for shape in states)
        self.width = max(480, self.state_left + grid_extent(widest, self.cell) + MARGIN)
        self.tops: list[int] = []
        top = MARGIN + HEADER
        for shape, state in zip(inputs, states, strict=True):
            self.tops.append(top)
            top += grid_extent(max(shape[0], state[0]), self.cell) + GAP
        self.height = top - GAP + MARGIN


def _draw_header(painter: QPainter, scene: Scene, position: int, width: int) -> None:
    count = len(scene.titles)
    text = (
        tr("input")
        if not position
        else tr(
            "step {at} of {count}:  {word}",
            at=position,
            count=count,
            word=printable(scene.titles[position - 1]),
        )
    )
    font = QFont(painter.font())
    font.setPixelSize(18)
    painter.setFont(font)
    painter.setPen(QColor(scene.theme.text))
    box = QRect(MARGIN, MARGIN - 8, width - 2 * MARGIN, HEADER - 8)
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


def _draw_row(
    painter: QPainter, scene: Scene, layout: _Layout, *, part: Part, index: int, top: int, position: int
) -> None:
    pair = (scene.puzzle.train if part == "train" else scene.puzzle.test)[index]
    paint_grid(painter, QPoint(MARGIN, top), pair.input, layout.cell, scene.look)
    middle = top + grid_extent(pair.input.shape[0], layout.cell) // 2
    painter.setPen(QColor(scene.theme.muted))
    arrow = QRect(layout.state_left - ARROW - GAP // 2, middle - 15, ARROW, 30)
    painter.drawText(arrow, Qt.AlignmentFlag.AlignCenter, "→")
    state = step_state(scene.candidate, part, index, position)
    if state is None:
        return
    at = QPoint(layout.state_left, top)
    paint_grid(painter, at, state.grid, layout.cell, scene.look)
    _outline_changes(painter, at, state.before, state.grid, layout.cell)


def _outline_changes(painter: QPainter, at: QPoint, before: Grid | None, grid: Grid, cell: int) -> None:
    if before is None:
        return
    mask = changed_mask(before, grid)
    if not mask.all():
        paint_outline(painter, at, mask, cell)


def to_pillow(image: QImage) -> Image.Image:
    """Return a copy of a picture of Qt's as one of Pillow's."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (rgba.width(), rgba.height())
    return Image.frombytes("RGBA", size, bytes(rgba.constBits())).convert("RGB")
