"""Teaching a procedure: perform it on a few pads, have it learned, run it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.state.procedure_words import pointer_title
from app.state.recording import Pads
from app.state.teaching import Teaching
from app.state.teaching_words import group_text, guide_text, learning_text, shown_text
from app.state.view import ViewOptions
from app.taught import POINTERS, Learned
from app.translate import tr
from app.widgets.move_pad import DIRECTION_OF, MovePad
from app.widgets.pad_maker import PadMaker
from app.widgets.pad_view import PadView
from app.widgets.parts import canvas_area, heading, label, make_surface, set_kind

SIZE = (1120, 700)
SIDE_WIDTH = 262
ROW_HEIGHT = 28
SMALLEST_CELL, LARGEST_CELL = 12, 46
FEWEST_SHOWN = 2
"""Demonstrations without which nothing can be repeated: one shows a fixed list of steps alone."""


class TeachDialog(QDialog):
    """Procedure and demonstrations on the left, the pad in the middle, what was recorded on the right."""

    def __init__(
        self, teaching: Teaching, view: ViewOptions, example: Callable[[], Pads | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Teach a procedure"))
        self.resize(*SIZE)
        self.teaching, self._view = teaching, view
        self._quiet = False
        self._build(example)
        self._arrange()
        self._connect()
        self.refresh()

    def _build(self, example: Callable[[], Pads | None]) -> None:
        teaching, view = self.teaching, self._view
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Recording"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the procedure"))
        self.problem = label("", "bad", wrap=True)
        self.forget = QPushButton(tr("Delete…"))
        self.forget.setToolTip(tr("Delete this recording"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Demonstrations"))
        self.add, self.remove = QPushButton(tr("Add a pad")), QPushButton(tr("Remove"))
        self.add.setToolTip(tr("Prepare another demonstration"))
        self.remove.setToolTip(tr("Remove this demonstration"))
        self.maker = PadMaker(teaching, view.look.palette, example)
        self.guide = label("", "muted", wrap=True)
        self.record, self.done_button = QPushButton(), QPushButton(tr("Done"))
        self.record.setToolTip(tr("Record what is done on this pad (F5)"))
        self.done_button.setToolTip(tr("End this demonstration (Ctrl+Return)"))
        self.undo = QPushButton(tr("Undo"))
        self.undo.setToolTip(tr("Take back the last move or call (Ctrl+Z)"))
        self.pad = PadView(view.look, view.theme)
        self.pad.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.moves = MovePad(teaching)
        self.recorded = QListWidget()
        self.recorded.setAccessibleName(tr("Recorded moves"))
        self.outcome = label("", "muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Learning"))
        self.learn = QPushButton()
        self.learn.setObjectName("primary")
        for button in (self.forget, self.add, self.remove, self.record, self.done_button, self.undo):
            button.setAutoDefault(False)
        self.learn.setAutoDefault(False)

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self._left())
        layout.addWidget(self._middle(), 1)
        layout.addWidget(self._right())

    def _left(self) -> QWidget:
        left, lines = _panel()
        lines.addWidget(heading(tr("Procedure")))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.which, 1)
        line.addWidget(self.forget)
        lines.addLayout(line)
        named = QHBoxLayout()
        named.setSpacing(10)
        named.addWidget(QLabel(tr("Name")))
        named.addWidget(self.name, 1)
        lines.addLayout(named)
        lines.addWidget(self.problem)
        lines.addSpacing(6)
        lines.addWidget(heading(tr("Demonstrations")))
        lines.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.remove, 1)
        lines.addLayout(buttons)
        lines.addSpacing(6)
        lines.addWidget(heading(tr("Pad")))
        lines.addWidget(self.maker)
        return left

    def _middle(self) -> QWidget:
        self.area = canvas_area(self.pad)
        head = QWidget()
        make_surface(head, "panel")
        line = QHBoxLayout(head)
        line.setContentsMargins(14, 10, 14, 10)
        line.setSpacing(8)
        line.addWidget(self.guide, 1)
        for button in (self.record, self.done_button, self.undo):
            line.addWidget(button)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.area, 1)
        column.addWidget(self.moves)
        return middle

    def _right(self) -> QWidget:
        right, lines = _panel()
        lines.addWidget(heading(tr("Recorded")))
        lines.addWidget(self.recorded, 1)
        lines.addWidget(self.bar)
        lines.addWidget(self.outcome)
        lines.addWidget(self.learn)
        return right

    def _connect(self) -> None:
        teaching = self.teaching
        teaching.changed.connect(self.refresh)
        self.which.activated.connect(self._on_which)
        self.name.textEdited.connect(self._on_name)
        self.forget.clicked.connect(self._on_forget)
        self.list.currentRowChanged.connect(self._on_row)
        self.add.clicked.connect(teaching.add)
        self.remove.clicked.connect(teaching.remove)
        self.record.clicked.connect(self._on_record)
        self.done_button.clicked.connect(teaching.done)
        self.undo.clicked.connect(teaching.undo)
        self.learn.clicked.connect(self._on_learn)
        self.pad.cell_clicked.connect(self._on_cell)
        self.pad.installEventFilter(self)
        self.area.viewport().installEventFilter(self)
        self._view.changed.connect(self._dress)
        for key, do in (
            ("F5", self._on_record),
            ("Ctrl+Return", teaching.done),
            ("Ctrl+Z", teaching.undo),
        ):
            QShortcut(QKeySequence(key), self, do)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the pad into its room, and take the keys pressed on it as moves."""
        if watched is self.area.viewport() and event.type() == QEvent.Type.Resize:
            self._fit()
        elif watched is self.pad and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Carry out a key; return whether it means anything here."""
        key, teaching = Qt.Key(event.key()), self.teaching
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        digit = key - Qt.Key.Key_0
        if key in DIRECTION_OF and control:
            teaching.push(DIRECTION_OF[key])
        elif key in DIRECTION_OF:
            self.moves.go(DIRECTION_OF[key])
        elif key == Qt.Key.Key_Space and teaching.preparing:
            brush = self.maker.brush.currentData()
            teaching.paint(*teaching.pads.pointers[teaching.pointer], brush)
        elif key == Qt.Key.Key_Space:
            teaching.write()
        elif key == Qt.Key.Key_P:
            teaching.take_pointer(teaching.pointer + 1)
        elif 0 <= digit <= 9 and (control or not teaching.preparing):
            teaching.take_hand(digit)
        elif 0 <= digit <= 9:
            self.maker.choose(digit)
        else:
            return False
        return True

    def _on_cell(self, row: int, column: int) -> None:
        """A click draws before a recording; then it moves the pointer to a neighbour, or writes under it."""
        teaching = self.teaching
        if teaching.preparing:
            teaching.paint(row, column, self.maker.brush.currentData())
            return
        at = teaching.pads.pointers[teaching.pointer]
        step = (row - at[0], column - at[1])
        if step == (0, 0):
            teaching.write()
        elif step in _STEPS:
            self.moves.go(_STEPS.index(step))

    def _on_record(self) -> None:
        if not self.teaching.recording:
            self.teaching.record()
            self.pad.setFocus()

    def _on_learn(self) -> None:
        if self.teaching.learning:
            self.teaching.cancel()
        elif isinstance(self.teaching.result, Learned):
            self.accept()
        else:
            self.teaching.learn()

    def _on_which(self, place: int) -> None:
        name = self.which.itemData(place)
        if name is None:
            self.teaching.begin()
            self.name.setFocus()
            self.name.selectAll()
        elif name != self.teaching.name:
            self.teaching.open(name)

    def _on_name(self, text: str) -> None:
        at = self.name.cursorPosition()
        self.name.setText(text.upper().replace(" ", "_").replace("-", "_"))
        self.name.setCursorPosition(at)
        self.teaching.rename(self.name.text())

    def _on_forget(self) -> None:
        if dialogs.ask_to_delete_recording(self, self.teaching.name):
            self.teaching.forget()

    def _on_row(self, row: int) -> None:
        if row >= 0 and not self._quiet and row != self.teaching.at:
            self.teaching.done()
            self.teaching.select(row)

    def done(self, result: int) -> None:
        """End what is under way when the dialog is closed; what was recorded is kept."""
        self.teaching.cancel()
        self.teaching.done()
        super().done(result)

    def refresh(self) -> None:
        """Show everything as it is now."""
        self._quiet = True
        self._show_procedure()
        self._show_demonstrations()
        self._show_pad()
        self._show_learning()
        self._quiet = False

    def _show_procedure(self) -> None:
        teaching = self.teaching
        names = teaching.recordings.names()
        listed = [self.which.itemData(place) for place in range(self.which.count())]
        if listed != [None, *names]:  # refilled under the mouse, an open list would close
            self.which.clear()
            self.which.addItem(tr("New procedure"), None)
            for name in names:
                self.which.addItem(name, name)
        self.which.setCurrentIndex(max(0, self.which.findData(teaching.name)))
        self.forget.setEnabled(teaching.name in names)
        if not self.name.hasFocus():
            self.name.setText(teaching.name)
        self.problem.setText(teaching.name_problem)
        self.problem.setVisible(bool(teaching.name_problem))

    def _show_demonstrations(self) -> None:
        teaching = self.teaching
        _fill(
            self.list,
            [
                shown_text(place + 1, one, teaching.recording and place == teaching.at)
                for place, one in enumerate(teaching.shown)
            ],
            teaching.at,
        )
        groups = teaching.here.groups
        texts = [f"{number}.  {group_text(group)}" for number, group in enumerate(groups, 1)]
        _fill(self.recorded, texts, len(texts) - 1 if teaching.marked is None else teaching.marked)
        self.add.setEnabled(not teaching.preparing and not teaching.recording)
        self.remove.setEnabled(bool(groups) or len(teaching.shown) > 1)

    def _show_pad(self) -> None:
        teaching = self.teaching
        changed_shape = self.pad.grid is None or self.pad.grid.shape != teaching.pads.cells.shape
        names = tuple(pointer_title(name) for name in POINTERS)
        self.pad.show_pads(teaching.pads, names, teaching.changes)
        self.pad.put_cursor(teaching.pads.pointers[teaching.pointer])
        if changed_shape:
            self._fit()
        set_kind(self.guide, "warn" if teaching.notice else "muted")
        self.guide.setText(guide_text(teaching))
        self.record.setText(tr("Go on") if teaching.here.groups else tr("Record"))
        self.record.setEnabled(not teaching.recording)
        self.done_button.setEnabled(teaching.recording)
        set_kind(self.record, "" if teaching.recording or not teaching.preparing else "primary")
        set_kind(self.done_button, "primary" if teaching.recording else "")
        self.undo.setEnabled(bool(teaching.here.groups))

    def _show_learning(self) -> None:
        teaching = self.teaching
        learned = isinstance(teaching.result, Learned)
        refused = bool(teaching.error) or (teaching.result is not None and not learned)
        set_kind(self.outcome, "bad" if refused else "good" if learned else "muted")
        self.outcome.setText(learning_text(teaching))
        self.outcome.setVisible(bool(self.outcome.text()))
        progress = teaching.progress
        self.bar.setVisible(teaching.learning)
        self.bar.setRange(0, 0 if progress is None else progress.most)
        if progress is not None:
            self.bar.setValue(progress.iterations)
        few = len(teaching.performed) < FEWEST_SHOWN
        self.learn.setText(
            tr("Stop")
            if teaching.learning
            else tr("Run it")
            if learned
            else tr("Learn from one")
            if few and teaching.performed
            else tr("Learn")
        )
        self.learn.setEnabled(teaching.learning or learned or teaching.can_learn)

    def _fit(self) -> None:
        """Give the cells the largest size at which the pad can be seen whole, or one that can be read."""
        room, (rows, columns) = self.area.viewport().size(), self.teaching.pads.cells.shape
        cell = min(room.width() // (columns + 2), room.height() // (rows + 2)) - 1
        self.pad.set_cell(max(SMALLEST_CELL, min(LARGEST_CELL, cell)))

    def _dress(self) -> None:
        self.pad.set_look(self._view.look, self._view.theme)
        self.maker.set_palette(self._view.look.palette)


_STEPS = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def _panel() -> tuple[QWidget, QVBoxLayout]:
    """A column at a side."""
    panel = QWidget()
    make_surface(panel, "panel")
    panel.setFixedWidth(SIDE_WIDTH)
    lines = QVBoxLayout(panel)
    lines.setContentsMargins(12, 12, 12, 12)
    lines.setSpacing(8)
    return panel, lines


def _fill(view: QListWidget, texts: list[str], chosen: int) -> None:
    """Show these lines; only what is another one is touched, as lists grow by a move at a time."""
    while view.count() > len(texts):
        view.takeItem(view.count() - 1)
    for place, text in enumerate(texts):
        item = view.item(place)
        if item is None:
            item = QListWidgetItem(text)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            view.addItem(item)
        elif item.text() != text:
            item.setText(text)
    view.setCurrentRow(chosen)
    if chosen >= 0:
        view.scrollToItem(view.item(chosen))
