"""Pictures of grids side by side, one of which is chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListView, QListWidget

BAR = 14
"""Logical pixels below cards in a single row, for their scroll bar."""


class Cards(QListWidget):
    """A list of pictures with a text below each; the arrow keys go from one to the next."""

    def __init__(self, name: str, picture: int, card: QSize, rows: bool) -> None:
        """`rows`: fill row after row as a text does, or stand in a single row that scrolls."""
        super().__init__()
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(QSize(picture, picture))
        self.setGridSize(card)
        self.setWrapping(rows)
        if not rows:
            self.setFixedHeight(card.height() + BAR)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
