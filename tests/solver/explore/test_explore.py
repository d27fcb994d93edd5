"""The search over exact words: states, rules and whole programs."""

from __future__ import annotations

import numpy as np
import pytest

from puzzles.collections import open_puzzle
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.engine import Explorer, Variant, in_turns, ranked, searches
from solver.explore.run import Search, evaluate, without_view
from solver.explore.states import Space, program_of
from solver.explore.view import role_view
from solver.search.solve import SolveOptions, finish, solve
from solver.words.program import (
    EXACT_FINGERPRINT,
    Program,
    ProgramError,
    Step,
    program_from_json,
    program_to_json,
)
from solver.words.results import Candidate
from solver.words.vocabulary import EXACT_LANGUAGE, exact_word
from tests.solver.made import role_puzzle

WITH_PIECES = Program(
    (Step("objects"), Step("the piece with most cells"), Step("paint 3 where row = 0", 1, (1,))),
    EXACT_FINGERPRINT,
)


def puzzle_of(function, inputs: list[np.ndarray]) -> Puzzle:
    pairs = [Pair(as_grid(grid), as_grid(np.ascontiguousarray(function(grid)))) for grid in inputs]
    return Puzzle("made", tuple(pairs[:-1]), tuple(pairs[-1:]))


def random_inputs(number: int = 4) -> list[np.ndarray]:
    rng = np.random.default_rng(3)
    return [
        np.where(rng.random((6, 7)) < 0.3, rng.integers(1, 4, (6, 7)), 0).astype(np.uint8)
        for _ in range(number)
    ]


def explored(puzzle: Puzzle, budget_s: float = 20.0) -> Explorer:
    explorer = Explorer(puzzle, budget_s)
    for _ in explorer.run():
        pass
    return explorer


def test_states_are_never_met_twice_and_their_programs_replay():
    puzzle = puzzle_of(lambda g: g[::-1], random_inputs())
    space = Space(puzzle)
    nodes = [node for _ in range(3) for node in space.expand_next()]
    assert len({b"".join(g.tobytes() for g in n.grids) for n in nodes if n.grids}) >= len(nodes) // 3
    for node in nodes[::17]:
        inputs = [pair.input for pair in (*puzzle.train, *puzzle.test)]
        traces = EXACT_LANGUAGE.execute(program_of(node), inputs, (30, 30))
        for trace, value in zip(traces, node.values, strict=True):
            pieces = trace.outcomes[-1].pieces
            assert (pieces is None and same_grid(trace.output, value)) or pieces.items[0].top == value.items[
                0
            ].top


@pytest.mark.parametrize(
    "function",
    [
        lambda g: g[::-1].T,
        lambda g: np.where(np.roll(g, 1, 0) * (np.arange(6) > 0)[:, None] == 2, np.uint8(5), g),
        lambda g: np.hstack([g[:, ::-1], g]),
    ],
    ids=["two symmetries", "painting below a colour", "unfolding"],
)
def test_made_puzzles_are_solved(function):
    puzzle = puzzle_of(function, random_inputs())
    best = ranked(explored(puzzle).findings)[0]
    candidate = evaluate(puzzle, program_of(best.node), "test")
    assert candidate is not None
    assert candidate.verified
    assert same_grid(candidate.tests[0].output, puzzle.test[0].output)


@pytest.mark.parametrize("name", ["99b1bc43", "22eb0ac0", "1c786137", "4258a5f9"])
def test_training_puzzles_are_solved(name):
    puzzle = open_puzzle(f"arc1-train/{name}")
    best = ranked(explored(puzzle).findings)[0]
    assert all(same_grid(a, pair.output) for a, pair in zip(best.answers, puzzle.test, strict=True))


def test_colours_by_role_carry_a_rule_from_grid_to_grid():
    puzzle = role_puzzle()
    explorer = Explorer(puzzle, 30.0, Variant.ROLES)
    for _ in explorer.run():
        if explorer.findings:
            break
    program = program_of(ranked(explorer.findings)[0].node)
    assert program.steps[-1].others == (-1,)
    candidate = evaluate(puzzle, program, "test")
    assert candidate is not None
    assert candidate.verified
    assert same_grid(candidate.tests[0].output, puzzle.test[0].output)


def test_roles_are_those_under_which_demonstrations_agree():
    first = np.zeros((7, 7), np.uint8)
    first[2:5, 2:5] = 4
    second = np.zeros((6, 8), np.uint8)
    second[3, 3] = 8
    pairs = []
    for cells, corners, inner in ((first, 6, 4), (second, 3, 8)):
        cells[::5, ::6] = corners
        pairs.append(Pair(as_grid(cells), as_grid(np.where(cells == inner, np.uint8(0), cells))))
    space = Space(Puzzle("made", tuple(pairs), (Pair(pairs[0].input, None),)))
    view = role_view(space.root, space.targets)
    assert view.order == "the box around them"
    assert [sorted(np.unique(grid).tolist()) for grid in view.targets] == [[0, 1], [0, 1]]
    back = view.finished(view.start)
    assert all(map(same_grid, back.grids, space.root.grids))
    traces = EXACT_LANGUAGE.execute(program_of(back), list(space.root.grids), (30, 30))
    assert all(same_grid(trace.output, given) for trace, given in zip(traces, space.root.grids, strict=True))


