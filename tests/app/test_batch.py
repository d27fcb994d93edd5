"""Whole collections: results that are kept, taken up again and submitted."""

import json

import pytest

from app import dialogs
from app.state.batch import Batch, rows_from_json, submission
from app.widgets.collection_dialog import duration
from app.worker import SolverClient
from puzzles.collections import Collection, collection
from puzzles.grid import PuzzleError
from puzzles.puzzle import Pair, Puzzle
from solver.words.results import SolveOptions
from tests.app.fake import FakeSolver


@pytest.fixture
def tasks(puzzle):
    ids = ("a", "b", "c")
    return Collection("three", "Three", ids, lambda name: Puzzle(name, puzzle.train, puzzle.test))


@pytest.fixture
def run(qtbot, user_paths):
    clients = []

    def make(solver):
        client = SolverClient(solver.services)
        clients.append(client)
        return Batch(client, user_paths.results)

    yield make
    for client in clients:
        client.shut_down()


def test_every_puzzle_is_solved_and_the_results_are_kept(run, tasks, qtbot):
    batch = run(FakeSolver())
    batch.show(tasks)
    with qtbot.waitSignals([batch.solved] * 3):
        batch.start(SolveOptions())
    assert not batch.running
    again = run(FakeSolver())
    again.show(tasks)
    assert again.results == batch.results
    assert not again.waiting
    result = again.results["b"]
    assert (result.verified, result.correct, result.program) == (True, True, ("w17",))


def test_a_paused_run_goes_on_where_it_was(run, tasks, qtbot):
    batch = run(FakeSolver())
    batch.show(tasks)
    batch.solved.connect(lambda _: batch.pause())
    with qtbot.waitSignal(batch.solved):
        batch.start(SolveOptions())
    qtbot.waitUntil(lambda: not batch.running)
    assert batch.waiting == ["b", "c"]
    solver = FakeSolver()
    again = run(solver)
    again.show(tasks)
    with qtbot.waitSignals([again.solved] * 2):
        again.start(SolveOptions())
    assert len(solver.asked) == 2


def test_a_failing_solver_stops_the_run_and_is_not_kept(run, tasks, qtbot):
    batch = run(FakeSolver(error="no weights"))
    batch.show(tasks)
    with qtbot.waitSignal(batch.solved):
        batch.start(SolveOptions())
    assert not batch.running
    assert batch.results["a"].error == "no weights"
    again = run(FakeSolver())
    again.show(tasks)
    assert again.waiting == ["a", "b", "c"]


def test_an_entry_that_is_no_puzzle_is_noted_and_passed_over(run, puzzle, qtbot):
    def build(name):
        if name == "b":
            raise PuzzleError("b.json: of a kind")
        return puzzle

    solver = FakeSolver()
    batch = run(solver)
    batch.show(Collection("three", "Three", ("a", "b", "c"), build))
    with qtbot.waitSignals([batch.solved] * 3):
        batch.start(SolveOptions())
    assert not batch.running
    assert not batch.waiting
    assert len(solver.asked) == 2
    assert batch.results["b"].error == "b.json: of a kind"
    assert set(submission(batch.collection, batch.results)) == {"a", "c"}
    again = run(FakeSolver())
    again.show(batch.collection)
    assert again.waiting == ["b"]  # the file may have been mended meanwhile


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 2, "results": {}}', '{"format": 1, "results": {"a": 3}}']
)
def test_nonsense_in_the_results_is_refused(text):
    try:
        good, bad = rows_from_json(text, "x.json")
    except PuzzleError as error:
        good, bad = {}, [str(error)]
    assert not good
    assert all(reason.startswith("x.json") for reason in bad)
    assert bad


def test_submission_answers_everything_twice(make_window, qtbot, tmp_path, monkeypatch):
    window = make_window(FakeSolver(found=(("w17",), ("w9",))))
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    window.solve_collection()
    dialog = window.collection_dialog
    batch = dialog._batch
    with qtbot.waitSignal(batch.solved):
        dialog.start.click()
    batch.pause()
    assert dialog.summary.text().startswith("1 of ")
    assert dialog.table.model().index(0, 3).data() == "w17 ≈ flip left-right"
    path = tmp_path / "submission.json"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    previews: list[str] = []
    monkeypatch.setattr(dialogs, "preview_lines", lambda _parent, _title, text: previews.append(text))
    dialog.submit.click()
    assert not path.exists()  # thought better of it at the preview
    monkeypatch.setattr(dialogs, "preview_lines", lambda *_: True)
    dialog.submit.click()
    assert path.read_text() == previews[0]
    written = json.loads(path.read_text())
    shown = collection(dialog.collections.currentData())
    assert set(written) == set(shown.ids)
    first = shown[shown.ids[0]].test[0].input
    assert written[shown.ids[0]][0] == {
        "attempt_1": first[:, ::-1].tolist(),
        "attempt_2": first.tolist(),
    }
    assert [len(written[key]) for key in shown.ids] == [len(shown[key].test) for key in shown.ids]


