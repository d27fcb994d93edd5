"""A submission in the window: what it is scored against, its table, and every attempt beside its answer."""

import csv
import io
import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from app import dialogs
from app.state.scoring import Scoring
from app.widgets.comparison import IN_A_ROW, IN_A_SQUARE
from puzzles.grid import PuzzleError

A, B, WIDE = [[1, 2], [3, 4]], [[1, 2], [3, 5]], [[1, 2, 3]]


def task(*outputs):
    pair = {"input": [[0]], "output": [[0]]}
    return {"train": [pair], "test": [{"input": [[7, 7]], "output": output} for output in outputs]}


def tried(first, second=None):
    return {"attempt_1": first} | ({} if second is None else {"attempt_2": second})


SUBMISSION = {
    "first": [tried(A, B)],
    "second": [tried(WIDE, A)],
    "part": [tried(A), tried(B)],
    "wrong": [tried(B, WIDE)],
    "count": [tried(A)],
    "=extra": [tried(A)],
    "bad": [tried([[99]])],
}
TASKS = {
    "first": task(A),
    "second": task(A),
    "part": task(A, A),
    "wrong": task(A),
    "count": task(A, A),
    "missing": task(A),
    "bad": task(A),
}


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "tasks"
    folder.mkdir()
    for name, value in TASKS.items():
        (folder / f"{name}.json").write_text(json.dumps(value))
    submission = tmp_path / "submission.json"
    submission.write_text(json.dumps(SUBMISSION))
    return submission, folder


@pytest.fixture
def scored(window, files):
    submission, folder = files
    window.open_path(folder)
    assert window.open_path(submission)
    return window.scoring.dialog


def rows(dialog):
    model = dialog.rows
    return {
        model.index(row, 0).data(): [model.index(row, column).data() for column in range(1, 4)]
        for row in range(model.rowCount())
    }


def go_to(dialog, name):
    model = dialog.rows
    at = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == name)
    dialog.table.setCurrentIndex(model.index(at, 0))


def test_a_submission_is_scored_against_what_has_its_ids(scored, files):
    assert scored.answers.currentData() == str(files[1])
    assert rows(scored) == {
        "bad": ["✗ wrong", "0 / 1", "0 / 1"],
        "count": ["✗ number of tests", "1 / 2", "1 / 2"],
        "first": ["✓ right", "1 / 1", "1 / 1"],
        "missing": ["– missing", "0 / 1", "0 / 1"],
        "part": ["✗ some tests", "1 / 2", "1 / 2"],
        "second": ["✓ at attempt 2", "0 / 1", "1 / 1"],
        "wrong": ["✗ wrong", "0 / 1", "0 / 1"],
        "=extra": ["+ no answer known", "", ""],
    }
    assert scored.total.text() == "42.9 % within two attempts, 28.6 % at the first"
    said = scored.summary.text()
    assert said.startswith("2 of 7 tasks with every test right, 1 of them at the first attempt")
    for part in ("1 missing", "1 without known answers", "1 with another number of tests"):
        assert part in said


def test_what_was_open_stays_open(window, files, puzzle):
    window.browser.show_collection("originals")
    window.browser.step(0)
    before = window.bench.document.puzzle
    assert window.open_path(files[0])
    assert window.bench.document.puzzle is before
    assert window.browser.list.currentIndex().isValid()


def test_wrong_cells_are_marked_beside_the_answer(scored):
    go_to(scored, "wrong")
    given, first, second, expected = scored.comparison.views
    assert given.grid.tolist() == [[7, 7]]
    assert expected.grid.tolist() == A
    assert first.wrong.tolist() == [[False, False], [False, True]]
    assert second.wrong is None
    assert scored.comparison.verdicts == ["", "1 cell wrong", "1 × 3, expected 2 × 2", ""]
    go_to(scored, "first")
    assert scored.comparison.verdicts == ["", "✓ right", "1 cell wrong", ""]
    go_to(scored, "missing")
    assert [view.grid is None for view in scored.comparison.views] == [False, True, True, False]
    go_to(scored, "part")
    assert len(scored.comparison.views) == 8
    go_to(scored, "bad")
    assert scored.comparison.verdicts[1].startswith("attempt_1 row 0 column 0 is 99")
    go_to(scored, "=extra")
    assert scored.comparison.verdicts == ["", "", "none", "not known"]


