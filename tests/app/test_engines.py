"""Engines that are offered, and answers of those that write no program."""

from dataclasses import replace

import numpy as np
import pytest

from app.export.formats import FORMATS
from app.services import solver_services
from app.widgets.export_dialog import ExportDialog
from puzzles.grid import as_grid
from solver.words.program import Outcome, Program, ProgramError, Trace
from solver.words.results import Candidate, Solution
from tests.app.fake import LANGUAGE, FakeSolver


def test_compared_methods_are_offered_where_their_weights_are(user_paths):
    assert solver_services().engines() == ("auto", "nli", "explore", "npi")
    folder = user_paths.data / "baselines"
    folder.mkdir(parents=True)
    (folder / "lpn-0.safetensors").touch()
    assert solver_services().engines() == ("auto", "nli", "explore", "npi", "lpn")


def test_engines_have_names_people_understand(make_window, qtbot):
    services = replace(FakeSolver().services, engines=lambda: ("auto", "icl"))
    window = make_window(services)
    qtbot.waitUntil(lambda: window.solve_panel.parameters.engine.count() == 3)
    titles = [window.solve_panel.parameters.engine.itemText(i) for i in range(3)]
    assert titles == ["Best there is", "Learned and exact words", "In-context (comparison)"]


def _answered(puzzle):
    """Every grid flipped, with no program behind it."""
    traces = [
        Trace((Outcome(pair.input), Outcome(as_grid(np.fliplr(pair.input)))))
        for pair in (*puzzle.train, *puzzle.test)
    ]
    count = len(puzzle.train)
    right = (0,) * count
    return Candidate(
        Program((), "icl-weights"), tuple(traces[:count]), tuple(traces[count:]), right, 0.0, "icl"
    )


@pytest.fixture
def answered(make_window, puzzle, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: bool(window.bench.vocabulary))
    window.bench.open(puzzle)
    found = _answered(puzzle)
    window.bench.run.start(puzzle)
    window.bench.run.finish(Solution(puzzle, "icl", ((),), (found,), 0.1, "asked"))
    return window


def test_an_answer_without_a_program_is_shown_and_stepped_to(answered, puzzle):
    bench = answered.bench
    assert (bench.timeline.length, bench.timeline.position) == (1, 1)
    assert [chip.text() for chip in answered.program_strip.chips] == ["input", "answer"]
    assert np.array_equal(answered.board.rows[0].state.grid, puzzle.train[0].output)
    assert "without a program" in answered.solve_panel.face().text
    bench.timeline.go(0)
    assert np.array_equal(answered.board.rows[0].state.grid, puzzle.train[0].input)


def test_a_program_is_begun_beside_an_answer_without_one(answered, qtbot):
    bench = answered.bench
    with qtbot.waitSignal(bench.client.executed):
        bench.insert_word(bench.vocabulary[0])
    assert bench.run.candidate.program == Program.of(["w17"], LANGUAGE.fingerprint)
    assert not bench.run.stale


def test_pictures_of_it_are_exported_but_no_program(answered):
    answered.desk.show_exports()
    dialog = answered.findChild(ExportDialog)
    for key in ("png", "pdf", "gif", "puzzle", "prediction"):
        assert FORMATS[key].make(dialog._export)
    for key in ("program", "python", "onnx"):
        with pytest.raises(ProgramError, match="no program"):
            FORMATS[key].make(dialog._export)
    dialog.choose("program")
    assert "no program" in dialog.text.toPlainText()
    dialog.close()


def test_the_device_that_auto_takes_is_named_beside_it_with_the_reason(make_window, qtbot):
    services = replace(FakeSolver().services, device=lambda: ("cpu", "cuda: there is none"))
    window = make_window(services)
    device = window.solve_panel.parameters.device
    assert device.itemText(0) == "Auto"
    window.client.load_vocabulary()
    qtbot.waitUntil(lambda: device.itemText(0) == "Auto (CPU)")
    assert device.itemData(0) == "auto"
    assert "cuda: there is none" in device.toolTip()
