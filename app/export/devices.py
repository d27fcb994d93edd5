"""What pictures are painted on: pixels, drawings and pages, each from a function that paints."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QPageLayout, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from app.translate import tr
from puzzles.terminal import printable
from solver.words.program import ProgramError

Paint = Callable[[QPainter], None]
"""Paints one picture from the corner (0, 0), in the units of its size."""
Size = tuple[int, int]
"""Width and height."""
LARGEST_SIDE = 32_767
"""Pixels that Qt paints at most in one direction."""
PDF_DPI = 300


def as_image(size: Size, paint: Paint, what: str) -> QImage:
    """Paint pixels; raise `ProgramError` naming `what` where Qt knows no picture that large."""
    if max(size) > LARGEST_SIDE:
        text = tr(
            "{what}: a picture {width} × {height} pixels large, expected at most {most} a side",
            what=what,
            width=size[0],
            height=size[1],
            most=LARGEST_SIDE,
        )
        raise ProgramError(text)
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def as_pillow(image: QImage) -> Image.Image:
    """Return the same pixels for Pillow, which writes animations too."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (rgba.width(), rgba.height())
    return Image.frombytes("RGBA", size, bytes(rgba.constBits())).convert("RGB")


def as_png(size: Size, paint: Paint, what: str) -> bytes:
    """Return a PNG file; raise `ProgramError` as `as_image` does."""
    stream = io.BytesIO()
    as_pillow(as_image(size, paint, what)).save(stream, "PNG")
    return stream.getvalue()


def as_svg(size: Size, paint: Paint, title: str) -> bytes:
    """Return an SVG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(*size))
    generator.setViewBox(QRect(0, 0, *size))
    generator.setTitle(printable(title))  # XML has no control characters
    painter = QPainter(generator)
    paint(painter)
    painter.end()
    return bytes(buffer.data().data())


def as_pdf(size: Size, pages: Sequence[Paint], title: str) -> bytes:
    """Return a PDF file; all pages have the same size and scale, and lie if they are wider than high."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(printable(title))
    writer.setResolution(PDF_DPI)
    wide = size[0] > size[1]
    writer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    painter = QPainter(writer)
    scale = min(writer.width() / size[0], writer.height() / size[1])
    painter.scale(scale, scale)
    for number, paint in enumerate(pages):
        if number:
            writer.newPage()
        paint(painter)
    painter.end()
    return bytes(buffer.data().data())
