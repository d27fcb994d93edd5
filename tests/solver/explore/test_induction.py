"""What is learned besides painting: which piece, which pieces move, what happens within and among parts."""

from __future__ import annotations

import numpy as np
import pytest

from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.cell_per_part import cell_per_part_puzzle
from solver.explore.decision_lists import learn
from solver.explore.engine import Explorer
from solver.explore.evidence import gather
from solver.explore.induction import Kind, Learned, RuleLearning
from solver.explore.larger_canvas import larger_canvases
from solver.explore.leave_one_out import accuracy_of_conditions
from solver.explore.per_piece import per_piece_puzzle
from solver.explore.run import evaluate
from solver.explore.selecting import learn_to_select
from solver.explore.smaller import replay
from solver.explore.states import Node, Space, program_of
from solver.explore.transforming import learn_to_transform
from solver.words.features import Features, cell_features
from solver.words.program import Program
from solver.words.vocabulary import exact_word


def grid(*rows: str) -> np.ndarray:
    return np.array([[int(c) for c in row] for row in rows], np.uint8)


def puzzle_of(*pairs: tuple[np.ndarray, np.ndarray]) -> Puzzle:
    """The last pair is the test."""
    made = [Pair(as_grid(given), as_grid(wanted)) for given, wanted in pairs]
    return Puzzle("made", tuple(made[:-1]), tuple(made[-1:]))


def split(space: Space, word: str) -> Node:
    return next(node for node in space.expand_next() if node.word == word)


def checked(puzzle: Puzzle, node: Node) -> None:
    candidate = evaluate(puzzle, program_of(node), "test")
    assert candidate is not None
    assert candidate.verified
    assert same_grid(candidate.tests[0].output, puzzle.test[0].output)


TAKING = puzzle_of(
    (grid("110020", "010020", "000000", "330000"), grid("11", "01")),
    (grid("400555", "440555", "000000", "006600"), grid("40", "44")),
    (grid("000077", "220077", "020000", "000003"), grid("22", "02")),
)
"""The piece that is no full rectangle."""

MOVING = puzzle_of(
    (grid("2003", "0000", "0000"), grid("0003", "0000", "2000")),
    (grid("0203", "0000", "0000", "0000"), grid("0003", "0000", "0000", "0200")),
    (grid("3002", "0000", "0000"), grid("3000", "0000", "0002")),
)
"""2 falls, 3 stays."""


def test_a_piece_is_taken_by_what_it_is():
    space = Space(TAKING)
    taken = learn_to_select(split(space, "objects"), space.targets)
    assert taken
    assert taken[0].node.word.startswith("take the piece where ")
    checked(TAKING, taken[0].node)


def test_pieces_that_move_are_distinguished_from_those_that_stay():
    space = Space(MOVING)
    found = [made.node for made in learn_to_transform(split(space, "objects"), space.targets)]
    assert found
    assert "until stopped where" in found[0].parents[0].word
    checked(MOVING, found[0])


def within_puzzle() -> Puzzle:
    """Every object is flipped where it stands."""
    rng = np.random.default_rng(2)
    pairs = []
    for _ in range(3):
        given, wanted = np.zeros((9, 9), np.uint8), np.zeros((9, 9), np.uint8)
        for top, left in ((0, 0), (0, 5), (5, 1)):
            motif = rng.integers(1, 5, (3, 3)).astype(np.uint8)
            given[top : top + 3, left : left + 3] = motif
            wanted[top : top + 3, left : left + 3] = motif[:, ::-1]
        pairs.append((given, wanted))
    return puzzle_of(*pairs)


def test_what_happens_within_pieces_is_a_puzzle_of_its_own():
    puzzle = within_puzzle()
    space = Space(puzzle)
    smaller = per_piece_puzzle(split(space, "objects of any colours"), space.root, space.targets)
    assert smaller is not None
    assert all(pair.input.shape == (3, 3) for pair in smaller.puzzle.train)
    flipped = replay(Program.of(["flip left-right"], "exact"), Space(smaller.puzzle).root)
    (first, *_) = smaller.finished(flipped, 1.0)
    assert [step.word for step in program_of(first).steps][1] == "each: flip left-right"
    checked(puzzle, first)


def coarse_puzzle() -> Puzzle:
    """Parts between lines of 5; the colours of the parts are mirrored left to right."""
    rng = np.random.default_rng(4)
    pairs = []
    for _ in range(3):
        cells = rng.integers(1, 5, (3, 3)).astype(np.uint8)
        pairs.append(tuple(_with_lines(c) for c in (cells, cells[:, ::-1])))
    return puzzle_of(*pairs)


def _with_lines(cells: np.ndarray) -> np.ndarray:
    large = np.full((11, 11), 5, np.uint8)
    for row in range(3):
        for column in range(3):
            large[4 * row : 4 * row + 3, 4 * column : 4 * column + 3] = cells[row, column]
    return large


def test_parts_between_lines_are_a_puzzle_of_a_cell_each():
    puzzle = coarse_puzzle()
    space = Space(puzzle)
    smaller = cell_per_part_puzzle(split(space, "parts between lines"), space.root, space.targets)
    assert smaller is not None
    assert smaller.puzzle.train[0].input.shape == (3, 3)
    flipped = replay(Program.of(["flip left-right"], "exact"), Space(smaller.puzzle).root)
    whole = smaller.finished(flipped, 1.0)
    assert whole is not None
    checked(puzzle, whole)


