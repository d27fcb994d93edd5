"""The taught procedures among those that can be run: listed, taught anew, removed."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import dialogs
from app.procedures import Example, taught, use_taught
from app.state.procedure_run import ProcedureRun
from app.state.recording import Pads
from app.state.teaching import Teaching
from app.state.view import ViewOptions
from app.taught import TaughtProcedure, find_taught, forget_taught
from app.translate import tr
from app.widgets.example_picker import ExamplePicker
from app.widgets.teach_dialog import TeachDialog
from solver.words.errors import UsageError

log = logging.getLogger(__name__)
SIZE = 6
"""Of a random pad for a procedure whose recording is gone."""


class TaughtList(QObject):
    """Joins what is taught to the list of examples and to the dialog in which it is taught."""

    def __init__(self, procedure: ProcedureRun, teaching: Teaching, dialog: QWidget) -> None:
        super().__init__(dialog)
        self.teaching, self._procedure, self._parent = teaching, procedure, dialog
        self._found = find_taught(teaching.folder)
        use_taught(self._found)
        self.dialog: TeachDialog | None = None
        self._learned: TaughtProcedure | None = None

    def show_on(self, picker: ExamplePicker, view: ViewOptions) -> None:
        """List what was taught, and answer the buttons below the list."""
        self._picker, self._view = picker, view
        picker.teach.clicked.connect(self.teach)
        picker.remove.clicked.connect(self.remove)
        self.teaching.learned.connect(self._on_learned)
        picker.show_taught(self._examples())

    def _examples(self) -> list[Example]:
        return [self._example(one) for one in self._found]

    def _example(self, procedure: TaughtProcedure) -> Example:
        """The pad of its first demonstration."""
        try:
            start = self.teaching.recordings.read(procedure.name)[0].start
        except UsageError as error:
            log.info("a taught procedure has no recording: %s", error)
            return Example(procedure.name, SIZE)
        return Example(procedure.name, max(start.cells.shape), drawn=start)

    def teach(self) -> None:
        """Open the dialog, with what was not learned yet when it is first asked for."""
        if self.dialog is None:
            self.dialog = TeachDialog(self.teaching, self._view, self._pads, self._parent)
            self.dialog.accepted.connect(self._on_accepted)
            self.teaching.bring_back(tuple(one.name for one in self._found))
        self._procedure.timeline.pause()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.pad.setFocus()

    def _pads(self) -> Pads | None:
        """The pad of the example that is looked at, where the eye can see it."""
        facts, start = self._procedure.facts, self._procedure.recording.start
        return start if facts.environment == "drawing" else None

    def remove(self) -> None:
        """Remove the taught procedure that is looked at, if the person agrees."""
        found = taught(self._procedure.example.task)
        if found is None or not dialogs.ask_to_remove_procedure(self._parent, found.name):
            return
        try:
            forget_taught(found)
        except OSError as error:
            text = f"{found.weights}: {error.strerror or error}"
            dialogs.show_error(self._parent, tr("Remove the procedure?"), text)
        self._procedure.cancel()
        self._procedure.forget_library(found.name)
        self._list_again()

    def _on_learned(self, procedure: TaughtProcedure) -> None:
        self._learned = procedure
        self._procedure.forget_library(procedure.name)
        self._list_again(procedure.name)

    def _on_accepted(self) -> None:
        if self._learned is not None:
            self._procedure.run()

    def _list_again(self, chosen: str = "") -> None:
        self._found = find_taught(self.teaching.folder)
        shown = self._procedure.example.task
        if taught(shown) is not None and shown not in [one.name for one in self._found]:
            self._picker.list.setCurrentRow(0)  # what is looked at is gone
        use_taught(self._found)
        self._picker.show_taught(self._examples(), chosen)
