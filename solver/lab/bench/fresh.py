"""Whether a verified program is truly right: run on freshly generated examples of its task.

A program that fits two or three demonstrations and a test may still have learned an accident of them. For
the ARC-AGI-1 training tasks, public generators make any number of further examples; an archive of such
examples, `<task>/shapes` and `<task>/cells`, is what `training.corpus` reads. A program counts as truly
right where it answers all of a fixed number of them exactly.

The generators also vary what every demonstration has in common, the background above all, which no
demonstration can teach. So programs are also run on examples *alike*: those whose input's background is that
of a demonstration.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from puzzles.grid import MAX_SIDE, as_grid, same_grid
from solver.training.corpus import Source, load_archive
from solver.words.operations.pieces import background
from solver.words.program import Language, Program, ProgramError

EXAMPLES = 20
"""Fresh examples a program is run on."""


@dataclass(frozen=True)
class Fresh:
    """What a program answers of the fresh examples of a task."""

    right: int
    examples: int

    @property
    def truly_right(self) -> bool:
        """Whether every example is answered exactly, and there were any."""
        return 0 < self.examples == self.right


class FreshExamples:
    """The examples of an archive by task; the same ones for every program."""

    def __init__(self, archive: Path) -> None:
        self._sources = {source.name: source for source in load_archive(archive)}

    def __contains__(self, task: str) -> bool:
        return task in self._sources

    def all_right(self, task: str, program: Program, language: Language) -> bool:
        """Whether `check` would call `program` truly right; ends at the first wrong answer."""
        chosen = _chosen(self._sources[task])
        return bool(chosen) and all(_answers(program, language, *example) for example in chosen)

    def check(
        self, task: str, program: Program, language: Language, backgrounds: Container[int] | None = None
    ) -> Fresh:
        """Run `program` on up to `EXAMPLES` examples of `task`, drawn with a fixed seed.

        With `backgrounds`, on those alone whose inputs have one of them. An example on which a word has no
        answer counts as wrong. Raises `KeyError` for an unknown task.
        """
        chosen = _chosen(self._sources[task], backgrounds)
        return Fresh(sum(_answers(program, language, *example) for example in chosen), len(chosen))


def _chosen(source: Source, backgrounds: Container[int] | None = None) -> list[tuple[np.ndarray, np.ndarray]]:
    order = np.random.default_rng(0).permutation(len(source.shapes)).tolist()
    drawn = (source.example(index) for index in order)
    alike = (e for e in drawn if backgrounds is None or background(as_grid(e[0])) in backgrounds)
    return list(islice(alike, EXAMPLES))


def _answers(program: Program, language: Language, before: np.ndarray, after: np.ndarray) -> bool:
    try:
        (trace,) = language.execute(program, [as_grid(before)], (MAX_SIDE, MAX_SIDE))
    except ProgramError:
        return False
    return same_grid(trace.output, after)
