"""The chips of the program strip: a step, a picture of what it makes, and parts that a click changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from app.state.view import ViewOptions
from app.translate import tr
from app.widgets.paint import paint_small
from app.widgets.slot_line import is_colour, place_of
from puzzles.grid import Grid

if TYPE_CHECKING:
    from solver.words.arguments import Argument

PICTURE = 26
"""Logical pixels of a state's picture in a chip."""
SIDES, BETWEEN, HEIGHT = 11, 7, 36
"""Logical pixels left and right of a chip's content, between picture and text, and of the whole chip."""
BAR = 3
"""Height of the line below a part that can be changed, where it is a cell colour."""
LANES, LANE, FIRST_LANE = 3, 4, 5
"""How many lines run below the chips beside each other, their distance, and that of the first."""
HEAD = 3


class StepChip(QPushButton):
    """A step: a click shows it, a click on a number, colour or other part of its name asks to change that."""

    argument_asked = Signal(int)
    """The number of the part of the name that was clicked."""
    pointed = Signal(bool)
    """The mouse is over the chip, or has left it."""

    def __init__(self, text: str, view: ViewOptions) -> None:
        super().__init__(text)
        self._view = view
        self._grid: Grid | None = None
        self._arguments: tuple[Argument, ...] = ()
        self._pressed: int | None = None
        self.setObjectName("chip")
        self.setCheckable(True)
        self.setMouseTracking(True)

    @property
    def grid(self) -> Grid | None:
        """The state whose picture is shown."""
        return self._grid

    def set_grid(self, grid: Grid | None) -> None:
        """Show the state after the step."""
        if grid is not self._grid:
            if (grid is None) != (self._grid is None):
                self.updateGeometry()
            self._grid = grid
            self.update()

    def set_arguments(self, arguments: Sequence[Argument]) -> None:
        """Let these parts of the name be changed."""
        if tuple(arguments) != self._arguments:
            self._arguments = tuple(arguments)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room for picture and text."""
        picture = PICTURE + BETWEEN if self._grid is not None else 0
        return QSize(2 * SIDES + picture + self.fontMetrics().horizontalAdvance(self.text()), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a chip is never cut."""
        return self.sizeHint()

    def rect_of(self, number: int) -> QRect:
        """Return where a part of the name stands."""
        argument, metrics = self._arguments[number], self.fontMetrics()
        place = place_of(argument)
        left = self._text_left + metrics.horizontalAdvance(self.text()[:place])
        width = metrics.horizontalAdvance(argument.value)
        return QRect(left, (self.height() - metrics.height()) // 2, width, metrics.height())

    @property
    def _text_left(self) -> int:
        return SIDES + (PICTURE + BETWEEN if self._grid is not None else 0)

    def argument_at(self, at: QPoint) -> int | None:
        """Return which part that can be changed lies at a place."""
        for number in range(len(self._arguments)):
            if self.rect_of(number).adjusted(-2, -6, 2, 6).contains(at):
                return number
        return None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip, the picture, the text, and lines below what can be changed."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        theme = self._view.theme
        if self._grid is not None:
            top = (self.height() - PICTURE) // 2
            painter.drawPixmap(QPoint(SIDES, top), self._picture(self._grid))
        colour = QColor(theme.on_accent if self.isChecked() else theme.text)
        painter.setPen(colour)
        box = QRect(self._text_left, 0, self.width() - self._text_left, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        for number, argument in enumerate(self._arguments):
            self._underline(painter, self.rect_of(number), argument, colour)
        painter.end()

    def _underline(self, painter: QPainter, rect: QRect, argument: Argument, colour: QColor) -> None:
        bottom = rect.bottom() + 1
        if is_colour(argument):
            bar = QRect(rect.left() - 1, bottom, rect.width() + 2, BAR)
            painter.fillRect(bar.adjusted(-1, -1, 1, 1), colour)
            painter.fillRect(bar, QColor(self._view.look.palette.colour(int(argument.value))))
            return
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.drawLine(rect.left(), bottom, rect.right(), bottom)

    def _picture(self, grid: Grid) -> QPixmap:
        ratio = self.devicePixelRatioF()
        side = int(PICTURE * ratio)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_small(painter, grid, side, self._view.look.palette)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note which part of the name was pressed."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.argument_at(event.position().toPoint()) if left else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the step, and ask to change the part that was clicked."""
        pressed, self._pressed = self._pressed, None
        super().mouseReleaseEvent(event)
        if pressed is not None and pressed == self.argument_at(event.position().toPoint()):
            self.argument_asked.emit(pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        over = self.argument_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell that the mouse is here."""
        self.pointed.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the mouse has gone."""
        self.pointed.emit(False)
        super().leaveEvent(event)


class Gap(QToolButton):
    """The arrow between two chips, which becomes a "+" under the mouse: put a word in here."""

    def __init__(self, shown: str, position: int) -> None:
        super().__init__()
        self._shown = shown
        self.position = position
        """How many steps come before what is put in."""
        self.setObjectName("gap")
        self.setText(shown)
        text = tr("Put in a word after step {n}", n=position) if position else tr("Put in a first word")
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setFixedSize(24, 24)

    def _lift(self, lifted: bool) -> None:
        self.setText("+" if lifted and self.isEnabled() else self._shown)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show what a click does."""
        self._lift(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Be an arrow again."""
        self._lift(self.hasFocus())
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what a key does."""
        self._lift(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be an arrow again."""
        self._lift(False)
        super().focusOutEvent(event)


class ChipLine(QWidget):
    """What the chips lie on: below them run lines from results to later steps that read them too."""

    def __init__(self, view: ViewOptions) -> None:
        super().__init__()
        self._view = view
        self._links: tuple[tuple[QWidget, QWidget], ...] = ()

    @property
    def links(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """From which chip to which the lines run."""
        return self._links

    def set_links(self, links: Sequence[tuple[QWidget, QWidget]]) -> None:
        """Draw a line for each pair of chips."""
        self._links = tuple(links)
        self.update()

    @property
    def foot(self) -> int:
        """Logical pixels that the lines take below the chips."""
        lanes = min(len(self._links), LANES)
        return FIRST_LANE + lanes * LANE if lanes else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        super().paintEvent(event)
        if not self._links:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (source, target) in enumerate(self._links):
            self._paint_link(painter, source.geometry(), target.geometry(), number % LANES)
        painter.end()

    def _paint_link(self, painter: QPainter, source: QRect, target: QRect, lane: int) -> None:
        """Paint a line down from one chip, along a lane and up to another."""
        colour = QColor(self._view.theme.muted)
        start = source.center().x() + 4 * lane
        end = target.left() + 18 + 7 * lane
        top, bottom = source.bottom() + 1, source.bottom() + FIRST_LANE + LANE * lane + 1.5
        path = QPainterPath(QPointF(start, top))
        path.lineTo(start, bottom)
        path.lineTo(end, bottom)
        path.lineTo(end, top + HEAD)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.3))
        painter.drawPath(path)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        tip = QPointF(end, top)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-HEAD, HEAD + 1), tip + QPointF(HEAD, HEAD + 1)]))
