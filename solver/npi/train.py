"""Training a core on deduplicated frames, with programs sampled by error; resumable."""

from __future__ import annotations

import json
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from torch import Tensor

from puzzles.storage import write_whole
from solver.npi.batches import Batch, collate, encode, looked_at, loss_of, run_batch, wrong_frames
from solver.npi.checkpoint import load_core, rounded, save_core
from solver.npi.focus import close_unneeded
from solver.npi.model import Choice, Core, CoreConfig
from solver.npi.pad import Observation
from solver.npi.programs import ACT, Call
from solver.npi.tasks import TASKS
from solver.npi.traces import Frame, different
from solver.npi.verify import can_certify, certify, check
from solver.tensors import load_tensors, read_about, save_tensors
from solver.words.errors import CheckpointError

_FLOOR = 0.02
"""Sampling weight of a program without errors."""
_FORGET = 0.9
"""How much of a program's error estimate stays after a batch."""
_CLIP = 1.0
_LOOK = 5e-3
"""Loss for each component that a step looks at."""
_FOCUS_RATE = 30.0
"""Learning rate of the focus, as a multiple of the others'."""
_LEAST_RATE = 0.05
"""Learning rate at the end of the cosine, as a share of the first."""
_MOST_WRONG = 1000
"""A failing certification stops here; that is enough to learn from."""


@dataclass(frozen=True)
class TrainPlan:
    """What to train on and how."""

    tasks: tuple[str, ...]
    traces: int = 600
    """True runs of each task."""
    fresh: int = 2000
    """New true runs of each task without a certificate, checked once the known frames are all right."""
    looped: bool = False
    """Procedures with loops as in the paper, in place of recursive ones."""
    focus: bool = False
    """Learn which components every call looks at, and ignore the others."""
    counterexamples: bool = True
    """Search for wrong frames beyond those of the traces, and learn from them."""
    iterations: int = 12_000
    """Length of the cosine; training stops before when nothing is wrong."""
    batch: int = 64
    """Frames."""
    learning_rate: float = 1e-3
    check_every: int = 250
    """Iterations between two checks of every frame."""
    from_wrong: float = 0.25
    """Share of a batch drawn from the frames that were wrong at the last check."""
    seed: int = 0


def config_for(plan: TrainPlan, **sizes: Any) -> CoreConfig:
    """A core that has a row for every program of the plan's tasks, and their environments' encoders."""
    tasks = [TASKS[name] for name in plan.tasks]
    programs = dict.fromkeys([ACT, *(name for task in tasks for name in task.procedures(plan.looped))])
    environments = {task.environment.name: task.environment.sizes for task in tasks}
    return CoreConfig(tuple(programs), environments, focus=plan.focus, **sizes)


def parameter_groups(core: Core) -> list[dict[str, Any]]:
    """The core's parameters for Adam; the focus learns faster, its logits have far to go."""
    named = [(name, parameter) for name, parameter in core.named_parameters() if parameter.requires_grad]
    focus = [parameter for name, parameter in named if "focus" in name]
    others = [parameter for name, parameter in named if "focus" not in name]
    groups = [{"params": others, "times": 1.0}, {"params": focus, "times": _FOCUS_RATE}]
    return [group for group in groups if group["params"]]


def training_loss(core: Core, batch: Batch, choice: Choice) -> Tensor:
    """Cross-entropy and, for a core with focus, a little for everything that is looked at."""
    loss = loss_of(choice, batch)
    return loss if core.focus is None else loss + _LOOK * looked_at(core, batch)


