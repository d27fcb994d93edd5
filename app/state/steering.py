"""Steering a search by hand: attempts chosen, answers made demonstrations, grids drawn in the middle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.state.attempts import NO_CHOICE, Choice, ChoiceCommand, chosen, same_choice
from app.state.draft import Place, add_demonstration, same_task
from app.state.editor import Mode
from app.state.run import deeper, earlier_programs
from app.state.sources import without_program
from app.translate import tr
from puzzles.grid import Grid
from puzzles.puzzle import Puzzle
from solver.words.program import EXACT_FINGERPRINT, Program
from solver.words.results import SolveOptions
from solver.words.waypoint import Side, Waypoint

if TYPE_CHECKING:
    from app.state.findings import FindingStore
    from app.state.workbench import Workbench


class Steering:
    """What a person does to a search and its outcome, beside editing puzzle and program."""

    def __init__(self, bench: Workbench, findings: FindingStore | None) -> None:
        self._bench = bench
        self._findings = findings
        self._drawn: dict[int, tuple[Grid, ...]] = {}
        """What was drawn after steps of programs for the open puzzle."""
        bench.document.opened.connect(self._drawn.clear)

    @property
    def can_name_steps(self) -> bool:
        """Whether a program with steps is shown, as it was run."""
        candidate = self._bench.run.candidate
        return candidate is not None and bool(candidate.program.steps) and self._bench.settled

    @property
    def can_go_on(self) -> bool:
        """Whether there is something found that a deeper search may go on from."""
        run = self._bench.run
        return self._bench.can_edit_program and not run.stale and bool(earlier_programs(run))

    def go_on(self, options: SolveOptions) -> None:
        """Search on from what was found, with more time than the last search took."""
        if self.can_go_on:
            self._bench.solve(deeper(options, self._bench.run), keep=True)

    @property
    def test_meant(self) -> int | None:
        """The test drawn on, else that looked at, else the first answered; None where nothing is open."""
        draft, active = self._bench.document.draft, self._bench.editor.active
        if draft is None:
            return None
        drawn = (active.part, active.pair) if active is not None else None
        answered = [("test", i) for i, answer in enumerate(draft.answers) if answer is not None]
        for place in (drawn, self._bench.pair, *answered):
            if place is not None and place[0] == "test" and place[1] < len(draft.answers):
                return place[1]
        return 0

    @property
    def can_add_answer(self) -> bool:
        """Whether the person has answered the test meant."""
        draft, test = self._bench.document.draft, self.test_meant
        return draft is not None and test is not None and draft.answers[test] is not None

    def add_answer(self) -> None:
        """Make the person's answer to the test meant a demonstration; programs are run on it at once."""
        test = self.test_meant
        if test is not None:
            text = tr("make the answer a demonstration")
            self._bench.editor.change_pairs(text, lambda draft: add_demonstration(draft, test))

    @property
    def can_correct_answer(self) -> bool:
        """Whether the program shown has an answer to the test meant."""
        candidate, test = self._bench.run.candidate, self.test_meant
        return candidate is not None and test is not None and test < len(candidate.tests)

    def correct_answer(self) -> None:
        """Take the program's answer to the test meant over as the person's own, to be drawn on."""
        candidate, test = self._bench.run.candidate, self.test_meant
        if self.can_correct_answer and candidate is not None and test is not None:
            self._bench.view.set_reveal(False)
            self._bench.editor.set_mode(Mode.ANSWER)
            self._bench.editor.activate(Place("test", test, "answer"), (0, 0))
            self._bench.editor.put(tr("take over the program's answer"), candidate.tests[test].output)

    def choose_attempt(self, number: int) -> None:
        """Make the answers of the program shown the first or the second attempt, as one undoable step."""
        run = self._bench.run
        if self.can_choose_attempt and run.candidate is not None:
            answers = tuple(trace.output for trace in run.candidate.tests)
            self._choose(chosen(run.attempts, run.choice, number, answers))

    def choose_no_attempt(self) -> None:
        """Leave both attempts to the search again."""
        self._choose(NO_CHOICE)

    @property
    def can_choose_attempt(self) -> bool:
        """Whether the answers of the program shown may become an attempt."""
        run = self._bench.run
        return run.candidate is not None and bool(run.candidate.tests) and not run.solving and not run.stale

    def choice_for(self, puzzle: Puzzle) -> Choice:
        """Return the attempts chosen for a puzzle, the open one or another."""
        if (
            self._bench.run.puzzle is not None
            and same_task(puzzle, self._bench.run.puzzle)
            and not self._bench.run.stale
        ):
            return self._bench.run.choice
        found = self._findings.find(puzzle) if self._findings is not None else None
        return NO_CHOICE if found is None else found.choice

    def _choose(self, choice: Choice) -> None:
        if not same_choice(choice, self._bench.run.choice):
            self._bench.document.undo_stack.push(
                ChoiceCommand(tr("choose the attempts"), self._bench.run.choice, choice, self._take_choice)
            )

    def _take_choice(self, choice: Choice) -> None:
        self._bench.run.set_choice(choice)
        self._bench.keep_findings()

    @property
    def states_here(self) -> tuple[Grid, ...]:
        """What every demonstration is at the step shown; nothing where that is not known, or pieces."""
        puzzle, candidate, at = (
            self._bench.document.puzzle,
            self._bench.run.candidate,
            self._bench.timeline.position,
        )
        if puzzle is None or self._bench.run.solving or self._bench.run.stale or not self._bench.settled:
            return ()
        if candidate is None or at == 0:
            return tuple(pair.input for pair in puzzle.train)
        if without_program(candidate):
            return ()
        states = [trace.outcomes[at] for trace in candidate.demonstrations]
        return () if any(state.pieces is not None for state in states) else tuple(s.grid for s in states)

    @property
    def drawn_here(self) -> tuple[Grid, ...]:
        """What was drawn last at the step shown; else what is there."""
        drawn, states = self._drawn.get(self._bench.timeline.position, ()), self.states_here
        return drawn if len(drawn) == len(states) else states

    def search_by_way_of(
        self, drawn: tuple[Grid, ...], counting: tuple[bool, ...], side: Side, options: SolveOptions
    ) -> None:
        """Search steps that lead to drawn grids, or on from them; `counting` says which of them are meant."""
        at, program = self._bench.timeline.position, self._bench.program or Program((), EXACT_FINGERPRINT)
        self._drawn[at] = drawn
        wanted = tuple(grid if meant else None for grid, meant in zip(drawn, counting, strict=True))
        self._bench.solve(replace(options, waypoint=Waypoint(program, at, wanted, side)), keep=True)