def test_a_cell_for_each_part_is_painted_by_what_the_part_is():
    rng = np.random.default_rng(6)
    pairs = []
    for _ in range(4):
        large = np.full((7, 7), 5, np.uint8)
        wanted = np.zeros((2, 2), np.uint8)
        for row in range(2):
            for column in range(2):
                number = int(rng.integers(1, 4))
                part = np.zeros(9, np.uint8)
                part[rng.permutation(9)[:number]] = 6
                large[4 * row : 4 * row + 3, 4 * column : 4 * column + 3] = part.reshape(3, 3)
                wanted[row, column] = 1 if number >= 2 else 0
        pairs.append((large, wanted))
    puzzle = puzzle_of(*pairs)
    space = Space(puzzle)
    learning = RuleLearning(space, None)
    learning.offer(split(space, "parts between lines"))
    found: list[Learned] = []
    while learning.open:
        found += [learned for learned in learning.next() if space.explains(learned.node)]
    assert any("of its piece" in learned.node.word for learned in found)


def test_a_canvas_is_painted_in_part_and_looked_at_again():
    # The hole is filled first; the ray that leaves through the gap starts from what was filled.
    puzzle = MOVING
    space = Space(puzzle)
    learning = RuleLearning(space, None)
    learning.offer(space.root)
    partial = [learned for learned in learning.next() if not space.explains(learned.node)]
    for learned in partial:
        before, after = space.distance(space.root), space.distance(learned.node)
        assert after < before


def test_programs_that_overfit_are_not_offered():
    # Twelve random cells are to be painted in each grid; nothing predicts them.
    rng = np.random.default_rng(8)
    pairs = []
    for _ in range(4):
        given = rng.integers(0, 4, (5, 5)).astype(np.uint8)
        pairs.append((given, np.where(rng.random((5, 5)) < 0.5, np.uint8(7), given)))
    explorer = Explorer(puzzle_of(*pairs), 1.5)
    for _ in explorer.run():
        pass
    assert all(finding.cost <= 6.0 or finding.accuracy >= 0.5 for finding in explorer.findings)


@pytest.mark.parametrize(
    "name",
    [
        "take the piece where rank by cells = 1 and holes ≠ 0",
        "pieces: move by -1 down, 3 right where main colour = 2",
        "each: paint 3 where row = 0",
    ],
)
def test_rules_on_pieces_are_words(name):
    word = exact_word(name)
    assert word is not None
    assert word.name == name


@pytest.mark.parametrize("name", ["pieces: dance", "take the piece where it is nice", "each: dance"])
def test_what_is_no_rule_is_no_word(name):
    assert exact_word(name) is None


def test_attempts_come_in_the_order_of_their_kinds():
    assert Kind.CELL_PER_PART.value < Kind.TRANSFORM.value < Kind.PER_PIECE.value


def test_pieces_chosen_by_chance_have_a_low_leave_one_out_accuracy():
    """Two conditions that fit the pieces of each demonstration, and those of no other."""
    rng = np.random.default_rng(0)
    features, wanted = [], []
    for _ in range(4):
        found = Features((1, 6))
        for number in range(12):
            found.add(f"measure {number}", rng.integers(0, 3, (1, 6)))
        features.append(found)
        wanted.append(np.arange(6) == rng.integers(6))
    assert accuracy_of_conditions(4.0, features, wanted, wanted) < 0.5
    assert accuracy_of_conditions(1.0, features, wanted, wanted) == 1.0
    for found, mask in zip(features, wanted, strict=True):
        found.add("being meant", mask[None])
    assert accuracy_of_conditions(4.0, features, wanted, wanted) == 1.0


def test_two_sources_paint_what_neither_paints_alone():
    """What lies on 4 becomes 0, the rest takes the colour of the first cell, which differs."""
    rng = np.random.default_rng(1)
    base = [rng.choice(np.array([0, 0, 1, 4], np.uint8), (6, 6)) for _ in range(3)]
    for corner, one in zip((3, 2, 5), base, strict=True):
        one[0, 0] = corner
    targets = [np.where(g == 4, 0, np.where(g == 1, g[0, 0], g)).astype(np.uint8) for g in base]
    evidence = gather([cell_features(g) for g in base], base, targets[:2])
    rules = [found for found in learn(evidence) if len(found.paints) == 2]
    assert {type(paint.colour) for paint in rules[0].paints} == {int, str}
    assert np.array_equal(rules[0].answers[0], targets[2])


def test_inputs_are_put_on_canvases_of_the_outputs_size():
    diagonal = puzzle_of(
        (grid("12", "34"), np.kron(grid("10", "00"), grid("12", "34")).astype(np.uint8)),
        (grid("123"), grid("123000", "000000")),
        (grid("5", "6"), grid("50", "60", "00", "00")),
    )
    space = Space(diagonal)
    canvas = larger_canvases(space.root, space.targets)[0]
    assert canvas.word == "extend to 2 × height by 2 × width at the top left"
    assert canvas.grids[-1].tolist() == grid("50", "60", "00", "00").tolist()
    assert not larger_canvases(Space(MOVING).root, Space(MOVING).targets)
