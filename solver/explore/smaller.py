"""A smaller puzzle within a puzzle: solved on its own, its answer is put back into the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from puzzles.grid import Cells
from puzzles.puzzle import Pair, Puzzle
from solver.explore.states import Node, program_of
from solver.words.operations import NotApplicable
from solver.words.operations.pieces import Pieces
from solver.words.program import Program
from solver.words.vocabulary import checked, exact_word, sealed


@dataclass(frozen=True)
class PutBack:
    """The word that puts an answer back: what it is called, does and costs."""

    word: str
    function: Callable[[Sequence[Cells]], Cells]
    """Takes the smaller grid and the one it came from; raises `NotApplicable`."""
    cost: float


@dataclass(frozen=True)
class SmallerPuzzle:
    """The smaller puzzle, and the states it starts from."""

    puzzle: Puzzle
    start: Node
    """The inputs of the smaller puzzle."""
    root: Node
    """The inputs of the whole one."""
    put_back: PutBack

    @classmethod
    def of(cls, start: Node, outputs: Sequence[Cells], root: Node, put_back: PutBack) -> SmallerPuzzle:
        """The puzzle of the grids of `start`; `outputs` are those of the demonstrations."""
        inputs = start.grids
        pairs = [Pair(sealed(given), sealed(wanted)) for given, wanted in zip(inputs, outputs, strict=False)]
        tests = [Pair(sealed(grid), None) for grid in inputs[len(outputs) :]]
        return cls(Puzzle(start.word, tuple(pairs), tuple(tests)), start, root, put_back)

    def finished(self, solution: Node, solution_cost: float) -> Node | None:
        """A program for the whole puzzle made of one for the smaller one; None where it has no answer."""
        last = replay(program_of(solution), self.start)
        if last is None or any(isinstance(value, Pieces) for value in last.values):
            return None
        try:
            values = tuple(
                self.put_back.function(pair) for pair in zip(last.grids, self.root.grids, strict=True)
            )
        except NotApplicable:
            return None
        cost = self.start.cost + solution_cost + self.put_back.cost
        return Node(self.put_back.word, (last, self.root), values, cost)


def replay(program: Program, start: Node) -> Node | None:
    """Run a program from another state than the puzzle's inputs; None where a word has no answer."""
    reached = [start]
    for index, step in enumerate(program.steps):
        source = index - 1 if step.source is None else step.source
        parents = tuple(reached[used + 1] for used in (source, *step.others))
        word = exact_word(step.word)
        assert word is not None
        try:
            values = tuple(
                checked(word.function(operands), operands)
                for operands in zip(*(parent.values for parent in parents), strict=True)
            )
        except NotApplicable:
            return None
        reached.append(Node(step.word, parents, values, start.cost))
    return reached[-1]
