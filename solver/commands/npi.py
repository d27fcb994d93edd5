"""Train, run, certify and teach learned procedures: addition, sorting, drawing, turning objects."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solver.words.errors import UsageError

if TYPE_CHECKING:
    from solver.npi.interpreter import Run
    from solver.npi.model import Core
    from solver.npi.pad import Pad
    from solver.npi.tasks import Task

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_LONGEST_SHOWN = 60
_MOST_SHOWN = 5
"""Wrong histories printed by `certify`."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the commands."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_train(commands)
    _add_run(commands)
    _add_others(commands)


def _add_train(commands: Commands) -> None:
    train = commands.add_parser("train", help="train a core on the traces of one or more tasks")
    train.add_argument(
        "tasks", nargs="*", metavar="TASK", help="addition, sorting, ray, bounce, fill, drop, bar, canonical"
    )
    train.add_argument("--folder", type=Path, default=Path("runs/npi"), help="weights and state")
    train.add_argument(
        "--resume",
        action="store_true",
        help="go on with the run in --folder; --fresh and --iterations given beside it hold from here on",
    )
    train.add_argument("--minutes", type=float, default=3.0, help="processor time after which to stop")
    train.add_argument("--traces", type=int, help="true runs of each task")
    train.add_argument("--fresh", type=int, help="new runs to check a task on that has no certificate")
    train.add_argument("--iterations", type=int, help="length of the learning rate's cosine")
    train.add_argument("--seed", type=int)
    train.add_argument("--width", type=int, default=128, help="of the LSTM; the paper's is 256")
    train.add_argument("--looped", action="store_true", help="traces with loops, as in the paper")
    train.add_argument(
        "--focus", action="store_true", help="learn what every call looks at; makes drawing certifiable"
    )
    train.set_defaults(run=run_train)


def _add_run(commands: Commands) -> None:
    run = commands.add_parser("run", help="run a procedure and compare its result with the true one")
    _add_model(run)
    run.add_argument("task", metavar="TASK")
    run.add_argument("input", nargs="*", metavar="INPUT", help="two numbers to add, or digits to sort")
    run.add_argument("--size", type=int, default=20, help="of random inputs, where none is given")
    run.add_argument("--count", type=int, default=1, help="how many random inputs")
    run.add_argument("--seed", type=int, default=0)
    run.add_argument("--max-steps", type=int, default=1_000_000)
    run.add_argument("--max-depth", type=int, default=20_000)
    run.add_argument("--tree", type=int, default=0, metavar="DEPTH", help="print the call tree this deep")
    run.add_argument("--json", action="store_true", help="print one JSON object for each input")
    run.set_defaults(run=run_run)


def _add_others(commands: Commands) -> None:
    teach = commands.add_parser("teach", help="a new drawing procedure from recorded moves")
    _add_model(teach)
    teach.add_argument("recording", type=Path, metavar="FILE", help="JSON: name, demonstrations")
    teach.add_argument("--out", type=Path, required=True, help="where the larger core goes (safetensors)")
    teach.add_argument("--iterations", type=int, default=600, help="at most")
    teach.set_defaults(run=run_teach)

    call = commands.add_parser("call", help="run any program of a drawing core on a pad from a file")
    _add_model(call)
    call.add_argument("program", metavar="PROGRAM")
    call.add_argument("pad", type=Path, metavar="FILE", help="JSON: pad, pointers, hand")
    call.add_argument("--direction", default="north", help="north, north-east, …: the first argument")
    call.add_argument("--max-steps", type=int, default=100_000)
    call.add_argument("--tree", type=int, default=0, metavar="DEPTH", help="print the call tree this deep")
    call.set_defaults(run=run_call)

    certify = commands.add_parser("certify", help="run every observation history that can occur")
    _add_model(certify)
    certify.add_argument("task", metavar="TASK")
    certify.add_argument("--json", action="store_true", help="print one JSON object")
    certify.set_defaults(run=run_certify)


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, help="weights (safetensors with its JSON)")


