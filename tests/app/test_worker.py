import threading
import time
from dataclasses import replace
from threading import Event

import numpy as np

from app.state.run import Status
from app.worker import SolverClient
from solver.words.program import Language, Program
from solver.words.results import SolveOptions
from tests.app.fake import CANVAS, LANGUAGE, FakeSolver, FakeWord


def test_cancel_stops_the_search_at_once(make_window, puzzle, qtbot):
    solver = FakeSolver(endless=True)
    window = make_window(solver)
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    assert window.solve_panel.button.text() == "Cancel"
    window.solve_panel.press()
    assert window.bench.run.status is Status.CANCELLED
    assert solver.closed.wait(2.0)  # how soon is measured by benchmarks.cancel
    assert window.bench.run.candidate is not None
    assert window.solve_panel.face().title == "Stopped"


def test_nothing_is_heard_of_a_cancelled_search(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(endless=True))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    window.bench.cancel()
    with qtbot.assertNotEmitted(window.client.progressed, wait=150):
        pass


def test_closing_while_solving_ends_the_thread(make_window, puzzle, qtbot):
    before = set(threading.enumerate())
    solver = FakeSolver(endless=True)
    window = make_window(solver)
    (own,) = (thread for thread in threading.enumerate() if thread not in before)
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    window.close()
    assert solver.closed.is_set()
    assert not own.is_alive()


def test_progress_is_throttled(make_window, puzzle, qtbot):
    solver = FakeSolver(reports=40)
    window = make_window(solver)
    window.bench.open(puzzle)
    seen = []
    window.client.progressed.connect(lambda progress: seen.append(time.monotonic()))
    started = time.monotonic()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    assert 2 <= len(seen) <= (time.monotonic() - started) / 0.05 + 2
    assert len(seen) < 40


def test_the_window_stays_alive_while_solving(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(endless=True))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    with qtbot.waitSignal(window.bench.timeline.moved, timeout=500):
        window.bench.timeline.step(-1)


def test_a_second_search_replaces_the_first(puzzle, qtbot):
    solver = FakeSolver(endless=True)
    client = SolverClient(solver.services)
    with qtbot.waitSignal(client.progressed):
        client.solve(puzzle, SolveOptions())
    solver.endless = False
    with qtbot.waitSignal(client.finished) as ended:
        client.solve(puzzle, SolveOptions())
    client.shut_down()
    assert ended.args[0].verified


def test_executing_reports_every_state(puzzle, qtbot):
    client = SolverClient(FakeSolver().services)
    with qtbot.waitSignal(client.executed) as ran:
        client.execute(Program.of(["w4", "w17"], LANGUAGE.fingerprint), puzzle, "edited")
    client.shut_down()
    candidate = ran.args[0]
    assert [len(trace.grids) for trace in candidate.demonstrations] == [3, 3]
    assert candidate.wrong[0] == 6
    assert not candidate.verified


def test_a_program_of_other_weights_is_refused(puzzle, qtbot):
    client = SolverClient(FakeSolver().services)
    with qtbot.waitSignal(client.failed) as failed:
        client.execute(Program.of(["w4"], "elsewhere"), puzzle, "opened file")
    client.shut_down()
    assert "elsewhere" in failed.args[0]


def test_missing_weights_leave_the_window_working(puzzle, qtbot):
    def missing():
        raise FileNotFoundError("no weights")

    client = SolverClient(FakeSolver().with_language(missing))
    with qtbot.waitSignal(client.vocabulary_failed) as failed:
        client.load_vocabulary()
    with qtbot.waitSignal(client.finished):
        client.solve(puzzle, SolveOptions())
    client.shut_down()
    assert failed.args[0] == "no weights"


def test_cancel_before_the_solver_has_loaded_is_immediate(puzzle, qtbot):
    loaded, released = Event(), Event()

    def slow():
        loaded.set()
        released.wait(5)
        return LANGUAGE

    client = SolverClient(FakeSolver().with_language(slow))
    client.load_vocabulary()
    qtbot.waitUntil(loaded.is_set)
    client.solve(puzzle, SolveOptions())
    client.cancel()
    assert not client.busy
    released.set()
    with qtbot.assertNotEmitted(client.finished, wait=100):
        pass
    client.shut_down()


