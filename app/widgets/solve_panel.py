"""The solve panel: start a search, watch it, and see what came of it."""

from __future__ import annotations

import math
import operator
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.plain import plain_tip
from app.settings import Settings
from app.state.comparison import rival
from app.state.run import Effort, Status
from app.state.workbench import Workbench
from app.texts import phase_title
from app.translate import mark, tr
from app.widgets.answer_cards import AnswerCards
from app.widgets.comparison_dialog import ComparisonDialog, program_line
from app.widgets.faces import Face, face_of
from app.widgets.failure_table import FailureTable
from app.widgets.loss_curve import LossCurve
from app.widgets.parameters import Parameters
from app.widgets.parts import PanelArea, heading, label, make_surface, set_kind
from app.widgets.wish_list import WishList
from solver.words.results import Candidate, Progress, SolveOptions

EFFORTS = {Effort.QUICK: mark("Quick"), Effort.NORMAL: mark("Normal"), Effort.DEEP: mark("Deep")}
LOW = 700
"""Logical pixels of the panel below which the curve of a search that has ended gives way to the programs."""
LEAST_LIST = 88
"""Logical pixels: one or two programs, where everything else leaves room for no more."""
MOST_COMPARED = 24
"""Programs offered by name for a comparison; the dialog lists all."""
LONGEST_ENTRY = 60
"""Letters of a program in a menu."""