def run_train(options: argparse.Namespace) -> int:
    """Train, printing one line per check; status 1 while something is still wrong."""
    import torch  # noqa: PLC0415 - keeps `--help` quick

    from solver.npi.train import Trainer, TrainPlan, config_for  # noqa: PLC0415

    torch.set_num_threads(1)  # the tensors are too small to share
    if options.resume:
        kept = {key: getattr(options, key) for key in ("fresh", "iterations")}
        trainer = Trainer.resume(options.folder, {k: v for k, v in kept.items() if v is not None})
    else:
        if not options.tasks:
            raise UsageError(f"no task given, expected some of {', '.join(_tasks())}")
        names = tuple(_task(name).name for name in options.tasks)
        given = {key: getattr(options, key) for key in ("traces", "fresh", "iterations", "seed")}
        plan = replace(
            TrainPlan(names, looped=options.looped, focus=options.focus),
            **{k: v for k, v in given.items() if v is not None},
        )
        trainer = Trainer(options.folder, plan, config_for(plan, width=options.width))
    return 0 if trainer.run(options.minutes, lambda line: print(line, flush=True)) else 1


def run_run(options: argparse.Namespace) -> int:
    """Run on the given input or on random ones; status 1 when a result differs from the true one."""
    import numpy as np  # noqa: PLC0415

    from solver.npi.interpreter import Interpreter  # noqa: PLC0415

    task = _task(options.task)
    given = _given(task, options.input) if options.input else None
    core, _ = _core(options, task)
    interpreter = Interpreter(core, task.environment.name, options.max_steps, options.max_depth)
    rng = np.random.default_rng(options.seed)
    count = options.count if given is None else 1
    right = 0
    for _ in range(count):
        pad, call = given or task.start(rng, options.size)
        expected = task.answer(pad, call)
        started = time.process_time()
        run = interpreter.finish(pad, call)
        same = bool((pad.cells == expected.cells).all()) and run.outcome.value == "returned"
        same &= not task.environment.picture or pad.pointers == expected.pointers
        right += same
        document = {
            "task": task.name,
            "right": same,
            "outcome": run.outcome.value,
            "steps": run.steps,
            "seconds": round(time.process_time() - started, 2),
        }
        if options.json:
            print(json.dumps(document | {"pad": pad.cells.tolist()}))
            continue
        verdict = "right" if same else "wrong"
        ended = f"{run.outcome.value} after {run.steps} steps, {document['seconds']} s"
        print(f"{_shown(task, pad)}  {verdict}, {ended}")
        for line in tree_lines(run, options.tree):
            print(line)
    if count > 1 and not options.json:
        print(f"{right} of {count} right")
    return 0 if right == count else 1


def run_teach(options: argparse.Namespace) -> int:
    """Teach, write the larger core, and say what was learned; status 1 when a demonstration differs."""
    from solver.npi.checkpoint import load_core, save_core, shipped  # noqa: PLC0415
    from solver.npi.pad import ENVIRONMENTS  # noqa: PLC0415
    from solver.npi.recordings import read_recording, said  # noqa: PLC0415
    from solver.npi.teach import about_taught, teach  # noqa: PLC0415

    environment = ENVIRONMENTS["drawing"]
    name, shown = read_recording(options.recording, environment)
    core, about = load_core(options.model or shipped("drawing"))
    taught = teach(core, environment, name, shown, options.iterations)
    save_core(taught.growth.core, options.out, about_taught(taught, about, environment))
    steps = ", ".join(said(call, environment) for call in taught.unit)
    print(f"{name}: {'again and again ' if taught.repeats else ''}{steps}")
    print(f"{taught.growth.frames} traces, {taught.growth.seconds:.1f} s, saved in {options.out}")
    print(f"{sum(taught.right)} of {len(taught.right)} demonstrations done again without a difference")
    return 0 if all(taught.right) else 1


def run_call(options: argparse.Namespace) -> int:
    """Run one program and print the pad; status 1 when it does not return."""
    from solver.npi.checkpoint import load_core, shipped  # noqa: PLC0415
    from solver.npi.follow import Outcome  # noqa: PLC0415
    from solver.npi.interpreter import Interpreter  # noqa: PLC0415
    from solver.npi.pad import ENVIRONMENTS  # noqa: PLC0415
    from solver.npi.programs import Call  # noqa: PLC0415
    from solver.npi.recordings import DIRECTIONS, read_pad  # noqa: PLC0415

    if options.direction not in DIRECTIONS:
        raise UsageError(f"direction is {options.direction!r}, expected one of {', '.join(DIRECTIONS)}")
    core, _ = load_core(options.model or shipped("drawing"))
    pad = read_pad(options.pad, ENVIRONMENTS["drawing"])
    call = Call(options.program, (DIRECTIONS.index(options.direction), 0, 0))
    run = Interpreter(core, "drawing", options.max_steps).finish(pad, call)
    for row in pad.cells.tolist():
        print(" ".join(str(cell) for cell in row))
    print(f"{run.outcome.value} after {run.steps} steps")
    for line in tree_lines(run, options.tree):
        print(line)
    return 0 if run.outcome is Outcome.RETURNED else 1


