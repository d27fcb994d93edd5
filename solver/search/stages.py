"""The stages of the learned search, each switchable, run in the order that pays.

Every stage yields progress while it works and ends at a verified program, at its share of the time, or when
it has nothing more to try. What each adds is measured by `python -m solver bench stages`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

import torch

from solver.explore.run import evaluate
from solver.nli.config import SearchConfig
from solver.nli.model import to_canvas, to_grids
from solver.search.best_first import Node, OrderConfig, best_first, root, wrong_shares
from solver.search.filming import Camera
from solver.search.memory import Memory
from solver.search.problem import Problem
from solver.search.refine import Refinement, refine, rows_of
from solver.search.repair import COINING, Draft, DraftKey, RepairConfig, near_misses, one_more_word, repair
from solver.search.run import Run
from solver.search.tuning import TuneConfig, tune
from solver.search.views import larger, search_views
from solver.words.errors import UsageError
from solver.words.film import MOST_STARTS, Moment
from solver.words.program import EXACT_FINGERPRINT, ProgramError
from solver.words.results import STAGES, Candidate, Progress
from solver.words.watching import TriedState

_SHARES = {
    "search": 0.25,
    "canvas": 0.15,
    "views": 0.25,
    "coining": 0.25,
    "repair": 0.25,
    "tuning": 0.5,
    "refinement": 0.2,
}
"""Share of the time left that a stage may take."""
_NODES = 1000
"""Programs a search may run per round where work is counted instead of seconds."""
_VIEW_NODES = 400
"""Programs run per view and round."""
_NEAR = 8
"""States closest to the outputs that are kept for repair and coining."""
_NEIGHBOURS = 8
"""Remembered programs that are tried."""
_RIVALS = 0.3
"""Once a program is verified, this share of the programs it took are run to look for rivals."""

Steps = Generator[Progress, None, None]


@dataclass
class StagedSearch:
    """One search over learned words: what its stages share."""

    run: Run
    problem: Problem
    seed: int
    stages: Sequence[str] = STAGES
    memory: Memory | None = None
    near: list[Node] = field(default_factory=list)
    """States closest to the outputs, best first."""
    recalled: list[tuple[int, ...]] = field(default_factory=list)
    """Programs of similar puzzles that refinement may start from, most similar first."""

    def __post_init__(self) -> None:
        self.near = [root(self.problem)]
        self._going: dict[str, Iterator[tuple[Problem, Node]]] = {
            "search": _nodes(self.problem, self._order()),
            "canvas": self._on_larger_canvas(),
        }
        self._moved: set[DraftKey] = set()
        self._listed: dict[Node, TriedState] = {}

    def start_near(self, earlier: Sequence[Candidate]) -> None:
        """Repair and refine programs of learned words that an earlier search found, too."""
        problem = self.problem
        for candidate in earlier:
            with suppress(ProgramError):
                words = rows_of(candidate.program, problem.learned)
                if candidate.program.least_canvas is None:
                    self._keep(_node_of(problem, problem.evaluate(words, candidate.origin), words))
                    self.recalled.append(words)

    def run_all(self) -> Steps:
        """Stage after stage until a program is verified or the budget is spent."""
        steps: dict[str, Callable[[], Steps]] = {
            "memory": self._recall,
            "search": partial(self._search, "search"),
            "repair": partial(self._repair, "repair", "repairing a near miss", near_misses, RepairConfig()),
            "canvas": partial(self._search, "canvas"),
            "views": self._views,
            "coining": partial(self._repair, "coining", "coining a new word", one_more_word, COINING),
            "refinement": self._refine_next,
            "tuning": self._tune,
        }
        first = [name for name in ("memory", "search") if name in self.stages]
        again = [name for name in STAGES[1:] if name in self.stages]
        for name in first:
            yield from steps[name]()
        going = bool(again)
        while going and not self.run.finished():
            # The first round leaves out the search that came before it.
            going = self.run.rounds == 0
            for name in again if self.run.rounds else [name for name in again if name not in first]:
                if not self.run.solved() and not self.run.out_of_time():
                    for progress in steps[name]():
                        going = True
                        yield progress
            self.run.rounds += 1
        if "views" in self.stages and self.run.disputed(self.problem):
            yield from self._vote()

    def going_on(self, run: Run, stages: Sequence[str]) -> StagedSearch:
        """Other stages from the states that this search came to, with a run of their own."""
        other = StagedSearch(run, Problem(run.puzzle, self.problem.learned), self.seed, stages)
        other.near = list(self.near)
        return other

    def single_words(self, limit_s: float) -> Steps:
        """Every program of one word."""
        found = _nodes(self.problem, OrderConfig(depth=1))
        yield from self._follow("search", found, len(self.problem.learned.usable), limit_s)

    def _limit(self, name: str) -> float:
        return _SHARES[name] * self.run.left()

    def _recall(self) -> Steps:
        """Programs of the puzzles that the inductor read most like this one."""
        if self.memory is None or self.run.solved():
            return
        run, problem = self.run, self.problem
        key = problem.key()
        nearest = self.memory.nearest(key, _NEIGHBOURS)
        exact_too = not run.learned_only
        programs = [e.program for e in nearest if exact_too or e.program.fingerprint != EXACT_FINGERPRINT]
        for program in programs:
            with suppress(ProgramError):  # refinement starts from straight programs of learned words only
                self.recalled.append(rows_of(program, problem.learned))
        found = (
            evaluate(run.puzzle, p, "memory", problem.learned.language, problem.canvas) for p in programs
        )
        yield from run.take("memory", "trying programs of similar puzzles", found, counted=True)

    def _search(self, name: str) -> Steps:
        """Go on with a search where it stopped."""
        yield from self._follow(name, self._going[name], _NODES * 3**self.run.rounds, self._limit(name))

    def _on_larger_canvas(self) -> Iterator[tuple[Problem, Node]]:
        canvas = larger(self.problem.canvas)
        if canvas is not None:
            problem = Problem(self.run.puzzle, self.problem.learned, canvas)
            yield from _nodes(problem, self._order())

    def _order(self) -> OrderConfig:
        return OrderConfig(apart=self.run.rows_demanded(self.problem.learned))

    def _follow(self, name: str, nodes: Iterator[tuple[Problem, Node]], most: int, limit_s: float) -> Steps:
        """Take nodes of a search: `most` of them where work is counted, else for `limit_s` seconds."""
        run = self.run
        if run.solved() or run.out_of_time():
            return
        stop_at, least = run.elapsed() + limit_s, 2.0
        for count, (problem, node) in enumerate(nodes, 1):
            run.tried.add(node.words)
            run.looked_at(name)
            if run.ledger is not None and run.ledger.is_near(node.wrong):
                run.ledger.note(self._state_of(problem, node, name, run.ledger.now))
            if problem is self.problem:
                self._keep(node)
            if (node.wrong == 0 or node.wrong < least) and run.may_take(problem, node.words):
                least = min(least, node.wrong)
                before = run.solved()
                run.consider_learned(problem, node.words, name)
                run.note_loss()
                if run.solved() and not before:
                    # Rivals of the first verified program make the second attempt.
                    most = count + int(_RIVALS * count)
                    stop_at = min(stop_at, run.elapsed() * (1 + _RIVALS))
            yield run.progress(name, f"trying programs of {len(node.words)} words")
            counted = run.work is not None or run.solved()
            if run.out_of_time() or (counted and count >= most) or run.elapsed() > stop_at:
                return

    def _state_of(self, problem: Problem, node: Node, stage: str, now: float) -> TriedState:
        """A node and those above it, for somebody who watches."""
        known = self._listed.get(node)
        if known is None:
            above = None
            if node.parent is not None and node.parent.words:
                above = self._state_of(problem, node.parent, stage, now)
            (grid,) = to_grids(node.cells[:1], problem.canvas)
            known = TriedState(problem.program(node.words), node.wrong, grid, above, stage, now)
            self._listed[node] = known
        return known

    def _keep(self, node: Node) -> None:
        """Keep a state that is nearer than one of the nearest, and none of theirs under another program."""
        if node.wrong and (len(self.near) < _NEAR or node.wrong < self.near[-1].wrong):
            if any(near.wrong == node.wrong and torch.equal(near.cells, node.cells) for near in self.near):
                return
            self.near = sorted([*self.near, node], key=lambda n: (n.wrong, len(n.words)))[:_NEAR]

    def _views(self) -> Steps:
        run = self.run
        nodes = _VIEW_NODES * 3**run.rounds
        found = search_views(run.puzzle, self.problem.learned, OrderConfig(), nodes, self.seed + run.rounds)
        limit = self._limit("views")
        yield from run.take("views", "searching in other views of the puzzle", found, limit, counted=True)

    def _vote(self) -> Steps:
        """Let other views decide between verified programs that answer the tests differently."""
        run = self.run
        limit = min(run.elapsed(), run.left())
        found = search_views(run.puzzle, self.problem.learned, OrderConfig(), _VIEW_NODES, self.seed)
        message = "asking other views of the puzzle"
        yield from run.take("views", message, found, limit, to_the_end=True, counted=True)

    def _repair(
        self,
        name: str,
        message: str,
        drafts_from: Callable[[Problem, Sequence[Node], RepairConfig], list[Draft]],
        config: RepairConfig,
    ) -> Steps:
        """Move codes of words of the nearest states, those that no round before has moved."""
        drafts = [
            draft for draft in drafts_from(self.problem, self.near, config) if draft.key not in self._moved
        ]
        found = repair(self.problem, drafts, config, name, self._moved)
        yield from self.run.take(name, message, found, self._limit(name))

    def _tune(self) -> Steps:
        """Search with networks that have learned the demonstrations."""
        run, limit = self.run, self._limit("tuning")
        stop_at = run.elapsed() + limit
        tuned = None
        for result in tune(run.puzzle, self.problem.learned, TuneConfig(), self.seed + 100 * run.rounds):
            tuned = result
            yield run.progress("tuning", "learning the demonstrations in other views")
            if run.out_of_time() or run.elapsed() > stop_at:
                return
        if tuned is None:
            return
        problem = Problem(run.puzzle, tuned)
        searched = _nodes(problem, OrderConfig())
        found = (problem.evaluate(node.words, "tuning") if node.wrong == 0 else None for _, node in searched)
        limited = (candidate for _, candidate in zip(range(_NODES), found, strict=False))
        left = stop_at - run.elapsed()
        yield from run.take("tuning", "searching with tuned words", limited, left, counted=True)

    def refine_from(self, words: tuple[int, ...]) -> Steps:
        """Gradient refinement around a program, further away in every round."""
        run, config = self.run, SearchConfig()
        run.tried.add(words)
        run.consider(self.problem.evaluate(words, "start"))
        run.note_loss()
        while not run.finished():
            wider = replace(config, spread=config.spread * (1 + run.rounds))
            yield from self._refine(wider, words)
            run.rounds += 1

    def _film(self, moment: Refinement) -> None:
        """Add a step that was pictured to the film."""
        if self.run.ledger is None or not moment.picture:
            return
        shown = moment.picture
        self.run.ledger.film.add(
            Moment(
                self.run.elapsed(),
                "refinement",
                self.run.rounds + 1,
                moment.step + 1,
                moment.temperature,
                moment.starts,
                tuple(start for start in shown if start.number < MOST_STARTS),
                min(shown, key=lambda start: start.loss),
            )
        )

    def _refine_next(self) -> Steps:
        """Refine around the inductor's guess; every second round around a remembered program instead."""
        place, remembered = divmod(self.run.rounds, 2)
        around = self.recalled[place] if remembered and place < len(self.recalled) else None
        yield from self._refine(SearchConfig(), around)

    def _refine(self, config: SearchConfig, around: tuple[int, ...] | None = None) -> Steps:
        """One round of gradient refinement with starts of its own."""
        run, problem = self.run, self.problem
        begun, limit = run.elapsed(), self._limit("refinement")

        def spent() -> float:
            return (run.elapsed() - begun) / limit if limit else 1.0

        # Short programs first: they cost less per step and explain most puzzles.
        length = min(problem.learned.model.config.slots, 2 + run.rounds)
        timed = None if run.work is not None else spent
        camera = None
        if run.ledger is not None:
            film = run.ledger.film
            camera = Camera(problem, lambda: film.wants(run.elapsed()))
        seed = self.seed + run.rounds
        for moment in refine(problem, config, seed, length, around, spent=timed, camera=camera):
            self._film(moment)
            message = (
                f"round {run.rounds + 1}, step {moment.step + 1} of {config.steps}, "
                f"{moment.starts} starts, temperature {moment.temperature:.2f}"
            )
            for words in dict.fromkeys(moment.programs):
                if words not in run.tried:
                    run.tried.add(words)
                    run.consider_learned(problem, words, "refinement")
                    run.looked_at("refinement")
                    yield run.progress("refinement", message)
            if moment.programs:
                run.note_loss(moment.loss)
            yield run.progress("refinement", message)
            if run.solved() or run.out_of_time() or run.elapsed() > begun + limit:
                return


def stages_from(names: str) -> tuple[str, ...]:
    """The stages in a list with commas; raises `UsageError` for a name that is none."""
    stages = tuple(filter(None, names.split(",")))
    if unknown := sorted(set(stages) - set(STAGES)):
        raise UsageError(f"stages has {unknown[0]!r}, expected some of {', '.join(STAGES)}")
    return stages


def _node_of(problem: Problem, candidate: Candidate, words: tuple[int, ...]) -> Node:
    """The state that a program of these rows leads to."""
    grids = [trace.output for trace in (*candidate.demonstrations, *candidate.tests)]
    cells = to_canvas(grids, problem.canvas, problem.inputs.device)
    wrong = wrong_shares(cells[None, : len(problem.inputs)], problem.targets)
    return Node(words, cells, 0.0, wrong.item())


def _nodes(problem: Problem, config: OrderConfig) -> Iterator[tuple[Problem, Node]]:
    for node in best_first(problem, config):
        yield problem, node
