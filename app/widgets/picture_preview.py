"""A picture as large as there is room for, never larger than it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel

SMALLEST = 200
"""Logical pixels a side."""


class PicturePreview(QLabel):
    """Shows a PNG file."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(SMALLEST, SMALLEST)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._picture = QPixmap()

    def show_png(self, content: bytes) -> None:
        """Show a picture."""
        self._picture.loadFromData(content)
        self._fit()

    def say(self, text: str) -> None:
        """Say why there is no picture."""
        self._picture = QPixmap()
        self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self.size() * ratio
        shown = self._picture
        if shown.width() > room.width() or shown.height() > room.height():
            smooth = Qt.TransformationMode.SmoothTransformation
            shown = shown.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)