def test_only_the_steps_after_an_edit_run_again(puzzle, qtbot):
    run = []

    class Counted(FakeWord):
        def apply(self, grids, canvas):
            run.append(self.name)
            return super().apply(grids, canvas)

    language = Language((Counted("a", "", "flip"), Counted("b", "", "turn")), "counted")
    client = SolverClient(FakeSolver().with_language(lambda: language))

    def execute(words, on=puzzle):
        run.clear()
        with qtbot.waitSignal(client.executed) as done:
            client.execute(Program.of(words, "counted"), on, "edited")
        fresh = language.execute(
            Program.of(words, "counted"), [p.input for p in (*on.train, *on.test)], CANVAS
        )
        found = (*done.args[0].demonstrations, *done.args[0].tests)
        for trace, expected in zip(found, fresh, strict=True):
            assert all(map(np.array_equal, trace.grids, expected.grids))
        return run[: len(run) - len(words)]

    assert execute(["a", "b", "a"]) == ["a", "b", "a"]
    assert execute(["a", "b", "b"]) == ["b"]
    assert execute(["a", "b"]) == []
    assert execute(["b", "b"]) == ["b", "b"]
    other = replace(puzzle, train=puzzle.train[:1])
    assert execute(["b", "b"], other) == ["b", "b"]
    client.shut_down()


def slow_program(pace_s, steps=5000):
    """Return a language whose word takes `pace_s`, how often it ran, and a program of many steps."""
    ran = []

    class Slow(FakeWord):
        def apply(self, grids, canvas):
            ran.append(self.name)
            time.sleep(pace_s)
            return super().apply(grids, canvas)

    return Language((Slow("a", "", "flip"),), "slow"), ran, Program.of(["a"] * steps, "slow")


def test_a_long_program_is_cancelled_between_its_steps(puzzle, qtbot):
    language, ran, program = slow_program(0.002)
    client = SolverClient(FakeSolver().with_language(lambda: language))
    client.execute(program, puzzle, "opened file")
    qtbot.waitUntil(lambda: len(ran) > 20)
    client.cancel()
    time.sleep(0.3)
    assert len(ran) < 1000
    with qtbot.waitSignal(client.executed, timeout=2000):
        client.execute(Program.of(["a"], "slow"), puzzle, "opened file")
    client.shut_down()


def test_a_long_program_does_not_hold_up_closing(puzzle, qtbot):
    language, ran, program = slow_program(0.002)
    client = SolverClient(FakeSolver().with_language(lambda: language))
    client.execute(program, puzzle, "opened file")
    qtbot.waitUntil(lambda: len(ran) > 20)
    began = time.monotonic()
    client.shut_down()
    assert time.monotonic() - began < 2
    assert len(ran) < 1000


def test_a_long_program_runs_every_step_once(puzzle, qtbot):
    language, ran, program = slow_program(0, steps=2000)
    client = SolverClient(FakeSolver().with_language(lambda: language))
    inputs = [pair.input for pair in (*puzzle.train, *puzzle.test)]
    with qtbot.waitSignal(client.executed, timeout=10_000) as done:
        client.execute(program, puzzle, "opened file")
    expected = language.execute(program, inputs, CANVAS)
    found = (*done.args[0].demonstrations, *done.args[0].tests)
    assert len(ran) == 4000
    for trace, fresh in zip(found, expected, strict=True):
        assert len(trace.outcomes) == 2001
        assert np.array_equal(trace.output, fresh.output)
    client.shut_down()


def test_escape_stops_the_execution_of_an_opened_program(make_window, puzzle, qtbot):
    language, ran, program = slow_program(0.002)
    window = make_window(FakeSolver().with_language(lambda: language))
    window.bench.open_program(program, puzzle)
    qtbot.waitUntil(lambda: len(ran) > 20)
    assert window.actions_.cancel.isEnabled()
    window.actions_.cancel.trigger()
    assert not window.client.busy
    assert not window.actions_.cancel.isEnabled()
    qtbot.wait(500)
    assert len(ran) < 1000
    with qtbot.waitSignal(window.client.executed, timeout=2000):
        window.bench.open_program(Program.of(["a"], "slow"), puzzle)