class FrameSet:
    """Frames to draw from: by program, then by what is to be done at the root of its count, then any."""

    def __init__(self, frames: Iterable[Frame], config: CoreConfig) -> None:
        self.frames: list[Frame] = []
        self._config = config
        self._known: set[Frame] = set()
        self.errors: dict[str, float] = {}
        """Program, with its environment → recent share of its frames that were wrong."""
        self.wrong: list[int] = []
        """Places of the frames that were wrong at the last check."""
        self.add(frames)

    def add(self, frames: Iterable[Frame]) -> int:
        """Add the frames that are new; returns how many."""
        new = [frame for frame in different(frames) if frame not in self._known]
        self._known.update(new)
        self.frames += new
        self.encoded = [encode(frame, self._config) for frame in self.frames]
        groups: dict[str, dict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
        for i, frame in enumerate(self.frames):
            groups[program_of(frame)][frame.signature].append(i)
        self._groups = {program: [np.array(m) for m in kinds.values()] for program, kinds in groups.items()}
        roots = {p: np.sqrt([len(members) for members in kinds]) for p, kinds in self._groups.items()}
        self._shares = {program: root / root.sum() for program, root in roots.items()}
        for program in self._groups:
            self.errors.setdefault(program, 1.0)
        return len(new)

    def draw(self, rng: np.random.Generator, count: int, from_wrong: float) -> list[int]:
        """Places of `count` frames, a share of them from the wrong ones if there are any."""
        again = int(count * from_wrong) if self.wrong else 0
        drawn = rng.choice(self.wrong, again).tolist() if again else []
        programs = list(self._groups)
        weights = np.array([self.errors[program] + _FLOOR for program in programs])
        for program, times in zip(
            programs, rng.multinomial(count - again, weights / weights.sum()), strict=True
        ):
            kinds = self._groups[program]
            for kind in rng.choice(len(kinds), times, p=self._shares[program]):
                drawn.append(int(kinds[kind][rng.integers(len(kinds[kind]))]))
        return drawn

    def note(self, places: list[int], wrong: list[bool]) -> None:
        """Update the error estimates of the programs in a batch."""
        flags: dict[str, list[bool]] = defaultdict(list)
        for place, bad in zip(places, wrong, strict=True):
            flags[program_of(self.frames[place])].append(bad)
        for program, among in flags.items():
            self.errors[program] = _FORGET * self.errors[program] + (1 - _FORGET) * float(np.mean(among))


def program_of(frame: Frame) -> str:
    """The frame's program with its environment, as errors are counted."""
    return f"{frame.environment}/{frame.call.program}"


class Trainer:
    """One run in one folder: `model.*` (ready to use), `state.*` (to resume)."""

    def __init__(self, folder: Path, plan: TrainPlan, config: CoreConfig | None = None) -> None:
        torch.manual_seed(plan.seed)
        self.folder, self.plan = folder, plan
        self.core = Core(config or config_for(plan))
        self.rng = np.random.default_rng(plan.seed)
        frames = (frame for name in plan.tasks for frame in self._task_frames(name))
        self.data = FrameSet(frames, self.core.config)
        self.from_traces = len(self.data.frames)
        self.optimizer = torch.optim.Adam(parameter_groups(self.core), lr=plan.learning_rate)
        self.iteration, self.seconds = 0, 0.0
        self.certified: dict[str, int] = {}
        """Task → histories checked, all right."""
        self.fresh_traces: dict[str, int] = {}
        """Task without a certificate → traces drawn to look for wrong frames."""
        self._passed: set[str] = set()
        """Tasks of which nothing was wrong when wrong frames were last searched."""
        self.done = False

    def _task_frames(self, name: str) -> Iterable[Frame]:
        rng = np.random.default_rng([self.plan.seed, *name.encode()])
        return TASKS[name].frames(rng, self.plan.traces, self.plan.looped)

    def run(self, minutes: float, say: Callable[[str], None]) -> bool:
        """Train until nothing is wrong, or the plan or the time is used up; returns whether nothing is."""
        started, before = time.process_time(), self.seconds
        weights = sum(parameter.numel() for parameter in self.core.parameters())
        say(f"{len(self.data.frames)} different frames, {weights} weights")
        while not self.done and self.iteration < self.plan.iterations:
            if self.seconds - before >= 60 * minutes:
                break
            loss = self.one_iteration()
            if self.iteration % self.plan.check_every == 0:
                self.full_check(say, loss)
                self.seconds = before + time.process_time() - started
                self.save()
            self.seconds = before + time.process_time() - started
        self.save()
        return self.done

    def one_iteration(self) -> float:
        """One batch and one step of Adam; returns the loss."""
        progress = self.iteration / self.plan.iterations
        share = _LEAST_RATE + (1 - _LEAST_RATE) * 0.5 * (1 + math.cos(math.pi * progress))
        for group in self.optimizer.param_groups:
            group["lr"] = self.plan.learning_rate * share * group["times"]
        places = self.data.draw(self.rng, self.plan.batch, self.plan.from_wrong)
        batch = collate([self.data.encoded[place] for place in places])
        choice = run_batch(self.core, batch)
        loss = training_loss(self.core, batch, choice)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.core.parameters(), _CLIP)
        self.optimizer.step()
        self.data.note(places, wrong_frames(choice, batch).tolist())
        self.iteration += 1
        return float(loss.detach())

    def full_check(self, say: Callable[[str], None], loss: float) -> None:
        """Check every frame with the weights as they would be saved; certify what is right.

        Wrong frames beyond the known ones are searched in an environment as soon as its known ones are all
        right, so that a hard task does not hold up the others; and in all once nothing is wrong.
        """
        core = rounded(self.core)
        wrong = set(check(core, self.data.frames).wrong)
        self.data.wrong = [i for i, frame in enumerate(self.data.frames) if frame in wrong]
        say(f"{self.iteration:6d}  {self.seconds:6.1f} s  loss {loss:.4f}  wrong {len(wrong)}")
        self.certified = {}
        if not self.plan.counterexamples:
            self.done = not wrong
            return
        unready = {frame.environment for frame in wrong}
        ready = [n for n in self.plan.tasks if TASKS[n].environment.name not in unready]
        if wrong:
            ready = [name for name in ready if name not in self._passed]
        if not ready:
            return
        right = [frame for frame in self.data.frames if frame.environment not in unready]
        if closed := close_unneeded(self.core, right):
            say(f"        {closed} components closed")
            core = rounded(self.core)
        found = self._search_for_wrong(core, ready, say)
        first = len(self.data.frames)
        self.data.add(found)
        self.data.wrong += range(first, len(self.data.frames))
        self.done = not wrong and not found and not self._closing()

    def _closing(self) -> bool:
        """Whether a focus still looks at too much for a certificate; training it further helps."""
        if not self.plan.focus or self.plan.looped:
            return False
        return any(not TASKS[n].environment.picture and n not in self.certified for n in self.plan.tasks)

    def _search_for_wrong(self, core: Core, names: Iterable[str], say: Callable[[str], None]) -> list[Frame]:
        """Wrong frames that are not in the data: of every history where they are listed, else of new runs."""
        found: list[Frame] = []
        for name in names:
            task = TASKS[name]
            if can_certify(core, task) and not self.plan.looped:
                result, kind = certify(core, task, _MOST_WRONG), "histories"
                if result.holds:
                    self.certified[name] = result.checked
            else:
                rng = np.random.default_rng([self.plan.seed, self.iteration, *name.encode()])
                fresh = different(task.frames(rng, self.plan.fresh, self.plan.looped))
                result, kind = check(core, fresh, _MOST_WRONG), f"frames of {self.plan.fresh} new traces"
                self.fresh_traces[name] = self.fresh_traces.get(name, 0) + self.plan.fresh
            say(f"        {name}: {result.checked} {kind}, {len(result.wrong)} wrong")
            passed = not result.wrong and (name in self.certified or task.environment.picture)
            (self._passed.add if passed else self._passed.discard)(name)
            found += result.wrong
        return found

    def about(self) -> dict[str, Any]:
        """What the model's JSON tells of the training."""
        return {
            "tasks": list(self.plan.tasks),
            "plan": asdict(self.plan),
            "iterations": self.iteration,
            "seconds": round(self.seconds, 1),
            "frames": {"from traces": self.from_traces, "counterexamples": self._counterexamples()},
            "wrong": len(self.data.wrong),
            "fresh traces": self.fresh_traces,
            "certified": {name: {"checked": n, "wrong": 0} for name, n in self.certified.items()},
        }

    def _counterexamples(self) -> int:
        return len(self.data.frames) - self.from_traces

    def save(self) -> None:
        """Write the model, and the state that `resume` goes on from."""
        save_core(self.core, self.folder / "model.safetensors", self.about())
        tensors = {f"weights.{name}": tensor for name, tensor in self.core.state_dict().items()}
        for i, parameter in enumerate(self.core.parameters()):
            for name in ("exp_avg", "exp_avg_sq"):
                if name in self.optimizer.state[parameter]:
                    tensors[f"{name}.{i}"] = self.optimizer.state[parameter][name]
        tensors["random"] = torch.get_rng_state()
        save_tensors(tensors, self.folder / "state.safetensors")
        state = {
            "plan": asdict(self.plan),
            "iteration": self.iteration,
            "seconds": self.seconds,
            "done": self.done,
            "certified": self.certified,
            "fresh traces": self.fresh_traces,
            "random": self.rng.bit_generator.state,
            "errors": self.data.errors,
            "wrong": self.data.wrong,
            "counterexamples": [_to_json(frame) for frame in self.data.frames[self.from_traces :]],
        }
        write_whole(self.folder / "state.json", json.dumps(state) + "\n")

    @classmethod
    def resume(cls, folder: Path, changes: Mapping[str, Any] | None = None) -> Trainer:
        """Go on where `save` stopped, with these fields of the plan changed from here on.

        Raises `CheckpointError` when the folder holds no run.
        """
        core, _ = load_core(folder / "model.safetensors")
        try:
            state, tensors = read_about(folder / "state.json"), load_tensors(folder / "state.safetensors")
            plan = TrainPlan(**(state["plan"] | {"tasks": tuple(state["plan"]["tasks"])}))
            trainer = cls(folder, replace(plan, **(changes or {})), core.config)
            trainer._restore(state, tensors)
        except (OSError, ValueError, KeyError, TypeError, SafetensorError, RuntimeError) as error:
            raise CheckpointError(f"{folder}: expected state.json and state.safetensors, {error}") from None
        return trainer

    def _restore(self, state: dict[str, Any], tensors: dict[str, torch.Tensor]) -> None:
        weights = {k.removeprefix("weights."): v for k, v in tensors.items() if k.startswith("weights.")}
        self.core.load_state_dict(weights)
        for i, parameter in enumerate(self.core.parameters()):
            if f"exp_avg.{i}" in tensors:
                self.optimizer.state[parameter] = {
                    "step": torch.tensor(float(state["iteration"])),
                    "exp_avg": tensors[f"exp_avg.{i}"],
                    "exp_avg_sq": tensors[f"exp_avg_sq.{i}"],
                }
        if "random" in tensors:
            torch.set_rng_state(tensors["random"])
        self.iteration, self.seconds, self.done = state["iteration"], state["seconds"], state["done"]
        self.certified, self.fresh_traces = state["certified"], state["fresh traces"]
        self.rng.bit_generator.state = state["random"]
        self.data.add(_from_json(frame) for frame in state["counterexamples"])
        self.data.errors, self.data.wrong = state["errors"], state["wrong"]


def _to_json(frame: Frame) -> list[Any]:
    calls = [[call.program, list(call.arguments)] for call in (frame.call, *frame.calls)]
    return [frame.environment, calls, [list(seen) for seen in frame.seen]]


def _from_json(document: list[Any]) -> Frame:
    environment, calls, seen = document
    first, *others = (Call(program, (a, b, c)) for program, (a, b, c) in calls)
    observations: tuple[Observation, ...] = tuple(tuple(one) for one in seen)
    return Frame(environment, first, observations, tuple(others))
