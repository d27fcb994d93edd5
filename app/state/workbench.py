"""Everything the window works on, and the journey of a puzzle through it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.probes import WordEntry
from app.state.document import Document
from app.state.draft import same_task
from app.state.editor import Editor
from app.state.run import Effort, Run
from app.state.timeline import Timeline
from app.state.view import ViewOptions
from app.worker import SolverClient
from puzzles.puzzle import Puzzle
from solver.language import Program, Step
from solver.results import Candidate, Solution


class Workbench(QObject):
    """The document, the run over it, the timeline of the program shown, and the vocabulary."""

    vocabulary_changed = Signal()

    def __init__(self, client: SolverClient, view: ViewOptions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self.view = view
        self.document = Document(self)
        self.editor = Editor(self.document, self)
        self.run = Run(self)
        self.timeline = Timeline(self)
        self.vocabulary: tuple[WordEntry, ...] = ()
        self.vocabulary_error = ""
        self._titles: dict[str, str] = {}
        self._connect()

    def _connect(self) -> None:
        self.document.opened.connect(self._on_opened)
        self.document.changed.connect(self._on_edited)
        self.run.candidate_changed.connect(self._on_candidate)
        self.client.progressed.connect(self.run.advance)
        self.client.finished.connect(self._on_finished)
        self.client.executed.connect(self._on_executed)
        self.client.failed.connect(self.run.fail)
        self.client.vocabulary_ready.connect(self._on_vocabulary)
        self.client.vocabulary_failed.connect(self._on_no_vocabulary)

    def open(self, puzzle: Puzzle, path: Path | None = None) -> None:
        """Put `puzzle` on the bench; whatever ran before is cancelled."""
        self.document.open(puzzle, path)

    def open_program(self, program: Program, puzzle: Puzzle) -> None:
        """Put a puzzle on the bench together with a program for it, and run that."""
        self.document.open(puzzle)
        self.client.execute(program, puzzle, "opened file")

    def solve(self, effort: Effort, learned_only: bool = False) -> None:
        """Search for a program that explains the puzzle."""
        puzzle = self.document.puzzle
        if puzzle is None:
            return
        self.run.start(puzzle)
        self.client.solve(puzzle, float(effort.value), learned_only)

    def cancel(self) -> None:
        """Stop a running search; its best program so far stays on the board."""
        if self.run.solving:
            self.client.cancel()
            self.run.cancel()

    def change_program(self, program: Program) -> None:
        """Show another program for the same puzzle once it has been run; until then all is stale."""
        puzzle = self.document.puzzle
        if puzzle is not None:
            self.run.set_stale(True)
            self.client.execute(program, puzzle, "edited")

    def title_of(self, step: Step) -> str:
        """Write a step as people read it; by its bare name until the vocabulary has arrived."""
        return self._titles.get(step.word, step.word)

    def _on_opened(self) -> None:
        self.client.cancel()
        self.run.reset()

    def _on_edited(self) -> None:
        puzzle = self.document.puzzle
        if puzzle is not None and self.run.puzzle is not None:
            if self.run.solving and not same_task(puzzle, self.run.puzzle):
                self.cancel()
            self.run.set_stale(not same_task(puzzle, self.run.puzzle))

    def _on_finished(self, solution: Solution) -> None:
        self.run.finish(solution)

    def _on_executed(self, candidate: Candidate, puzzle: Puzzle) -> None:
        position = min(self.timeline.position, len(candidate.program.steps))
        self.run.adopt(candidate, puzzle)
        if candidate.origin == "edited":
            self.timeline.go(position)

    def _on_candidate(self) -> None:
        candidate = self.run.candidate
        self.timeline.set_length(len(candidate.program.steps) if candidate else 0)

    def _on_vocabulary(self, entries: tuple[WordEntry, ...]) -> None:
        self.vocabulary = entries
        self._titles = {entry.name: entry.title for entry in entries}
        self.vocabulary_changed.emit()

    def _on_no_vocabulary(self, message: str) -> None:
        self.vocabulary_error = message
        self.vocabulary_changed.emit()
