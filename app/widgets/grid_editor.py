"""A grid on the board that can be drawn on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen

from app.state import drawing
from app.state.draft import Place
from app.state.drawing import Cell, Region
from app.state.editor import Drawable, Mode, Tool
from app.translate import mark, tr
from app.widgets.grid_view import ARROWS, GridView
from app.widgets.paint import paint_grid
from puzzles.grid import Grid

HANDLE = 9
"""Logical pixels of the squares that resize the grid."""
Axes = tuple[bool, bool]
"""Whether a handle changes the rows, and whether the columns."""
HANDLE_POINTERS: dict[Axes, Qt.CursorShape] = {
    (True, True): Qt.CursorShape.SizeFDiagCursor,
    (True, False): Qt.CursorShape.SizeVerCursor,
    (False, True): Qt.CursorShape.SizeHorCursor,
}
"""The handles of the active grid: at its lower right corner, below and at the right."""
STROKE_TEXT = {
    Tool.PENCIL: mark("draw"),
    Tool.LINE: mark("draw a line"),
    Tool.RECTANGLE: mark("draw a rectangle"),
}


class GridEditor(GridView):
    """Turns drags and keys into strokes; a stroke is shown at once and becomes one edit when it ends."""

    begin_asked = Signal()
    """A click where there is no grid yet."""
    pointed = Signal(int, int)
    """The mouse is over another cell, or it was read by keyboard: its row and column."""
    mark_asked = Signal(int, int)
    """A click with Ctrl on a cell of a grid that is not drawn on: its row and column."""

    def __init__(self, bench: Drawable, place: Place, role: str) -> None:
        super().__init__(role, bench.view.look, bench.view.theme)
        self._bench = bench
        self._editor = bench.editor
        self.place = place
        self._start: Cell | None = None
        self._base: Grid | None = None
        self._stroke: list[Cell] = []
        self._moving: Region | None = None
        self._resizing: Axes | None = None
        self.setMouseTracking(True)
        self._editor.changed.connect(self._on_editor)
        self._on_editor()

    @property
    def active(self) -> bool:
        """Whether commands act on this grid."""
        return self.drawable and self._editor.active == self.place

    @property
    def drawable(self) -> bool:
        """Whether this grid may be drawn on now."""
        return self._editor.may_draw(self.place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke, a selection, a move or a resize."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if self.grid is None:
            self.begin_asked.emit()
            return
        if not self.drawable and self.place.side == "answer" and not self._editor.enabled:
            self._editor.set_mode(Mode.ANSWER)  # a click on an answer goes on with it
        if not self.drawable:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.mark_asked.emit(*self.cell_at(event.position().toPoint()))
                return
            event.ignore()
            return
        point = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.active and self._editor.floating is not None:
            self._editor.float_to(self._under(point))
            self._editor.drop()
            return
        on_handle = self._handle_at(point)
        cell = self._clamp(self.cell_at(point))
        self._editor.activate(self.place, cell)
        self._base, self._start, self._resizing = self.grid, cell, on_handle
        if on_handle is None:
            self._press(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continue what was begun."""
        point = event.position().toPoint()
        self.pointed.emit(*self.cell_at(point))
        if self.active and self._editor.floating is not None:
            self._editor.float_to(self._under(point))
            return
        if self._start is None or self._base is None:
            over = self._handle_at(point)
            self._set_cursor(self._pointer() if over is None else HANDLE_POINTERS[over])
            return
        if self._resizing is not None:
            (row, column), (rows, columns) = self.cell_at(point), self._base.shape
            down, across = self._resizing
            size = (row + 1 if down else rows, column + 1 if across else columns)
            self.show_grid(drawing.resized(self._base, *size))
            return
        self._drag(self._clamp(self.cell_at(point)), event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Make one edit of it."""
        if self._start is None or self._base is None:
            event.ignore()
            return
        preview, base = self.grid, self._base
        tool, moving = self._editor.tool, self._moving
        self._start, self._base, self._moving, self._stroke = None, None, None, []
        if preview is None or preview is base:
            return
        self.show_grid(base)
        if self._resizing is not None:
            self._editor.put(tr("resize"), preview)
        elif moving is not None:
            selection = self._editor.selection
            self._editor.put(tr("move"), preview)
            self._editor.select(selection)
        else:
            self._editor.put(tr(STROKE_TEXT.get(tool, "draw")), preview)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cell cursor, or use the tool at it."""
        key = Qt.Key(event.key())
        if not self.drawable or self.grid is None:
            super().keyPressEvent(event)
        elif self.active and self._editor.floating is not None:
            self._float(key)
        elif key in ARROWS:
            self._step(ARROWS[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._use_at_cursor()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the cell cursor from becoming shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = (*ARROWS, Qt.Key.Key_Space, Qt.Key.Key_Return)
            if self._editor.floating is not None:
                wanted = (*wanted, Qt.Key.Key_Escape)
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if self.drawable and plain and event.key() in wanted:
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the active grid."""
        super().focusInEvent(event)
        if self.drawable and self.grid is not None and not self.active:
            self._editor.activate(self.place, (0, 0))

    def read_out(self, cell: Cell) -> None:
        """Let screen readers say what is in a cell, and let commands be about it."""
        super().read_out(cell)
        self.pointed.emit(*cell)

    def paint_over(self, painter: QPainter, at: QPoint, cell: int) -> None:
        """Paint the frame of the active grid, the selection, the cursor and the handle."""
        if not self.drawable:
            super().paint_over(painter, at, cell)
        if not self.active or self.grid is None:
            return
        rows, columns = self.grid.shape
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ratio = cell / self._cell
        accent = QColor(self._theme.accent)
        painter.setPen(QPen(accent, max(2, round(2 * ratio))))
        painter.drawRect(at.x(), at.y(), columns * cell, rows * cell)
        selection = self._editor.selection
        if self._editor.floating is not None:
            self._paint_floating(painter, at, cell, self._editor.floating)
        elif selection is not None:
            self.paint_frame(painter, at, cell, selection, Qt.PenStyle.DashLine)
        elif self.hasFocus():
            row, column = self._editor.cursor
            self.paint_frame(painter, at, cell, Region(row, column, row, column))
        side = round(HANDLE * ratio)
        for down, across in HANDLE_POINTERS:
            x = columns * cell if across else columns * cell // 2
            y = rows * cell if down else rows * cell // 2
            painter.fillRect(QRect(at.x() + x - side // 2, at.y() + y - side // 2, side, side), accent)

    def _paint_floating(self, painter: QPainter, at: QPoint, cell: int, piece: Grid) -> None:
        """Paint what is about to be pasted, as far as it lies on the grid."""
        top, left = self._editor.cursor
        rows, columns = self._shape
        painter.save()
        painter.setClipRect(QRect(at.x(), at.y(), columns * cell + 2, rows * cell + 2))
        corner = at + QPoint(left * cell, top * cell)
        paint_grid(painter, corner, piece, cell, self._look)
        region = Region(top, left, top + piece.shape[0] - 1, left + piece.shape[1] - 1)
        self.paint_frame(painter, at, cell, region, Qt.PenStyle.DashLine)
        painter.restore()

    def _under(self, point: QPoint) -> Cell:
        """Return where the corner of what floats comes to be when its middle is at a point."""
        piece = self._editor.floating
        row, column = self.cell_at(point)
        if piece is None:
            return row, column
        return row - piece.shape[0] // 2, column - piece.shape[1] // 2

    def _float(self, key: Qt.Key) -> None:
        """Move what floats, drop it or put it away."""
        if key in ARROWS:
            row, column = self._editor.cursor
            self._editor.float_to((row + ARROWS[key][0], column + ARROWS[key][1]))
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._editor.drop()
        elif key == Qt.Key.Key_Escape:
            self._editor.put_away()

    def _press(self, cell: Cell) -> None:
        tool, grid = self._editor.tool, self._base
        if grid is None:
            return
        if tool is Tool.PICK:
            self._editor.choose_colour(int(grid[cell]))
            self._start = None
        elif tool is Tool.FILL:
            self._start = None
            self._editor.put(tr("fill"), drawing.paint(grid, drawing.flood(grid, cell), self._editor.colour))
        elif tool is Tool.SELECT:
            selection = self._editor.selection
            self._moving = selection if selection is not None and cell in selection else None
            if self._moving is None:
                self._editor.select(Region.spanning(cell, cell))
        else:
            self._drag(cell, Qt.KeyboardModifier.NoModifier)

    def _drag(self, cell: Cell, modifiers: Qt.KeyboardModifier) -> None:
        tool, base, start = self._editor.tool, self._base, self._start
        if base is None or start is None:
            return
        if tool is Tool.SELECT:
            self._drag_selection(base, start, cell)
            return
        if tool is Tool.PENCIL:
            self._stroke += drawing.line(self._stroke[-1] if self._stroke else cell, cell)
            cells = self._stroke
        elif tool is Tool.LINE:
            cells = drawing.line(start, cell)
        else:
            filled = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            cells = drawing.rectangle(start, cell, filled)
        self.show_grid(drawing.paint(base, cells, self._editor.colour))

    def _drag_selection(self, base: Grid, start: Cell, cell: Cell) -> None:
        if self._moving is None:
            self._editor.select(Region.spanning(start, cell))
            return
        target = self._moving.moved((cell[0] - start[0], cell[1] - start[1]))
        piece = drawing.cut_out(base, self._moving)
        self.show_grid(drawing.pasted(drawing.erased(base, self._moving), piece, target[:2]))
        self._editor.select(target.clipped(base))

    def _step(self, by: Cell, extend: bool) -> None:
        row, column = self._editor.cursor
        cell = self._clamp((row + by[0], column + by[1]))
        if extend:
            selection = self._editor.selection or Region(row, column, row, column)
            far = (
                selection.bottom if row == selection.top else selection.top,
                selection.right if column == selection.left else selection.left,
            )
            self._editor.activate(self.place, cell)
            self._editor.select(Region.spanning(far, cell))
        else:
            self._editor.select(None)
            self._editor.activate(self.place, cell)
        self.read_out(cell)

    def _use_at_cursor(self) -> None:
        grid, cell = self.grid, self._editor.cursor
        if grid is None:
            return
        if self._editor.tool is Tool.PICK:
            self._editor.choose_colour(int(grid[cell]))
            return
        cells = drawing.flood(grid, cell) if self._editor.tool is Tool.FILL else [cell]
        self._editor.put(tr("draw"), drawing.paint(grid, cells, self._editor.colour))

    def _clamp(self, cell: Cell) -> Cell:
        rows, columns = self._base.shape if self._base is not None else self._shape
        return max(0, min(rows - 1, cell[0])), max(0, min(columns - 1, cell[1]))

    def _handle_at(self, point: QPoint) -> Axes | None:
        """Return which sides the handle under a point moves; None where there is no handle."""
        if not self.active:
            return None
        rows, columns = self._shape
        for down, across in HANDLE_POINTERS:
            middle = self._corner + QPoint(
                columns * self._cell // (1 if across else 2), rows * self._cell // (1 if down else 2)
            )
            reach = HANDLE if down and across else HANDLE // 2 + 1
            if (point - middle).manhattanLength() <= 2 * reach and self._at_edge(point, down, across):
                return down, across
        return None

    def _at_edge(self, point: QPoint, down: bool, across: bool) -> bool:
        """Whether a point is so near the edges a handle moves that drawing in the cells stays possible."""
        rows, columns = self._shape
        edge = self._corner + QPoint(columns * self._cell, rows * self._cell)
        near = HANDLE if down and across else 3
        return (not down or point.y() >= edge.y() - near) and (not across or point.x() >= edge.x() - near)

    def _pointer(self) -> Qt.CursorShape:
        if self.grid is None:
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.CrossCursor if self.drawable else Qt.CursorShape.ArrowCursor

    def _set_cursor(self, shape: Qt.CursorShape) -> None:
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _on_editor(self) -> None:
        editing = self.drawable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if editing else Qt.FocusPolicy.TabFocus)
        self._set_cursor(self._pointer())
        self.update()
