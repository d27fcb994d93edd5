"""Which words an interpreter has found for a suite's operations: one each, where it has learned them all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import torch
from torch import Tensor

from puzzles.storage import write_whole
from solver.lab.baselines.examples import Examples
from solver.lab.baselines.slots import SlotLearner
from solver.lab.bench.methods import METHODS
from solver.lab.bench.paper import Bench, PaperPlan
from solver.lab.bench.tasks import Suite
from solver.words.errors import UsageError

GRIDS = 60
"""Fresh inputs of every operation that words are run on."""
OWN = 0.9
"""Share of an operation's inputs that a word answers exactly where it counts as that operation's word."""
_BATCH, _PAIRS = 48, 4
_LEAST_BATCHES, _MOST_BATCHES = 8, 400
"""Batches drawn, so that every operation has been seen, and none is waited for for ever."""


@dataclass(frozen=True)
class Meaning:
    """An operation and the word that was found for it."""

    operation: str
    word: int | None
    """The word of its own: no other operation has it. None where all words are taken."""
    right: float
    """Share of fresh inputs that this word answers exactly."""
    best: float
    """The same of the best word of all, which may be another operation's too."""

    @property
    def own(self) -> bool:
        """Whether the operation counts as having a word of its own."""
        return round(self.right, 4) >= OWN  # a float32 of 54 in 60 lies below .9


def single_examples(suite: Suite, count: int, seed: int) -> dict[str, Examples]:
    """`count` fresh examples (1, count, cells) of every operation that the suite trains as one word.

    Raises ValueError for a suite that draws an operation too rarely.
    """
    found: dict[str, list[tuple[Tensor, Tensor]]] = {}
    canvas = (0, 0)
    for index in range(1, _MOST_BATCHES):  # batch 0 is what training is judged by
        batch = suite.draw("validation", index, _BATCH, _PAIRS, seed=seed)
        single, canvas = batch.of_one_word(), batch.canvas
        for name, before, after in zip(single.names, single.inputs, single.outputs, strict=True):
            found.setdefault(name, []).append((before, after))
        if index >= _LEAST_BATCHES and all(_PAIRS * len(pairs) >= count for pairs in found.values()):
            return {name: _stacked(canvas, found[name], count) for name in sorted(found)}
    raise ValueError(f"{suite.name} draws some operations too rarely")


def _stacked(canvas: tuple[int, int], pairs: Sequence[tuple[Tensor, Tensor]], count: int) -> Examples:
    before, after = (torch.cat(cells)[None, :count] for cells in zip(*pairs, strict=True))
    return Examples(canvas, before, after)


@torch.no_grad()
def shares(learner: SlotLearner, examples: Sequence[Examples]) -> Tensor:
    """Share of exact answers (operations, words) of every word but skip on every operation's examples."""
    words = torch.arange(learner.inductor.config.skip, device=examples[0].inputs.device)
    rows = []
    for own in examples:
        inputs, outputs = own.inputs[0], own.outputs[0]
        each = words.repeat_interleave(len(inputs))[:, None]
        made = learner.run_hard(inputs.repeat(len(words), 1), each, own.canvas)
        right = (made == outputs.repeat(len(words), 1)).all(-1)
        rows.append(right.view(len(words), -1).float().mean(1))
    return torch.stack(rows).cpu()


def assigned(names: Sequence[str], right: Tensor) -> list[Meaning]:
    """The operations with a word each, no word twice: of shares (operations, words) the largest first."""
    order = right.flatten().argsort(descending=True, stable=True).tolist()
    taken: dict[int, int] = {}
    for operation, word in (divmod(place, right.shape[1]) for place in order):
        if operation not in taken and word not in taken.values():
            taken[operation] = word
    return [
        Meaning(
            name,
            taken.get(operation),
            right[operation, taken[operation]].item() if operation in taken else 0.0,
            right[operation].max().item(),
        )
        for operation, name in enumerate(names)
    ]


def discovered(bench: Bench, plan: PaperPlan) -> str:
    """What the words of every trained seed mean, as Markdown; written beside the weights as JSON too.

    Raises UsageError where no interpreter has been trained with this plan.
    """
    method = next(m for m in METHODS if m.name == "nli")
    examples = single_examples(bench.suite, GRIDS, seed=0)
    own = [one.to(bench.device) for one in examples.values()]
    found: dict[int, list[Meaning]] = {}
    for seed in (s for s in range(plan.seeds) if bench.kept(method, plan, s)):
        learner = bench.trained(method, plan, seed)
        if not isinstance(learner, SlotLearner):
            raise TypeError("only programs of words have words that mean something")
        found[seed] = assigned(list(examples), shares(learner, own))
    if not found:
        raise UsageError(f"{bench.folder} holds no trained interpreter; train it first")
    document = {seed: [asdict(m) for m in meanings] for seed, meanings in found.items()}
    name = "discovered" if plan.telling == "setting" else f"discovered-{plan.telling}"
    write_whole(bench.folder / f"{name}.json", json.dumps(document, indent=1) + "\n")
    return "\n".join(_table(seed, meanings) for seed, meanings in found.items())


def _table(seed: int, meanings: Sequence[Meaning]) -> str:
    count = sum(m.own for m in meanings)
    lines = [
        f"Seed {seed}: {count} of {len(meanings)} operations have a word of their own, "
        f"exact on at least {OWN:.2f} of {GRIDS} fresh inputs.",
        "",
        "| operation | its word | right | best word |",
        "|---|---|---|---|",
    ]
    for m in meanings:
        word = "–" if m.word is None else f"w{m.word}"
        lines.append(f"| {m.operation} | {word} | {m.right:.2f} | {m.best:.2f} |")
    return "\n".join([*lines, ""])
