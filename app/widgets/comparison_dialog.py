"""Two programs step by step, one above the other: where they part, and which cells differ."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.plain import plain_tip
from app.state.comparison import (
    Column,
    Compared,
    Pair,
    align,
    answers_text,
    compare,
    first_parted,
    pairs_of,
    parting,
    parting_text,
)
from app.state.rows import judge
from app.state.workbench import Workbench
from app.translate import tr
from app.widgets.grid_view import GridView
from app.widgets.parts import IconButton, label, make_surface, set_kind
from puzzles.files import read_text
from puzzles.grid import Grid, PuzzleError
from solver.words.program import Program, ProgramError, program_from_json
from solver.words.results import Candidate

SIZE = (980, 640)
NAMES = ("A", "B")
SMALLEST_CELL, LARGEST_CELL = 4, 30
NARROWEST = 168
"""Logical pixels of a column: the title of a word can be read."""
IN_SIGHT = 2.6
"""Columns that are seen at once at least, whatever the size of the grids."""
PADDING = 10


def program_line(bench: Workbench, candidate: Candidate) -> str:
    """Write a program on a line: how right it is, and its words."""
    words = "  →  ".join(bench.titles(candidate)) or tr("no steps")
    by_hand = "✎ " if candidate is bench.run.adopted else ""
    verdict = "✓" if candidate.verified else f"✗ {sum(candidate.wrong)}"
    return f"{verdict}   {by_hand}{words}"


class ComparedGrid(GridView):
    """A state whose outlined cells are not as in the other program's."""

    def outlined_text(self) -> str:
        """Return what is said of a cell that is outlined."""
        return tr("differs")


class StateCell(QWidget):
    """One state: what made it, and its grid."""

    def __init__(self, program: str, title: str, bench: Workbench) -> None:
        super().__init__()
        self._title = title
        self.caption = label("", "muted")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.caption.setToolTip(plain_tip(title))
        self.grid = ComparedGrid(f"{program}, {title}", bench.view.look, bench.view.theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addStretch(1)
        layout.addWidget(self.caption)
        layout.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def fit_title(self, width: int) -> None:
        """Cut the title where it is wider than `width`."""
        metrics = self.caption.fontMetrics()
        self.caption.setText(metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, width))


