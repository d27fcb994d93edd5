"""The interpreter: results, call tree, bounds, cancelling; the shipped cores."""

from __future__ import annotations

import numpy as np
import pytest

from solver.npi.checkpoint import load_core, shipped
from solver.npi.follow import Node, Outcome
from solver.npi.interpreter import Interpreter
from solver.npi.model import Core
from solver.npi.pad import addition_pad
from solver.npi.programs import ACT, Call
from solver.npi.tasks import DRAWING_TASKS, TASKS
from solver.npi.traces import run_true
from solver.words.errors import UsageError


@pytest.fixture(scope="module")
def adder() -> Core:
    return load_core(shipped("addition"))[0]


@pytest.mark.parametrize(("name", "size"), [("addition", 20), ("addition", 100), ("sorting", 20)])
def test_shipped_cores_are_right_beyond_their_training_sizes(name: str, size: int) -> None:
    task = TASKS[name]
    interpreter = Interpreter(load_core(shipped(name))[0], name)
    rng = np.random.default_rng(11)
    for _ in range(2):
        pad, call = task.start(rng, size)
        expected = task.answer(pad, call)
        assert interpreter.finish(pad, call).outcome is Outcome.RETURNED
        assert (pad.cells == expected.cells).all()


@pytest.mark.parametrize("name", DRAWING_TASKS)
def test_drawing_is_right_on_grids_larger_than_in_training(name: str) -> None:
    task = TASKS[name]
    interpreter = Interpreter(load_core(shipped("drawing"))[0], "drawing", max_steps=20_000)
    rng = np.random.default_rng(12)
    right = 0
    for _ in range(5):
        pad, call = task.start(rng, 12)
        expected = task.answer(pad, call)
        outcome = interpreter.finish(pad, call).outcome
        right += outcome is Outcome.RETURNED and bool((pad.cells == expected.cells).all())
    assert right >= 4


def test_the_call_tree_is_the_true_run(adder: Core) -> None:
    task = TASKS["addition"]
    run = Interpreter(adder, "addition").finish(addition_pad([4, 7], [3, 8]), Call("ADD"))
    true = list(run_true(task.procedures(), task.environment, addition_pad([4, 7], [3, 8]), Call("ADD")))
    found: list[tuple] = []

    def visit(node: Node) -> None:
        for step in node.steps:
            if step.child is not None:
                visit(step.child)
        made = [
            Call(step.decision.program, step.decision.arguments)
            for step in node.steps
            if not step.decision.ends
        ]
        found.append((node.call, tuple(step.seen for step in node.steps), tuple(made)))

    visit(run.tree)
    assert found == [(frame.call, frame.seen, frame.calls) for frame in true]


def test_steps_tell_what_the_network_saw_and_how_sure_it_was(adder: Core) -> None:
    run = Interpreter(adder, "addition").finish(addition_pad([9], [9]), Call("ADD"))
    first = run.tree.steps[0]
    assert first.seen == (9, 9, 0, 0)
    assert first.decision.program == "ADD1"
    assert len(first.decision.matches) == len(adder.config.programs)
    assert sum(first.decision.matches) == pytest.approx(1, abs=1e-4)
    assert max(first.decision.matches) == first.decision.matches[adder.config.programs.index("ADD1")]
    assert run.tree.steps[-1].decision.ends
    assert first.child is not None
    assert first.child.steps[0].changes == ((3, 1, 0, 8),)
    with pytest.raises(AttributeError):
        first.time = 3  # type: ignore[misc]


def test_times_count_every_step_once(adder: Core) -> None:
    run = Interpreter(adder, "addition").finish(addition_pad([9, 1], [9, 2]), Call("ADD"))
    times: list[int] = []

    def visit(node: Node) -> None:
        for step in node.steps:
            times.append(step.time)
            if step.child is not None:
                visit(step.child)

    visit(run.tree)
    assert times == list(range(run.steps))


def test_runs_step_by_step_and_can_be_left_in_between(adder: Core) -> None:
    pad = addition_pad([2], [3])
    running = Interpreter(adder, "addition").run(pad, Call("ADD"))
    kinds = [next(running).kind for _ in range(3)]
    assert kinds == ["call", "call", "act"]
    assert pad.cells[3].tolist() == [0, 5]
    running.close()
    assert pad.pointers["sum"] == (3, 1)


@pytest.mark.parametrize(
    ("bounds", "outcome"),
    [({"max_steps": 20}, Outcome.TOO_MANY_STEPS), ({"max_depth": 5}, Outcome.TOO_DEEP)],
)
def test_bounds_end_a_run_with_the_tree_so_far(adder: Core, bounds: dict, outcome: Outcome) -> None:
    digits = [1] * 30
    run = Interpreter(adder, "addition", **bounds).finish(addition_pad(digits, digits), Call("ADD"))
    assert run.outcome is outcome
    assert not run.tree.returned
    assert run.steps <= 200
    assert run.tree.steps[0].child is not None
    assert run.tree.steps[0].child.returned


def test_cancelling_stops_at_the_next_step(adder: Core) -> None:
    asked = iter([False] * 7 + [True] * 10)
    run = Interpreter(adder, "addition").finish(
        addition_pad([1] * 9, [1] * 9), Call("ADD"), lambda: next(asked)
    )
    assert run.outcome is Outcome.CANCELLED
    assert run.steps == 7


def test_running_twice_gives_the_same(adder: Core) -> None:
    interpreter = Interpreter(adder, "addition")
    first, second = addition_pad([5, 5], [6, 6]), addition_pad([5, 5], [6, 6])
    steps = [interpreter.finish(pad, Call("ADD")).steps for pad in (first, second)]
    assert steps[0] == steps[1]
    assert (first.cells == second.cells).all()


@pytest.mark.parametrize("program", ["NOPE", ACT])
def test_unknown_programs_are_refused(adder: Core, program: str) -> None:
    with pytest.raises(UsageError, match="ADD1"):
        Interpreter(adder, "addition").run(addition_pad([1], [1]), Call(program))


def test_an_unknown_environment_is_refused(adder: Core) -> None:
    with pytest.raises(UsageError, match="addition"):
        Interpreter(adder, "sorting")
