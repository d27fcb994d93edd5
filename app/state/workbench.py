"""Everything the window works on, and the journey of a puzzle through it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.probes import WordEntry
from app.state.answers import AnswerStore
from app.state.client import SolverClient
from app.state.document import Document
from app.state.draft import (
    Part,
    answers_all,
    only_demonstrations_come_or_go,
    same_task,
)
from app.state.editor import Editor
from app.state.examples import Examples
from app.state.file_stamp import FileStamp
from app.state.findings import Findings, FindingStore
from app.state.lexicon import all_entries
from app.state.marked import MarkedObjects
from app.state.moment import NOTHING, Moment
from app.state.named_words import NamedWords, entries_of
from app.state.names import GivenNames
from app.state.notes import PuzzleNotes
from app.state.program_command import ProgramCommand
from app.state.program_edit import (
    carrying,
    delete_step,
    in_words_of,
    insert_step,
    insert_steps,
    move_step,
    replace_step,
)
from app.state.run import Run
from app.state.solved import Solved
from app.state.sources import is_straight, length_of, others_of, without_program
from app.state.steering import Steering
from app.state.timeline import Timeline
from app.state.view import ViewOptions
from app.state.word_wishes import WordWishes
from app.translate import tr
from puzzles.puzzle import Puzzle
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from solver.words.results import Candidate, Solution, SolveOptions

if TYPE_CHECKING:
    from solver.words.arguments import Argument

EDITED = "edited"
"""The origin of programs that were changed by hand."""
OPENED = "opened file"
"""The origin of programs that were read from a file."""
FIRST_PAIR: tuple[Part, int] = ("train", 0)
"""The pair that is looked at when a puzzle opens."""


class Workbench(QObject):
    """The document, the run over it, the timeline of the program shown, and the vocabulary."""

    vocabulary_changed = Signal()
    engines_changed = Signal()
    pair_changed = Signal()
    """Another pair is looked at"""
    pointed_changed = Signal()
    """The mouse is over another step, or over none"""
    device_changed = Signal()

    def __init__(
        self,
        client: SolverClient,
        view: ViewOptions,
        solved: Solved,
        names: GivenNames,
        *,
        answers: AnswerStore | None = None,
        notes: Path | None = None,
        findings: FindingStore | None = None,
        words: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.client = client
        self.view = view
        self.solved = solved
        self.names = names
        self.document = Document(answers, self)
        self.notes = PuzzleNotes(self.document, notes, self)
        self._findings = findings
        self.named = NamedWords(words, self)
        self._recalled: Findings | None = None
        self._moment: Moment | None = None
        """What is to be shown as soon as its program has run."""
        self.editor = Editor(self.document, self)
        self.run = Run(self)
        self.timeline = Timeline(self)
        self.wishes = WordWishes(self)
        self.marked = MarkedObjects(self.document, self)
        self.steering = Steering(self, findings)
        self.vocabulary: tuple[WordEntry, ...] = ()
        self.vocabulary_error = ""
        self.examples = Examples(client.try_word, self)
        self._further = ""
        self.pair: tuple[Part, int] = FIRST_PAIR
        """The pair whose states the program's chips show."""
        self.pointed: int | None = None
        """The position of the step under the mouse."""
        self.engines: tuple[str, ...] = ()
        self.device = self.why_device = ""
        self._edited: Program | None = None
        self._position = 0
        self._titles: dict[str, str] = {}
        self._words: tuple[WordEntry, ...] = ()
        self._coined: tuple[WordEntry, ...] = ()
        self._connect()

    def _connect(self) -> None:
        self.document.opened.connect(self._on_opened)
        self.document.changed.connect(self._on_edited)
        self.editor.checked_changed.connect(self._on_checked)
        self.run.candidate_changed.connect(self._on_candidate)
        self.client.progressed.connect(self.run.advance)
        self.client.finished.connect(self._on_finished)
        self.client.executed.connect(self._on_executed)
        self.client.recalled.connect(self._on_recalled)
        self.client.failed.connect(self._on_failed)
        self.client.engines_known.connect(self._on_engines)
        self.client.device_known.connect(self._on_device)
        self.client.vocabulary_ready.connect(self._on_vocabulary)
        self.client.coined_ready.connect(self._on_coined)
        self.client.vocabulary_failed.connect(self._on_no_vocabulary)
        self.named.changed.connect(self._list_words)
        self.client.tried.connect(self.examples.put)
        self.client.further_known.connect(self._on_further)

    def open(self, puzzle: Puzzle, path: Path | None = None, stamp: FileStamp | None = None) -> None:
        """Put `puzzle` on the bench, from the file `path` that held `stamp`; what ran before is cancelled."""
        self.document.open(puzzle, path, stamp)

    def open_program(
        self, program: Program, puzzle: Puzzle, path: Path | None = None, stamp: FileStamp | None = None
    ) -> None:
        """Put a puzzle on the bench, as `open` does, together with a program for it, and run that."""
        self.document.open(puzzle, path, stamp)
        self.client.execute(program, puzzle, OPENED)
        self.run.changed.emit()

    @property
    def moment(self) -> Moment | None:
        """What is on the board, to be shared; None where no puzzle is open."""
        puzzle, program = self.document.puzzle, self._program
        if puzzle is None:
            return None
        part, pair = self.pair
        pairs = len(puzzle.train if part == "train" else puzzle.test)
        place: tuple[Part, int] = self.pair if pair < pairs else FIRST_PAIR
        if program is None:
            return Moment(puzzle, NOTHING, 0, *place)
        return Moment(puzzle, program, min(self._at, len(program.steps)), *place)

    def open_moment(self, moment: Moment, path: Path | None = None) -> None:
        """Put the puzzle of a moment on the bench, and show its step of its program when that has run."""
        if moment.program.steps:
            self.open_program(moment.program, moment.puzzle, path)
            self._moment = moment
        else:
            self.open(moment.puzzle, path)
        self.look_at(moment.part, moment.pair)

    def look_at(self, part: Part, index: int) -> None:
        """Show the states of another pair in the program's chips."""
        if self.pair != (part, index):
            self.pair = part, index
            self.pair_changed.emit()

    def point_at(self, position: int | None) -> None:
        """Let the board show what a step picked, as if it were the step shown."""
        if position != self.pointed:
            self.pointed = position
            self.pointed_changed.emit()

    def solve(self, options: SolveOptions, keep: bool = False) -> None:
        """Search for a program that explains the puzzle, and `keep` what was found or throw it away."""
        puzzle = self.document.puzzle
        if puzzle is None:
            return
        self._edited = None
        self.run.start(puzzle, keep)
        # A refinement has its words from the program it starts from.
        wished = options if options.start is not None else self.wishes.added_to(options)
        self.client.solve(puzzle, replace(self.marked.added_to(wished), watch=True))

    def toggle_pause(self) -> None:
        """Hold a running search, or let it go on."""
        if self.run.solving:
            self.run.set_paused(not self.run.paused)
            self.client.set_paused(self.run.paused)

    def cancel(self) -> None:
        """Stop a search, whose best program so far stays on the board, or the execution of a program."""
        if self.run.solving:
            self.client.cancel()
            self.run.cancel()
            QTimer.singleShot(0, self, self.keep_findings)  # a slow disk must not hold up the stop
        elif self.client.busy:
            self.client.cancel()
            self.run.changed.emit()

    @property
    def can_edit_program(self) -> bool:
        """Whether words may be put into the program, or into an empty one."""
        return self.document.puzzle is not None and not self.run.solving

    @cached_property
    def _lexicon(self) -> tuple[WordEntry, ...]:
        return (*entries_of(self.named.words), *all_entries(self.vocabulary))

    @property
    def lexicon(self) -> tuple[WordEntry, ...]:
        """Every word there is to look up: the vocabulary and, before it has arrived too, all other words."""
        return self._lexicon

    def can_use(self, entry: WordEntry) -> bool:
        """Whether a word may be put into the program: procedures need weights that have to be there."""
        return self.can_edit_program and (entry.kind != "procedure" or bool(self._further))

    def insert_word(self, entry: WordEntry, at: int | None = None) -> None:
        """Add a step after the one shown, or after the first `at` steps."""
        at = self._at if at is None else at
        if not self.can_use(entry):
            return
        program = self._program or Program((), EXACT_FINGERPRINT)
        if entry.steps is not None:
            changed = insert_steps(program, at, entry.steps)
            self._change_program(tr("insert a word"), changed, at + len(entry.steps.steps))
            return
        changed = insert_step(self._with(program, entry), at, entry.name, _others(entry))
        self._change_program(tr("insert a word"), changed, at + 1)

    def replace_word(self, entry: WordEntry) -> None:
        """Use another word in the step shown."""
        at = self._at
        if self._program is not None and at and self.can_use(entry):
            if entry.steps is not None:
                changed = insert_steps(delete_step(self._program, at - 1), at - 1, entry.steps)
                self._change_program(tr("change a word"), changed, at - 1 + len(entry.steps.steps))
                return
            others: tuple[int, ...] | None = None if entry.group == "rule" else ()
            if entry.of_two:
                others = others_of(self._program.steps[at - 1]) or _others(entry)
            changed = replace_step(self._with(self._program, entry), at - 1, entry.name, others)
            self._change_program(tr("change a word"), changed, at)

    def change_word(self, name: str) -> None:
        """Use the word called `name` in the step shown: the same one with another argument."""
        at = self._at
        if self._program is not None and at:
            self._change_program(tr("change a word"), replace_step(self._program, at - 1, name), at)

    def _with(self, program: Program, entry: WordEntry) -> Program:
        """Let a program have a word: its code if it was coined, and the weights it needs."""
        fingerprint = self._further if entry.kind == "procedure" else entry.fingerprint
        return in_words_of(carrying(program, entry.name, entry.code), fingerprint)

    def delete_step(self) -> None:
        """Remove the step shown."""
        at = self._at
        if self._program is not None and at:
            self._change_program(tr("delete a step"), delete_step(self._program, at - 1), at - 1)

    def move_step(self, by: int) -> None:
        """Move the step shown earlier or later."""
        at = self._at
        if self._program is not None and at and 1 <= at + by <= len(self._program.steps):
            self._change_program(tr("move a step"), move_step(self._program, at - 1, at - 1 + by), at + by)

    def arguments(self, at: int | None = None) -> tuple[Argument, ...]:
        """Return what can be changed in the name of the word of the step shown, or of that at `at`."""
        at = self._at if at is None else at
        if self._program is None or not 0 < at <= len(self._program.steps) or not self.can_edit_program:
            return ()
        return self.client.arguments(self._program.steps[at - 1].word)

    @property
    def can_refine(self) -> bool:
        """Whether gradient refinement may start from the program shown: it must be of learned words alone."""
        program = self._program
        return program is not None and self.can_edit_program and self.can_start_from(program)

    def can_start_from(self, program: Program) -> bool:
        """Whether gradient refinement may start from a program."""
        kinds = {entry.name: entry.kind for entry in self.vocabulary if not entry.code}
        return bool(program.steps) and all(
            kinds.get(step.word) == "learned" and is_straight(program, position)
            for position, step in enumerate(program.steps, start=1)
        )

    def refine(self, options: SolveOptions) -> None:
        """Give the program shown to gradient refinement as its start."""
        program = self._program
        if self.can_refine and program is not None:
            self.solve(replace(options, start=program), keep=True)

    def refine_from(self, program: Program, options: SolveOptions) -> None:
        """Give another program than the one shown to gradient refinement; a running search is cancelled."""
        if self.document.puzzle is not None and self.can_start_from(program):
            self.cancel()
            self.solve(replace(options, start=program), keep=True)

    def add_program(self, program: Program) -> None:
        """Run a program that comes from elsewhere beside what was found, as one undoable step."""
        self._change_program(tr("open a program"), program, len(program.steps))

    @property
    def word_shown(self) -> str | None:
        """The word of the step shown, if the language has it: a wish about it may be granted."""
        program, at = self._program, self._at
        word = program.steps[at - 1].word if program is not None and 0 < at <= len(program.steps) else None
        return None if word is None or self.is_coined(word) else word

    def wish(self, demand: bool) -> None:
        """Demand the word of the step shown in the next search, or forbid it."""
        word = self.word_shown
        if word is not None:
            (self.wishes.demand if demand else self.wishes.forbid)(word)

    @property
    def can_search_on(self) -> bool:
        """Whether a search may go on from the step shown: it made a grid of every input, not pieces."""
        candidate, at = self.run.candidate, self.timeline.position
        if candidate is None or self._edited is not None or without_program(candidate):
            return False
        traces = (*candidate.demonstrations, *candidate.tests)
        return (
            at > 0
            and self.can_edit_program
            and all(at < len(trace.outcomes) and trace.outcomes[at].pieces is None for trace in traces)
        )

    def search_on(self, options: SolveOptions) -> None:
        """Keep the steps up to the one shown, and search for what is left to do after them."""
        candidate = self.run.candidate
        if self.can_search_on and candidate is not None:
            self.solve(replace(options, pinned=candidate.program.first(self.timeline.position)), keep=True)

    @property
    def settled(self) -> bool:
        """Whether the program shown is as it was last edited."""
        return self._edited is None

    @property
    def program(self) -> Program | None:
        """The program shown, as last edited; None where there is none, or no program gave the answers."""
        return self._program

    @property
    def _program(self) -> Program | None:
        """The program as last edited, which may not have been run yet."""
        if self._edited is not None:
            return self._edited
        candidate = self.run.candidate
        return None if candidate is None or without_program(candidate) else candidate.program

    @property
    def _at(self) -> int:
        """How many steps come before the next change; that of the last edit until it has been run."""
        if self._edited is not None:
            return self._position
        return self.timeline.position if self._program is not None else 0

    def _change_program(self, text: str, program: Program, position: int) -> None:
        """Run another program for the same puzzle, as one undoable step."""
        if self.document.puzzle is not None and self.can_edit_program and program != self._program:
            before = (self._program, self._at)
            command = ProgramCommand(text, before, (program, position), self._show_program)
            self.document.undo_stack.push(command)

    def _show_program(self, program: Program | None, position: int) -> None:
        """Run a program again, or show what is known of it; what is shown until then is stale."""
        puzzle = self.document.puzzle
        if puzzle is None:
            return
        self.cancel()
        known = [candidate for candidate in self.run.candidates if candidate.program == program]
        self._edited, self._position = program, position
        if program is None or known:
            self.client.cancel()
            self._edited = None
            if known:
                self.run.choose(known[0])
            else:
                self.run.clear()
            self.timeline.go(position)
            self._on_edited()
        else:
            self.client.execute(program, puzzle, EDITED)
            self.run.set_stale(True)

    def name_word(self, entry: WordEntry, name: str) -> None:
        """Give a learned word a name of its own; an empty one takes it away."""
        self.names.give(entry, name)
        self._list_words()

    def title_of(self, step: Step) -> str:
        """Write a step as people read it; by its bare name until the vocabulary has arrived."""
        return self.title_of_word(step.word)

    def titles(self, candidate: Candidate) -> tuple[str, ...]:
        """Write every step as people read it; one for an answer that no program gave."""
        if without_program(candidate):
            return (tr("answer"),)
        return tuple(self.title_of(step) for step in candidate.program.steps)

    def title_of_word(self, word: str) -> str:
        """Write a word as people read it."""
        return self._titles.get(word, word)

    def is_coined(self, word: str) -> bool:
        """Whether a word was coined for the puzzle of the program shown."""
        return self.run.candidate is not None and word in dict(self.run.candidate.program.coined)

    def keep_findings(self) -> None:
        """Keep what was found for the puzzle of the run; a program read from a file has that file."""
        run, puzzle = self.run, self.run.puzzle
        read = run.solution is None and run.adopted is not None and run.adopted.origin == OPENED
        found = None if run.stale or read else Findings.of(run, self._weights)
        if puzzle is not None and found is not None and self._findings is not None:
            self._findings.keep(puzzle, found)

    def _recall(self) -> None:
        """Run what was found for the open puzzle earlier, to show it again."""
        puzzle = self.document.puzzle
        found = self._findings.find(puzzle) if self._findings is not None and puzzle is not None else None
        self._recalled = found
        if found is not None:
            self.run.set_choice(found.choice)
        if puzzle is not None and found is not None:
            self.client.recall(puzzle, [(finding.program, finding.origin) for finding in found.found])

    def _on_recalled(self, puzzle: Puzzle, candidates: tuple[Candidate, ...], weights: str) -> None:
        found, current = self._recalled, self.document.puzzle
        if found is None or current is None or self.run.solving or not same_task(current, puzzle):
            return
        if not candidates and (found.found or found.weights != weights):
            return  # other weights may find something
        # On a puzzle with other demonstrations another program may be the best.
        candidates = tuple(sorted(found.again(candidates), key=lambda candidate: sum(candidate.wrong)))
        programs = [finding.program for finding in found.found]
        looked_at = programs[found.shown] if 0 <= found.shown < len(programs) else None
        shown = next((c for c in candidates if c.program == looked_at), candidates[0] if candidates else None)
        followed = self.run.stale
        self.run.restore(found.solution(puzzle, candidates), shown, found.log)
        self._moment = None
        if followed:
            self.keep_findings()

    @property
    def _weights(self) -> str:
        return next((entry.fingerprint for entry in self._words), "")

    def _on_opened(self) -> None:
        self.client.cancel()
        self.keep_findings()
        self._edited = None
        self.view.set_reveal(False)
        self.wishes.clear()
        self._moment = None
        self.look_at(*FIRST_PAIR)
        self.run.reset()
        self._recall()

    def _on_edited(self) -> None:
        puzzle = self.document.puzzle
        if puzzle is not None and self.run.puzzle is not None:
            other = not same_task(puzzle, self.run.puzzle)
            if self.run.solving and other:
                self.cancel()
            if other and only_demonstrations_come_or_go(puzzle, self.run.puzzle):
                self._run_again(puzzle)
            self.run.set_stale(other)

    def _run_again(self, puzzle: Puzzle) -> None:
        """Run what was found for the puzzle as it was on the puzzle as it is, so that verdicts follow."""
        self.keep_findings()
        found = Findings.of(self.run, self._weights)
        if found is not None and found.found:
            self._recalled = found
            self.client.recall(puzzle, [(finding.program, finding.origin) for finding in found.found])

    def _on_checked(self) -> None:
        draft = self.document.draft
        if self.editor.checked and draft is not None and answers_all(draft):
            self.solved.add(draft.puzzle, "me")

    def _on_finished(self, solution: Solution) -> None:
        self.run.finish(solution)
        self.keep_findings()
        if solution.verified and solution.correct is not False:
            self.solved.add(solution.puzzle, "glossa")

    def _on_executed(self, candidate: Candidate, puzzle: Puzzle) -> None:
        edited = candidate.origin == EDITED
        self._edited = None
        self.run.adopt(candidate, puzzle, keep_solution=edited)
        if edited:
            self.timeline.go(self._position)
        current = self.document.puzzle
        self.run.set_stale(current is not None and not same_task(current, puzzle))
        if edited:
            self.keep_findings()
        elif current is not None and not self.run.stale:
            self._recall()
        if not self.client.busy:
            self._moment = None

    def _on_failed(self, message: str) -> None:
        self._edited = None
        self.run.fail(message)

    def _on_candidate(self) -> None:
        candidate = self.run.candidate
        meant, program = self._moment, candidate.program if candidate is not None else None
        step = meant.step if meant is not None and program == meant.program else None
        self.timeline.set_length(length_of(candidate) if candidate else 0, step)
        coined = {name for name, _ in candidate.program.coined} if candidate else set()
        if candidate is not None and coined and coined != {entry.name for entry in self._coined}:
            self.client.describe_coined(candidate.program)
        elif not coined and self._coined:
            self._on_coined(())

    def _on_engines(self, engines: tuple[str, ...]) -> None:
        self.engines = engines
        self.engines_changed.emit()

    def _on_device(self, device: str, why: str) -> None:
        self.device, self.why_device = device, why
        self.device_changed.emit()

    def _on_vocabulary(self, entries: tuple[WordEntry, ...]) -> None:
        self._words = entries
        self._list_words()

    def _on_coined(self, entries: tuple[WordEntry, ...]) -> None:
        """Take in the words of the program shown, unless another is shown by now."""
        candidate = self.run.candidate
        wanted = {name for name, _ in candidate.program.coined} if candidate else set()
        self._coined = tuple(entry for entry in entries if entry.name in wanted)
        self._list_words()

    def _list_words(self) -> None:
        """Put the words coined for this puzzle before those of the language."""
        self.vocabulary = tuple(self.names.named(entry) for entry in (*self._coined, *self._words))
        self._titles = {entry.name: entry.shown for entry in self.vocabulary}
        self.__dict__.pop("_lexicon", None)
        self.vocabulary_changed.emit()

    def _on_further(self, fingerprint: str) -> None:
        self._further = fingerprint
        if fingerprint:
            self.vocabulary_changed.emit()

    def _on_no_vocabulary(self, message: str) -> None:
        self.vocabulary_error = message
        self.vocabulary_changed.emit()


def _others(entry: WordEntry) -> tuple[int, ...]:
    """Return what a word reads besides the result before it: the input, where it needs two."""
    return (-1,) if entry.of_two else ()
