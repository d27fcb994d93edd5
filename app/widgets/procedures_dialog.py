"""Learned procedures: choose one, run it, and look into every step of the run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.export.procedure import PadStyle, gif_bytes, json_bytes, moment_at, moments_of, png_bytes
from app.services import Services
from app.settings import Settings
from app.state.procedure_run import ProcedureRun
from app.state.procedure_words import pointer_title
from app.state.teaching import Teaching
from app.state.view import ViewOptions
from app.theme import GridLook, Theme
from app.translate import tr
from app.widgets.call_tree_view import CallTreeView
from app.widgets.draw_bar import DrawBar
from app.widgets.example_picker import ExamplePicker
from app.widgets.pad_view import PadView, paint_pointer
from app.widgets.parts import canvas_area, label, make_surface, set_kind
from app.widgets.procedure_controls import ProcedureControls
from app.widgets.program_memory import ProgramMemory
from app.widgets.step_card import StepCard
from app.widgets.taught_list import TaughtList
from app.worker import SolverClient
from puzzles.storage import write_whole

SIZE = (1180, 720)
SMALLEST_CELL, SMALLEST_NUMBER, LARGEST_CELL = 9, 20, 42
KEY_SIDE = 16


class PointerKey(QWidget):
    """The mark of a pointer, as it stands in its cell."""

    def __init__(self, which: int, theme: Theme) -> None:
        super().__init__()
        self._which, self._theme = which, theme
        self.setFixedSize(KEY_SIDE, KEY_SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a cell with the mark in its corner."""
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(0, 0, KEY_SIDE - 1, KEY_SIDE - 1)
        paint_pointer(painter, QPointF(0.5, 0.5), KEY_SIDE - 1, self._which)
        painter.end()


