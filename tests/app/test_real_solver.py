"""The window with the real solver: with untrained weights of its own, and with the shipped ones."""

from dataclasses import replace
from threading import Event

import pytest
import torch

from app import services
from app.services import Services, solver_services
from app.worker import SolverClient
from solver.nli.checkpoint import save_model
from solver.nli.config import ModelConfig
from solver.nli.learned import SHIPPED, load_learned
from solver.nli.model import NLI
from solver.search.solve import ENGINES, solve
from solver.words.canvas import canvas_for
from solver.words.program import Program, ProgramError
from solver.words.results import Candidate, SolveOptions

TINY = ModelConfig(
    slots=3, codebook=8, width=16, heads=2, expansion=2, inductor_layers=1, executor_layers=1, code_width=8
)


@pytest.fixture(autouse=True)
def _threads_as_before():
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def untrained(tmp_path):
    torch.set_num_threads(1)  # the tensors are too small to share
    torch.manual_seed(0)
    path = tmp_path / "untrained.safetensors"
    save_model(NLI(TINY), path, {})
    learned = load_learned("cpu", path)

    def search(puzzle, options, clock):
        return solve(puzzle, SolveOptions(budget_s=options.budget_s), learned=learned, clock=clock)

    return Services(search, lambda: learned.language, canvas_for, lambda: ENGINES)


def test_a_search_reports_and_ends(untrained, puzzle, qtbot):
    client = SolverClient(untrained)
    seen = []
    client.progressed.connect(seen.append)
    with qtbot.waitSignal(client.finished, timeout=20000) as ended:
        client.solve(puzzle, SolveOptions(budget_s=1.0))
    client.shut_down()
    assert isinstance(ended.args[0].best, Candidate)
    assert len(ended.args[0].attempts) == len(puzzle.test)
    assert seen


def test_running_a_program_takes_the_core_that_a_search_leaves(monkeypatch, puzzle, qtbot):
    seen = {}

    class Watched:
        def execute(self, *_arguments):
            seen["running"] = torch.get_num_threads()
            raise ProgramError("seen enough")

    real = solver_services()
    monkeypatch.setattr(services, "_threads", lambda: (3, 2))
    client = SolverClient(replace(real, load_language=Watched))
    torch.set_num_threads(2)
    with qtbot.waitSignal(client.failed, timeout=5000):
        client.execute(Program.of(["w1"], "any"), puzzle, "")
    client.shut_down()
    with real.every_core():
        assert torch.get_num_threads() == 3
    assert seen == {"running": 3}
    assert torch.get_num_threads() == 2


def test_a_running_search_ends_at_its_next_report(untrained, puzzle, qtbot):
    """How soon that is depends on the solver and the machine; the window itself is timed in test_worker."""
    reports, closed = [], Event()

    def counted(*arguments):
        try:
            for progress in untrained.solve(*arguments):
                reports.append(progress)
                yield progress
        finally:
            closed.set()

    client = SolverClient(replace(untrained, solve=counted))
    with qtbot.waitSignals([client.progressed] * 3, timeout=20000):
        client.solve(puzzle, SolveOptions(budget_s=60.0))
    client.cancel()
    before = len(reports)
    client.shut_down()
    assert closed.is_set()
    assert len(reports) <= before + 1


def test_words_are_described_and_programs_run(untrained, puzzle, qtbot):
    client = SolverClient(untrained)
    with qtbot.waitSignal(client.vocabulary_ready, timeout=20000) as ready:
        client.load_vocabulary()
    entries = ready.args[0]
    assert len(entries) == TINY.codebook - 1
    client.shut_down()


@pytest.mark.skipif(not SHIPPED.is_file(), reason="the weights have not been trained yet")
def test_the_shipped_weights_explain_a_mirror(puzzle, qtbot):
    client = SolverClient(solver_services())
    with qtbot.waitSignal(client.finished, timeout=60000) as ended:
        client.solve(puzzle, SolveOptions(budget_s=15.0))
    client.shut_down()
    assert ended.args[0].verified
