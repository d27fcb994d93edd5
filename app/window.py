"""The main window: the board in the middle, docks around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QComboBox,
    QDockWidget,
    QMainWindow,
    QPushButton,
    QTabWidget,
    QTreeView,
    QWidget,
)

from app import dialogs
from app.beside import WIDGETS_DEFINED_BESIDE
from app.clipboard import GridClipboard
from app.export.contact_sheet import MOST_PUZZLES
from app.files import FileDesk
from app.first_minute import example, puzzle_of
from app.placement import Placement
from app.scoring import ScoreDoor
from app.services import Services
from app.settings import Settings, UserPaths
from app.state.answers import AnswerStore
from app.state.batch import Batch
from app.state.draft import new_puzzle
from app.state.file_stamp import stamp_of
from app.state.findings import FindingStore
from app.state.moment import SCHEME
from app.state.names import GivenNames
from app.state.recovery import Recovery
from app.state.replay import Replay
from app.state.saved_programs import SavedPrograms
from app.state.session import recall, remember
from app.state.shelf import Shelf
from app.state.solved import Solved
from app.state.view import ViewOptions
from app.state.workbench import Workbench
from app.stylesheet import apply_theme
from app.texts import ABOUT, TOUR
from app.translate import tr
from app.widgets.board import Board
from app.widgets.browser import Browser
from app.widgets.cards import Cards
from app.widgets.collection_dialog import CollectionDialog
from app.widgets.dictionary import Dictionary
from app.widgets.film_view import FilmSlider, FilmView
from app.widgets.help_page import HelpPage, Shortcut
from app.widgets.memory_dialog import MemoryDialog
from app.widgets.name_steps_dialog import NameStepsDialog
from app.widgets.procedures_dialog import ProceduresDoor
from app.widgets.program_strip import ProgramStrip
from app.widgets.search_view import SearchView
from app.widgets.settings_dialog import SettingsDialog
from app.widgets.solve_panel import SolvePanel
from app.widgets.tour import Stop, Tour
from app.widgets.wanted_dialog import WantedDialog
from app.worker import SolverClient
from puzzles.collections import MINE, names_puzzle, open_puzzle
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle
from solver.words.program import ProgramError

if TYPE_CHECKING:
    from solver.search.memory import Entry
    from solver.words.program import Program

SMALLEST_SIZE = (760, 520)
DOCK_WIDTHS = (268, 276)
"""Of the browser and the solve panel at first."""
WATCHING_HEIGHT = 320
"""Logical pixels of the search view and the film when they are first shown."""
MESSAGE_MS = 6000
VOCABULARY_DELAY_MS = 400
"""The window is painted before the solver's import takes the processor."""


SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
OWN_KEYS: tuple[tuple[type[QWidget], tuple[Qt.Key, ...]], ...] = (
    (QAbstractButton, (Qt.Key.Key_Space,)),
    (QComboBox, (Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End)),
    *((kind, SIDEWAYS) for kind in (QTreeView, Cards, FilmSlider)),
    (QAbstractItemView, (Qt.Key.Key_Home, Qt.Key.Key_End)),
)
"""Keys that are shortcuts of the program strip, but mean something to a widget that has the focus."""