class ProgramList(QListWidget):
    """The programs found; it takes what room there is and is content with little."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Programs found"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setMinimumHeight(LEAST_LIST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def sizeHint(self) -> QSize:
        """A little: the panel around it scrolls rather than let this list scroll alone."""
        return QSize(super().sizeHint().width(), LEAST_LIST)


class SolvePanel(QWidget):
    """Effort, Solve and Cancel, the search's progress, its outcome and the programs it found."""

    def __init__(self, bench: Workbench, settings: Settings) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._bench = bench
        self._settings = settings
        self._shown: tuple[Candidate, ...] = ()
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.effort = QComboBox()
        self.effort.setAccessibleName(tr("Effort"))
        for effort in Effort:
            self.effort.addItem(panel_text(effort), effort)
        stored = self._settings.text("solve/effort", Effort.NORMAL.name)
        self.effort.setCurrentIndex(max(0, self.effort.findData(Effort.__members__.get(stored))))
        self.parameters = Parameters(self._bench, self._settings)
        self.parameters.hide()
        self.wishes = WishList(self._bench)
        self.more = _flat(tr("Parameters"), tr("Engine, device, seed and words"))
        self.more.setCheckable(True)
        self.log = _flat(tr("Log"), tr("What the last search did"))
        self.collection = _flat(tr("Collection"), tr("Solve a whole collection in the background"))
        self.pause = QPushButton(tr("Pause"))
        self.pause.setToolTip(tr("Hold the search and its clock (Ctrl+P)"))
        self.deeper = QPushButton(tr("Continue"))
        self.deeper.setToolTip(
            tr("Go on from what was found, with twice the time the last search took or more (F5)")
        )
        self.button = QPushButton(tr("Solve"))
        self.button.setObjectName("primary")
        self.button.setToolTip(tr("Search for a program (Ctrl+Return), or cancel (Escape)"))
        self.curve = LossCurve(self._bench.view.theme, self._settings.flag("solve/log_scale", False))
        self._phase = label("", "muted", wrap=True)  # a long one takes two lines rather than the clock's room
        self._clock = label("", "muted")
        self._face_title = label("", wrap=True)
        self._face_text = label("", "muted", wrap=True)
        self._listed: tuple[object, ...] = ()
        self.programs = ProgramList()
        self._programs_heading = heading(tr("programs"))
        self.comparing = QPushButton(tr("Compare…"))
        self.comparing.setObjectName("link")
        self.comparing.setToolTip(tr("Two programs step by step (Ctrl+Shift+D)"))
        self.answers = AnswerCards(self._bench)
        self.failure = FailureTable(self._bench)
        self._arrange()

    def _arrange(self) -> None:
        content = QWidget()
        make_surface(content, "panel")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(14, 8, 14, 14)
        layout.setSpacing(10)
        layout.addWidget(self.effort)
        buttons = QHBoxLayout()
        buttons.addWidget(self.button, 1)
        buttons.addWidget(self.pause)
        buttons.addWidget(self.deeper)
        layout.addLayout(buttons)
        extras = QHBoxLayout()
        extras.setSpacing(2)
        for button in (self.more, self.log, self.collection):
            extras.addWidget(button)
        extras.addStretch(1)
        layout.addLayout(extras)
        layout.addWidget(self.parameters)
        layout.addWidget(self.wishes)
        times = QHBoxLayout()
        times.addWidget(self._phase, 1)
        times.addWidget(self._clock)
        layout.addLayout(times)
        layout.addWidget(self.curve)
        layout.addWidget(self._card())
        layout.addSpacing(4)
        layout.addWidget(self.failure)
        layout.addWidget(self.answers)
        above = QHBoxLayout()
        above.addWidget(self._programs_heading, 1)
        above.addWidget(self.comparing)
        layout.addLayout(above)
        layout.addWidget(self.programs, 1)
        layout.addStretch(0)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(PanelArea(content))

    def _card(self) -> QFrame:
        """What is said of the run, framed."""
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(13, 11, 13, 11)
        inside.setSpacing(5)
        inside.addWidget(self._face_title)
        inside.addWidget(self._face_text)
        return card

    def _connect(self) -> None:
        self.button.clicked.connect(self.press)
        self.effort.currentIndexChanged.connect(self._remember)
        self.deeper.clicked.connect(self.go_on)
        self.pause.clicked.connect(self._bench.toggle_pause)
        self.more.toggled.connect(self.parameters.setVisible)
        self.log.clicked.connect(self._show_log)
        self.programs.currentRowChanged.connect(self._on_chosen)
        self.programs.customContextMenuRequested.connect(self._offer)
        self.comparing.clicked.connect(lambda _checked=False: self.compare())
        self.curve.scale_changed.connect(lambda on: self._settings.set("solve/log_scale", on))
        self._bench.run.changed.connect(self.refresh)
        self._bench.document.opened.connect(self.refresh)
        self._bench.vocabulary_changed.connect(self._relist)
        self._bench.view.theme_changed.connect(self._on_theme)

    def _on_theme(self) -> None:
        self.curve.set_theme(self._bench.view.theme)
        self.failure.refresh()

    def press(self) -> None:
        """Solve, or cancel when a search is running."""
        if self._bench.run.solving:
            self._bench.cancel()
        else:
            self._bench.solve(self.options())

    def go_on(self) -> None:
        """Go on from what was found instead of starting over."""
        self._bench.steering.go_on(self.options())

    def options(self) -> SolveOptions:
        """Return the effort and the parameters chosen."""
        return self.parameters.options(self.effort.currentData())

    def face(self) -> Face:
        """Return what the panel says about the run."""
        return face_of(self._bench.run, self._bench.document.puzzle is not None)

    def refresh(self) -> None:
        """Show the run as it is now."""
        run = self._bench.run
        self.button.setText(tr("Cancel") if run.solving else tr("Solve again") if run.stale else tr("Solve"))
        self.button.setEnabled(self._bench.document.puzzle is not None)
        self.effort.setEnabled(not run.solving)
        self.parameters.setEnabled(not run.solving)
        self.pause.setVisible(run.solving)
        self.deeper.setVisible(self._bench.steering.can_go_on)
        self.pause.setText(tr("Go on") if run.paused else tr("Pause"))
        self.log.setEnabled(bool(run.log))
        progress = run.progress
        self._phase.setText(
            phase_title(progress.phase) if progress else tr("starting") if run.solving else ""
        )
        if run.solution is not None:
            self._clock.setText(f"{run.solution.seconds:.1f} s")
        else:
            self._clock.setText(clock_text(progress, run.solving) if progress else "")
        self.curve.set_losses(progress.losses if progress else ())
        self._show_curve()
        for text in (self._phase, self._clock):
            text.setVisible(bool(text.text()))
        face = self.face()
        self._face_title.setText(face.title)
        set_kind(self._face_title, face.kind)
        self._face_text.setText(face.text)
        # A search tells of itself twenty times a second, and most times there is no other program.
        now = (*run.candidates, run.candidate, run.choice, run.status, run.stale)
        if len(now) != len(self._listed) or not all(map(operator.is_, now, self._listed)):
            self._listed = now
            self._relist()

    def _show_curve(self) -> None:
        """Show the curve while there is a search; afterwards where it leaves room for what was found."""
        ended = self._bench.run.status not in (Status.IDLE, Status.SOLVING)
        self.curve.setVisible(not ended or (len(self.curve.losses) > 1 and self.height() >= LOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide or show what depends on the height."""
        super().resizeEvent(event)
        self._show_curve()

    def _relist(self) -> None:
        visible = bool(self._bench.run.candidates)
        self._shown = self._bench.run.candidates if visible else ()
        self.programs.blockSignals(True)
        self.programs.clear()
        for candidate in self._shown:
            self.programs.addItem(self._item(candidate))
        self.programs.blockSignals(False)
        self.programs.setVisible(visible)
        self._programs_heading.setVisible(visible)
        self.comparing.setVisible(self.can_compare)
        self._select()
        self.answers.relist()
        self.failure.refresh()

    def _select(self) -> None:
        candidate = self._bench.run.candidate
        rows = [i for i, shown in enumerate(self._shown) if shown is candidate]
        self.programs.blockSignals(True)
        self.programs.setCurrentRow(rows[0] if rows else -1)
        self.programs.blockSignals(False)

    def _item(self, candidate: Candidate) -> QListWidgetItem:
        words = "  →  ".join(self._bench.titles(candidate)) or tr("no steps")
        item = QListWidgetItem(program_line(self._bench, candidate))
        loss = tr(", loss {loss}", loss=f"{candidate.loss:.3f}") if math.isfinite(candidate.loss) else ""
        item.setToolTip(
            plain_tip(words + "\n" + tr("found by {origin}", origin=phase_title(candidate.origin)) + loss)
        )
        return item

    @property
    def can_compare(self) -> bool:
        """Whether there are two programs to compare."""
        return len(self._bench.run.candidates) > 1

    def compare(self, other: Candidate | None = None) -> None:
        """Show the program on the board beside another; by default the best that answers differently."""
        run = self._bench.run
        first = run.candidate if run.candidate is not None else next(iter(run.candidates), None)
        second = other if first is None or other is not None else rival(first, run.candidates)
        if first is not None and second is not None:
            ComparisonDialog(self._bench, first, second, self.window()).show()

    def _offer(self, at: QPoint) -> None:
        """Offer the other programs for a comparison with the one under the mouse."""
        item = self.programs.itemAt(at)
        if item is None or not self.can_compare:
            return
        self.programs.setCurrentItem(item)
        self.compare_menu().popup(self.programs.viewport().mapToGlobal(at))

    def compare_menu(self) -> QMenu:
        """Return the menu of the right button on the program shown; it is gone when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        others = menu.addMenu(tr("Compare with"))
        run = self._bench.run
        for other in [c for c in run.candidates if c is not run.candidate][:MOST_COMPARED]:
            line = program_line(self._bench, other)
            short = line if len(line) <= LONGEST_ENTRY else line[:LONGEST_ENTRY] + "…"
            others.addAction(short.replace("&", "&&"), partial(self.compare, other))
        return menu

    def _on_chosen(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            self._bench.run.choose(self._shown[row])

    def _remember(self) -> None:
        self._settings.set("solve/effort", self.effort.currentData().name)

    def _show_log(self) -> None:
        dialogs.show_lines(self, tr("Log of the search"), "\n".join(self._bench.run.log))


def panel_text(effort: Effort) -> str:
    """Write an effort with the seconds it allows."""
    return tr("{effort}, up to {seconds} s", effort=tr(EFFORTS[effort]), seconds=effort.value)


def clock_text(progress: Progress, going: bool) -> str:
    """Write how long a search has run and, while it is `going`, how long it may at most go on."""
    elapsed = f"{progress.elapsed_s:.1f} s"
    if progress.remaining_s is None or not going:
        return elapsed
    return tr("{elapsed}, at most {left} s more", elapsed=elapsed, left=math.ceil(progress.remaining_s))


def _flat(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("flat")
    button.setToolTip(tip)
    return button
