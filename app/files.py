"""Opening, saving and exporting: between the workbench and the disk, with the person asked in between."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app import dialogs
from app.export.background import BackgroundExport
from app.export.contact_sheet import SHEETS, ContactSheet
from app.export.formats import FORMATS, Export, Format
from app.export.picture import WITHOUT_PROGRAM, PictureOptions, Scene
from app.settings import Settings
from app.state.attempts import is_chosen
from app.state.batch import Batch, submission
from app.state.file_stamp import has_changed, stamp_of
from app.state.moment import Moment, link_to, moment_from_json, moment_from_link, moment_to_json
from app.state.saved_programs import SavedPrograms
from app.state.shelf import Shelf
from app.state.workbench import Workbench
from app.translate import mark, tr
from app.widgets.export_dialog import ExportDialog
from app.widgets.sheet_dialog import SheetDialog
from puzzles.beyond import padding_in
from puzzles.collections import Collection, open_path
from puzzles.files import read_text
from puzzles.formats import NotTasks
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle, save_puzzle
from puzzles.storage import write_whole
from solver.export.weights import learned_rows
from solver.words.program import ProgramError

LOOKED_AT = 3
"""Puzzles of a collection that tell whether its grids are padded."""
PUZZLE_KIND = mark("ARC task (*.json)")
MOMENT_KIND = mark("Moment (*.json)")


class FileDesk(QObject):
    """Every way in and out of the workbench.

    `told` reports what was written, `shelved` the key of a folder or Kaggle file put on the shelf,
    `submission_found` the path of a file of attempts.
    """

    told = Signal(str)
    shelved = Signal(str)
    submission_found = Signal(object)

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
        """Open a task, program, folder, Kaggle file or submission; otherwise say what is wrong.

        What is open then stays so.
        """
        stamp = stamp_of(path)  # before it is read: a change in between is noticed when saving
        try:
            found = _open(path)
        except (PuzzleError, ProgramError) as error:
            if isinstance(error, NotTasks) and error.kind == "submission":
                self.submission_found.emit(path)
                return True
            dialogs.show_error(self._window, tr("This file cannot be opened"), str(error))
            return False
        if isinstance(found, Collection):
            self.shelved.emit(self._shelf.add(path, found, self._padding_of(found)))
            return True
        if not self.may_leave():
            return False
        self._settings.set("files/folder", str(path.resolve().parent))
        self._shelf.note_recent(path)
        if isinstance(found, Puzzle):
            own = path.suffix.lower() == ".json"
            self._bench.open(found, path if own else None, stamp if own else None)
        else:
            self._programs.note(path, found.program)
            self._bench.open_moment(found)
        return True

    def _padding_of(self, found: Collection) -> int | None:
        """Return the padding that the person wants cut away, judging by the first puzzles; None for none."""
        entries = (found.entry(puzzle_id) for puzzle_id in found.ids[:LOOKED_AT])
        puzzles = (entry for entry in entries if isinstance(entry, Puzzle))
        value = next((value for value in map(padding_in, puzzles) if value is not None), None)
        return (
            value
            if value is not None and dialogs.ask_about_padding(self._window, found.title, value)
            else None
        )

    def open_link(self, link: str) -> bool:
        """Open the moment that a link holds; otherwise say what is wrong, and what is open stays so."""
        try:
            moment = moment_from_link(link)
        except (PuzzleError, ProgramError) as error:
            dialogs.show_error(self._window, tr("This link cannot be opened"), str(error))
            return False
        if not self.may_leave():
            return False
        self._bench.open_moment(moment)
        return True

    def copy_link(self) -> None:
        """Put a link to what is on the board on the clipboard."""
        moment = self._bench.moment
        if moment is None:
            return
        try:
            link = link_to(moment)
        except ProgramError as error:
            self.told.emit(str(error))
            return
        QGuiApplication.clipboard().setText(link)
        self.told.emit(tr("Copied a link: `glossa LINK` opens this puzzle, program and step"))

    def save_moment(self) -> bool:
        """Ask where to, and write what is on the board; return whether it was."""
        moment, title = self._bench.moment, tr("Save this moment")
        path = self._ask(title, ".moment.json", tr(MOMENT_KIND)) if moment is not None else None
        if moment is None or path is None:
            return False
        written = self._write(path, moment_to_json(moment).encode(), title)
        if written:
            self._programs.note(path, moment.program)
        return written

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
        document = self._bench.document
        if document.path is None:
            return self.save_as()
        if not has_changed(document.path, document.stamp):
            return self._save(document.path)
        answer = dialogs.ask_about_foreign_change(self._window, document.path.name)
        if answer == "reload":
            self._reload(document.path)
            return False
        return answer != "cancel" and (self.save_as() if answer == "save as" else self._save(document.path))

    def save_as(self) -> bool:
        """Ask where to save the puzzle; return whether it was saved."""
        path = self._ask(tr("Save the puzzle"), ".json", tr(PUZZLE_KIND))
        return path is not None and self._save(path)

    def _reload(self, path: Path) -> None:
        """Take what another program made of the file; what was drawn here is given up."""
        stamp = stamp_of(path)
        try:
            found = _open(path)
        except PuzzleError as error:
            dialogs.show_error(self._window, tr("This file cannot be opened"), str(error))
            return
        if isinstance(found, Puzzle):
            self._bench.open(found, path, stamp)

    def show_exports(self) -> None:
        """Offer every format for the puzzle and the program shown."""
        export = self._what()
        if export is not None:
            ExportDialog(export, self.write, self._window).open()

    def show_sheet(self, title: str, puzzles: tuple[Puzzle, ...]) -> None:
        """Offer a contact sheet of puzzles; say why there is none."""
        view = self._bench.view
        try:
            sheet = ContactSheet(title, puzzles, view.look, view.theme, self._alone())
        except ProgramError as error:
            dialogs.show_error(self._window, tr("Contact sheet"), str(error))
            return
        SheetDialog(sheet, self._write_sheet, self._window).open()

    def _write_sheet(self, sheet: ContactSheet, key: str) -> bool:
        """Ask where to, and write a contact sheet; return whether it was."""
        form, title = FORMATS[key], tr("Contact sheet")
        path = self._ask_for(title, sheet.title, form.ending, tr(form.kind))
        if path is None:
            return False
        try:
            content = SHEETS[key](sheet)
        except ProgramError as error:
            dialogs.show_error(self._window, title, str(error))
            return False
        return self._write(path, content, title)

    def export(self, key: str) -> bool:
        """Ask where to, and write what is shown in the format called `key`; return whether it was."""
        export = self._what()
        return export is not None and self.write(export, FORMATS[key])

    def write(self, export: Export, form: Format) -> bool:
        """Ask where to, and write an export in a format; return whether it was."""
        key = form.key
        title = tr("Export: {format}", format=tr(form.title))
        path = self._ask(title, form.ending, tr(form.kind))
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
        if not all(self._may_replace(beside, part) for beside, part in further_paths.items()):
            return False
        written = all(self._write(*item, title) for item in (*further_paths.items(), (path, content)))
        if written and key == "program" and export.scene.candidate is not None:
            self._programs.note(path, export.scene.candidate.program)
        return written

    def _may_replace(self, path: Path, content: bytes) -> bool:
        """Whether nothing else lies where a file is written that nobody named, or it may be replaced."""
        try:
            if not os.path.lexists(path) or (path.is_file() and path.read_bytes() == content):
                return True
        except OSError:
            pass  # what cannot be read cannot be known to be the same
        return dialogs.ask_to_replace(self._window, path.name)

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
        answers = submission(batch.collection, batch.results, self._bench.steering.choice_for)
        # Valid JSON with a line per puzzle, so that a person can find one in the preview and in the file.
        lines = [f"{json.dumps(puzzle_id)}: {json.dumps(tests)}" for puzzle_id, tests in answers.items()]
        text = "{\n" + ",\n".join(lines) + "\n}\n"
        if not dialogs.preview_lines(self._window, title, text):
            return
        suggestion = Path(self._settings.text("files/folder", str(Path.home()))) / "submission.json"
        path = dialogs.ask_save(self._window, title, suggestion, tr("Submission (*.json)"), ".json")
        if path is not None:
            self._write(path, text.encode(), title)

    def _write(self, path: Path, content: bytes, title: str) -> bool:
        """Write a file and say so, or say why not; return whether it was written."""
        try:
            write_whole(path, content)
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
            puzzle = bench.document.puzzle
            if puzzle is None:
                return None
            scene = Scene(puzzle, None, (), bench.view.look, bench.view.theme, self._alone())
            return Export(scene, 0)
        titles = bench.titles(candidate)
        scene = Scene(puzzle, candidate, titles, bench.view.look, bench.view.theme)
        program = candidate.program
        canvas = program.canvas(bench.client.canvas_for(puzzle)) if learned_rows(program) else None
        run = bench.run
        best = run.solution is not None and candidate is run.solution.best
        attempts = run.attempts if best or is_chosen(run.choice) else ()
        return Export(scene, bench.timeline.position, attempts, canvas)

    def _alone(self) -> PictureOptions:
        """Return what pictures of puzzles alone say; answers to tests only where they are shown anyway."""
        return replace(WITHOUT_PROGRAM, expected=self._bench.view.reveal)

    def _ask(self, title: str, ending: str, kind: str) -> Path | None:
        puzzle = self._bench.document.puzzle
        return None if puzzle is None else self._ask_for(title, puzzle.name, ending, kind)

    def _ask_for(self, title: str, name: str, ending: str, kind: str) -> Path | None:
        """Ask where to write what is called `name`; the folder is remembered."""
        folder = Path(self._settings.text("files/folder", str(Path.home())))
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", name)  # a puzzle may be called anything, "../x" too
        path = dialogs.ask_save(self._window, title, folder / f"{name}{ending}", kind, ending)
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
        self._shelf.note_saved(path)
        self.told.emit(tr("Saved {file}", file=path.name))
        return True


def _open(path: Path) -> Puzzle | Collection | Moment:
    """Open what a file holds; reading says what is wrong with anything else."""
    try:
        return open_path(path)
    except NotTasks as error:
        if error.kind != "program":
            raise
    return moment_from_json(read_text(path), path.name)