def test_only_the_wrong_ones(scored):
    scored.only_wrong.click()
    assert set(rows(scored)) == {"bad", "count", "missing", "part", "wrong", "=extra"}
    scored.only_wrong.click()
    assert len(rows(scored)) == 8


def test_a_row_opens_its_puzzle_by_keys_alone(window, scored, files, qtbot):
    assert QApplication.focusWidget() is scored.table
    go_to(scored, "part")
    qtbot.keyClick(scored.table, Qt.Key.Key_Return)
    assert window.bench.document.puzzle.name == "part"
    assert window.bench.document.path == files[1] / "part.json"
    go_to(scored, "=extra")
    assert not scored.open_.isEnabled()
    qtbot.keyClick(scored.table, Qt.Key.Key_Tab)
    assert scored.comparison.isAncestorOf(QApplication.focusWidget())


def test_the_table_is_written_as_csv_no_cell_of_which_is_a_formula(window, scored, files, monkeypatch):
    path = files[0].with_name("score.csv")
    asked = []
    monkeypatch.setattr(dialogs, "ask_save", lambda *given: asked.append(given) or path)
    scored.export.click()
    assert asked[0][2].name == "submission-score.csv"
    table = list(csv.DictReader(io.StringIO(path.read_text())))
    assert [row["result"] for row in table] == [
        "wrong", "count", "first", "missing", "part", "second", "wrong", "extra"
    ]  # fmt: skip
    assert (table[1]["tests"], table[1]["right_at_1"]) == ("2", "1")
    assert table[1]["problem"] == "has 1 tests, expected 2"
    assert table[-1]["id"] == "'=extra"
    assert "submission-score.csv" not in window.statusBar().currentMessage()
    assert "score.csv" in window.statusBar().currentMessage()


def test_without_the_ids_anywhere_a_solutions_file_is_asked_for(window, files, monkeypatch, messages):
    submission, _ = files
    assert window.open_path(submission)
    dialog = window.scoring.dialog
    assert not dialog.answers.isEnabled()
    assert dialog.table.isHidden()
    solutions = submission.with_name("answers.json")
    monkeypatch.setattr(dialogs, "ask_solutions", lambda *_: solutions)
    solutions.write_text(json.dumps({"first": "x"}))
    dialog.solutions.click()
    assert messages == ["answers.json: is no solutions file, expected an object of lists of grids by id"]
    assert dialog.table.isHidden()
    solutions.write_text(json.dumps({"first": [A], "wrong": [A]}))
    dialog.solutions.click()
    assert dialog.answers.currentData() == solutions
    shown = rows(dialog)
    assert (shown["first"][0], shown["wrong"][0]) == ("✓ right", "✗ wrong")
    assert not dialog.open_.isEnabled()


def test_solutions_beside_their_challenges_bring_the_puzzles(window, files):
    submission, _ = files
    unanswered = {**TASKS["first"], "test": [{"input": [[7, 7]]}]}
    submission.with_name("x_challenges.json").write_text(json.dumps({"first": unanswered}))
    submission.with_name("x_solutions.json").write_text(json.dumps({"first": [A]}))
    window.open_path(submission)
    dialog = window.scoring.dialog
    assert dialog.answers.currentText() == "x_solutions.json (1 of its ids)"
    go_to(dialog, "first")
    dialog.open_.click()
    assert window.bench.document.puzzle.test[0].output.tolist() == A


