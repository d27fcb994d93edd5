"""Finding puzzles: search, filters, folders, Kaggle files and recent files."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app import dialogs
from app.state.draft import Place, with_grid
from app.state.filters import Filter, measure
from app.state.recovery import draft_from_json, draft_to_json
from app.widgets.puzzle_list import PuzzleList
from puzzles.collections import collection
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle, puzzle_to_json, puzzle_to_text, save_puzzle
from tests.app.fake import FakeSolver


def listed(window):
    model = window.browser._filtered
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(box, title):
    box.setCurrentIndex(box.findText(title))


def test_search_finds_words_of_a_name_in_any_order(window):
    window.browser.search.setText("glass LOOK")
    assert [name for name in listed(window) if "looking-glass" in name] == listed(window) != []
    assert window.browser.count.text() == "1 puzzle"


def test_an_id_is_found_in_all_collections_at_once(window):
    window.browser.show_collection("everything")
    window.browser.search.setText("67a3c6ac")
    assert listed(window) == ["arc1-train/67a3c6ac", "arc2-train/67a3c6ac"]
    window.browser.step(0)
    assert (window.bench.document.puzzle.source, window.bench.document.puzzle.name) == (
        "arc1-train",
        "67a3c6ac",
    )


def test_size_and_colours_filter(window):
    window.browser.show_collection("arc1-train")
    window.browser.filter_button.click()
    choose(window.browser.filters.sides, "Up to 10 × 10")
    choose(window.browser.filters.colours, "4 colours")
    training = collection("arc1-train")
    fitting = [i for i in training if measure(training[i])[0] <= 10 and measure(training[i])[1] == 4]
    assert listed(window) == fitting != []
    window.browser.filter_button.click()
    assert listed(window) == list(training)


def test_measure_looks_at_every_grid():
    pair = Pair(as_grid([[1, 2]]), as_grid([[3], [3], [3]]))
    assert measure(Puzzle("p", (pair,), (Pair(as_grid([[0]])),))) == (3, 4)


def test_solved_by_me_and_by_glossa_are_told_apart(make_window, qtbot):
    window = make_window(FakeSolver())
    originals = collection("originals")
    mirror = next(i for i in originals.ids if "looking-glass" in i)
    mine = originals.ids[5]
    window.bench.open(originals[mirror])
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    window.bench.open(originals[mine])
    editor = window.bench.editor
    editor.set_enabled(True)
    for index, pair in enumerate(originals[mine].test):
        editor.begin(Place("test", index, "answer"))
        editor.check()
        assert window.bench.solved.solvers(originals[mine]) == frozenset()
        editor.put("draw", pair.output)
    editor.check()
    window.browser.filter_button.click()
    box = window.browser.filters.solved
    for title, expected in (("Solved by me", [mine]), ("Solved by Glossa", [mirror])):
        choose(box, title)
        assert listed(window) == expected
    choose(box, "Unsolved")
    assert len(listed(window)) == len(originals) - 2
    row = window.browser._model.index(originals.ids.index(mine), 0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == f"{mine}, solved by you"


@pytest.fixture
def tasks(tmp_path, puzzle):
    folder = tmp_path / "my tasks"
    folder.mkdir()
    for name in ("one", "two"):
        save_puzzle(puzzle, folder / f"{name}.json")
    return folder


def test_a_dropped_folder_becomes_a_collection_that_stays(make_window, tasks, qtbot):
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tasks))])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert listed(window) == ["one", "two"]
    qtbot.keyClick(window.browser.list, Qt.Key.Key_Down)
    assert window.bench.document.puzzle.source == "my tasks"
    assert window.bench.document.path == tasks / "one.json"
    window.close()
    again = make_window()
    assert listed(again) == ["one", "two"]
    again.browser._on_forget()
    assert str(tasks) not in again.shelf.titles
    assert listed(again) == list(collection("originals"))


def test_kaggle_challenges_open_with_their_solutions(window, puzzle, tmp_path):
    task = json.loads(puzzle_to_json(puzzle))
    answers = [pair.pop("output") for pair in task["test"]]
    challenges = tmp_path / "arc-agi_test_challenges.json"
    challenges.write_text(json.dumps({"abc": task}))
    (tmp_path / "arc-agi_test_solutions.json").write_text(json.dumps({"abc": answers}))
    assert window.open_path(challenges)
    index = window.browser._filtered.index(0, 0)
    assert index.data(PuzzleList.PUZZLE).test[0].output.tolist() == answers[0]
    window.solve_collection()
    assert window.collection_dialog.collections.findData(str(challenges)) > 0


def test_a_folder_that_has_gone_is_told_and_something_else_is_listed(make_window, tasks, messages):
    first = make_window()
    assert first.open_path(tasks)
    first.close()
    for file in tasks.iterdir():
        file.unlink()
    tasks.rmdir()
    second = make_window()
    assert listed(second) == list(collection("originals"))
    second.browser.show_collection(str(tasks))
    assert "no such file" in messages[0]
    assert listed(second) == list(collection("originals"))


def test_an_empty_folder_is_refused(window, tmp_path, messages):
    (tmp_path / "empty").mkdir()
    assert not window.open_path(tmp_path / "empty")
    assert "no *.json files" in messages[0]


def test_recent_files_are_remembered_in_order(make_window, tasks, messages):
    first = make_window()
    for name in ("one", "two", "one"):
        first.open_path(tasks / f"{name}.json")
    first.close()
    second = make_window()
    assert [path.stem for path in second.shelf.recent] == ["one", "two"]
    second.actions_._list_recent()
    second.actions_._recent.actions()[1].trigger()
    assert second.bench.document.puzzle.name == "two"
    second.shelf.forget_recent()
    assert second.shelf.recent == ()


def test_choosing_a_folder_by_hand(window, tasks, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: tasks)
    window.desk.ask_folder()
    assert listed(window) == ["one", "two"]


def test_the_default_filter_needs_no_look_inside():
    assert not Filter("abc").active
    assert not Filter("abc", solved="me").looks_inside
    assert Filter(sides=(1, 5)).looks_inside


def test_an_entry_that_is_no_task_is_listed_and_says_why_when_clicked(window, tasks, messages):
    (tasks / "bad.json").write_text('{"train": 3}')
    window.open_path(tasks)
    assert listed(window) == ["bad", "one", "two"]
    row = window.browser._filtered.index(0, 0)
    assert "train is 3" in row.data(Qt.ItemDataRole.ToolTipRole)
    window.browser.list.clicked.emit(row)
    assert messages == ["bad.json: train is 3, expected a list of pairs"]
    assert not window.browser.list.grab().isNull()
    for _ in range(2):
        window.browser.step(1)
    assert window.bench.document.puzzle.name == "one"
    assert len(messages) == 1


def test_what_a_file_says_about_its_puzzle_is_shown_as_plain_text(window, tasks):
    task = json.loads((tasks / "one.json").read_text())
    (tasks / "one.json").write_text(
        json.dumps({"name": "left to right", "description": "<b>bold</b>", **task})
    )
    window.open_path(tasks / "one.json")
    assert "left to right\n&lt;b&gt;bold&lt;/b&gt;" in window.board._title.toolTip()
    window.open_path(tasks)
    tip = window.browser._filtered.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "left to right" in tip
    assert "<b>" not in tip


def test_keys_of_a_file_survive_an_edit_and_a_save(window, tasks):
    task = json.loads((tasks / "one.json").read_text())
    task["train"][0]["note"] = "x"
    text = json.dumps({"author": "me", **task}, indent=2)
    (tasks / "one.json").write_text(text)
    window.open_path(tasks / "one.json")
    before = window.bench.document.puzzle.train[0].input
    changed = before.copy()
    changed[0, 0] = (int(before[0, 0]) + 1) % 10
    window.bench.document.edit(
        "draw", lambda draft: with_grid(draft, Place("train", 0, "input"), as_grid(changed))
    )
    draft, *_ = draft_from_json(draft_to_json(window.bench.document.draft, None), "recovered")
    assert window.desk.save()
    written = (tasks / "one.json").read_text()
    differing = [(a, b) for a, b in zip(text, written, strict=True) if a != b]
    assert differing == [(str(before[0, 0]), str(changed[0, 0]))]
    assert puzzle_to_text(draft.puzzle) == written


def describe(tasks):
    (tasks / "descriptions.csv").write_text(
        "id,description\none,Mirror the <b>red</b> shape\none,Flip it\ntwo,Fill the holes\nbad row\n"
    )


def test_descriptions_beside_puzzles_are_found_by_their_words(window, tasks):
    describe(tasks)
    window.open_path(tasks)
    assert window.statusBar().currentMessage() == (
        "descriptions.csv: 1 row passed over; line 5 has 1 column, expected 2"
    )
    for text, expected in (("holes", ["two"]), ("one shape mirror", ["one"]), ("shape two", [])):
        window.browser.search.setText(text)
        assert listed(window) == expected
    tip = window.browser._model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Flip it" in tip
    assert "<b>" not in tip


def test_a_word_of_a_description_is_found_from_another_collection(window, tasks):
    describe(tasks)
    window.open_path(tasks)
    window.browser.show_collection("originals")
    window.browser.search.setText("fill holes")
    assert listed(window) == []
    window.browser.empty.buttons[0].click()
    assert listed(window) == ["two"]


def test_words_of_a_file_s_own_description_are_found_too(window, tasks):
    task = json.loads((tasks / "two.json").read_text())
    (tasks / "two.json").write_text(json.dumps({"description": "Gravity pulls down", **task}))
    window.open_path(tasks)
    window.browser.search.setText("gravity")
    assert listed(window) == ["two"]


def test_descriptions_stand_above_the_board_and_are_shown_whole(window, tasks, messages):
    describe(tasks)
    window.open_path(tasks)
    window.browser.step(0)
    link = window.board.description
    assert link.text() == "2 descriptions: Mirror the <b>red</b> shape…"
    link.click()
    assert messages == ["Mirror the <b>red</b> shape\n\nFlip it"]
    window.browser.step(1)
    assert window.board.description.text() == "Fill the holes"
    window.browser.show_collection("originals")
    window.browser.step(0)
    assert window.board.description.isHidden()


def test_the_commit_of_published_data_is_shown(window):
    box = window.browser.collections
    window.browser.show_collection("arc1-train")
    assert box.toolTip() == "The published data at commit aa922be"
    at = box.findData("arc2-eval")
    assert "f3283f7" in box.itemData(at, Qt.ItemDataRole.ToolTipRole)
    window.browser.show_collection("originals")
    assert box.toolTip() == ""
