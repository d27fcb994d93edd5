"""A tiny trained language solves puzzles: one operation, two in a row, and by gradient alone."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import torch

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.nli.config import SearchConfig
from solver.nli.learned import LearnedLanguage
from solver.search import refine as refinement
from solver.search.adam import Adam
from solver.search.best_first import OrderConfig, best_first
from solver.search.problem import Problem
from solver.search.refine import refine, rows_of
from solver.search.solve import SolveOptions, finish, solve
from solver.words.canvas import canvas_for
from solver.words.program import Program, ProgramError
from solver.words.results import Progress
from tests.solver.conftest import puzzle_of

SHIFTS = ["shift up", "shift down", "shift left", "shift right"]


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("word", SHIFTS)
def test_the_tiny_model_has_truly_learned(tiny: LearnedLanguage, word: str) -> None:
    solution = finish(solve(puzzle_of(word), SolveOptions(learned_only=True, work=0), learned=tiny))
    assert solution.verified
    assert solution.correct
    assert solution.best is not None
    assert solution.best.program.words == (f"w{SHIFTS.index(word)}",)


def test_search_recovers_a_known_program(tiny: LearnedLanguage) -> None:
    problem = Problem(puzzle_of("shift down", "shift right"), tiny)
    exact = [node.words for node in best_first(problem, OrderConfig(depth=2)) if node.wrong == 0]
    assert exact
    assert sorted(exact[0]) == [1, 3]


def test_refinement_recovers_a_known_program(tiny: LearnedLanguage) -> None:
    problem = Problem(puzzle_of("shift up", "shift left"), tiny)
    config = SearchConfig(starts=12, steps=60, spread=1.0)
    for moment in refine(problem, config, seed=0, length=2):
        if any(problem.evaluate(words, "refinement").verified for words in moment.programs):
            break
    else:
        pytest.fail("no start found the program")
    assert moment.step < config.steps


def test_refinement_lowers_the_loss(tiny: LearnedLanguage) -> None:
    problem = Problem(puzzle_of("shift up", "shift left"), tiny)
    config = SearchConfig(starts=8, steps=30, spread=1.0, noise=0.0)
    moments = [m for m in refine(problem, config, seed=3, length=2, around=(1, 3)) if m.programs]
    losses = [m.loss for m in moments]
    assert losses[-1] < losses[0] - 0.1
    # A gradient of the wrong sign, or no step at all, lowers nothing.
    for rate in (0.0, -config.learning_rate):
        other = replace(config, learning_rate=rate)
        still = [m.loss for m in refine(problem, other, seed=3, length=2, around=(1, 3)) if m.programs]
        assert still[-1] >= still[0]


def test_refinement_asks_the_inductor_at_the_states_reached(
    tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(puzzle_of("shift up", "shift left"), tiny)
    asked: list[torch.Tensor] = []
    true_ask = problem.ask

    def ask(states: torch.Tensor) -> torch.Tensor:
        asked.append(states)
        return true_ask(states)

    monkeypatch.setattr(problem, "ask", ask)
    guesses = next(m for m in refine(problem, SearchConfig(), seed=0, length=2) if m.programs)
    assert torch.equal(asked[0][0], problem.inputs)
    reached = {state.numpy().tobytes() for states in asked[1:] for state in states}
    after = [problem.run(problem.inputs[None], torch.tensor([p[0]]))[0] for p in guesses.programs]
    assert reached
    assert reached <= {state.numpy().tobytes() for state in after}
    assert any(problem.evaluate(words, "test").verified for words in guesses.programs)


def test_temperatures_reach_their_end_in_a_short_round(tiny: LearnedLanguage) -> None:
    problem = Problem(puzzle_of("rotate clockwise"), tiny)
    config = SearchConfig(starts=2, steps=200)
    for took in (0.05, 0.11, 0.25):
        clock = [0.1]  # spent before the first step
        heats = []
        for moment in refine(problem, config, seed=0, length=1, around=(0,), spent=partial(sum, clock)):
            if moment.programs:
                heats.append(moment.temperature)
                clock.append(took)
            if sum(clock) >= 1:
                break
        assert heats[0] == config.code_temperature[0]
        assert heats == sorted(heats, reverse=True)
        assert heats[-1] == pytest.approx(config.code_temperature[1])
        assert len(heats) > 2


def test_a_round_of_a_timed_search_ends_cold(tiny: LearnedLanguage) -> None:
    ticks = iter(range(10**6))
    options = SolveOptions(learned_only=True, stages=("refinement",), budget_s=3000)
    said: list[Progress] = []
    run = solve(puzzle_of("rotate clockwise"), options, learned=tiny, clock=lambda: next(ticks))
    finish(run, said.append)
    first = [p.message for p in said if p.phase == "refinement" and p.message.startswith("round 1,")]
    assert first[0].endswith("temperature 1.00")
    assert first[-1].endswith("temperature 0.30")


def test_refinement_goes_on_with_fewer_starts_where_memory_runs_out(
    tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_loss, calls = refinement._loss, []

    def loss(problem: Problem, embedding: torch.Tensor, *rest: Any) -> torch.Tensor:
        calls.append(len(embedding))
        if len(embedding) > 5:
            raise torch.OutOfMemoryError("no memory left")
        return true_loss(problem, embedding, *rest)

    monkeypatch.setattr(refinement, "_loss", loss)
    monkeypatch.setattr(refinement, "per_call", lambda *_: 24)
    problem = Problem(puzzle_of("shift up"), tiny)
    moments = list(refine(problem, SearchConfig(starts=8, steps=3), seed=0, length=1, around=(1,)))
    assert max(calls) == 24
    assert [len(moment.programs) for moment in moments if moment.programs] == [1, 1, 1]
    assert moments[-1].step == 2


def test_memory_that_never_suffices_is_an_error(
    tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loss(*_: Any) -> torch.Tensor:
        raise torch.OutOfMemoryError("no memory left")

    monkeypatch.setattr(refinement, "_loss", loss)
    with pytest.raises(torch.OutOfMemoryError):
        list(refine(Problem(puzzle_of("shift up"), tiny), SearchConfig(starts=8), seed=0, length=1))


def test_an_unsolvable_puzzle_ends_with_a_guess(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("rotate clockwise")
    seen: list[Progress] = []
    solution = finish(solve(puzzle, SolveOptions(work=1), learned=tiny), seen.append)
    assert not solution.verified
    assert solution.correct is False
    assert solution.best is not None
    assert sum(solution.best.wrong) > 0
    assert {"inductor", "search", "repair", "canvas", "views", "coining", "refinement", "tuning"} <= {
        progress.phase for progress in seen
    }
    assert "rounds of gradient refinement: 1" in solution.tried
    assert len(solution.attempts[0]) == 2
    assert not same_grid(solution.attempts[0][0].grid, solution.attempts[0][1].grid)


def test_the_same_work_gives_the_same_result(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("transpose")
    first, second = (finish(solve(puzzle, SolveOptions(work=1, seed=5), learned=tiny)) for _ in range(2))
    assert [c.program for c in first.candidates] == [c.program for c in second.candidates]
    assert [a.grid.tolist() for a in first.attempts[0]] == [a.grid.tolist() for a in second.attempts[0]]


def test_time_is_kept_and_losses_only_fall(tiny: LearnedLanguage) -> None:
    started = time.monotonic()
    seen: list[Progress] = []
    finish(
        solve(puzzle_of("rotate clockwise"), SolveOptions(budget_s=2.0, engine="nli"), learned=tiny),
        seen.append,
    )
    assert time.monotonic() - started < 20
    assert all(p.remaining_s is not None and p.remaining_s >= 0 for p in seen)
    curve = seen[-1].losses
    assert list(curve) == sorted(curve, reverse=True)


def test_stopping_the_iteration_stops_the_work(tiny: LearnedLanguage) -> None:
    run = solve(puzzle_of("rotate clockwise"), SolveOptions(budget_s=600, engine="nli"), learned=tiny)
    for progress in run:
        if progress.phase == "refinement":
            break
    run.close()
    with pytest.raises(StopIteration):
        next(run)


def test_a_test_without_an_answer_is_neither_right_nor_wrong(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift up")
    unknown = Puzzle("open", puzzle.train, tuple(Pair(pair.input, None) for pair in puzzle.test))
    assert finish(solve(unknown, SolveOptions(work=0), learned=tiny)).correct is None


def test_programs_that_differ_only_in_skips_are_one(tiny: LearnedLanguage) -> None:
    problem = Problem(puzzle_of("shift up"), tiny)
    skip = tiny.model.config.skip
    assert problem.evaluate((skip, 0, skip), "test") is problem.evaluate((0,), "test")


def test_canvas_leaves_room_for_the_test_output() -> None:
    assert canvas_for(puzzle_of("scale up 2", side=3)) == (6, 6)
    puzzle = puzzle_of("unfold right", side=3)
    wide = puzzle_of("unfold right", side=5)
    assert canvas_for(replace(puzzle, test=wide.test)) == (5, 10)


@pytest.mark.parametrize(("words", "planned"), [(("shift up",), 0), (("rotate clockwise",), 1)])
def test_auto_plans_procedures_only_where_words_found_nothing(
    words: tuple[str, ...], planned: int, tiny: LearnedLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = []
    monkeypatch.setattr("solver.search.solve.search_plans", lambda *given: iter(plans.append(given) or ()))
    monkeypatch.setattr("solver.search.run.Run.explore", lambda *_, **__: iter(()))
    finish(solve(puzzle_of(*words), SolveOptions(budget_s=0.5, stages=("search",)), learned=tiny))
    assert len(plans) == planned


def test_unknown_engine_is_refused(tiny: LearnedLanguage) -> None:
    with pytest.raises(ValueError, match="engine is 'oracle', expected one of"):
        next(solve(puzzle_of("shift up"), SolveOptions(engine="oracle"), learned=tiny))


def test_adam_moves_as_torch_does() -> None:
    ours, theirs = (torch.tensor([1.0, -2.0, 3.0], requires_grad=True) for _ in range(2))
    reference = torch.optim.Adam([theirs], lr=0.1)
    optimizer = Adam(ours, 0.1)
    for _ in range(20):
        for tensor in (ours, theirs):
            (tensor**4).sum().backward()
        optimizer.step()
        reference.step()
        reference.zero_grad()
    assert torch.allclose(ours, theirs, atol=1e-6)
    assert ours.grad is None


def test_adam_hardly_moves_where_there_is_hardly_a_gradient() -> None:
    ours, theirs = (torch.tensor([1.0, 1.0], requires_grad=True) for _ in range(2))
    reference = torch.optim.Adam([theirs], lr=0.1)
    ours.grad, theirs.grad = torch.tensor([1e-8, 3e-9]), torch.tensor([1e-8, 3e-9])
    Adam(ours, 0.1).step()
    reference.step()
    assert torch.allclose(ours, theirs, atol=1e-6)


def test_refinement_begins_with_the_program_it_is_given(tiny: LearnedLanguage) -> None:
    puzzle = puzzle_of("shift up", "shift left")
    wrong = Program.of(["w0", "w0"], tiny.language.fingerprint)
    config = SearchConfig(starts=4, steps=1)
    problem = Problem(puzzle, tiny)
    moments = list(refine(problem, config, seed=0, length=1, around=rows_of(wrong, tiny)))
    assert moments[-1].programs[0] == (0, 0)
    solution = finish(solve(puzzle, SolveOptions(start=wrong, work=6), learned=tiny))
    assert solution.verified
    assert any(candidate.program == wrong for candidate in solution.candidates)


@pytest.mark.parametrize(
    ("program", "complaint"),
    [
        (Program((), "tiny"), "no steps"),
        (Program.of(["flip left-right"], "tiny"), "flip left-right"),
        (Program.of(["w0"], "elsewhere"), "weights tiny"),
    ],
)
def test_refinement_refuses_other_starts(tiny: LearnedLanguage, program: Program, complaint: str) -> None:
    with pytest.raises(ProgramError, match=complaint):
        rows_of(program, replace(tiny, language=replace(tiny.language, fingerprint="tiny")))


def test_time_that_does_not_count_is_not_spent(tiny: LearnedLanguage) -> None:
    """A clock that stands still leaves the budget whole."""
    run = solve(
        puzzle_of("shift up", "shift left"),
        SolveOptions(engine="nli", budget_s=0.5),
        learned=tiny,
        clock=lambda: 7.0,
    )
    time.sleep(0.6)
    progress = next(run)
    run.close()
    assert progress.remaining_s == 0.5


def ambiguous_puzzle() -> Puzzle:
    """Shifted to the right or flipped: the demonstrations do not say which, and the test tells them apart."""
    grids = [([[1, 0], [0, 0]], [[0, 1], [0, 0]]), ([[2, 0], [3, 0]], [[0, 2], [0, 3]])]
    pairs = tuple(Pair(as_grid(before), as_grid(after)) for before, after in grids)
    return Puzzle("ambiguous", pairs, (Pair(as_grid([[3, 4], [2, 0]])),))


def test_rivals_are_looked_for_whatever_found_the_first_program(tiny: LearnedLanguage) -> None:
    puzzle, seen = ambiguous_puzzle(), []
    learned = finish(solve(puzzle, SolveOptions(engine="nli", work=0), learned=tiny))
    assert learned.verified
    solution = finish(solve(puzzle, SolveOptions(budget_s=60.0), learned=tiny), seen.append)
    answers = {c.answers for c in solution.candidates if c.verified}
    assert len(answers) >= 2
    assert [attempt.candidate.verified for attempt in solution.attempts[0]] == [True, True]
    assert any(p.phase == "explore" for p in seen)
    first = next(p for p in seen if p.best is not None and p.best.verified)
    assert first.phase != "explore"  # shown before rivals are looked for
    assert any(c.program.fingerprint == tiny.language.fingerprint for c in solution.candidates if c.verified)