def test_roles_are_left_out_of_programs_that_do_without():
    steps = (
        Step("number the colours by frequency but 0"),
        Step("flip left-right"),
        Step("paint 3 where row = 0", 0, (1,)),
        Step("give the colours back but 0", None, (-1,)),
    )
    plain = without_view(Program(steps, EXACT_FINGERPRINT))
    assert plain.steps == (Step("flip left-right"), Step("paint 3 where row = 0", -1, (0,)))
    assert without_view(plain) is None
    around = (
        Step("turn so that it is wide"),
        *steps[1:-1],
        Step("turn back from where it is wide", None, (-1,)),
    )
    assert without_view(Program(around, EXACT_FINGERPRINT)) == plain
    search = Search(open_puzzle("arc1-train/007bbfb7"), 8.0, (Variant.ROLES,))
    for _ in search.run():
        pass
    assert ("fractal",) in [one.program.words for one in search.candidates]
    without = [without_view(one.program) for one in search.candidates]
    assert ("fractal",) not in [program.words for program in without if program is not None]


def test_without_colours_that_differ_the_search_goes_deep():
    puzzle = puzzle_of(lambda g: g[::-1], [np.array([[1, 2], [0, 1]], np.uint8)] * 3)
    assert Explorer(puzzle, 1.0, Variant.ROLES).variant is Variant.DEEP


def test_every_finding_reproduces_the_demonstrations():
    puzzle = open_puzzle("arc1-train/0ca9ddb6")
    explorer = explored(puzzle)
    assert explorer.findings
    for finding in explorer.findings:
        candidate = evaluate(puzzle, program_of(finding.node), "test")
        assert candidate is not None
        assert candidate.verified


def test_programs_with_pieces_and_other_sources_load_back():
    puzzle = puzzle_of(lambda g: g, random_inputs())
    text = program_to_json(WITH_PIECES, puzzle)
    assert program_from_json(text, "file")[0] == WITH_PIECES
    broken = text.replace('"others": [\n    1\n   ]', '"others": [7]')
    assert broken != text
    with pytest.raises(ProgramError, match="others"):
        program_from_json(broken, "file")


def test_every_step_is_a_grid_even_where_it_yields_pieces():
    puzzle = puzzle_of(lambda g: g, random_inputs())
    (trace,) = EXACT_LANGUAGE.execute(WITH_PIECES, [puzzle.train[0].input], (30, 30))
    assert all(grid.dtype == np.uint8 and grid.ndim == 2 for grid in trace.grids)
    assert trace.outcomes[1].pieces is not None
    assert (trace.output[0] == 3).all()


def test_words_without_an_answer_say_so():
    program = Program((Step("the piece with most cells"),), EXACT_FINGERPRINT)
    with pytest.raises(ProgramError, match="needs pieces"):
        EXACT_LANGUAGE.execute(program, [as_grid([[1]])], (30, 30))
    assert exact_word("stand on its head") is None


def test_a_search_in_processes_of_its_own_finds_the_same_and_can_be_stopped():
    puzzle = puzzle_of(lambda g: g[::-1].T, random_inputs())
    search = Search(puzzle, 20.0)
    for _ in search.run():
        pass
    assert search.candidates[0].verified
    stopped = Search(puzzle_of(lambda g: g * 0 + np.uint8(g.sum() % 7), random_inputs()), 60.0)
    steps = stopped.run()
    next(steps)
    steps.close()


def test_solve_with_exact_words_ends_with_attempts():
    puzzle = puzzle_of(lambda g: g[::-1], random_inputs())
    solution = finish(solve(puzzle, SolveOptions(engine="explore", budget_s=20.0)))
    assert solution.correct
    assert isinstance(solution.best, Candidate)
    assert solution.best.program.words


def turning_puzzle() -> Puzzle:
    """Below the bar everything is painted in 4; below is where the bar's open side is not."""
    rng = np.random.default_rng(4)
    pairs = []
    for times in (0, 1, 2, 3):
        given = np.zeros((7, 7), np.uint8)
        given[4] = 3
        given[0, rng.integers(7)] = 2
        wanted = given.copy()
        wanted[5:] = 4
        pairs.append(Pair(as_grid(np.rot90(given, times)), as_grid(np.rot90(wanted, times))))
    return Puzzle("turning", tuple(pairs[:3]), tuple(pairs[3:]))


def test_grids_of_several_directions_are_turned_alike():
    puzzle = turning_puzzle()
    turned = searches(puzzle, 20.0, Variant.ROLES)[1:]
    assert turned
    for _ in in_turns(turned):
        pass
    finding = ranked([finding for one in turned for finding in one.findings])[0]
    words = [step.word for step in program_of(finding.node).steps]
    assert words[0].startswith("turn so that ")
    assert words[-1].startswith("turn back from where ")
    candidate = evaluate(puzzle, program_of(finding.node), "test")
    assert candidate is not None
    assert candidate.verified
    assert same_grid(candidate.tests[0].output, puzzle.test[0].output)
