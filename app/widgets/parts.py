"""Small pieces that several panels are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.icons import SIDE, icon
from app.theme import Theme


def label(text: str, kind: str = "", wrap: bool = False) -> QLabel:
    """Return a label; `kind` is one of the style sheet's label names."""
    result = QLabel(text)
    result.setObjectName(kind)
    result.setWordWrap(wrap)
    if wrap:
        result.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    result.setTextFormat(Qt.TextFormat.PlainText)
    return result


def heading(text: str) -> QLabel:
    """Return the small capital heading of a section."""
    return label(text.upper(), "heading")


def make_surface(widget: QWidget, kind: str) -> None:
    """Let a plain widget paint the background of a "panel" or of the board's "canvas"."""
    widget.setObjectName(kind)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class PanelArea(QScrollArea):
    """Scrolls a panel that needs more height than there is; what it needs in width, it demands."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._panel = panel
        self.setWidget(panel)

    def minimumSizeHint(self) -> QSize:
        """As wide as the panel beside a scroll bar, however low."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._panel.minimumSizeHint().width() + bar, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Ask for another width where the panel needs one."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


def canvas_area(widget: QWidget) -> QScrollArea:
    """Return an area that scrolls one widget in the middle of the board's background."""
    area = QScrollArea()
    make_surface(area, "canvas")
    area.setAlignment(Qt.AlignmentFlag.AlignCenter)
    area.setWidget(widget)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def is_seen(widget: QWidget) -> bool:
    """Return whether any of it is on the screen; to Qt, a dock behind another's tab is visible too."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def column(*widgets: QWidget) -> QWidget:
    """Return widgets one below the other, as a part of a splitter."""
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(8, 0, 8, 0)
    layout.setSpacing(6)
    for widget in widgets:
        layout.addWidget(widget)
    return part


def rule() -> QFrame:
    """Return a thin horizontal line."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def set_kind(widget: QWidget, kind: str) -> None:
    """Give `widget` another of the style sheet's names."""
    if widget.objectName() != kind:
        widget.setObjectName(kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class IconButton(QToolButton):
    """A button with an icon, a tool tip and the same text for screen readers."""

    def __init__(self, name: str, tip: str, theme: Theme, shortcut: str = "") -> None:
        super().__init__()
        self._name = name
        self.setObjectName("flat")
        self.setIconSize(QSize(SIDE, SIDE))
        self.setToolTip(f"{tip} ({shortcut})" if shortcut else tip)
        self.setAccessibleName(tip)
        self.set_theme(theme)

    def set_icon(self, name: str, theme: Theme) -> None:
        """Show another icon."""
        self._name = name
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the colours of `theme`."""
        self.setIcon(icon(self._name, theme))


def paint_row_background(painter: QPainter, rect: QRect, state: QStyle.StateFlag, theme: Theme) -> None:
    """Paint what shows that a row of a list is chosen or under the mouse."""
    if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_soft if chosen else theme.raised))
        painter.drawRoundedRect(rect, 8, 8)
