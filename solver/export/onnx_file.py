"""Write a program of learned words as an ONNX graph: the executor unrolled, one copy for every word."""

from __future__ import annotations

import copy
import importlib.util
import logging
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from puzzles.puzzle import Puzzle
from solver.export.weights import refuse_coined
from solver.nli.learned import LearnedLanguage
from solver.nli.model import NLI, harden, one_hot, to_canvas
from solver.search.refine import rows_of
from solver.words.canvas import canvas_for
from solver.words.program import Program, ProgramError

PACKAGES = ("onnx", "onnxscript")
_OPSET = 18


class Unrolled(nn.Module):
    """A program on one canvas: cells (N, rows, columns) in, the cells after every step out.

    Cells are int64, 0 to 9 for colours and 10 outside the grid, which lies in the top left corner.
    """

    def __init__(self, model: NLI, rows: Sequence[int], canvas: tuple[int, int]) -> None:
        super().__init__()
        self.model = model
        self.rows = tuple(rows)
        self.canvas = canvas

    def forward(self, cells: Tensor) -> tuple[Tensor, ...]:
        """Run every step hard."""
        state, states = cells.flatten(1), []
        for row in self.rows:
            word = nn.functional.one_hot(torch.full((len(cells),), row), self.model.config.codebook).float()
            logits = self.model.executor(one_hot(state), word, self.canvas)
            state = harden(logits.softmax(-1), self.canvas)
            states.append(state.view(-1, *self.canvas))
        return tuple(states)


def write_onnx(program: Program, puzzle: Puzzle, learned: LearnedLanguage, path: Path) -> None:
    """Write the graph for one grid at a time on the canvas of `puzzle`.

    Raises `ProgramError` for exact and for coined words, and where the packages `PACKAGES` are missing.
    """
    refuse_coined(program)
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise ProgramError(f"writing ONNX needs {' and '.join(missing)}: pip install 'glossa[onnx]'")
    canvas = program.canvas(canvas_for(puzzle))
    unrolled = Unrolled(copy.deepcopy(learned.model).cpu(), rows_of(program, learned), canvas).eval()
    example = to_canvas([puzzle.train[0].input], canvas).view(1, *canvas)
    names = [f"step_{number}" for number in range(1, len(program.steps) + 1)]
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # of the exporter about itself
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        exported = torch.onnx.export(
            unrolled,
            (example,),
            input_names=["grid"],
            output_names=names,
            opset_version=_OPSET,
            dynamo=True,
            verbose=False,
        )
    if exported is None:
        raise ProgramError("the program could not be written as ONNX")
    exported.save(str(path), external_data=False)
