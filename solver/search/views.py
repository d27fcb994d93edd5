"""Looking at a puzzle from other sides: turned, mirrored, recoloured, and on a larger canvas.

The networks are not exactly equivariant: a word that slips in one view may not slip in another. What is
found in a view is written as a program of its own, the view's steps before and after it, and run on the
puzzle itself like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from puzzles.grid import MAX_SIDE
from puzzles.puzzle import Puzzle
from puzzles.symmetry import View, views
from solver.explore.run import evaluate
from solver.nli.learned import LearnedLanguage
from solver.search.best_first import OrderConfig, best_first
from solver.search.problem import Problem
from solver.words.canvas import canvas_for
from solver.words.program import Program, Step
from solver.words.results import Candidate

VIEWS = 8
_TURNS = ("", "rotate anticlockwise", "rotate half-turn", "rotate clockwise")
"""Words for anticlockwise quarter turns, by their number; the inverse stands at minus the place."""
_ROOM = 1.6
"""How many times a side of the canvas grows for states larger than every grid of the puzzle."""


def search_views(
    puzzle: Puzzle, learned: LearnedLanguage, config: OrderConfig, nodes: int, seed: int
) -> Iterator[Candidate | None]:
    """Search in one view after the other; yields verified programs, and None after every program run.

    At most `nodes` programs are run per view, and one program per view is taken.
    """
    for view in list(views(VIEWS, seed))[1:]:
        seen = Problem(view.apply_puzzle(puzzle), learned)
        for number, node in enumerate(best_first(seen, config)):
            if node.wrong == 0:
                program = in_view(view, seen.program(node.words), seen.canvas)
                candidate = evaluate(puzzle, program, "views", learned.language, canvas_for(puzzle))
                if candidate is not None and candidate.verified:
                    yield candidate
                    break
            yield None
            if number >= nodes:
                break


def in_view(view: View, program: Program, canvas: tuple[int, int]) -> Program:
    """The program that does to a grid what `program` does to what `view` shows of it."""
    there = ["transpose"] * view.transposed + [_TURNS[view.turns]] * bool(view.turns)
    back = [_TURNS[-view.turns]] * bool(view.turns) + ["transpose"] * view.transposed
    swaps = _swaps(view.colours)
    before = [Step(word) for word in (*there, *swaps)]
    after = [Step(word) for word in (*reversed(swaps), *back)]
    return replace(program, steps=(*before, *program.steps, *after), least_canvas=canvas)


def _swaps(colours: tuple[int, ...]) -> list[str]:
    """Words that recolour one after the other as the permutation does at once."""
    words = []
    now = list(range(len(colours)))  # what has become of each colour so far
    for colour, wanted in enumerate(colours):
        current = now[colour]
        if current != wanted:
            words.append(f"swap {min(current, wanted)} and {max(current, wanted)}")
            trade = {current: wanted, wanted: current}
            now = [trade.get(value, value) for value in now]
    return words


def larger(canvas: tuple[int, int]) -> tuple[int, int] | None:
    """A canvas with room for states that outgrow the puzzle's grids; None where there is no larger one."""
    rows, columns = (min(MAX_SIDE, max(side + 2, round(_ROOM * side))) for side in canvas)
    return (rows, columns) if (rows, columns) != canvas else None