def tree_lines(run: Run, depth: int) -> list[str]:
    """The call tree as indented lines, calls deeper than `depth` left out."""
    lines: list[str] = []
    waiting = [(run.tree, 0)] if depth > 0 else []
    while waiting:
        node, level = waiting.pop()
        given = " ".join(str(value) for value in node.call.arguments) if any(node.call.arguments) else ""
        lines.append(f"{'  ' * level}{node.call.program} {given}".rstrip())
        if level + 1 < depth:
            children = [(step.child, level + 1) for step in node.steps if step.child is not None]
            waiting += reversed(children)
    return lines


def _shown(task: Task, pad: Pad) -> str:
    row = {"addition": 3, "sorting": 0}.get(task.name)
    if row is None:
        return f"{pad.cells.shape[0]}×{pad.cells.shape[1]}"
    digits = "".join(str(digit) for digit in pad.cells[row])
    return digits if len(digits) <= _LONGEST_SHOWN else f"{len(digits)} digits"


def run_certify(options: argparse.Namespace) -> int:
    """Run every history; status 1 when the core is wrong on some."""
    from solver.npi.verify import certify  # noqa: PLC0415

    task = _task(options.task)
    core, about = _core(options, task)
    if about.get("plan", {}).get("looped"):
        raise UsageError(f"{task.name}: the core was trained with loops, expected a recursive one")
    started = time.process_time()
    result = certify(core, task)
    if options.json:
        wrong = [
            {"program": frame.call.program, "arguments": frame.call.arguments, "seen": frame.seen}
            for frame in result.wrong
        ]
        print(json.dumps({"task": task.name, "checked": result.checked, "wrong": wrong}))
    else:
        seconds = time.process_time() - started
        print(f"{task.name}: {result.checked} histories, {len(result.wrong)} wrong, {seconds:.0f} s")
        for frame in result.wrong[:_MOST_SHOWN]:
            print(f"  {frame.call.program} after {frame.seen}")
    return 0 if result.holds else 1


def _tasks() -> dict[str, Task]:
    from solver.npi.tasks import TASKS  # noqa: PLC0415

    return TASKS


def _task(name: str) -> Task:
    if name not in _tasks():
        raise UsageError(f"task is {name!r}, expected one of {', '.join(_tasks())}")
    return _tasks()[name]


def _core(options: argparse.Namespace, task: Task) -> tuple[Core, dict[str, Any]]:
    """The core asked for, or the shipped one of the task's environment."""
    from solver.npi.checkpoint import load_core, shipped  # noqa: PLC0415

    path = options.model or shipped(task.environment.name)
    core, about = load_core(path)
    if task.environment.name not in core.config.environments:
        known = ", ".join(core.config.environments)
        raise UsageError(f"{path}: knows {known}, expected {task.environment.name} for {task.name}")
    return core, about


def _given(task: Task, texts: list[str]) -> tuple[Pad, Any]:
    """The pad for what was typed: two numbers, or one row of digits."""
    from solver.npi.pad import addition_pad, sorting_pad  # noqa: PLC0415
    from solver.npi.programs import Call  # noqa: PLC0415

    expected = {"addition": 2, "sorting": 1}.get(task.name)
    if expected is None:
        raise UsageError(f"{task.name} takes no input here, expected --size for a random one")
    if len(texts) != expected or not all(text.isascii() and text.isdigit() for text in texts):
        what = "two numbers, digits alone" if expected == 2 else "one row of digits"
        raise UsageError(f"input is {' '.join(texts)[:_LONGEST_SHOWN]!r}, expected {what}")
    numbers = [[int(digit) for digit in text] for text in texts]
    if task.name == "addition":
        return addition_pad(numbers[0], numbers[1]), Call("ADD")
    return sorting_pad(numbers[0]), Call("BUBBLESORT")
