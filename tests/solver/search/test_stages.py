"""Every stage of the learned search does its part on a tiny language, and can be switched off."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Puzzle
from puzzles.symmetry import SYMMETRIES, View, views
from solver.lab.bench.stages import (
    StagesConfig,
    measure_after_search,
    measure_memory,
    measure_stages,
    measure_true_words,
)
from solver.nli.learned import LearnedLanguage, coined_name
from solver.nli.model import NLI
from solver.search import stages
from solver.search.best_first import OrderConfig, best_first
from solver.search.memory import Memory
from solver.search.problem import Problem
from solver.search.run import Run
from solver.search.solve import SolveOptions, finish, solve
from solver.search.stages import StagedSearch
from solver.search.tuning import TuneConfig, tune
from solver.search.views import in_view, larger, search_views
from solver.training.synthetic import Task
from solver.words.operations import CURRICULUM_OPERATIONS
from solver.words.program import (
    EXACT_FINGERPRINT,
    Language,
    Outcome,
    Program,
    ProgramError,
    Step,
    Trace,
    program_from_json,
    program_to_json,
)
from solver.words.results import Progress
from tests.solver.conftest import puzzle_of


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def test_programs_say_what_their_learned_words_stand_for(tiny):
    problem = Problem(puzzle_of("shift up"), tiny)
    word = tiny.language.words[0]
    assert word.meaning
    program = Program.of([word.name, "new-123456"], tiny.language.fingerprint)
    assert problem.meanings(program) == [word.meaning]


def test_the_likeliest_programs_come_first(tiny: LearnedLanguage) -> None:
    nodes = list(best_first(Problem(puzzle_of("shift up"), tiny), OrderConfig(depth=2)))
    assert next(i for i, node in enumerate(nodes) if node.wrong == 0) < 3
    assert len({node.words for node in nodes}) == len(nodes)
    assert max(len(node.words) for node in nodes) == 2
    assert all(node.words for node in nodes)


@pytest.mark.parametrize("view", [*SYMMETRIES, *list(views(12, seed=3))[1:]])
def test_programs_of_views_do_the_same_to_the_puzzle_itself(view: View, tiny: LearnedLanguage) -> None:
    grid = as_grid(np.random.default_rng(0).integers(0, 10, (3, 4)))
    program = in_view(view, Program((Step("shift up"),), tiny.language.fingerprint), (4, 4))
    (trace,) = tiny.language.execute(program, [grid], (4, 4))
    shown = view.apply(grid)
    moved = np.zeros_like(shown)
    moved[:-1] = shown[1:]
    assert same_grid(trace.output, view.invert(moved))


def test_another_view_finds_what_the_puzzle_itself_hides(tiny: LearnedLanguage) -> None:
    found = search_views(puzzle_of("shift left"), tiny, OrderConfig(depth=1), nodes=8, seed=0)
    candidates = [candidate for candidate in found if candidate is not None]
    assert candidates
    assert all(candidate.verified and candidate.origin == "views" for candidate in candidates)
    expected = puzzle_of("shift left").test[0].output
    assert expected is not None
    assert same_grid(candidates[0].tests[0].output, expected)


def test_a_larger_canvas_ends_at_the_largest_grid() -> None:
    assert larger((4, 10)) == (6, 16)
    assert larger((30, 29)) == (30, 30)
    assert larger((30, 30)) is None


@pytest.fixture
def coined(tiny: LearnedLanguage) -> tuple[Program, Puzzle]:
    """A program with a word of its own: the code of "shift up", as if it had been found for the puzzle."""
    code = tuple(round(value, 4) for value in tiny.model.executor.codes[0].tolist())
    name = coined_name(code)
    program = Program((Step(name),), tiny.language.fingerprint, ((name, code),))
    return program, puzzle_of("shift up")


def test_new_words_travel_with_their_program(coined: tuple[Program, Puzzle], tiny: LearnedLanguage) -> None:
    program, puzzle = coined
    again, _ = program_from_json(program_to_json(program, puzzle), "p.json")
    assert again == program
    (trace,) = tiny.language.execute(again, [puzzle.test[0].input], (4, 4))
    assert puzzle.test[0].output is not None
    assert same_grid(trace.output, puzzle.test[0].output)
    described = tiny.language.with_words(again).describe(again.steps[0])
    assert described.startswith("new-")
    assert "shift up" in described
    with pytest.raises(ProgramError, match="no word"):  # the next puzzle's programs know nothing of it
        tiny.language[again.steps[0].word]


def test_damaged_new_words_are_refused(coined: tuple[Program, Puzzle], tiny: LearnedLanguage) -> None:
    program, puzzle = coined
    ((name, code),) = program.coined
    for other in (code[:-1], (code[0] + 1, *code[1:]), (float("nan"), *code[1:])):
        damaged = Program((Step("new-000000"),), program.fingerprint, (("new-000000", other),))
        with pytest.raises(ProgramError, match="damaged"):
            tiny.language.execute(damaged, [puzzle.test[0].input], (4, 4))
    with pytest.raises(ProgramError, match="takes in no new words"):
        Language((), program.fingerprint).execute(program, [puzzle.test[0].input], (4, 4))
    for text in (f'"coined": {{"{name}": "code"}}', '"coined": [1]', '"room": [0, 3]'):
        document = program_to_json(Program((), program.fingerprint), puzzle)
        with pytest.raises(ProgramError, match=r"p\.json: (coined|room)"):
            program_from_json(document.replace('"name"', f'{text},\n "name"', 1), "p.json")


def test_tuning_learns_the_demonstrations_and_leaves_the_language_alone(tiny: LearnedLanguage) -> None:
    before = {name: value.clone() for name, value in tiny.model.state_dict().items()}
    steps = list(tune(puzzle_of("shift up"), tiny, TuneConfig(steps=3), seed=0))
    tuned = steps[-1]
    assert set(steps[:-1]) == {None}  # a chance to stop after every call
    assert len(steps) > 3 * (TuneConfig.views + 1)
    assert tuned is not None
    assert tuned.language.fingerprint != tiny.language.fingerprint
    assert any(not torch.equal(value, before[name]) for name, value in tuned.model.state_dict().items())
    assert all(torch.equal(value, before[name]) for name, value in tiny.model.state_dict().items())


def test_what_was_tuned_is_searched(tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "tune", lambda *_: iter((None, tiny)))
    found = finish(
        solve(
            puzzle_of("rotate clockwise"),
            SolveOptions(learned_only=True, stages=("tuning",), work=1),
            learned=tiny,
        )
    )
    (at_once,) = (c for c in found.candidates if c.origin == "inductor")
    assert not at_once.verified
    shifted = finish(
        solve(
            replace(puzzle_of("shift up"), name="again"),
            SolveOptions(learned_only=True, stages=("tuning",), work=1),
            learned=replace(tiny, model=NLI(tiny.model.config)),
        )
    )
    assert any(c.origin == "tuning" and c.verified for c in shifted.candidates)


def test_stages_are_switched_off_and_unknown_ones_refused(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("rotate clockwise")
    run = solve(puzzle, SolveOptions(learned_only=True, stages=("search",), work=2), learned=tiny)
    assert {progress.phase for progress in run} == {"loading", "inductor", "search"}
    with pytest.raises(ValueError, match="stages has 'magic', expected some of"):
        next(solve(puzzle, SolveOptions(stages=("magic",)), learned=tiny))


def test_a_search_on_its_own_gets_the_whole_budget(tiny: LearnedLanguage) -> None:
    puzzle, ticks = puzzle_of("rotate clockwise"), iter(range(10**6))
    run = solve(
        puzzle,
        SolveOptions(learned_only=True, stages=("search",), budget_s=900),
        learned=tiny,
        clock=lambda: next(ticks),
    )
    assert finish(run).seconds >= 900


def test_no_stages_end_at_once(tiny: LearnedLanguage) -> None:
    solution = finish(
        solve(
            puzzle_of("rotate clockwise"),
            SolveOptions(learned_only=True, stages=(), budget_s=60),
            learned=tiny,
        )
    )
    assert solution.seconds < 30
    assert not solution.verified


def test_a_solved_puzzle_is_remembered_and_helps_the_next(tiny: LearnedLanguage, tmp_path: Path) -> None:
    memory = Memory(tiny.language.fingerprint, tmp_path)
    first = puzzle_of("shift up", "shift left")
    assert finish(
        solve(first, SolveOptions(learned_only=True, work=0, remember=True), learned=tiny, memory=memory)
    ).verified
    (entry,) = memory.entries()
    assert entry.puzzle == first
    again = puzzle_of("shift up", "shift left", seed=9)
    solution = finish(
        solve(
            again,
            SolveOptions(learned_only=True, stages=("memory",), work=0, remember=True),
            learned=tiny,
            memory=memory,
        )
    )
    assert solution.verified
    assert solution.best is not None
    assert solution.best.origin == "memory" or solution.best.origin == "inductor"


def test_counted_work_gives_the_same_result_whatever_is_remembered(
    tiny: LearnedLanguage, tmp_path: Path
) -> None:
    memory = Memory(tiny.language.fingerprint, tmp_path)
    puzzle, options = puzzle_of("shift up", "shift left"), SolveOptions(learned_only=True, work=0)
    first = finish(solve(puzzle, options, learned=tiny, memory=memory))
    memory.remember(Program.of(["w2"], tiny.language.fingerprint), puzzle, Problem(puzzle, tiny).key())
    second = finish(solve(puzzle, options, learned=tiny, memory=memory))
    assert [c.program for c in first.candidates] == [c.program for c in second.candidates]
    assert [c.origin for c in first.candidates] == [c.origin for c in second.candidates]
    assert len(memory.entries()) == 1  # nor is anything kept


def test_a_solution_that_cannot_be_remembered_is_not_lost(tiny: LearnedLanguage, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder can be made here")
    memory = Memory(tiny.language.fingerprint, tmp_path / "file")
    said: list[Progress] = []
    options = SolveOptions(learned_only=True, work=0, remember=True)
    solution = finish(solve(puzzle_of("shift up"), options, learned=tiny, memory=memory), said.append)
    assert solution.verified
    assert "cannot be remembered" in said[-1].message


def test_refinement_also_starts_from_what_is_remembered(
    tiny: LearnedLanguage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory(tiny.language.fingerprint, tmp_path)
    puzzle = puzzle_of("rotate clockwise")
    key = Problem(puzzle, tiny).key()
    memory.remember(Program.of(["w2", "w1"], tiny.language.fingerprint), puzzle, key)
    memory.remember(Program.of(["flip up-down"], EXACT_FINGERPRINT), puzzle, key)
    around = []

    def refine(*arguments: Any, **_: Any) -> Iterator[Any]:
        around.append(arguments[4])
        return iter(())

    monkeypatch.setattr("solver.search.stages.refine", refine)
    stages = ("memory", "search", "refinement")
    finish(
        solve(
            puzzle,
            SolveOptions(learned_only=True, stages=stages, work=3, remember=True),
            learned=tiny,
            memory=memory,
        )
    )
    assert around == [None, (2, 1), None]


def test_the_bench_counts_by_stage(tiny: LearnedLanguage) -> None:
    said: list[str] = []
    config = StagesConfig(tasks=1, side=4, depths=(1,), budget=0.5, stages=("search",))
    rows = measure_stages(tiny, config, said.append)
    assert [row["stages"] for row in rows] == ["inductor", "inductor, search"]
    assert len(said) == 2
    assert 0 <= float(str(rows[0]["words guessed"])) <= tiny.model.config.slots


def test_the_bench_measures_stages_on_what_search_left(
    tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    puzzles = {"some": [puzzle_of("shift up"), puzzle_of("rotate clockwise")]}
    monkeypatch.setattr("solver.lab.bench.stages._kinds", lambda _: puzzles)
    given: list[int] = []
    true_repair = StagedSearch._repair

    def watched(self: StagedSearch, *arguments: Any) -> Any:
        given.append(len(self.near))
        return true_repair(self, *arguments)

    monkeypatch.setattr(StagedSearch, "_repair", watched)
    config = StagesConfig(after=0.5, budget=0.2, stages=("repair", "views"))
    rows = measure_after_search(tiny, config, lambda _: None)
    assert [(row["stages"], row["number"]) for row in rows] == [("repair", 1), ("views", 1)]
    assert given[0] > 1  # the states of the search, not the input alone


def test_exact_programs_that_disagree_ask_no_other_view(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift down")
    problem = Problem(puzzle, tiny)
    right = problem.evaluate([1], "search")
    other = replace(right, tests=(Trace((Outcome(puzzle.test[0].input),)),))
    run = Run(puzzle, 1.0, None, clock=time.monotonic, learned_only=False)
    run.exact = [other]
    assert right.verified
    assert not run.disputed(problem)
    run.others[other.program] = other
    assert run.disputed(problem)


def test_the_memorys_gain_is_measured_on_second_puzzles_of_the_same_programs(
    tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Puzzle, bool]] = []

    def watched(puzzle: Puzzle, options: SolveOptions, **given: Any) -> Any:
        asked.append((puzzle, given["memory"] is not None))
        return solve(puzzle, options, **given)

    monkeypatch.setattr("solver.lab.bench.stages.solve", watched)
    config = StagesConfig(tasks=2, side=4, depths=(1,), budget=0.2, stages=("memory",))
    rows = measure_memory(tiny, config, lambda _: None)
    assert [row["tasks"] for row in rows] == ["depth 1, first", "depth 1, second", "depth 1, second, memory"]
    first, second, remembered = asked[:2], asked[2:4], asked[4:]
    assert [with_memory for _, with_memory in asked] == [True] * 2 + [False] * 2 + [True] * 2
    assert [puzzle for puzzle, _ in second] == [puzzle for puzzle, _ in remembered]
    assert all(one != other for (one, _), (other, _) in zip(first, second, strict=True))


@pytest.mark.parametrize(("word", "counted", "held"), [("shift up", 1, 1.0), ("fractal", 0, 0.0)])
def test_the_bench_tries_true_words_where_rows_are_named_for_them(
    tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch, word: str, counted: int, held: float
) -> None:
    place = next(i for i, operation in enumerate(CURRICULUM_OPERATIONS) if operation.name == word)
    pairs = puzzle_of("shift up").train
    examples = tuple((pair.input, pair.output) for pair in (*pairs, *pairs)[:4] if pair.output is not None)
    monkeypatch.setattr("solver.lab.bench.stages._task", lambda *_: Task((place,), examples))
    (row,) = measure_true_words(tiny, StagesConfig(tasks=1, depths=(1,)), lambda _: None)
    assert (row["number"], row["true words hold"]) == (counted, held)