def test_the_collection_with_most_ids_and_least_else_comes_first(window, files, tmp_path):
    submission, _ = files
    for name, ids in (("few", ("first",)), ("all and more", (*TASKS, "more"))):
        (tmp_path / name).mkdir()
        for task_id in ids:
            (tmp_path / name / f"{task_id}.json").write_text(json.dumps(task(A)))
    for place in ("all and more", "few", "tasks"):
        window.shelf.add(tmp_path / place)
    offers = Scoring(submission, window.shelf).offers()
    assert [(offer.title, offer.has, offer.tasks) for offer in offers] == [
        ("tasks", 6, 7), ("all and more", 6, 8), ("few", 1, 1)
    ]  # fmt: skip


def test_ids_of_a_tree_are_found_by_their_last_part(window, tmp_path):
    for part in ("training", "evaluation"):
        (tmp_path / "data" / part).mkdir(parents=True)
        (tmp_path / "data" / part / f"{part[0]}.json").write_text(json.dumps(task(A)))
    submission = tmp_path / "s.json"
    submission.write_text(json.dumps({"t": [tried(A)]}))
    scoring = Scoring(submission, window.shelf)
    scoring.choose(window.shelf.add(tmp_path / "data"))
    assert [(row.id, row.outcome) for row in scoring.tasks] == [("evaluation/e", "missing"), ("t", "first")]
    assert scoring.puzzle(scoring.tasks[1]).name == "t"


def test_a_collection_without_answers_is_told_and_the_score_stays(window, scored, tmp_path, messages):
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "first.json").write_text(json.dumps(task(None)))
    before = rows(scored)
    scored.choose(window.shelf.add(tmp_path / "open"))
    assert messages[0].endswith("has no answers, expected some")
    assert rows(scored) == before


def test_a_dropped_submission_and_a_second_one_in_place_of_it(window, files, tmp_path):
    window.shelf.add(files[1])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files[0]))])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    first = window.scoring.dialog
    assert len(rows(first)) == 8
    single = tmp_path / "first.json"
    single.write_text(json.dumps([{"attempt_1": {"answer": A}}]))
    assert window.open_named(str(single))
    assert window.scoring.dialog is not first
    assert not first.isVisible()
    assert window.scoring.dialog.scoring.attempts.keys() == {"first"}


def test_one_odd_entry_spoils_no_submission(window, tmp_path):
    submission = tmp_path / "s.json"
    submission.write_text(json.dumps({"first": [tried(A)], "odd": 3, "second": [{}]}))
    assert window.open_path(submission)
    assert window.scoring.dialog is not None


def test_other_files_are_refused_when_a_submission_is_asked_for(window, files, monkeypatch, messages):
    monkeypatch.setattr(dialogs, "ask_submission", lambda *_: files[1] / "first.json")
    window.scoring.ask()
    assert window.scoring.dialog is None
    assert "has no attempts" in messages[0]
    with pytest.raises(PuzzleError):
        Scoring(files[1] / "first.json", window.shelf)


def test_large_grids_stand_in_a_square_and_small_ones_in_a_row(window, tmp_path):
    big = [[0] * 30 for _ in range(30)]
    (tmp_path / "t").mkdir()
    for name, grid in (("big", big), ("small", A)):
        value = task(grid)
        value["test"][0]["input"] = grid
        (tmp_path / "t" / f"{name}.json").write_text(json.dumps(value))
    submission = tmp_path / "s.json"
    submission.write_text(json.dumps({"big": [tried(big, big)], "small": [tried(A, A)]}))
    window.shelf.add(tmp_path / "t")
    window.open_path(submission)
    dialog = window.scoring.dialog
    for name, order in (("big", IN_A_SQUARE), ("small", IN_A_ROW)):
        go_to(dialog, name)
        QApplication.processEvents()
        views = dialog.comparison.views
        seats = sorted(range(4), key=lambda at: order[at])
        corners = [(views[at].y(), views[at].x()) for at in seats]
        assert corners == sorted(corners)
        assert (len({y for y, _ in corners}) == 2) == (order == IN_A_SQUARE)
        assert all(view.x() + view.width() <= dialog.comparison.width() for view in views)
