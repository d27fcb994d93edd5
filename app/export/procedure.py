"""A run of a procedure as files: the pad as a picture, the run as an animation, the call tree as JSON.

What makes the bytes asks for no window and changes nothing, so it may run in the solver's thread.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from app.export.devices import as_pillow
from app.export.picture import MARGIN, REST_MS, animate, merge_frames
from app.procedures import TaskFacts, Thought
from app.state.procedure_words import made_text
from app.state.recording import Pads, Recording, grid_of
from app.theme import GridLook, Theme
from app.translate import tr
from app.widgets.pad_view import CORNERS, paint_pointer
from app.widgets.paint import grid_extent, paint_grid

VERSION = 1
MOST_FRAMES = 300
"""Of an animation; of longer runs every second, third … step is shown."""
STEP_MS = 180
WIDEST, TALLEST = 1000, 640
LARGEST_CELL, SMALLEST_CELL = 32, 4
HEADER, FOOTER = 34, 26
LEAST_WIDTH = 320


@dataclass(frozen=True)
class Moment:
    """A pad to be painted and what is written above it."""

    pads: Pads
    title: str


@dataclass(frozen=True)
class PadStyle:
    """What all pictures of one run have in common."""

    look: GridLook
    theme: Theme
    pointers: tuple[str, ...]
    """Their names, as people read them."""


def moment_at(recording: Recording, facts: TaskFacts, position: int) -> Moment:
    """Return the pad after `position` steps with the step that led to it."""
    if not position:
        return Moment(recording.pad(0), tr("before the first step"))
    what = made_text(facts, recording.steps[position - 1].made)
    title = tr("step {at} of {count}:  {word}", at=position, count=len(recording), word=what)
    return Moment(recording.pad(position), title)


def moments_of(recording: Recording, facts: TaskFacts) -> list[Moment]:
    """Return as many moments of a run as an animation takes, evenly spread, the last one among them."""
    stride = -(-(len(recording) + 1) // MOST_FRAMES)
    positions = sorted({*range(0, len(recording) + 1, stride), len(recording)})
    return [moment_at(recording, facts, position) for position in positions]


def png_bytes(moment: Moment, style: PadStyle) -> bytes:
    """Return one pad as a PNG file."""
    stream = io.BytesIO()
    _draw(moment, style).save(stream, "PNG")
    return stream.getvalue()


def gif_bytes(moments: Sequence[Moment], style: PadStyle) -> bytes:
    """Return moments of a run as an animated GIF that repeats for ever."""
    frames = [_draw(moment, style) for moment in moments]
    return animate(*merge_frames(frames, [STEP_MS] * (len(frames) - 1) + [REST_MS]))


def json_bytes(
    recording: Recording, end: Pads, facts: TaskFacts, outcome: str, thoughts: Sequence[Thought]
) -> bytes:
    """Return the call tree as JSON; `end` is the pad after the last step.

    Calls name the call they are in, because calls inside each other would be too deep for readers of JSON.
    """
    calls = [
        {
            "program": frame.program,
            "arguments": frame.arguments,
            "in": None if frame.parent < 0 else frame.parent,
            "called by step": None if frame.began < 0 else frame.began,
            "returned at step": frame.ended,
        }
        for frame in recording.frames
    ]
    document = {
        "format": "glossa call tree",
        "version": VERSION,
        "task": facts.name,
        "pointers": facts.pointers,
        "components": facts.components,
        "start": _pad_document(recording.start),
        "end": _pad_document(end),
        "outcome": outcome,
        "first wrong step": recording.diverged,
        "calls": calls,
    }
    head = json.dumps(document, indent=1)[:-2]
    lines = [json.dumps(_step_document(recording, now, thoughts)) for now in range(len(recording))]
    return (head + ',\n "steps": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n").encode()


def _pad_document(pads: Pads) -> dict[str, Any]:
    return {"cells": pads.cells.tolist(), "pointers": pads.pointers, "hand": pads.hand}


def _step_document(recording: Recording, now: int, thoughts: Sequence[Thought]) -> dict[str, Any]:
    step = recording.steps[now]
    document: dict[str, Any] = {
        "in": recording.owners[now],
        "does": step.made.kind,
        "program": step.made.program,
        "arguments": step.made.arguments,
        "saw": step.seen,
        "changes": step.changes,
        "pointers": step.pointers,
    }
    if now < len(thoughts):
        document["returns"] = round(thoughts[now].end, 6)
        document["match"] = round(max(thoughts[now].matches), 6)
    return document


def _draw(moment: Moment, style: PadStyle) -> Image.Image:
    rows, columns = moment.pads.cells.shape
    cell = min(LARGEST_CELL, WIDEST // (columns + 2), TALLEST // (rows + 2))
    cell = max(SMALLEST_CELL, cell)
    width = max(LEAST_WIDTH, grid_extent(columns + 2, cell) + 2 * MARGIN)
    height = HEADER + grid_extent(rows + 2, cell) + FOOTER + MARGIN
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(style.theme.window))
    painter = QPainter(image)
    font = QFont(painter.font())
    font.setPixelSize(15)
    painter.setFont(font)
    painter.setPen(QColor(style.theme.text))
    box = QRect(MARGIN, 8, width - 2 * MARGIN, HEADER - 8)
    title = painter.fontMetrics().elidedText(moment.title, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
    left = (width - grid_extent(columns, cell)) // 2
    top = HEADER + cell
    paint_grid(painter, QPoint(left, top), grid_of(moment.pads), cell, style.look)
    for which, (row, column) in enumerate(moment.pads.pointers):
        paint_pointer(painter, QPointF(left + column * cell + 0.5, top + row * cell + 0.5), cell, which)
    _draw_key(painter, style, height - FOOTER - MARGIN // 2)
    painter.end()
    return as_pillow(image)


def _draw_key(painter: QPainter, style: PadStyle, top: int) -> None:
    """Write which mark is which pointer."""
    left, side = MARGIN, 14
    font = QFont(painter.font())
    font.setPixelSize(12)
    painter.setFont(font)
    for which, name in enumerate(style.pointers):
        right, down = CORNERS[which % len(CORNERS)]
        corner = QPointF(left - right * side, top - down * side)  # its cell is twice as large
        paint_pointer(painter, corner, 2 * side, which)
        painter.setPen(QColor(style.theme.muted))
        painter.drawText(left + side + 5, top + side - 2, name)
        left += side + 20 + painter.fontMetrics().horizontalAdvance(name)