class Window(QMainWindow):
    """Builds the parts, connects them to the workbench, and remembers its own place on the screen."""

    actions_: Any
    """The menus (`app.actions.Actions`), which watch the window from outside."""

    def __init__(self, services: Services, paths: UserPaths) -> None:
        super().__init__()
        self.setWindowTitle("Glossa")
        self.setMinimumSize(*SMALLEST_SIZE)
        self.setAcceptDrops(True)
        self.settings = Settings(paths)
        self.client = SolverClient(services, self)
        view, solved = ViewOptions(self.settings, self), Solved(self.settings, self)
        names, answers = GivenNames(self.settings), AnswerStore(paths.answers)
        self.bench = Workbench(
            self.client,
            view,
            solved,
            names,
            answers=answers,
            notes=paths.notes,
            findings=FindingStore(paths.findings),
            words=paths.words,
            parent=self,
        )
        self.clipboard = GridClipboard(self.bench, self)
        self.replay = Replay(self.bench.document.undo_stack, self)
        self.recovery = Recovery(self.bench.document, paths.recovery_file, self)
        self.shelf = Shelf(self.settings, self)
        self.programs = SavedPrograms(self.settings, self)
        self.desk = FileDesk(self.bench, self.settings, self.shelf, self.programs, self)
        self.board = Board(self.bench)
        self.browser = Browser(view, solved, self.shelf, self.settings)
        self.solve_panel = SolvePanel(self.bench, self.settings)
        self.program_strip = ProgramStrip(self.bench, self.settings)
        self.search_view = SearchView(self.bench)
        self.film_view = FilmView(self.bench, self.solve_panel.options)
        self.dictionary = Dictionary(self.bench, self.programs)
        self.help = HelpPage(view.theme)
        self._services, self._results = services, paths.results
        self.collection_dialog: CollectionDialog | None = None
        self._batch_client: SolverClient | None = None
        self.procedures = ProceduresDoor(services, view, self.settings, paths.procedures, self)
        self.scoring = ScoreDoor(self.shelf, view, self.settings, self)
        self.setCentralWidget(self.board)
        self._build_status_bar()
        self._build_docks()
        self._connect()
        self._dress()
        self._placement = Placement(self, self.settings, paths.restoring_file, self._size_docks)
        self._retitle()
        self._awake = False

    def _build_status_bar(self) -> None:
        self.statusBar().setSizeGripEnabled(False)
        self.batch_note = QPushButton("")
        self.batch_note.setObjectName("link")
        self.batch_note.setToolTip(tr("Show the collection that is being solved"))
        self.batch_note.hide()
        self.statusBar().addPermanentWidget(self.batch_note)
        self.statusBar().hide()

    def _build_docks(self) -> None:
        areas = Qt.DockWidgetArea
        self.setTabPosition(areas.RightDockWidgetArea, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, areas.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, areas.RightDockWidgetArea)
        self._dock("Browser", tr("Browser"), self.browser, areas.LeftDockWidgetArea, 220)
        solve = self._dock("Solve", tr("Solve"), self.solve_panel, areas.RightDockWidgetArea, 270)
        words = self._dock("Words", tr("Words"), self.dictionary, areas.RightDockWidgetArea, 270)
        self.tabifyDockWidget(solve, words)
        help_ = self._dock("Help", tr("Help"), self.help, areas.RightDockWidgetArea, 270)
        self.tabifyDockWidget(words, help_)
        help_.hide()
        solve.raise_()
        program = self._dock("Program", tr("Program"), self.program_strip, areas.BottomDockWidgetArea, 0)
        for name, title, view in (
            ("Search", tr("Search"), self.search_view),
            ("Film", tr("Film"), self.film_view),
        ):
            watched = self._dock(name, title, view, areas.BottomDockWidgetArea, 0)
            self.tabifyDockWidget(program, watched)
            watched.visibilityChanged.connect(view.on_shown)
            watched.hide()
        program.raise_()
        self.browser.list.setFocus()

    def _size_docks(self) -> None:
        """Give every dock its first size; Qt heeds that only in a window whose layout is up to date."""
        docks = {dock.objectName(): dock for dock in self.findChildren(QDockWidget)}
        if (layout := self.layout()) is not None:
            layout.activate()
        # The docks behind the program, which nobody has asked for yet, would want more room than it.
        program = docks["Program"]
        self.resizeDocks([program], [program.minimumSizeHint().height()], Qt.Orientation.Vertical)
        sides = [docks["Browser"], docks["Solve"]]
        self.resizeDocks(sides, list(DOCK_WIDTHS), Qt.Orientation.Horizontal)

    def _dock(
        self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea, width: int
    ) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(widget)
        layout = widget.layout()
        if width and isinstance(layout, QBoxLayout):
            margins = layout.contentsMargins()  # a minimum of the widget's own would hide that it needs more
            layout.addStrut(width - margins.left() - margins.right())
        self.addDockWidget(area, dock)
        return dock

    def _connect(self) -> None:
        bench = self.bench
        self.browser.chosen.connect(self.open_puzzle)
        self.browser.settled.connect(self.board.setFocus)
        self.browser.told.connect(self.tell)
        self.browser.folder_asked.connect(self.desk.ask_folder)
        self.browser.kaggle_asked.connect(self.desk.ask_open)
        self.dictionary.card.open_asked.connect(self.open_path)
        self.desk.shelved.connect(self.browser.show_collection)
        self.board.note_asked.connect(self.write_note)
        self.board.welcome.open_asked.connect(self.desk.ask_open)
        self.board.welcome.new_asked.connect(self.new_puzzle)
        self.board.welcome.random_asked.connect(self.browser.open_random)
        self.board.welcome.daily_asked.connect(lambda: self.open_puzzle(puzzle_of(date.today())))
        self.board.welcome.file_asked.connect(self.open_path)
        self.shelf.changed.connect(lambda: self.board.welcome.show_recent(self.shelf.recent))
        self.board.welcome.show_recent(self.shelf.recent)
        self.solve_panel.collection.clicked.connect(self.solve_collection)
        self.desk.told.connect(self.tell)
        self.desk.submission_found.connect(self.scoring.show)
        self.scoring.open_asked.connect(self.open_puzzle)
        self.scoring.copy_asked.connect(bench.editor.take)
        self.scoring.told.connect(self.tell)
        self.clipboard.told.connect(self.tell)
        self.statusBar().messageChanged.connect(self._show_status)
        self.batch_note.clicked.connect(self.solve_collection)
        if not WIDGETS_DEFINED_BESIDE:  # a pause of .2 s, sooner than in the first search
            self.client.vocabulary_ready.connect(lambda: import_module("pyqtgraph"))
        bench.document.opened.connect(self._retitle)
        bench.document.saved_changed.connect(self._retitle)
        bench.view.theme_changed.connect(self._dress)
        QGuiApplication.styleHints().colorSchemeChanged.connect(bench.view.follow_system)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def open_puzzle(self, puzzle: Puzzle, path: Path | None = None) -> None:
        """Open a puzzle of a collection, unless unsaved work is to be kept."""
        if self.desk.may_leave():
            self.bench.open(puzzle, path)

    def open_path(self, path: Path) -> bool:
        """Open a file, as when it was named on the command line."""
        before = self.bench.document.draft
        opened = self.desk.open(path)
        if self.bench.document.draft is not before:
            self.browser.clear_selection()
        return opened

    def open_named(self, reference: str) -> bool:
        """Open what was named on the command line: a link, a file, or a puzzle as "arc1-train/67a3c6ac"."""
        if reference.startswith(SCHEME):
            opened = self.desk.open_link(reference)
            if opened:
                self.browser.clear_selection()
            return opened
        if Path(reference).exists() and not names_puzzle(reference):
            return self.open_path(Path(reference))
        try:
            puzzle = open_puzzle(reference)
        except PuzzleError as error:
            dialogs.show_error(self, tr("This puzzle cannot be opened"), str(error))
            return False
        path = self.shelf.path_of(MINE, reference.partition("/")[2]) if puzzle.source == MINE else None
        self.open_puzzle(puzzle, path)
        return True

    def answer_door(self, reference: str | None) -> None:
        """Come to the front, and open what another start was given."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        if reference is not None:
            self.open_named(reference)

    def offer_recovery(self) -> None:
        """Ask whether to bring back what an earlier session did not save."""
        found = self.recovery.found()
        if found is None:
            return
        if dialogs.ask_to_recover(self, found.draft.puzzle.name):
            self.bench.document.restore(*found)
            self.bench.editor.set_enabled(True)
        else:
            self.recovery.forget()

    def reopen(self) -> None:
        """Open what was open last, unless something is open already."""
        last = recall(self.settings) if self.bench.document.puzzle is None else None
        if last is None:
            return
        stamp = stamp_of(last.path) if last.path is not None else None
        if last.program is None:
            self.bench.open(last.puzzle, last.path, stamp)
        else:
            self.bench.open_program(last.program, last.puzzle, last.path, stamp)
        self.browser.mark(last.puzzle)

    def new_puzzle(self) -> None:
        """Start a puzzle of one's own."""
        if self.desk.may_leave():
            self.browser.clear_selection()
            self.bench.open(new_puzzle())
            self.bench.editor.set_enabled(True)

    def tell(self, text: str) -> None:
        """Say something in passing."""
        self.statusBar().show()
        self.statusBar().showMessage(text, MESSAGE_MS)

    def search(self) -> None:
        """Go to the search field."""
        for dock in self.findChildren(QDockWidget):
            if dock.widget() is self.browser:
                dock.show()
        self.browser.search.setFocus()
        self.browser.search.selectAll()

    def show_word(self, name: str) -> None:
        """Go to a word in the dictionary."""
        dock = next(d for d in self.findChildren(QDockWidget) if d.widget() is self.dictionary)
        dock.show()
        dock.raise_()
        self.dictionary.search.clear()
        self.dictionary.group.setCurrentIndex(0)
        self.dictionary.choose(name)
        self.dictionary.list.setFocus()

    def watch_search(self) -> None:
        """Show who searches and what was tried, and give it the keys."""
        self._bring_up(self.search_view)
        self.search_view.tree.setFocus()

    def show_film(self) -> None:
        """Show gradient refinement as a film, and give it the keys."""
        self._bring_up(self.film_view)
        film = self.film_view
        (film.slider if film.bar.isVisible() else film).setFocus()

    def _bring_up(self, widget: QWidget) -> None:
        dock = next(d for d in self.findChildren(QDockWidget) if d.widget() is widget)
        first = dock.isHidden()
        dock.show()
        dock.raise_()
        if first and not dock.isFloating():  # it may share the room of the program alone
            self.resizeDocks([dock], [max(dock.height(), WATCHING_HEIGHT)], Qt.Orientation.Vertical)

    def draw_wanted(self) -> None:
        """Let the person draw what the demonstrations are to be at the step shown, and search for that."""
        if self.bench.steering.states_here:
            dialog = WantedDialog(self.bench, self)
            dialog.asked.connect(
                lambda side: self.bench.steering.search_by_way_of(
                    dialog.drawn, dialog.counting, side, self.solve_panel.options()
                )
            )
            dialog.open()

    def name_steps(self) -> None:
        """Let the person give steps of the program shown a name, as a word that searches use."""
        candidate = self.bench.run.candidate
        if candidate is None or not candidate.program.steps:
            return
        dialog = NameStepsDialog(self.bench, candidate.program, self)
        if not dialog.exec() or dialog.word is None:
            return
        try:
            self.bench.named.save(dialog.word)
        except (OSError, ProgramError) as error:
            text = str(getattr(error, "strerror", None) or error)
            dialogs.show_error(self, tr("Name steps as a word"), text)
        else:
            self.tell(tr("“{word}” is in the dictionary, and searches use it.", word=dialog.word.name))

    def write_note(self) -> None:
        """Let the person say something about the open puzzle."""
        puzzle = self.bench.document.puzzle
        text = dialogs.ask_note(self, puzzle.name, self.bench.notes.own) if puzzle is not None else None
        if text is not None:
            self.bench.notes.write(text)

    def show_help(self, shortcuts: Sequence[Shortcut]) -> None:
        """Say how things are done, and with which keys."""
        dock = next(d for d in self.findChildren(QDockWidget) if d.widget() is self.help)
        self.help.set_shortcuts(shortcuts)
        dock.show()
        dock.raise_()
        self.help.search.setFocus()

    def show_settings(self) -> None:
        """Let the person choose how things look."""
        SettingsDialog(self.bench.view, self.settings, self).open()

    def show_memory(self) -> None:
        """List the programs that explained earlier puzzles; offered once the solver has loaded."""
        memory = self._services.memory()
        if memory is not None:
            dialog = MemoryDialog(memory, self.bench, self)
            dialog.open_asked.connect(self._open_remembered)
            dialog.open()

    def _open_remembered(self, entry: Entry) -> None:
        if self.desk.may_leave():
            self.browser.clear_selection()
            self.bench.open_program(entry.program, entry.puzzle)

    def show_sheet(self) -> None:
        """Offer a contact sheet of the puzzles listed in the browser."""
        self.desk.show_sheet(self.browser.collections.currentText(), self.browser.listed(MOST_PUZZLES + 1))

    def show_about(self) -> None:
        """Say what this is."""
        dialogs.show_text(self, tr("About Glossa"), tr(ABOUT))

    def offer_tour(self) -> None:
        """Show around when this is the first time."""
        if not self.settings.flag("tour/seen", False):
            self.take_tour()

    def take_tour(self) -> None:
        """Explain the four panels, one after another; where nothing is open, over a solved puzzle."""
        if self.bench.document.puzzle is None:
            self.bench.open_program(*example())
        docks = {dock.objectName(): dock for dock in self.findChildren(QDockWidget)}
        for name in ("Browser", "Solve", "Program"):
            docks[name].show()
        docks["Solve"].raise_()
        targets = (docks["Browser"], self.board, docks["Solve"], docks["Program"])
        stops = [
            Stop(target, tr(title), tr(text)) for target, (title, text) in zip(targets, TOUR, strict=True)
        ]
        tour = Tour(self, stops, self.bench.view.theme)
        tour.ended.connect(lambda: self.settings.set("tour/seen", True))

    def solve_collection(self) -> None:
        """Show the table of a whole collection; its searches have a thread of their own."""
        if self.collection_dialog is None:
            self._batch_client = SolverClient(self._services, self)
            batch = Batch(self._batch_client, self._results, self)
            self.collection_dialog = CollectionDialog(self.bench, batch, self.solve_panel, self.shelf, self)
            batch.solved.connect(lambda puzzle_id: self._note_solved(batch, puzzle_id))
            self.collection_dialog.open_asked.connect(self._open_solved)
            self.collection_dialog.told.connect(self._tell_batch)
            self.collection_dialog.submission_asked.connect(lambda: self.desk.export_submission(batch))
        self.collection_dialog.choose(self.browser.collections.currentData())
        self.collection_dialog.show()
        self.collection_dialog.raise_()

    def _open_solved(self, puzzle: Puzzle, program: Program | None) -> None:
        """Open a puzzle of the table together with what was found for it."""
        if program is None:
            self.open_puzzle(puzzle)
        elif self.desk.may_leave():
            self.browser.clear_selection()
            self.bench.open_program(program, puzzle)

    def _tell_batch(self, text: str) -> None:
        """Show below the board how far a collection has come, as long as it is being solved."""
        self.batch_note.setText(text)
        self.batch_note.setVisible(bool(text))
        self._show_status()

    def _show_status(self) -> None:
        """Show the line at the bottom while there is something to say."""
        bar = self.statusBar()
        bar.setVisible(bool(bar.currentMessage()) or bool(self.batch_note.text()))

    def _note_solved(self, batch: Batch, puzzle_id: str) -> None:
        result = batch.results[puzzle_id]
        if batch.collection is not None and result.verified and result.correct is not False:
            self.bench.solved.add(batch.collection[puzzle_id], "glossa")

    def reset_layout(self) -> None:
        """Bring every dock back to where it was at first."""
        self._placement.reset()

    def showEvent(self, event: QShowEvent) -> None:
        """Load the language once the window is there."""
        super().showEvent(event)
        if not self._awake:
            self._awake = True
            QTimer.singleShot(VOCABULARY_DELAY_MS, self.client, self.client.load_vocabulary)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first file dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.open_path(Path(files[0]))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, stop the solver, remember the layout."""
        if not self.desk.may_leave():
            event.ignore()
            return
        self.recovery.forget()
        self._placement.remember()
        remember(self.bench, self.settings)
        self.settings.sync()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.hide()
        self.bench.cancel()
        self.bench.keep_findings()
        self.client.shut_down()
        if self._batch_client is not None:
            self._batch_client.shut_down()
        self.procedures.shut_down()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a button or a list have the keys it knows before they step through the program."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = next((keys for kind, keys in OWN_KEYS if isinstance(watched, kind)), ())
            if event.key() in own and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _retitle(self) -> None:
        puzzle = self.bench.document.puzzle
        star = "*" if self.bench.document.unsaved else ""
        self.setWindowTitle(f"{star}{puzzle.name} – Glossa" if puzzle else "Glossa")

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, self.bench.view.theme)
        self.help.set_theme(self.bench.view.theme)
