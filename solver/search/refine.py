"""Gradient refinement: ascend the demonstrations' likelihood over slot embeddings, many starts at once.

Macfarlane et al. 2026, "test-time search": the search moves the continuous embeddings before the word
logits, not the words; both Gumbel noises stay on and both temperatures fall during the search, so that the
end is close to a discrete program. Unlike there, starts ask the inductor again at the states they reach, and
only the closest of them are moved.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from solver.nli.config import SearchConfig
from solver.nli.device import fast_precision, free_memory, per_call
from solver.nli.learned import LearnedLanguage
from solver.nli.model import one_hot
from solver.search.adam import Adam
from solver.search.filming import Camera
from solver.search.problem import Problem
from solver.search.starts import asking_again
from solver.words.film import Start
from solver.words.program import Program, ProgramError

_STEP_CELLS = 4_000
"""Canvas cells times words per search step: a tenth of a second on one core, so that there are many steps."""
_FEWEST_STARTS = 4
_DRAWN = 4
"""Starts that are drawn and run hard for each that is moved."""
_CLEAR = 0.9
"""Probability from which a word counts as chosen."""
_CLIMB_STEPS, _CLIMB_RATE = 300, 0.05


@dataclass(frozen=True)
class Refinement:
    """One moment of the search."""

    step: int
    starts: int
    loss: float
    """Lowest loss of any start, in nats per cell; complete only at the end of a step."""
    programs: list[tuple[int, ...]]
    """Most likely words of every start, only at the end of a step; empty in between."""
    temperature: float
    picture: tuple[Start, ...] = ()
    """The first starts and the best as this step saw them, where a camera took them."""


@dataclass(frozen=True)
class _Heat:
    """A search step's number, temperatures and noise."""

    step: int
    code: float
    state: float
    noise: float

    @classmethod
    def at(cls, config: SearchConfig, step: int, progress: float) -> _Heat:
        code, state = (
            first + progress * (last - first)
            for first, last in (config.code_temperature, config.state_temperature)
        )
        return cls(step, code, state, config.noise)


@dataclass
class _Pace:
    """How far a search is, from 0 to 1: by its steps, or by its time where that ends it sooner."""

    steps: int
    spent: Callable[[], float] | None
    """Share of the time that is spent."""
    _first: float = field(default=0.0, init=False)
    """What the first step found spent: making the starts cools nothing."""
    _before: float = field(default=0.0, init=False)

    def at(self, step: int) -> float:
        """The progress of a step that is about to begin; 1 where no other will fit in after it."""
        by_steps = step / max(1, self.steps - 1)
        if self.spent is None:
            return min(1.0, by_steps)
        now = self.spent()
        if step == 0:
            self._first = self._before = now
        took, self._before = now - self._before, now
        left = 1 - self._first - took  # for all steps but the last
        by_time = 1.0 if now + 2 * took > 1 or left <= 0 else (now - self._first) / left
        return min(1.0, max(by_steps, by_time))


def rows_of(program: Program, learned: LearnedLanguage) -> tuple[int, ...]:
    """Codebook rows of a program's words; raises `ProgramError` where refinement could not start from it."""
    if program.fingerprint != learned.language.fingerprint:
        raise ProgramError(f"refinement needs a program of the weights {learned.language.fingerprint}")
    rows = {f"w{row}": row for row in learned.usable}
    for index, step in enumerate(program.steps):
        if step.word not in rows or step.source not in (None, index - 1):
            raise ProgramError(
                f"steps[{index}] is {step.word!r}, expected a learned word that reads the step before"
            )
    if not program.steps:
        raise ProgramError("the program has no steps, expected one to refine")
    return tuple(rows[step.word] for step in program.steps)