class ProceduresDialog(QDialog):
    """Examples on the left, the pad in the middle, the calls on the right."""

    def __init__(
        self,
        procedure: ProcedureRun,
        teaching: Teaching,
        view: ViewOptions,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.taught = TaughtList(procedure, teaching, self)
        self.setWindowTitle(tr("Procedures"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(*SIZE)
        self.procedure, self._view = procedure, view
        self.badge = label("", "muted", wrap=True)
        self.status = label("", "muted", wrap=True)
        self.path = label("", "muted", wrap=True)
        self.diverged = QPushButton(tr("Go to the first wrong step"))
        self.pad = PadView(self._look(), view.theme)
        self.tree = CallTreeView(procedure, view.theme)
        self.card = StepCard(procedure, view.theme)
        self.picker = ExamplePicker(procedure)
        self.controls = ProcedureControls(procedure, view.theme)
        self.draw = DrawBar(procedure, view.look.palette)
        self.memory = ProgramMemory(procedure, view.theme)
        self.export = QPushButton(tr("Export"))
        self._key = QWidget()
        self._key_layout = QHBoxLayout(self._key)
        self._key_layout.setContentsMargins(0, 0, 0, 0)
        self._arrange()
        self._connect()
        self.controls.add_keys(self)
        self._on_chosen()
        self.taught.show_on(self.picker, view)

    def _arrange(self) -> None:
        self.area = canvas_area(self.pad)
        head = QWidget()
        make_surface(head, "panel")
        lines = QVBoxLayout(head)
        lines.setContentsMargins(14, 10, 14, 8)
        lines.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.badge, 1)
        top.addWidget(self.diverged)
        top.addWidget(self.export)
        lines.addLayout(top)
        lines.addWidget(self.status)
        lines.addWidget(self.path)
        keys = QHBoxLayout()
        keys.addWidget(self._key, 1)
        keys.addWidget(self.draw)
        lines.addLayout(keys)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.area, 1)
        column.addWidget(self.controls)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._calls(), tr("Calls"))
        self.tabs.addTab(self.memory, tr("Program memory"))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(middle)
        self.split.addWidget(self.tabs)
        self.split.setSizes([500, 400])
        self.split.setChildrenCollapsible(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.picker)
        layout.addWidget(self.split, 1)

    def _calls(self) -> QWidget:
        """Return the tree above the card of a step."""
        area = QScrollArea()
        make_surface(area, "panel")
        area.setWidget(self.card)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        calls = QSplitter(Qt.Orientation.Vertical)
        calls.addWidget(self.tree)
        calls.addWidget(area)
        calls.setSizes([330, 330])
        calls.setChildrenCollapsible(False)
        return calls

    def _connect(self) -> None:
        procedure = self.procedure
        procedure.chosen.connect(self._on_chosen)
        procedure.changed.connect(self._show_state)
        procedure.library_changed.connect(self._show_badge)
        procedure.timeline.moved.connect(self._show_pad)
        self.tree.step_chosen.connect(self._on_step)
        self.pad.cell_clicked.connect(self._on_cell)
        self.diverged.clicked.connect(procedure.go_to_divergence)
        procedure.exported.connect(self._on_exported)
        menu = QMenu(self.export)
        for text, key in (
            (tr("The run as an animation (GIF)…"), "gif"),
            (tr("The pad as a picture (PNG)…"), "png"),
            (tr("The call tree (JSON)…"), "json"),
        ):
            menu.addAction(text, partial(self.export_as, key))
        self.export.setMenu(menu)
        self._view.changed.connect(self._dress)
        self.area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the pad into the room there is."""
        if watched is self.area.viewport() and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        """Stop what runs when the dialog is closed."""
        self.procedure.timeline.pause()
        self.procedure.cancel()
        super().done(result)

    def _look(self) -> GridLook:
        """Digits are written into the cells where the pad holds numbers."""
        look = self._view.look
        numbers = self.procedure.facts.environment != "drawing"
        return GridLook(look.palette, "numbers") if numbers else look

    def _dress(self) -> None:
        theme = self._view.theme
        self.pad.set_look(self._look(), theme)
        self.tree.calls.set_theme(theme)
        self.card.set_theme(theme)
        self.controls.set_theme(theme)
        self.memory.set_theme(theme)
        self.draw.set_palette(self._view.look.palette)
        self._show_keys()

    def _on_chosen(self) -> None:
        self._show_keys()
        self.pad.set_look(self._look(), self._view.theme)
        self._show_pad()
        self._fit()
        self._show_state()
        self._show_badge()

    def _show_keys(self) -> None:
        while self._key_layout.count():
            item = self._key_layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for which, pointer in enumerate(self.procedure.facts.pointers):
            self._key_layout.addWidget(PointerKey(which, self._view.theme))
            self._key_layout.addWidget(label(pointer_title(pointer), "muted"))
            self._key_layout.addSpacing(8)
        if self.procedure.facts.environment == "drawing":
            hand = QPixmap(KEY_SIDE, KEY_SIDE)
            hand.fill(QColor(self._view.look.palette.colours[self.procedure.recording.start.hand]))
            swatch = QLabel()
            swatch.setPixmap(hand)
            self._key_layout.addWidget(swatch)
            self._key_layout.addWidget(label(tr("hand colour"), "muted"))
        self._key_layout.addStretch(1)

    def _fit(self) -> None:
        """Give the cells the largest size at which the pad can be seen whole, or one that can be read."""
        room, (rows, columns) = self.area.viewport().size(), self.procedure.recording.start.cells.shape
        cell = min(room.width() // (columns + 2), room.height() // (rows + 2)) - 1
        smallest = SMALLEST_CELL if self.procedure.facts.environment == "drawing" else SMALLEST_NUMBER
        self.pad.set_cell(max(smallest, min(LARGEST_CELL, cell)))
        self._follow_pointers()

    def _show_pad(self) -> None:
        procedure = self.procedure
        position = procedure.position
        changes = procedure.recording.steps[position - 1].changes if position else ()
        names = tuple(pointer_title(pointer) for pointer in procedure.facts.pointers)
        self.pad.show_pads(procedure.pads(), names, changes)
        self.path.setText(procedure.path_text())
        self._follow_pointers()

    def _follow_pointers(self) -> None:
        at = self.pad.pointer_centre(0)
        self.area.ensureVisible(at.x(), at.y(), 60, 60)

    def _show_state(self) -> None:
        procedure = self.procedure
        wrong = procedure.recording.diverged is not None
        right = procedure.outcome == "returned" and not wrong and not procedure.facts.taught
        set_kind(self.status, "bad" if wrong or procedure.error else "good" if right else "muted")
        self.status.setText(procedure.status_text())
        self.diverged.setVisible(wrong)

    def _show_badge(self) -> None:
        library = self.procedure.library
        if library is None:
            self.badge.setText("")
            return
        certificate = library.certificate
        set_kind(self.badge, "good" if certificate.holds else "warn")
        self.badge.setText(self.procedure.badge_text())

    def _on_step(self, position: int) -> None:
        self.procedure.timeline.pause()
        self.procedure.timeline.go(position)

    def _on_cell(self, row: int, column: int) -> None:
        if self.draw.drawing:
            self.draw.put(row, column)
        else:
            self.procedure.go_to_writer(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a colour by its digit while one draws; Escape stops a run before it closes the dialog."""
        text = event.text()
        if self.draw.drawing and text.isascii() and text.isdigit():
            self.draw.choose(int(text))
        elif event.key() == Qt.Key.Key_Escape and self.procedure.running:
            self.procedure.cancel()
        else:
            super().keyPressEvent(event)

    def export_as(self, key: str) -> bool:
        """Ask where to, and let the run be written as "gif", "png" or "json"; return whether it will be."""
        kind = {
            "gif": tr("GIF animation (*.gif)"),
            "png": tr("PNG picture (*.png)"),
            "json": tr("Call tree (*.json)"),
        }[key]
        procedure = self.procedure
        ending = ".calls.json" if key == "json" else f".{key}"
        suggestion = Path(self._settings.text("files/folder", str(Path.home()))) / procedure.example.task
        title = tr("Export the run")
        path = dialogs.ask_save(self, title, suggestion.with_suffix(ending), kind, ending)
        if path is None:
            return False
        self._settings.set("files/folder", str(path.resolve().parent))
        procedure.export(path, self._maker(key))
        return True

    def _maker(self, key: str) -> Callable[[], bytes]:
        """Return what makes the file, with everything that may change meanwhile taken along."""
        procedure, recording, facts = self.procedure, self.procedure.recording, self.procedure.facts
        if key == "json":
            end = recording.pad(len(recording))
            return partial(json_bytes, recording, end, facts, procedure.outcome, procedure.thoughts)
        names = tuple(pointer_title(pointer) for pointer in facts.pointers)
        style = PadStyle(self._look(), self._view.theme, names)
        if key == "gif":
            return partial(gif_bytes, moments_of(recording, facts), style)
        return partial(png_bytes, moment_at(recording, facts, procedure.position), style)

    def _on_exported(self, path: Path, content: bytes) -> None:
        try:
            write_whole(path, content)
        except OSError as error:
            dialogs.show_error(self, tr("Export the run"), f"{path}: {error.strerror or error}")
        else:
            self.status.setText(tr("Wrote {file}", file=path.name))


class ProceduresDoor(QObject):
    """Opens the dialog; its runs and what is taught have threads of their own from then on."""

    def __init__(
        self, services: Services, view: ViewOptions, settings: Settings, folder: Path, window: QWidget
    ) -> None:
        super().__init__(window)
        self._services, self._view, self._settings, self._window = services, view, settings, window
        self._folder = folder
        self._clients: list[SolverClient] = []
        self.dialog: ProceduresDialog | None = None

    def show(self) -> None:
        """Bring the dialog to the front, built when it is first asked for."""
        if self.dialog is None:
            running, learning = (SolverClient(self._services, self) for _ in range(2))
            self._clients = [running, learning]
            teaching = Teaching(learning, self._folder, self)
            self.dialog = ProceduresDialog(
                ProcedureRun(running, self), teaching, self._view, self._settings, self._window
            )
        self.dialog.show()
        self.dialog.raise_()

    def shut_down(self) -> None:
        """Keep what was recorded and end the threads, if there are any."""
        if self.dialog is not None:
            self.dialog.taught.teaching.keep()
        for client in self._clients:
            client.shut_down()
