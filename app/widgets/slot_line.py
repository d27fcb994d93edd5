"""The name of a word whose parts can be changed: a click on one offers what else may stand there."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from app.state.view import ViewOptions
from app.translate import tr

if TYPE_CHECKING:
    from solver.words.arguments import Argument

SWATCH = 14
"""Pixels of a colour's picture in a menu."""
GAP = "…"


def is_colour(argument: Argument) -> bool:
    """Whether a part of a name is a cell colour: nearly all colours may stand there, and nothing else."""
    values = {argument.value, *(value for value, _ in argument.choices)}
    return len(values) >= 8 and values <= set("0123456789")


def place_of(argument: Argument) -> int:
    """Return where in the word's name the part begins."""
    return argument.shown.index(GAP)


def argument_menu(
    argument: Argument, view: ViewOptions, choose: Callable[[str], object], parent: QWidget
) -> QMenu:
    """Return a menu with what may stand in a place; `choose` is given the name of the word chosen."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    coloured = is_colour(argument)
    for value, name in argument.choices:
        action = menu.addAction(value, partial(choose, name))
        if coloured:
            action.setIcon(swatch(view, int(value)))
    return menu


def swatch(view: ViewOptions, colour: int) -> QIcon:
    """Return a small square in a cell colour."""
    pixmap = QPixmap(SWATCH, SWATCH)
    pixmap.fill(QColor(view.look.palette.colour(colour)))
    return QIcon(pixmap)


class SlotLine(QLabel):
    """Shows a name with its changeable parts as links, which keys reach too."""

    changed = Signal(str)
    """The name with another value in one place."""

    def __init__(self, view: ViewOptions) -> None:
        super().__init__()
        self._view = view
        self._arguments: tuple[Argument, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(lambda link: self.offer(int(link)))

    def show_name(self, name: str, arguments: Sequence[Argument]) -> None:
        """Show a name; nothing where no part of it can be changed."""
        self._arguments = tuple(arguments)
        self.setVisible(bool(arguments))
        self.setText(self._written(name))
        self.setAccessibleName(tr("{word}; {n} parts can be changed", word=name, n=len(arguments)))

    def offer(self, number: int) -> QMenu:
        """Open the menu of one part, at the mouse or below the line."""
        menu = argument_menu(self._arguments[number], self._view, self.changed.emit, self)
        at = QCursor.pos()
        if not self.rect().contains(self.mapFromGlobal(at)):
            at = self.mapToGlobal(QPoint(0, self.height()))
        menu.popup(at)
        return menu

    def _written(self, name: str) -> str:
        accent, at, found = self._view.theme.accent, 0, ""
        for number, argument in enumerate(self._arguments):
            place = place_of(argument)
            value = html.escape(argument.value)
            found += html.escape(name[at:place])
            found += f'<a href="{number}" style="color: {accent}"><b>{value}</b></a>'
            at = place + len(argument.value)
        return found + html.escape(name[at:])
