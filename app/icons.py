"""Line icons from assets/icons, drawn in a theme's colours."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.theme import Theme

SIDE = 18
"""Logical pixels an icon takes."""
SCALES = (1, 2, 3)
"""Device pixel ratios drawn sharply."""


def icon(name: str, theme: Theme) -> QIcon:
    """Return the icon `name` in the text colour of `theme`, muted where it is disabled."""
    return _icon(name, theme.text, theme.muted)


def app_icon() -> QIcon:
    """Return the icon of the application."""
    renderer = QSvgRenderer(QByteArray(_source("glossa").encode()))
    result = QIcon()
    for side in (16, 32, 64, 128, 256):
        result.addPixmap(_draw(renderer, side, 1))
    return result


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    result = QIcon()
    for tint, mode in ((colour, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", tint).encode()))
        for scale in SCALES:
            result.addPixmap(_draw(renderer, SIDE, scale), mode)
    return result


def _draw(renderer: QSvgRenderer, side: int, scale: int) -> QPixmap:
    pixmap = QPixmap(QSize(side, side) * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _source(name: str) -> str:
    return files("assets").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")
