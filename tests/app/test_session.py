"""A restart opens what was open."""

import pytest

from app.state.session import KEY
from puzzles.collections import open_puzzle
from puzzles.puzzle import save_puzzle


def restarted(make_window, window):
    window.close()
    again = make_window()
    again.reopen()
    return again


def test_a_puzzle_of_a_collection_opens_again_with_its_program(make_window, qtbot):
    window = make_window()
    window.browser.show_collection("arc1-train")
    window.browser.search.setText("67a3c6ac")
    window.browser.step(0)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    again = restarted(make_window, window)
    assert again.bench.document.puzzle == open_puzzle("arc1-train/67a3c6ac")
    assert again.browser.list.currentIndex().data() == "67a3c6ac"
    qtbot.waitUntil(lambda: again.bench.run.candidate is not None)
    assert again.bench.run.candidate.program.words == ("w17",)
    assert not again.bench.document.unsaved


def test_a_file_opens_again_and_one_that_has_gone_does_not(make_window, puzzle, tmp_path, messages):
    path = tmp_path / "task.json"
    save_puzzle(puzzle, path)
    window = make_window()
    window.open_path(path)
    again = restarted(make_window, window)
    assert again.bench.document.path == path
    assert again.bench.document.stamp is not None
    path.unlink()
    last = restarted(make_window, again)
    assert last.bench.document.puzzle is None
    assert not messages


def test_nothing_opens_over_what_is_open_or_from_nonsense(make_window, puzzle):
    window = make_window()
    window.bench.open(open_puzzle("arc1-train/67a3c6ac"))
    window.close()
    again = make_window()
    again.bench.open(puzzle)
    again.reopen()
    assert again.bench.document.puzzle is puzzle


@pytest.mark.parametrize("text", ["{", "[]", "3", '{"path": 3}', '{"puzzle": "nowhere/x"}', '{"path": "/"}'])
def test_nonsense_opens_nothing(make_window, text, messages):
    window = make_window()
    window.settings.set(KEY, text)
    window.reopen()
    assert window.bench.document.puzzle is None
    assert not messages