def test_a_row_of_the_table_opens_its_puzzle(make_window):
    window = make_window()
    window.solve_collection()
    table = window.collection_dialog.table
    table.activated.emit(table.model().index(2, 0))
    assert isinstance(window.bench.document.puzzle, Puzzle)
    assert isinstance(window.bench.document.puzzle.train[0], Pair)
    assert window.bench.document.puzzle.name == table.model().index(2, 0).data()


def test_the_dialog_begins_with_the_collection_that_is_browsed_and_its_own_effort(make_window, qtbot):
    solver = FakeSolver(endless=True)
    window = make_window(solver)
    with qtbot.waitSignal(window.bench.engines_changed):
        window.client.load_vocabulary()
    window.browser.show_collection("arc1-train")
    window.solve_collection()
    dialog = window.collection_dialog
    assert dialog.collections.currentData() == "arc1-train"
    dialog.effort.setCurrentIndex(0)
    dialog.engine.setCurrentIndex(dialog.engine.findData("nli"))
    dialog.start.click()
    qtbot.waitUntil(lambda: bool(solver.asked))
    assert (solver.asked[0].budget_s, solver.asked[0].engine) == (15.0, "nli")
    assert window.batch_note.isVisible()
    assert "0 of 400 done" in window.batch_note.text()
    window.browser.show_collection("originals")
    window.batch_note.click()
    assert dialog.collections.currentData() == "arc1-train"
    dialog.start.click()
    assert window.statusBar().isHidden()


def test_the_time_left_is_that_of_the_puzzles_so_far(run, tasks, user_paths, qtbot):
    batch = run(FakeSolver())
    batch.show(tasks)
    assert batch.remaining_s is None
    batch.solved.connect(lambda _: batch.pause())
    with qtbot.waitSignal(batch.solved):
        batch.start(SolveOptions())
    assert batch.remaining_s == pytest.approx(2 * 1.2)
    assert [duration(s) for s in (5, 60, 200, 86 * 60, 3 * 3600)] == [
        "a minute", "1 minute", "3 minutes", "86 minutes", "3 hours",
    ]  # fmt: skip


def test_a_row_opens_its_puzzle_with_the_program_that_was_found(make_window, qtbot):
    window = make_window()
    window.solve_collection()
    dialog = window.collection_dialog
    with qtbot.waitSignal(dialog._batch.solved):
        dialog.start.click()
    dialog._batch.pause()
    window.close()
    again = make_window()
    again.solve_collection()
    table = again.collection_dialog.table
    with qtbot.waitSignal(again.client.executed):
        table.activated.emit(table.model().index(0, 0))
    assert again.bench.run.candidate.program.words == ("w17",)
    assert again.bench.document.puzzle.name == table.model().index(0, 0).data()
    assert again.bench.document.puzzle.source == "originals"


GOOD = {
    "verified": True,
    "correct": None,
    "seconds": 1,
    "program": ["w1"],
    "attempts": [[[[3]]]],
    "error": "",
}


@pytest.mark.parametrize(
    "bad",
    [
        {**GOOD, "attempts": [[[[16]]]]},
        {**GOOD, "seconds": 10**400},
        {**GOOD, "program": 3},
        {"verified": True},
        [],
        None,
        "x" * 5000,
    ],
)
def test_one_bad_row_costs_no_other_and_its_file_is_kept(run, tasks, user_paths, qtbot, bad):
    file = user_paths.results / "three.json"
    user_paths.results.mkdir(parents=True)
    text = json.dumps({"format": 1, "collection": "three", "results": {"a": GOOD, "b": bad, "c": GOOD}})
    file.write_text(text)
    batch = run(FakeSolver())
    with qtbot.waitSignal(batch.spoilt) as spoilt:
        batch.show(tasks)
    assert set(batch.results) == {"a", "c"}
    said = spoilt.args[0]
    assert "three.json: results.b" in said
    assert str(user_paths.results / "three.aside-1.json") in said
    again = run(FakeSolver())
    again.show(tasks)
    assert again.results == batch.results
    assert len(said.replace(str(user_paths.results), "")) < 300
    with qtbot.waitSignal(batch.solved):
        batch.start(SolveOptions())
    assert (user_paths.results / "three.aside-1.json").read_text() == text
    assert set(rows_from_json(file.read_text(), "three.json")[0]) == {"a", "b", "c"}


@pytest.mark.parametrize("text", ["{", '{"format": 0, "results": {}}', "[]", '{"format": 1, "results": 3}'])
def test_a_file_of_another_kind_is_put_aside(run, tasks, user_paths, qtbot, text):
    file = user_paths.results / "three.json"
    user_paths.results.mkdir(parents=True)
    for number in (1, 2):
        file.write_text(text)
        batch = run(FakeSolver())
        with qtbot.waitSignal(batch.spoilt):
            batch.show(tasks)
        assert not batch.results
        assert (user_paths.results / f"three.aside-{number}.json").read_text() == text
        assert not file.exists()


def test_the_dialog_says_that_results_were_put_aside(make_window, user_paths, messages, qtbot):
    user_paths.results.mkdir(parents=True)
    (user_paths.results / "originals.json").write_text("{")
    window = make_window()
    window.solve_collection()
    qtbot.waitUntil(lambda: any("originals.aside-1.json" in text for text in messages))
