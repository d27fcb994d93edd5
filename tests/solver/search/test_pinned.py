"""Searching on from pinned steps: what is found is written after them and counted on the puzzle itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from puzzles.grid import Grid, as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.learned import LearnedLanguage
from solver.search.pinned import Pinned, search_on
from solver.search.solve import solve
from solver.words.operations import SPLITS
from solver.words.operations.together import STACK
from solver.words.program import EXACT_FINGERPRINT, Language, Outcome, Program, ProgramError, Step, WordKind
from solver.words.results import Progress, SolveOptions, finish, run_program
from solver.words.vocabulary import EXACT_LANGUAGE
from tests.solver.conftest import puzzle_of

CANVAS = (30, 30)


def exact(*steps: str | Step) -> Program:
    return Program(tuple(Step(s) if isinstance(s, str) else s for s in steps), EXACT_FINGERPRINT)


def grids(count: int, side: int = 4) -> list[np.ndarray]:
    rng = np.random.default_rng(3)
    return [rng.integers(1, 10, (side, side)).astype(np.uint8) for _ in range(count)]


def puzzle_with(change: Callable[[np.ndarray], np.ndarray]) -> Puzzle:
    pairs = [Pair(as_grid(grid), as_grid(change(grid))) for grid in grids(4)]
    return Puzzle("made", tuple(pairs[:3]), tuple(pairs[3:]))


def test_steps_written_after_others_read_what_they_read() -> None:
    """Whatever a program reads, its own input included, is the pinned result and what follows it."""
    grid = grids(1)[0]
    first = exact("flip left-right", Step("transpose", -1), Step("flip up-down", 0))
    for rest in (
        exact("transpose", "flip left-right"),
        exact("transpose", Step("flip left-right", -1), Step("rotate clockwise", 0)),
        exact("transpose", Step(STACK, -1, (0,)), Step(STACK, 1, (-1,))),
        exact(),
    ):
        whole = first.then(rest)
        middle = EXACT_LANGUAGE.execute(first, [grid], CANVAS)[0].output
        expected = EXACT_LANGUAGE.execute(rest, [middle], CANVAS)[0].grids
        made = EXACT_LANGUAGE.execute(whole, [grid], CANVAS)[0].grids
        assert len(made) == 1 + len(first.steps) + len(rest.steps)
        assert all(same_grid(a, b) for a, b in zip(made[len(first.steps) :], expected, strict=True))
    assert exact().then(first) == first


def test_a_program_of_two_languages_needs_the_weights_of_both() -> None:
    learned = Program((Step("w1"),), "weights", (("new-1", (1.0,)),), (4, 9))
    other = Program((Step("FILL"),), "npi-1", least_canvas=(7, 3))
    assert exact("transpose").then(learned).fingerprint == "weights"
    assert learned.then(exact("transpose")).fingerprint == "weights"
    assert learned.then(other).fingerprint == "weights+npi-1"
    assert learned.then(other).least_canvas == (7, 9)
    assert learned.then(other).coined == learned.coined
    assert exact().then(other).fingerprint == "npi-1"
    assert exact("transpose").then(exact()).fingerprint == EXACT_FINGERPRINT


def test_the_first_steps_bring_only_the_words_they_use() -> None:
    program = Program((Step("new-1"), Step("new-2")), "weights", (("new-1", (1.0,)), ("new-2", (2.0,))))
    assert program.first(1) == Program((Step("new-1"),), "weights", (("new-1", (1.0,)),))
    assert program.first(2) == program


def test_exact_words_are_found_after_pinned_ones() -> None:
    puzzle = puzzle_with(lambda grid: np.flipud(np.where(grid == 3, 5, grid)).T.copy())
    pinned = exact("replace 3 by 5")
    moments: list[Progress] = []
    options = SolveOptions(engine="explore", budget_s=20.0, pinned=pinned)
    solution = finish(solve(puzzle, options), moments.append)
    assert solution.puzzle is puzzle
    assert solution.correct
    for candidate in solution.candidates:
        assert candidate.program.steps[:1] == pinned.steps
        again = run_program(EXACT_LANGUAGE, candidate.program, puzzle, CANVAS, "again")
        assert again.wrong == candidate.wrong
        assert again.answers == candidate.answers
    assert all(
        same_grid(t.grids[0], p.input)
        for t, p in zip(solution.best.demonstrations, puzzle.train, strict=True)
    )
    assert moments[0].phase == "pinned"
    shown = [moment.best for moment in moments if moment.best is not None]
    assert shown
    assert all(candidate.program.steps[:1] == pinned.steps for candidate in shown)


def test_pinned_steps_that_explain_everything_are_enough() -> None:
    puzzle = puzzle_with(np.fliplr)
    solution = finish(
        solve(puzzle, SolveOptions(engine="explore", budget_s=10.0, pinned=exact("flip left-right")))
    )
    assert solution.correct
    assert solution.best.program == exact("flip left-right")


def test_learned_words_are_found_after_pinned_ones(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift up", "shift left")
    up = next(word.name for word in tiny.language.words if word.meaning == "shift up")
    for first in (exact("shift up"), Program((Step(up),), tiny.language.fingerprint)):
        options = SolveOptions(engine="nli", budget_s=20.0, pinned=first)
        solution = finish(solve(puzzle, options, learned=tiny))
        assert solution.correct
        assert solution.best.program.steps[0] == first.steps[0]
        assert solution.best.program.fingerprint in (tiny.language.fingerprint, EXACT_FINGERPRINT)
        assert tiny.language.execute(solution.best.program, [puzzle.test[0].input], (4, 4))


def test_what_was_found_on_another_canvas_is_run_with_room_for_it(tiny: LearnedLanguage) -> None:
    grown = Puzzle(
        "grown", tuple(Pair(as_grid(g), as_grid(g)) for g in grids(3)), (Pair(as_grid(grids(1)[0])),)
    )
    pinned = Pinned(grown, exact("scale up 2"), tiny.language)
    assert pinned.rest.train[0].input.shape == (8, 8)
    found = run_program(
        tiny.language, Program((Step("w0"),), tiny.language.fingerprint), pinned.rest, (8, 8), "s"
    )
    extended = pinned.extended(found)
    assert extended is not None
    assert extended.program.canvas((4, 4)) >= (8, 8)
    assert same_grid(extended.tests[0].output, found.tests[0].output)


@dataclass
class Measure:
    """A word that adds the rows of its canvas to every colour, as learned words depend on their canvas."""

    name: str = "measure"
    kind: WordKind = "learned"
    meaning: str = ""
    ran: list[tuple[int, int]] = field(default_factory=list)

    def apply(self, grids: Sequence[Grid], canvas: tuple[int, int]) -> list[Outcome]:
        self.ran.append(canvas)
        return [Outcome(as_grid((grid + canvas[0]) % 10)) for grid in grids]


@pytest.mark.parametrize("room", [None, (7, 7)])
def test_pinned_steps_run_again_only_where_what_follows_needs_another_canvas(
    room: tuple[int, int] | None,
) -> None:
    pinned_word, next_word = Measure(), Measure("again")
    language = Language((pinned_word, next_word), "weights")
    puzzle = puzzle_with(np.fliplr)
    pinned = Pinned(puzzle, Program((Step("measure"),), "weights"), language)
    assert pinned_word.ran == [(4, 4)]
    rest = Program((Step("again"),), "weights", least_canvas=room)
    extended = pinned.extended(run_program(language, rest, pinned.rest, (4, 4), "search"))
    assert extended is not None
    assert pinned_word.ran == ([(4, 4)] if room is None else [(4, 4), room])
    rows = 4 if room is None else room[0]
    for trace, pair in zip(extended.demonstrations, puzzle.train, strict=True):
        assert same_grid(trace.grids[1], as_grid((pair.input + rows) % 10))
        assert same_grid(trace.output, as_grid((pair.input + 2 * rows) % 10))


class Begun(Exception):
    """The search after the pinned steps was begun."""


def test_weights_are_loaded_only_where_the_pinned_steps_or_the_search_need_them(
    untrained: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def load(device: str) -> LearnedLanguage:
        loaded.append(device)
        return untrained

    def begin(*_: Any) -> Any:
        raise Begun

    monkeypatch.setattr("solver.search.pinned.load_learned", load)
    learned = Program((Step("w1"),), untrained.language.fingerprint)
    for pinned, options, expected in (
        (exact("transpose"), SolveOptions(engine="explore"), 0),
        (learned, SolveOptions(engine="explore"), 1),
        (exact("transpose"), SolveOptions(engine="explore", learned_only=True), 1),
        (exact("transpose"), SolveOptions(engine="nli"), 1),
        (exact("transpose"), SolveOptions(engine="auto"), 1),
    ):
        loaded.clear()
        with pytest.raises(Begun):
            finish(search_on(puzzle_of("shift up"), pinned, options, None, begin))
        assert len(loaded) == expected, (pinned, options)


@pytest.mark.parametrize(
    ("pinned", "complaint"),
    [
        (exact("stand on its head"), r"pinned: this language has no word"),
        (exact(SPLITS[0].name), r"pinned: the last step, .*, yields pieces, expected a grid"),
        (
            exact("the piece with most cells"),
            r"pinned: the piece with .* has no answer for train\[0\]",
        ),
        (Program((Step("w1"),), "0000"), r"pinned: the program was written with weights 0000"),
    ],
)
def test_steps_that_cannot_be_pinned_are_refused_in_a_line(
    tiny: LearnedLanguage, pinned: Program, complaint: str
) -> None:
    puzzle = puzzle_with(np.fliplr)
    with pytest.raises(ProgramError, match=complaint) as refused:
        finish(solve(puzzle, SolveOptions(engine="explore", budget_s=5.0, pinned=pinned), learned=tiny))
    assert len(str(refused.value)) < 300
    assert "\n" not in str(refused.value)


def test_the_grid_that_a_pinned_word_cannot_answer_is_named() -> None:
    even, single = as_grid(np.ones((4, 4), np.uint8)), as_grid([[1]])
    puzzle = Puzzle("odd", (Pair(even, even), Pair(even, even)), (Pair(even), Pair(single)))
    with pytest.raises(ProgramError, match=r"left over right has no answer for test\[1\]\.input"):
        Pinned(puzzle, exact("left over right"), EXACT_LANGUAGE)


def test_pinned_steps_go_with_neither_a_start_nor_a_method_without_programs() -> None:
    puzzle, pinned = puzzle_with(np.fliplr), exact("transpose")
    with pytest.raises(ValueError, match="start and pinned"):
        finish(solve(puzzle, SolveOptions(pinned=pinned, start=pinned)))
    with pytest.raises(ValueError, match="engine is 'other'"):
        finish(solve(puzzle, SolveOptions(pinned=pinned, engine="other"), engines={"other": solve}))
