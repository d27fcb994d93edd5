"""Opening, saving and exporting: between the workbench and the disk, with the person asked in between."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app import dialogs
from app.export.background import BackgroundExport
from app.export.files import write_bytes
from app.export.formats import FORMATS, Export
from app.export.picture import Scene
from app.settings import Settings
from app.state.batch import Batch, submission
from app.state.saved_programs import SavedPrograms
from app.state.shelf import Shelf
from app.state.workbench import Workbench
from app.translate import mark, tr
from app.widgets.export_dialog import ExportDialog
from puzzles.grid import PuzzleError
from puzzles.puzzle import load_puzzle, read_text, save_puzzle
from solver.export.weights import learned_rows
from solver.words.program import ProgramError, program_from_json

Kind = Literal["puzzle", "program", "collection"]
PUZZLE_KIND = mark("ARC task (*.json)")


class FileDesk(QObject):
    """Every way in and out of the workbench.

    `told` reports what was written, `shelved` the key of a folder or Kaggle file put on the shelf.
    """

    told = Signal(str)
    shelved = Signal(str)

    def __init__(
        self, bench: Workbench, settings: Settings, shelf: Shelf, programs: SavedPrograms, window: QWidget
    ) -> None:
        super().__init__(window)
        self._bench = bench
        self._settings = settings
        self._shelf = shelf
        self._programs = programs
        self._window = window

    def may_leave(self) -> bool:
        """Ask about unsaved changes; return whether what is open may be replaced."""
        document = self._bench.document
        if not document.unsaved or document.puzzle is None:
            return True
        answer = dialogs.ask_about_changes(self._window, document.puzzle.name)
        if answer == "save":
            return self.save()
        return answer == "discard"

    def open(self, path: Path) -> bool:
        """Open a task, program, folder or Kaggle file; say what is wrong and keep what is open otherwise."""
        try:
            kind = kind_of(path)
            if kind == "collection":
                self.shelved.emit(self._shelf.add(path))
                return True
            if kind == "program":
                text = read_text(path)
                program, puzzle = program_from_json(text, path.name)
            else:
                puzzle = load_puzzle(path)
        except (PuzzleError, ProgramError) as error:
            dialogs.show_error(self._window, tr("This file cannot be opened"), str(error))
            return False
        if not self.may_leave():
            return False
        self._settings.set("files/folder", str(path.resolve().parent))
        self._shelf.note_recent(path)
        if kind == "program":
            self._programs.note(path, program)
            self._bench.open_program(program, puzzle)
        else:
            self._bench.open(puzzle, path)
        return True

    def ask_open(self) -> None:
        """Let the person choose a file and open it."""
        path = dialogs.ask_open(self._window, self._settings.text("files/folder", ""))
        if path is not None:
            self.open(path)

    def ask_folder(self) -> None:
        """Let the person choose a folder of tasks and put it on the shelf."""
        path = dialogs.ask_folder(self._window, self._settings.text("files/folder", ""))
        if path is not None:
            self.open(path)

    def save(self) -> bool:
        """Save under the puzzle's own path, or ask for one."""
        path = self._bench.document.path
        return self.save_as() if path is None else self._save(path)

    def save_as(self) -> bool:
        """Ask where to save the puzzle; return whether it was saved."""
        path = self._ask(tr("Save the puzzle"), "", ".json", tr(PUZZLE_KIND))
        return path is not None and self._save(path)

    def show_exports(self) -> None:
        """Offer every format for the program shown."""
        export = self._what()
        if export is not None:
            ExportDialog(export, lambda form: self.export(form.key), self._window).open()

    def export(self, key: str) -> bool:
        """Ask where to, and write the program shown in the format called `key`; return whether it was."""
        export, form = self._what(), FORMATS[key]
        if export is None:
            return False
        middle, _, suffix = form.ending.rpartition(".")
        title = tr("Export: {format}", format=tr(form.title))
        path = self._ask(title, middle, f".{suffix}", tr(form.kind))
        if path is None:
            return False
        try:
            if form.slow:
                self._slowly(key, path, form.make(export), title)
                return True
            export = replace(export, name=path.name)
            further, content = form.beside(export), form.make(export)
        except ProgramError as error:
            dialogs.show_error(self._window, title, str(error))
            return False
        further_paths = {path.with_suffix(ending): part for ending, part in further.items()}
        written = all(self._write(*item, title) for item in (*further_paths.items(), (path, content)))
        if written and key == "program":
            self._programs.note(path, export.scene.candidate.program)
        return written

    def _slowly(self, key: str, path: Path, program: bytes, title: str) -> None:
        """Let a process of its own write the file, and say how it went when it has ended."""
        work = BackgroundExport(program, key, path, self)
        work.failed.connect(lambda text: dialogs.show_error(self._window, title, text))
        work.written.connect(lambda: self.told.emit(tr("Wrote {file}", file=path.name)))
        work.start()
        self.told.emit(tr("Writing {file} in the background…", file=path.name))

    def export_submission(self, batch: Batch) -> None:
        """Write two attempts per test for a whole collection, as the Kaggle competition wants them."""
        if batch.collection is None:
            return
        title = tr("Write the submission")
        answers = submission(batch.collection, batch.results)
        # Valid JSON with a line per puzzle, so that a person can find one in the preview and in the file.
        lines = [f"{json.dumps(puzzle_id)}: {json.dumps(tests)}" for puzzle_id, tests in answers.items()]
        text = "{\n" + ",\n".join(lines) + "\n}\n"
        if not dialogs.preview_lines(self._window, title, text):
            return
        suggestion = Path(self._settings.text("files/folder", str(Path.home()))) / "submission.json"
        path = dialogs.ask_save(self._window, title, suggestion, tr("Submission (*.json)"))
        if path is not None:
            self._write(path, text.encode(), title)

    def _write(self, path: Path, content: bytes, title: str) -> bool:
        """Write a file and say so, or say why not; return whether it was written."""
        try:
            write_bytes(path, content)
        except OSError as error:
            dialogs.show_error(self._window, title, f"{path}: {error.strerror or error}")
            return False
        self.told.emit(tr("Wrote {file}", file=path.name))
        return True

    def _what(self) -> Export | None:
        """Return what can be exported now."""
        bench = self._bench
        candidate, puzzle = bench.run.candidate, bench.run.puzzle
        if candidate is None or puzzle is None:
            return None
        titles = bench.titles(candidate)
        scene = Scene(puzzle, candidate, titles, bench.view.look, bench.view.theme)
        program = candidate.program
        canvas = program.canvas(bench.client.canvas_for(puzzle)) if learned_rows(program) else None
        return Export(scene, bench.timeline.position, bench.run.solution, canvas)

    def _ask(self, title: str, middle: str, suffix: str, kind: str) -> Path | None:
        puzzle = self._bench.document.puzzle
        if puzzle is None:
            return None
        folder = Path(self._settings.text("files/folder", str(Path.home())))
        path = dialogs.ask_save(self._window, title, folder / f"{puzzle.name}{middle}{suffix}", kind)
        if path is not None:
            self._settings.set("files/folder", str(path.resolve().parent))
        return path

    def _save(self, path: Path) -> bool:
        puzzle = self._bench.document.puzzle
        if puzzle is None:
            return False
        try:
            save_puzzle(puzzle, path)
        except OSError as error:
            dialogs.show_error(self._window, tr("Save the puzzle"), f"{path}: {error.strerror or error}")
            return False
        self._bench.document.mark_saved(path)
        self._shelf.note_recent(path)
        self.told.emit(tr("Saved {file}", file=path.name))
        return True


def kind_of(path: Path) -> Kind:
    """Tell from its keys what a JSON file holds; "puzzle" for the rest: reading that says what is wrong."""
    if path.is_dir():
        return "collection"
    try:
        document = json.loads(read_text(path))
    except (ValueError, RecursionError):
        return "puzzle"
    if not isinstance(document, dict) or "train" in document:
        return "puzzle"
    if "steps" in document and "language" in document:
        return "program"
    tasks = list(document.values())
    is_kaggle = tasks and all(isinstance(task, dict) and "train" in task for task in tasks)
    return "collection" if is_kaggle else "puzzle"
