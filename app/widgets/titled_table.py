"""What the models of tables have in common: titled columns, and rows without anything below them."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from app.translate import tr
from app.widgets.puzzle_list import NO_PARENT, Index


class TitledTable(QAbstractTableModel):
    """A table whose columns have the titles `TITLES`."""

    TITLES: tuple[str, ...] = ()
    """In the source language, marked for translation."""

    @abstractmethod
    def count(self) -> int:
        """Return how many rows there are."""

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows there are below `parent`: only the table itself has some."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.TITLES)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(self.TITLES[section])
        return None