class ComparedColumn(QFrame):
    """Two states side by side in the alignment, one above the other, and how they differ."""

    def __init__(self, column: Column, titles: tuple[str, str], bench: Workbench) -> None:
        super().__init__()
        self.setObjectName("column")
        self.cells = tuple(
            StateCell(name, title, bench) if at is not None else None
            for name, title, at in zip(NAMES, titles, (column.first, column.second), strict=True)
        )
        self.note = label("", "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(6)
        upper, lower = (cell if cell is not None else _nothing() for cell in self.cells)
        layout.addWidget(upper, 1)
        layout.addWidget(self.note)
        layout.addWidget(lower, 1)

    def show_states(self, compared: Compared, wanted: Grid | None, parts: bool) -> None:
        """Show two states, what differs outlined; `wanted` is what the last of a program should be."""
        for cell, grid in zip(self.cells, (compared.first, compared.second), strict=True):
            if cell is not None:
                verdict = judge(grid, wanted) if grid is not None and wanted is not None else None
                wrong = verdict.mask if verdict is not None and verdict.same_size else None
                cell.grid.show_grid(grid, changed=compared.mask, wrong=wrong)
        self.note.setText(compared.text)
        set_kind(self.note, "warn" if compared.both and not compared.alike else "muted")
        set_kind(self, "parting" if parts else "column")

    @property
    def grids(self) -> list[ComparedGrid]:
        """The grids there are."""
        return [cell.grid for cell in self.cells if cell is not None]

    def fit(self, cell: int) -> None:
        """Take cells of a size, and the width that the wider grid and the titles need."""
        inside = NARROWEST - 2 * PADDING
        for grid in self.grids:
            grid.set_cell(cell)
            inside = max(inside, grid.sizeHint().width())
        for state in self.cells:
            if state is not None:
                state.fit_title(inside)
        self.setFixedWidth(inside + 2 * PADDING + 4)


class ComparisonDialog(QDialog):
    """Two programs for the open puzzle; the left and right keys turn to another demonstration or test."""

    def __init__(self, bench: Workbench, first: Candidate, second: Candidate, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compare programs"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._bench = bench
        self.programs = [first, second]
        self._listed: tuple[Candidate, ...] = ()
        self.pairs: tuple[Pair, ...] = ()
        self.at = 0
        self.compared: tuple[Compared, ...] = ()
        self.columns: list[ComparedColumn] = []
        self._alignment: tuple[Column, ...] = ()
        self._awaited: Program | None = None
        """A program of a file that is being run."""
        self.choosers = [_chooser(name) for name in NAMES]
        theme = bench.view.theme
        self.back = IconButton("previous", tr("Pair before"), theme, "Left")
        self.on = IconButton("next", tr("Pair after"), theme, "Right")
        self.file = QPushButton(tr("From a file…"))
        self.file.setToolTip(tr("Run the program of a file on this puzzle, and compare it as B"))
        self.file.setAutoDefault(False)
        self.where = label("")
        self.says = label("", wrap=True)
        self._arrange()
        self._connect()
        self._list()
        self.realign()

    def _arrange(self) -> None:
        head = QGridLayout()
        head.setHorizontalSpacing(10)
        head.setColumnStretch(1, 1)
        for row, (name, chooser) in enumerate(zip(NAMES, self.choosers, strict=True)):
            head.addWidget(_letter(name), row, 0)
            head.addWidget(chooser, row, 1)
        head.addWidget(self.file, 1, 2)
        turn = QHBoxLayout()
        turn.setSpacing(4)
        turn.addWidget(self.back)
        turn.addWidget(self.where)
        turn.addWidget(self.on)
        turn.addSpacing(12)
        turn.addWidget(self.says, 1)
        self._line = QWidget()
        make_surface(self._line, "canvas")
        self._states = QHBoxLayout(self._line)
        self._states.setContentsMargins(4, 4, 4, 4)
        self._states.setSpacing(2)
        self.area = QScrollArea()
        make_surface(self.area, "canvas")
        self.area.setWidget(self._line)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().installEventFilter(self)
        letters = QVBoxLayout()
        for name in NAMES:
            letters.addWidget(_letter(name), 1, Qt.AlignmentFlag.AlignVCenter)
        rows = QHBoxLayout()
        rows.addLayout(letters)
        rows.addWidget(self.area, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(turn)
        layout.addLayout(rows, 1)

    def _connect(self) -> None:
        for place, chooser in enumerate(self.choosers):
            chooser.activated.connect(partial(self._on_chosen, place))
        self.file.clicked.connect(self._ask_file)
        self.back.clicked.connect(self.turn_back)
        self.on.clicked.connect(self.turn_on)
        QShortcut(QKeySequence("Left"), self, self.turn_back)
        QShortcut(QKeySequence("Right"), self, self.turn_on)
        self._bench.run.changed.connect(self._list)
        self._bench.vocabulary_changed.connect(self._rename)
        self._bench.document.opened.connect(self.close)
        self._bench.view.changed.connect(self._dress)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the grids into the room there is."""
        if watched is self.area.viewport() and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def turn_back(self) -> None:
        """Show the pair before."""
        self.go(self.at - 1)

    def turn_on(self) -> None:
        """Show the pair after."""
        self.go(self.at + 1)

    def go(self, at: int) -> None:
        """Show a demonstration or a test, counted from 0 in this order."""
        if 0 <= at < len(self.pairs):
            self.at = at
            self.refresh()

    def realign(self) -> None:
        """Put the states of the two programs side by side, and show the first pair on which they part."""
        first, second = self.programs
        self._alignment = align(first, second)
        self.pairs = pairs_of(first)
        self.at = first_parted(first, second, self._alignment)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show the states of the pair."""
        first, second = self.programs
        pair = self.pairs[self.at]
        self.compared = compare(first, second, self._alignment, pair)
        at, wanted = parting(self.compared), self._wanted(pair)
        last = len(self.compared) - 1
        for place, (column, compared) in enumerate(zip(self.columns, self.compared, strict=True)):
            column.show_states(compared, wanted if place == last else None, place == at)
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at < len(self.pairs) - 1)
        self.where.setText(_pair_text(pair, self._count(pair)))
        self.says.setText(f"{parting_text(self.compared)} {answers_text(first, second)}".strip())
        self._fit()
        QTimer.singleShot(0, self, self._show_parting)

    def _count(self, pair: Pair) -> int:
        return sum(part == pair[0] for part, _ in self.pairs)

    def _wanted(self, pair: Pair) -> Grid | None:
        """Return the output of a demonstration; what is expected of a test is not given away."""
        puzzle, (part, index) = self._bench.run.puzzle, pair
        return puzzle.train[index].output if puzzle is not None and part == "train" else None

    def _lay_out(self) -> None:
        """Build a column for every place of the alignment."""
        while self._states.count():
            item = self._states.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        titles = [self._titles(candidate) for candidate in self.programs]
        self.columns = []
        for place in self._alignment:
            both = tuple(
                names[at] if at is not None else ""
                for names, at in zip(titles, (place.first, place.second), strict=True)
            )
            self.columns.append(ComparedColumn(place, (both[0], both[1]), self._bench))
            self._states.addWidget(self.columns[-1])
        self._states.addStretch(1)

    def _titles(self, candidate: Candidate) -> list[str]:
        words = self._bench.titles(candidate)
        return [tr("input"), *(f"{at}  {word}" for at, word in enumerate(words, start=1))]

    def _fit(self) -> None:
        """Give the cells the largest size at which both states are seen whole, and more than two columns."""
        grids = [grid for column in self.columns for grid in column.grids if grid.grid is not None]
        if not grids:
            return
        room = self.area.viewport().size()
        rows = max(grid.grid.shape[0] for grid in grids if grid.grid is not None)
        across = max(grid.grid.shape[1] for grid in grids if grid.grid is not None)
        line = self.fontMetrics().height()
        high = (room.height() - 3 * line - 2 * PADDING - 70) // 2
        wide = int(room.width() / IN_SIGHT) - 2 * PADDING - 20
        cell = max(SMALLEST_CELL, min(LARGEST_CELL, high // rows, wide // across))
        for column in self.columns:
            column.fit(cell)

    def _show_parting(self) -> None:
        """Scroll to where the programs part, a little of what is alike before it."""
        at = parting(self.compared)
        bar = self.area.horizontalScrollBar()
        left = self.columns[at].x() - self.area.viewport().width() // 3 if at is not None else 0
        bar.setValue(max(0, left))

    def _list(self) -> None:
        """Offer the programs there are now, and the two that are compared."""
        found = self._bench.run.candidates
        self.file.setEnabled(self._bench.can_edit_program)
        awaited = next((c for c in found if c.program == self._awaited), None)
        if awaited is not None:
            self._awaited, self.programs[1], self._listed = None, awaited, ()
        missing = [c for c in self.programs if all(c is not other for other in found)]
        listed = (*found, *missing)
        if [id(c) for c in listed] == [id(c) for c in self._listed]:
            return
        self._listed = listed
        for chooser, program in zip(self.choosers, self.programs, strict=True):
            chooser.clear()
            chooser.addItems([program_line(self._bench, candidate) for candidate in listed])
            chooser.setCurrentIndex(next(i for i, c in enumerate(listed) if c is program))
        if awaited is not None:
            self.realign()

    def _ask_file(self) -> None:
        path = dialogs.ask_open(self, "")
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Run the program of a file on the open puzzle and compare it; say what is wrong with another."""
        try:
            program, _ = program_from_json(read_text(path), path.name)
        except (PuzzleError, ProgramError) as error:
            dialogs.show_error(self, tr("This file cannot be opened"), str(error))
            return
        self._awaited = program
        self._bench.add_program(program)
        self._list()

    def _rename(self) -> None:
        """Write the words by other names."""
        self._listed = ()
        self._list()
        self._lay_out()
        self.refresh()

    def _on_chosen(self, place: int, row: int) -> None:
        self.programs[place] = self._listed[row]
        self.realign()

    def _dress(self) -> None:
        view = self._bench.view
        for column in self.columns:
            for grid in column.grids:
                grid.set_look(view.look, view.theme)
        for button in (self.back, self.on):
            button.set_theme(view.theme)


def _pair_text(pair: Pair, count: int) -> str:
    part, index = pair
    if part == "train":
        return tr("Demonstration {n} of {all}", n=index + 1, all=count)
    return tr("Test {n} of {all}", n=index + 1, all=count)


def _chooser(name: str) -> QComboBox:
    chooser = QComboBox()
    chooser.setAccessibleName(tr("Program {name}", name=name))
    chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return chooser


def _letter(name: str) -> QLabel:
    letter = label(name)
    font = QFont(letter.font())
    font.setBold(True)
    letter.setFont(font)
    return letter


def _nothing() -> QLabel:
    """Return what stands where a program has no step."""
    nothing = label("–", "muted")
    nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
    nothing.setAccessibleName(tr("no step here"))
    return nothing
