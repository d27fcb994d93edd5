"""Opening a submission: the dialog with its score, and what is written from there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app import dialogs
from app.settings import Settings
from app.state.scoring import Scoring
from app.state.shelf import Shelf
from app.state.view import ViewOptions
from app.translate import tr
from app.widgets.score_dialog import ScoreDialog
from puzzles.grid import PuzzleError
from puzzles.storage import write_whole


class ScoreDoor(QObject):
    """Shows a submission's score in a window beside the board; another one takes its place."""

    open_asked = Signal(object, object)
    """`Puzzle`, and the path of its file or None"""
    copy_asked = Signal(object)
    """`Grid`"""
    told = Signal(str)

    def __init__(self, shelf: Shelf, view: ViewOptions, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._shelf, self._view, self._settings, self._window = shelf, view, settings, window
        self.dialog: ScoreDialog | None = None

    def ask(self) -> None:
        """Let the person choose a submission and show its score."""
        path = dialogs.ask_submission(self._window, self._settings.text("files/folder", ""))
        if path is not None:
            self.show(path)

    def show(self, path: Path) -> bool:
        """Show the score of a submission; say what is wrong with another file."""
        try:
            scoring = Scoring(path, self._shelf)
        except PuzzleError as error:
            dialogs.show_error(self._window, tr("This file cannot be opened"), str(error))
            return False
        self._settings.set("files/folder", str(path.resolve().parent))
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog = ScoreDialog(scoring, self._view, self._window)
        scoring.setParent(dialog)
        dialog.open_asked.connect(self.open_asked)
        dialog.copy_asked.connect(self.copy_asked)
        dialog.export_asked.connect(lambda: self._export(scoring))
        dialog.finished.connect(self._on_finished)
        dialog.show()
        dialog.raise_()
        return True

    def _on_finished(self) -> None:
        self.dialog = None

    def _export(self, scoring: Scoring) -> None:
        """Ask where to, and write the table."""
        title = tr("Write the score")
        suggestion = scoring.path.resolve().with_name(f"{scoring.path.stem}-score.csv")
        path = dialogs.ask_save(self.dialog or self._window, title, suggestion, tr("Table (*.csv)"), ".csv")
        if path is None:
            return
        try:
            write_whole(path, scoring.table())
        except OSError as error:
            dialogs.show_error(self._window, title, f"{path}: {error.strerror or error}")
        else:
            self.told.emit(tr("Wrote {file}", file=path.name))
