"""A card for each answer to the tests that was found: its picture, and how many programs give it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from app.plain import plain_tip
from app.state.attempts import same_answers
from app.state.readings import Reading, ambiguous, readings
from app.state.workbench import Workbench
from app.translate import counted, tr
from app.widgets.parts import heading, label, set_kind
from app.widgets.thumbnail import thumbnail

PICTURE = 64
"""Logical pixels a side."""
CARD = QSize(118, 108)
BAR = 14
"""Logical pixels below the cards, for their scroll bar."""


class AnswerCards(QWidget):
    """Shows the readings of the run's candidates; a card chooses the best program that gives its answer."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.readings: tuple[Reading, ...] = ()
        self._actions: tuple[QAction, ...] = ()
        self.cards = QListWidget()
        self.cards.setAccessibleName(tr("Answers found"))
        self.cards.setViewMode(QListView.ViewMode.IconMode)
        self.cards.setFlow(QListView.Flow.LeftToRight)
        self.cards.setWrapping(False)
        self.cards.setMovement(QListView.Movement.Static)
        self.cards.setIconSize(QSize(PICTURE, PICTURE))
        self.cards.setGridSize(CARD)
        self.cards.setFixedHeight(CARD.height() + BAR)
        self.cards.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = label("", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(heading(tr("answers")))
        layout.addWidget(self.note)
        layout.addWidget(self.cards)
        self.cards.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.cards.customContextMenuRequested.connect(self._offer)
        self.cards.currentRowChanged.connect(self._on_chosen)
        bench.view.changed.connect(self.relist)

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Offer `actions`, which act on the answer chosen, when a card is right-clicked."""
        self._actions = tuple(actions)

    def _offer(self, at: QPoint) -> None:
        item = self.cards.itemAt(at)
        if item is not None:
            self.cards.setCurrentItem(item)
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(list(self._actions))
            menu.popup(self.cards.viewport().mapToGlobal(at))

    def relist(self) -> None:
        """Show the answers there are now."""
        run = self._bench.run
        self.readings = readings(run.candidates, run.attempts)
        blocked = self.cards.blockSignals(True)
        self.cards.clear()
        for reading in self.readings:
            self.cards.addItem(self._card(reading))
        chosen = (
            i for i, found in enumerate(self.readings) if any(c is run.candidate for c in found.candidates)
        )
        self.cards.setCurrentRow(next(chosen, -1))
        self.cards.blockSignals(blocked)
        self.note.setVisible(ambiguous(self.readings))
        set_kind(self.note, "warn")
        self.note.setText(tr("The demonstrations allow more than one reading."))
        self.setVisible(len(self.readings) > 1)

    def _card(self, reading: Reading) -> QListWidgetItem:
        count = counted(len(reading.candidates), "{n} program", "{n} programs")
        attempt = tr("attempt {n}", n=reading.attempt) if reading.attempt else tr("not an attempt")
        mark = "✓" if reading.verified else "✗"
        palette, ratio = self._bench.view.look.palette, self.devicePixelRatioF()
        icon = thumbnail(reading.answers[0], PICTURE, palette, ratio)
        by_hand = any(same_answers(answers, reading.answers) for answers in self._bench.run.choice)
        item = QListWidgetItem(icon, f"{'✎ ' if by_hand else ''}{attempt}\n{mark} {count}")
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
        explained = counted(
            reading.verified,
            "{n} of them explains every demonstration",
            "{n} of them explain every demonstration",
        )
        steps = counted(reading.shortest, "the shortest has {n} step", "the shortest has {n} steps")
        text = f"{attempt}: {count}, {explained}, {steps}"
        if by_hand:
            text += "\n" + tr("Chosen by you.")
        item.setToolTip(plain_tip(text))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
        return item

    def _on_chosen(self, row: int) -> None:
        if 0 <= row < len(self.readings):
            self._bench.run.choose(self.readings[row].candidates[0])
