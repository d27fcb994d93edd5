"""A person's hand on the board: where grids are, dragging over them, reading them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.state.draft import Place, grid_at

LEFT = Qt.MouseButton.LeftButton


def view(window, row=0, side="input"):
    return getattr(window.board.rows[row], side)


def drag(grid_view, *cells, modifiers=Qt.KeyboardModifier.NoModifier):
    points = [grid_view.cell_centre(*cell) for cell in cells]
    QTest.mousePress(grid_view, LEFT, modifiers, points[0])
    for point in points[1:]:
        QTest.mouseMove(grid_view, point)
    QTest.mouseRelease(grid_view, LEFT, modifiers, points[-1])


def cells(window, place=Place("train", 0, "input")):  # noqa: B008
    return grid_at(window.bench.document.draft, place).tolist()
