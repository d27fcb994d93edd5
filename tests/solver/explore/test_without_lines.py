"""What lies between lines, solved as one picture and put back."""

from __future__ import annotations

import numpy as np
import pytest

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.run import evaluate
from solver.explore.smaller import replay
from solver.explore.states import Space, program_of
from solver.explore.without_lines import without_lines_puzzle
from solver.words.operations import NotApplicable
from solver.words.operations.choose import reassemble
from solver.words.operations.split import between_lines, separator
from solver.words.operations.together import into_parts
from solver.words.program import Program


def with_lines(picture: np.ndarray, side: int = 3, colour: int = 5) -> np.ndarray:
    """Cut a picture into squares with lines between them."""
    places = [np.arange(length) + np.arange(length) // side for length in picture.shape]
    result = np.full([place[-1] + 1 for place in places], colour, np.uint8)
    result[np.ix_(*places)] = picture
    return result


def pictures(number: int) -> list[np.ndarray]:
    """Pictures of 2 by 3 squares, no line of one colour in them."""
    rng = np.random.default_rng(8)
    found: list[np.ndarray] = []
    while len(found) < number:
        cells = rng.integers(0, 5, (6, 9)).astype(np.uint8)
        if (cells != cells[:, :1]).any(1).all() and (cells != cells[:1]).any(0).all():
            found.append(cells)
    return found


def split_puzzle(change) -> tuple[Puzzle, Space]:
    made = [
        Pair(as_grid(with_lines(cells)), as_grid(with_lines(np.ascontiguousarray(change(cells)))))
        for cells in pictures(4)
    ]
    puzzle = Puzzle("made", tuple(made[:-1]), tuple(made[-1:]))
    return puzzle, Space(puzzle)


def parts(space: Space):
    return next(node for node in space.expand_next() if node.word == "parts between lines")


def test_the_picture_between_lines_is_changed_and_put_back():
    puzzle, space = split_puzzle(lambda cells: cells[:, ::-1])
    smaller = without_lines_puzzle(parts(space), space.root, space.targets)
    assert smaller is not None
    assert [pair.input.shape for pair in smaller.puzzle.train] == [(6, 9)] * 3
    flipped = replay(Program.of(["flip left-right"], "exact"), Space(smaller.puzzle).root)
    whole = smaller.finished(flipped, 1.0)
    candidate = evaluate(puzzle, program_of(whole), "test")
    assert candidate is not None
    assert candidate.verified
    assert same_grid(candidate.tests[0].output, puzzle.test[0].output)


def test_parts_in_a_layout_are_no_objects():
    _, space = split_puzzle(lambda cells: cells[:, ::-1])
    cut = {node.word for node in space.expand_next()}
    assert {"parts between lines", "objects of any colours"} <= cut


def test_outputs_with_other_lines_have_no_such_picture():
    puzzle, _ = split_puzzle(lambda cells: cells[:, ::-1])
    outputs = [np.where(pair.output == 5, 6, pair.output).astype(np.uint8) for pair in puzzle.train]
    changed = Puzzle(
        "made",
        tuple(Pair(pair.input, as_grid(cells)) for pair, cells in zip(puzzle.train, outputs, strict=True)),
        puzzle.test,
    )
    space = Space(changed)
    assert without_lines_puzzle(parts(space), space.root, space.targets) is None


def test_putting_between_lines_undoes_leaving_them_out():
    for cells in pictures(20):
        lined = with_lines(cells)
        assert np.array_equal(reassemble(between_lines(lined)), cells)
        assert np.array_equal(into_parts([cells[::-1], lined]), with_lines(cells[::-1]))
        with pytest.raises(NotApplicable):
            into_parts([cells[1:], lined])


def test_lines_are_those_that_make_equal_parts():
    lined = with_lines(pictures(1)[0][:3])
    lined[:, 0] = 7
    assert separator(lined) == 5
    lined[:, 1] = 8
    assert separator(lined) == 5
    with pytest.raises(NotApplicable):
        separator(np.array([[1, 2, 3], [1, 3, 2]], np.uint8))
