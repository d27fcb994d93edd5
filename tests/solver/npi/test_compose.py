"""Plans of learned procedures: their names, how they run, and the search for them."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from puzzles.grid import Cells, as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.npi import compose
from solver.npi.calls import HANDS, OWN, PROCEDURES, SELECTORS, WAYS, Begun, ForEach, parse_for_each
from solver.npi.compose import (
    Target,
    carry_out,
    drawing_interpreter,
    last,
    procedure_fingerprint,
    with_procedures,
)
from solver.npi.interpreter import Interpreter
from solver.npi.model import decide
from solver.npi.pad import ENVIRONMENTS, NORTH, PUSH, WRITE, Drawing
from solver.npi.programs import RECURSIVE, Call
from solver.npi.scene import Scene
from solver.npi.sheet import Sheet, SheetDrawing
from solver.npi.tasks import DRAWING_TASKS, TASKS
from solver.npi.traces import run_true
from solver.search.solve import SolveOptions, finish, solve
from solver.words.program import Language, Program, ProgramError, program_from_json, program_to_json
from solver.words.results import run_program
from solver.words.vocabulary import EXACT_LANGUAGE

LANGUAGE = with_procedures(EXACT_LANGUAGE)

CANVAS = (10, 10)
RAY_UP = "for each cell of colour 2: ray up in its own colour"


def every_call() -> Iterator[ForEach]:
    for select in [*SELECTORS, "enclosed area of 12 cells"]:
        for procedure in PROCEDURES.values():
            for way in WAYS if procedure.aims != "none" else ("",):
                for hand in HANDS if procedure.draws else (OWN,):
                    yield ForEach(select, procedure.name, way, hand)


def puzzle_of(answer: object, inputs: list[Cells]) -> Puzzle:
    pairs = [Pair(as_grid(grid), as_grid(answer(grid))) for grid in inputs]
    return Puzzle("made", tuple(pairs[:-1]), tuple(pairs[-1:]))


def scattered(seed: int, colours: tuple[int, ...], side: int = 9) -> Cells:
    """Single cells in different columns, now more of the one colour and now of the other."""
    rng = np.random.default_rng(seed)
    grid = np.zeros((side, side), np.uint8)
    counts = (3, 2) if seed % 2 else (2, 3)
    cells = [colour for colour, count in zip(colours, counts, strict=False) for _ in range(count)]
    for column, colour in zip(rng.permutation(side), cells, strict=False):
        grid[rng.integers(2, side - 1), column] = colour
    return grid


def drawn(grid: Cells, place: np.ndarray, program: str, direction: int, hand: int) -> None:
    """Let the true procedure draw, in place."""
    pad = Sheet(grid, {"eye": tuple(place), "pen": tuple(place)}, hand)
    for _ in run_true(RECURSIVE["drawing"], ENVIRONMENTS["drawing"], pad, Call(program, (direction, 0, 0))):
        pass
    grid[:] = pad.cells


def rays_up(grid: Cells) -> Cells:
    after = grid.copy()
    for place in np.argwhere(grid == 2):
        drawn(after, place, "RAY", NORTH, 2)
    return after


def solved(puzzle: Puzzle, **options: float) -> object:
    return finish(solve(puzzle, SolveOptions(engine="npi", budget_s=20, **options), clock=time.process_time))


def test_every_name_is_read_as_the_call_it_spells() -> None:
    calls = list(every_call())
    for call in random.Random(0).sample(calls, 3000):
        assert parse_for_each(call.name) == call
    assert len({call.name for call in calls}) == len(calls)


@pytest.mark.parametrize(
    "name",
    [
        "for each cell of colour 0: ray up in its own colour",
        "for each cell of colour 2: ray in its own colour",
        "for each cell of colour 2: ray up",
        "for each cell of colour 2: ray up in colour 0",
        "for each cell of colour 2: drop up-right in colour 3",
        "for each enclosed area: fill up in colour 3",
        "for each enclosed area of 0 cells: fill in colour 3",
        "for each enclosed area of 901 cells: fill in colour 3",
        "for each cell of colour 2: paint up in its own colour",
        "for each cell of colour 2:  ray up in its own colour",
    ],
)
def test_other_names_are_no_calls(name: str) -> None:
    assert parse_for_each(name) is None


def test_selectors_ways_and_hands_look_at_the_grid() -> None:
    scene = Scene(
        np.array(
            [
                [0, 0, 0, 0, 0, 0],
                [0, 3, 3, 3, 0, 0],
                [0, 3, 0, 3, 0, 4],
                [0, 3, 3, 3, 0, 0],
                [0, 0, 0, 0, 0, 0],
                [2, 2, 0, 0, 0, 0],
            ],
            np.uint8,
        )
    )

    def calls(*call: str) -> tuple[Begun, ...]:
        return ForEach(*call).calls(scene)

    assert calls("enclosed area", "fill", "", "the colour around it") == (((2, 2), 3, 0),)
    assert calls("enclosed area of 2 cells", "fill", "", "colour 1") == ()
    assert calls("end of a line", "ray", "outward") == (((5, 0), 2, 6), ((5, 1), 2, 2))
    assert calls("cell on its own", "ray", "towards colour 3") == (((2, 5), 4, 6),)
    assert calls("corner of the largest object", "ray", "outward") == (
        *(((1, 1), 3, 7), ((1, 3), 3, 1)),
        *(((3, 3), 3, 3), ((3, 1), 3, 5)),
    )
    # Of pieces that fall, the lowest goes first, and each goes once however many of its cells are meant.
    assert [begun.cell[0] for begun in calls("coloured cell", "drop", "down")] == [5, 1, 2]


def test_a_sheet_looks_and_acts_like_any_drawing_pad() -> None:
    rng, swift, plain = np.random.default_rng(0), SheetDrawing(), Drawing()
    for _ in range(40):
        height, width = (int(side) for side in rng.integers(1, 6, 2))
        cells = rng.choice([0, 0, 1, 2], (height, width)).astype(np.uint8)
        pointers = {"eye": (int(rng.integers(height)), 0), "pen": (0, int(rng.integers(width)))}
        sheet, pad = Sheet(cells, pointers, 1), Sheet(cells, pointers, 1).copy()
        for _ in range(30):
            action = int(rng.choice([*range(8), WRITE, PUSH]))
            given = (int(rng.integers(2)), action, int(rng.integers(8)))
            assert swift.act(sheet, given) == plain.act(pad, given)
            assert swift.observe(sheet) == plain.observe(pad)
            assert (sheet.cells == pad.cells).all()


def test_single_steps_in_numpy_decide_as_torch_does() -> None:
    interpreter, rng = drawing_interpreter(), np.random.default_rng(0)
    for name in DRAWING_TASKS:
        for frame in list(TASKS[name].frames(rng, 8))[:40]:
            state = twin = None
            for seen in frame.seen:
                decision, state = interpreter.ask(frame.call, seen, state)
                other, twin = decide(interpreter.core, "drawing", frame.call, seen, twin)
                known = (decision.ends, decision.program, decision.arguments)
                assert known == (other.ends, other.program, other.arguments)
                assert decision.matches == pytest.approx(other.matches, abs=1e-4)
                assert decision.end == pytest.approx(other.end, abs=1e-4)


def test_following_a_call_does_what_running_it_does() -> None:
    interpreter, rng = drawing_interpreter(), np.random.default_rng(1)
    for name in DRAWING_TASKS:
        pad, call = TASKS[name].start(rng, 6)
        sheet = Sheet(pad.cells, pad.pointers, pad.hand)
        steps = interpreter.follow(sheet, call, 10_000, lambda changes: True)
        while next(steps, "ended") is None:
            pass
        interpreter.finish(pad, call)
        assert (sheet.cells == pad.cells).all()


def test_a_run_is_given_up_at_the_first_wrong_cell() -> None:
    grid = np.zeros((5, 3), np.uint8)
    grid[4] = 2
    wanted = rays_up(grid)
    wanted[1, 1] = 0
    calls = ForEach("cell of colour 2", "ray", "up").calls(Scene(grid))
    done = last(carry_out(drawing_interpreter(), PROCEDURES["ray"], calls, grid, Target(wanted)))
    assert (done.cells, done.returned) == (None, 1)
    done = last(carry_out(drawing_interpreter(), PROCEDURES["ray"], calls, grid, Target(rays_up(grid))))
    assert done.cells is not None
    assert same_grid(done.cells, rays_up(grid))
    # A last word that repairs the cell lets it be.
    table = (0, 1, 0, *range(3, 10))
    target = Target(np.zeros((5, 3), np.uint8), table)
    assert last(carry_out(drawing_interpreter(), PROCEDURES["ray"], calls, grid, target)).cells is not None


def test_procedure_words_stand_in_any_program_of_any_language() -> None:
    puzzle = puzzle_of(lambda grid: rays_up(np.fliplr(grid)), [scattered(seed, (2,)) for seed in range(3)])
    program = Program.of(("flip left-right", RAY_UP), procedure_fingerprint())
    other = with_procedures(Language((), "0123456789abcdef", EXACT_LANGUAGE.grammar))
    for language in (LANGUAGE, other):
        candidate = run_program(language, program, puzzle, CANVAS, "made")
        assert candidate.verified
        assert language[RAY_UP].kind == "procedure"
    read, _ = program_from_json(program_to_json(program, puzzle), "program.json")
    assert read == program


def test_a_program_of_other_procedure_weights_is_refused() -> None:
    program = Program.of((RAY_UP,), "exact+npi-0000000000000000")
    with pytest.raises(ProgramError, match="npi-0000000000000000, but the loaded weights are exact"):
        LANGUAGE.execute(program, [as_grid([[2]])], CANVAS)


class _Deciding(Interpreter):
    """Always decides the same."""

    def __init__(self, ends: bool) -> None:
        whole = drawing_interpreter()
        super().__init__(whole.core, "drawing")
        seen = ENVIRONMENTS["drawing"].observe(Sheet([[0]], {"eye": (0, 0), "pen": (0, 0)}, 1))
        decision, _ = whole.ask(Call("RAY"), seen, None)
        always = replace(decision, ends=ends, program="RAY", arguments=(0, 0, 0))
        self.ask = lambda call, seen, state: (always, None)


def test_what_the_network_does_counts_and_not_the_true_procedure(monkeypatch: pytest.MonkeyPatch) -> None:
    puzzle = puzzle_of(rays_up, [scattered(seed, (2,)) for seed in range(5)])
    program = Program.of((RAY_UP,), procedure_fingerprint())
    assert run_program(LANGUAGE, program, puzzle, CANVAS, "made").verified
    monkeypatch.setattr(compose, "drawing_interpreter", lambda: _Deciding(ends=True))
    assert not run_program(LANGUAGE, program, puzzle, CANVAS, "made").verified


def test_an_endless_call_is_an_error_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "drawing_interpreter", lambda: _Deciding(ends=False))
    with pytest.raises(ProgramError, match="does not end on grid 1"):
        LANGUAGE.execute(Program.of((RAY_UP,), procedure_fingerprint()), [as_grid([[2]])], CANVAS)


def test_a_plan_of_one_call_is_found_and_right() -> None:
    solution = solved(puzzle_of(rays_up, [scattered(seed, (2, 5)) for seed in range(5)]))
    assert solution.verified
    assert solution.correct
    assert solution.best.program.words == (RAY_UP,)
    assert "plans of procedures" in solution.tried


def test_a_plan_of_two_calls_in_two_colours_is_found() -> None:
    def answer(grid: Cells) -> Cells:
        after = rays_up(grid)
        for place in np.argwhere(grid == 5):
            drawn(after, place, "RAY", 4, 7)
        return after

    solution = solved(puzzle_of(answer, [scattered(seed, (2, 5), 6) for seed in range(5)]))
    assert solution.verified
    assert solution.correct
    assert len(solution.best.program.steps) == 2


def test_exact_words_come_before_and_after_a_plan() -> None:
    def on_white(grid: Cells) -> Cells:
        swapped = grid.copy()
        swapped[grid == 0], swapped[grid == 8] = 8, 0
        return swapped

    inputs = [on_white(scattered(seed, (2, 5), 6)) for seed in range(5)]
    solution = solved(puzzle_of(lambda grid: on_white(rays_up(on_white(grid))), inputs))
    assert solution.correct
    assert solution.best.program.words == ("swap 0 and 8", RAY_UP, "swap 0 and 8")


def test_a_last_word_repairs_what_a_plan_leaves() -> None:
    puzzle = puzzle_of(
        lambda grid: np.where(rays_up(grid) == 5, 0, rays_up(grid)),
        [scattered(seed, (2, 5), 6) for seed in range(5)],
    )
    solution = solved(puzzle)
    assert solution.correct
    assert solution.best.program.words[-1] == "replace 5 by 0"
    assert solution.best.program.fingerprint == procedure_fingerprint()


def test_a_puzzle_beyond_it_ends_within_the_budget_with_what_was_nearest() -> None:
    rng = np.random.default_rng(0)
    noise = {seed: rng.integers(0, 10, (6, 6), dtype=np.uint8) for seed in range(3)}
    answers = iter(noise.values())
    puzzle = puzzle_of(lambda grid: next(answers), [scattered(seed, (2, 5), 6) for seed in range(3)])
    started = time.process_time()
    solution = finish(solve(puzzle, SolveOptions(engine="npi", budget_s=0.5), clock=time.process_time))
    assert time.process_time() - started < 2.5
    assert not solution.verified


def test_a_search_can_be_stopped_at_any_moment() -> None:
    rng = np.random.default_rng(0)
    inputs = [np.where(rng.random((30, 30)) < 0.02, 3, 0).astype(np.uint8) for _ in range(4)]
    for grid in inputs:
        grid[0] = grid[-1] = grid[:, 0] = grid[:, -1] = 3
    search = solve(puzzle_of(lambda grid: np.where(grid == 0, 4, grid), inputs), SolveOptions(engine="npi"))
    drawing_interpreter()
    moments = []
    for _ in zip(range(200), search, strict=False):
        moments.append(time.process_time())
    search.close()
    waits = sorted(np.diff(moments))
    # Collecting the garbage of all tests before, and threads that spin, may fall into one or two of them.
    assert waits[-3] < 0.2