def refine(
    problem: Problem,
    config: SearchConfig,
    seed: int,
    length: int,
    around: Sequence[int] | None = None,
    *,
    spent: Callable[[], float] | None = None,
    camera: Camera | None = None,
) -> Iterator[Refinement]:
    """Refine the inductor's guesses, asked again, or Gaussian starts around the program `around`.

    Only the first `length` slots are executed; `around` brings its own length. Yields after every executor
    call; programs come with the guesses and with the last call of each step. Temperatures fall over
    `config.steps` steps, or sooner by the share of the time that is `spent`. A `camera` takes pictures of
    steps. Where memory runs out, half of the starts and half of a call go on.
    """
    length = length if around is None else len(around)
    per_chunk, count = _sizes(problem, config, length)
    generator = torch.Generator().manual_seed(seed)
    if around is None:
        embedding = yield from _guesses(problem, config, length, count, generator)
    else:
        centre = _embedding_of(problem, around, problem.induce().mean(0))
        embedding = _starts(centre, count, config, generator)
    optimizer, pace = Adam(embedding, config.learning_rate), _Pace(config.steps, spent)
    step = 0
    while step < config.steps:
        heat = _Heat.at(config, step, pace.at(step))
        try:
            losses = yield from _backward(problem, embedding, per_chunk, heat, generator, camera=camera)
        except torch.OutOfMemoryError:
            if len(embedding) == 1 and per_chunk == 1:
                raise
            per_chunk, embedding = max(1, per_chunk // 2), _half(embedding)
            optimizer = Adam(embedding, config.learning_rate)
            continue
        picture = camera.picture(embedding, losses, heat.code) if camera is not None else ()
        optimizer.step()
        programs = _programs(problem, embedding)
        yield Refinement(step, len(embedding), losses.min().item(), programs, heat.code, picture)
        step += 1


def _half(embedding: Tensor) -> Tensor:
    """The first half of the starts, as a leaf that gradients end at."""
    return embedding.detach()[: max(1, len(embedding) // 2)].clone().requires_grad_(True)


def _sizes(problem: Problem, config: SearchConfig, length: int) -> tuple[int, int]:
    """Grids of one executor call, and number of starts: by time on a CPU, by memory on a GPU."""
    pairs, cells = problem.inputs.shape
    free = free_memory(problem.inputs.device)
    per_chunk = per_call(problem.canvas, 1, 3 * length, free)  # backward costs about two passes
    most = _STEP_CELLS // (pairs * cells * length) if free is None else per_chunk // pairs
    return per_chunk, max(_FEWEST_STARTS, min(config.starts, most))


def _programs(problem: Problem, embedding: Tensor) -> list[tuple[int, ...]]:
    return [tuple(row) for row in problem.words(embedding).tolist()]


def _guesses(
    problem: Problem, config: SearchConfig, length: int, count: int, generator: torch.Generator
) -> Generator[Refinement, None, Tensor]:
    """Slot embeddings (≤ count, length, d): the closest of several starts that ask the inductor again.

    One start per program; the plain guess stays among them.
    """
    drawn = _DRAWN * count
    first = _Heat.at(config, 0, 0.0).code
    at_once = per_call(problem.canvas, len(problem.inputs), 1, free_memory(problem.inputs.device))
    asking = asking_again(problem, problem.inputs, length, drawn, generator, at_once=at_once)
    while True:
        try:
            next(asking)
        except StopIteration as stop:
            embedding: Tensor = stop.value
            break
        yield Refinement(0, drawn, math.inf, [], first)
    programs = _programs(problem, embedding)
    yield Refinement(0, drawn, math.inf, programs, first)
    places = {program: place for place, program in reversed(list(enumerate(programs)))}
    wrong = {}
    for program in places:
        wrong[program] = sum(problem.evaluate(program, "refinement").wrong)
        yield Refinement(0, drawn, math.inf, [], first)
    closest = sorted(places, key=lambda program: (places[program] > 0, wrong[program]))[:count]
    return embedding[[places[program] for program in closest]].clone().requires_grad_(True)


def _starts(centre: Tensor, count: int, config: SearchConfig, generator: torch.Generator) -> Tensor:
    """Slot embeddings (count, T, d) around the centre (T, d), which is always one of them."""
    offsets = torch.randn((count, *centre.shape), generator=generator).to(centre.device)
    offsets[0] = 0
    return (centre + config.spread * centre.std() * offsets).requires_grad_(True)


def _backward(
    problem: Problem,
    embedding: Tensor,
    per_chunk: int,
    heat: _Heat,
    generator: torch.Generator,
    *,
    camera: Camera | None,
) -> Generator[Refinement, None, Tensor]:
    """Fill the gradient of `embedding`, yielding after every executor call; the loss (starts,) of each."""
    starts, pairs = len(embedding), len(problem.inputs)
    losses = torch.zeros(starts, device=embedding.device)
    if camera is not None:
        camera.begin(starts)
    # Start 0 with every demonstration, start 1 with every demonstration, …: a chunk may cut anywhere.
    work = torch.cartesian_prod(torch.arange(starts), torch.arange(pairs)).to(embedding.device)
    for chunk in work.split(per_chunk):
        noise_seed = int(torch.randint(2**62, (), generator=generator))
        final, loss = _loss(problem, embedding[chunk[:, 0]], chunk[:, 1], heat, noise_seed)
        loss = loss / pairs
        loss.sum().backward()
        losses.index_add_(0, chunk[:, 0], loss.detach())
        if camera is not None:
            camera.see(chunk, final)
        yield Refinement(heat.step, starts, losses.min().item(), [], heat.code)
    return losses


def _embedding_of(problem: Problem, words: Sequence[int], guess: Tensor) -> Tensor:
    """Slot embeddings (T, d) whose likeliest words are `words`, as near the guess (slots, d) as it was found.

    The word logits are climbed until every word leads with probability `_CLEAR`.
    """
    target = torch.tensor(list(words), device=guess.device)
    at = torch.arange(len(words), device=guess.device).clamp(max=len(guess) - 1)
    embedding = guess[at].clone().requires_grad_(True)
    optimizer = Adam(embedding, _CLIMB_RATE)
    for _ in range(_CLIMB_STEPS):
        likelihood = problem.learned.model.inductor.logits(embedding).log_softmax(-1)
        found = likelihood.gather(1, target[:, None])
        if found.min().item() > math.log(_CLEAR):
            break
        (-found.sum()).backward()
        optimizer.step()
    return embedding.detach()


def _loss(problem: Problem, embedding: Tensor, pair: Tensor, heat: _Heat, seed: int) -> tuple[Tensor, Tensor]:
    """Last states (N, cells, VALUES) and losses (N,) of embeddings (N, length, d), a pair each (N,)."""
    model = problem.learned.model
    # A seed of its own for every call: the same search gives the same result, whatever ran before.
    with torch.random.fork_rng(), fast_precision(embedding.device):
        torch.manual_seed(seed)
        program = model.program(embedding, heat.code, heat.noise).float()
        start = one_hot(problem.inputs[pair])
        final = model.run(start, program, problem.canvas, heat.state, heat.noise)[-1]
    return final, -model.log_likelihood(final.float(), problem.targets[pair]).mean(1)
