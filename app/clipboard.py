"""Between the editor and the clipboard of the desktop: grids as text and as a picture."""

from __future__ import annotations

import atexit
from functools import cache

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication

from app.state.grid_text import grid_from_text, grid_to_text
from app.state.workbench import Workbench
from app.theme import GridLook
from app.translate import tr
from app.widgets.grid_view import GridView
from app.widgets.paint import grid_extent, paint_grid
from puzzles.grid import Grid, PuzzleError

PICTURE_CELL = 24
"""Pixels of a cell of the picture that other programs are given."""


def picture_of(grid: Grid, look: GridLook) -> QImage:
    """Return a grid as it is painted on the board."""
    rows, columns = grid.shape
    size = grid_extent(columns, PICTURE_CELL), grid_extent(rows, PICTURE_CELL)
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_grid(painter, QPoint(0, 0), grid, PICTURE_CELL, look)
    painter.end()
    return image


_put: list[QMimeData] = []
"""What lies on the clipboard from here."""


def put_on_clipboard(data: QMimeData) -> None:
    """Offer data to other programs, as long as this one runs; its text is left behind at the end."""
    _let_go_at_exit()
    QGuiApplication.clipboard().setMimeData(data)
    _put[:] = [data]


@cache
def _let_go_at_exit() -> None:
    """Leave only text behind: what Python put on the clipboard, Qt would free after Python has ended."""
    atexit.register(_let_go)


def _let_go() -> None:
    if QGuiApplication.instance() is not None and QGuiApplication.clipboard().mimeData() in _put:
        QGuiApplication.clipboard().setText(QGuiApplication.clipboard().text())


class GridClipboard(QObject):
    """Copies what the editor copies, or the grid that has the focus; pastes what any program copied."""

    told = Signal(str)
    """A line about what was copied, or why nothing can be pasted."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._editor = bench.editor
        self._editor.copied.connect(self.put)

    def copy(self) -> None:
        """Copy the selection or the active grid; without one, the grid or the line that has the focus."""
        if self._editor.grid is not None:
            self._editor.copy()
            return
        focused = QApplication.focusWidget()
        grid = focused.grid if isinstance(focused, GridView) else None
        if isinstance(focused, QAbstractItemView) and focused.currentIndex().isValid():
            QGuiApplication.clipboard().setText(str(focused.currentIndex().data()))
        elif grid is None:
            self.told.emit(tr("Go to a grid first, with Tab or a click in edit mode."))
        else:
            self._editor.take(grid)

    def copy_answer(self) -> None:
        """Copy the first attempt at the test looked at, by default the first test."""
        attempts, (part, index) = self._bench.run.attempts, self._bench.pair
        test = index if part == "test" and index < len(attempts) else 0
        if attempts and attempts[test]:
            self._editor.take(attempts[test][0])

    def put(self, grid: Grid) -> None:
        """Put a grid on the clipboard, as JSON for editors and as a picture for documents."""
        data = QMimeData()
        data.setText(grid_to_text(grid))
        data.setImageData(picture_of(grid, self._bench.view.look))
        put_on_clipboard(data)
        size = f"{grid.shape[0]} × {grid.shape[1]}"
        self.told.emit(tr("Copied {size} cells, as text and as a picture", size=size))

    def paste(self) -> None:
        """Let what was copied float over the active grid; a second time, drop it there."""
        if self._editor.floating is not None or self._fetch():
            self._editor.paste()

    def paste_whole(self) -> None:
        """Replace the active grid by what was copied."""
        if self._fetch():
            self._editor.paste_whole()

    def _fetch(self) -> bool:
        """Take over what the clipboard holds; return whether there is a grid to paste."""
        text = QGuiApplication.clipboard().text()
        if text:
            try:
                self._editor.clipboard = grid_from_text(text)
            except PuzzleError as error:
                self.told.emit(str(error))
                return False
        return self._editor.clipboard is not None
