import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget

from app import dialogs
from app.actions import make_window
from app.crash import crash_reporter, report_text, start_log
from app.placement import DEFAULT_SIZE
from app.state.run import Status
from puzzles.collections import COLLECTIONS, collection, open_puzzle
from puzzles.grid import same_grid
from puzzles.puzzle import save_puzzle
from tests.app.fake import FakeSolver


def solve(window, qtbot):
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()


def test_starts_with_nothing_loaded(window):
    assert window.solve_panel.face().title == "Nothing loaded"
    assert not window.solve_panel.button.isEnabled()
    titles = {dock.windowTitle() for dock in window.findChildren(QDockWidget)}
    assert titles >= {
        "Browser",
        "Solve",
        "Program",
    }


def test_opening_shows_every_pair(window, puzzle):
    window.bench.open(puzzle)
    assert len(window.board.rows) == 3
    assert same_grid(window.board.rows[1].input.grid, puzzle.train[1].input)
    assert same_grid(window.board.rows[0].target.grid, puzzle.train[0].output)
    assert window.windowTitle() == "flipped – Glossa"


def test_expected_test_output_is_hidden_until_asked_for(window, puzzle):
    window.bench.open(puzzle)
    assert window.board.rows[2].target.grid is None
    window.bench.view.set_reveal(True)
    assert same_grid(window.board.rows[2].target.grid, puzzle.test[0].output)


def test_browser_opens_what_is_chosen_and_searches(window, qtbot):
    window.browser.collections.setCurrentIndex(window.browser.collections.findData("arc1-train"))
    window.browser.search.setText("67a3c6")
    assert window.browser.count.text() == "1 puzzle"
    qtbot.keyClick(window.browser.search, Qt.Key.Key_Return)
    assert window.bench.document.puzzle.name == "67a3c6ac"


def test_browser_lists_every_collection_and_steps(window):
    assert {window.browser.collections.itemData(i) for i in range(5)} == set(COLLECTIONS)
    ids = collection("originals").ids
    window.browser.step(1)
    window.browser.step(1)
    assert window.bench.document.puzzle == collection("originals")[ids[1]]
    window.browser.step(-1)
    assert window.bench.document.puzzle == collection("originals")[ids[0]]


def test_solving_ends_verified_and_shows_the_program(window, puzzle, qtbot):
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    solve(window, qtbot)
    assert window.bench.run.status is Status.VERIFIED
    assert window.solve_panel.face().title == "✓ Verified"
    assert [chip.text() for chip in window.program_strip.chips] == ["input", "w17 ≈ flip left-right"]
    assert same_grid(window.board.rows[0].state.grid, puzzle.train[0].output)
    assert [row.verdict.text() for row in window.board.rows] == ["✓", "✓", "✓ correct"]


def test_effort_is_the_budget(make_window, puzzle, qtbot):
    solver = FakeSolver()
    window = make_window(solver)
    window.bench.open(puzzle)
    window.solve_panel.effort.setCurrentIndex(0)
    solve(window, qtbot)
    assert [options.budget_s for options in solver.asked] == [15.0]


def test_a_guess_counts_and_crosses_out_wrong_cells(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w9",),)))
    window.bench.open(puzzle)
    solve(window, qtbot)
    assert window.solve_panel.face().title == "A guess"
    assert window.board.rows[0].verdict.text() == "✗ 4 cells"
    assert window.board.rows[0].state.wrong.sum() == 4
    assert "4 wrong" in window.board.rows[0].state.accessibleName()


def test_nothing_found_says_what_was_tried(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=()))
    window.bench.open(puzzle)
    solve(window, qtbot)
    assert window.solve_panel.face().title == "Nothing found"
    assert "240 programs" in window.solve_panel.face().text


def test_a_failing_search_is_told(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(error="no weights in models"))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.failed):
        window.solve_panel.press()
    assert window.bench.run.status is Status.FAILED
    assert "no weights in models" in window.solve_panel.face().text


def test_another_program_can_be_looked_at(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17",), ("w9", "w17"))))
    window.bench.open(puzzle)
    solve(window, qtbot)
    window.solve_panel.programs.setCurrentRow(1)
    assert window.bench.timeline.length == 2
    assert window.bench.run.candidate.program.words == ("w9", "w17")


def test_keys_scrub_through_the_program(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17", "w4", "w9"),)))
    window.bench.open(puzzle)
    solve(window, qtbot)
    timeline = window.bench.timeline
    assert timeline.position == 3
    for key, position in (
        (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_End, 3),
    ):
        qtbot.keyClick(window, key)
        assert timeline.position == position
    assert window.program_strip.counter.text() == "step 3 of 3"
    qtbot.keyClick(window, Qt.Key.Key_Home)
    assert same_grid(window.board.rows[0].state.grid, puzzle.train[0].input)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert timeline.playing
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not timeline.playing


def test_changed_cells_are_outlined_between_steps(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17", "w9"),)))
    window.bench.open(puzzle)
    solve(window, qtbot)
    window.bench.timeline.go(1)
    assert window.board.rows[0].state.changed.tolist() == [[True, False, True], [True, False, True]]
    window.bench.timeline.go(2)
    assert not window.board.rows[0].state.changed.any()


def test_opening_another_puzzle_cancels(make_window, puzzle, qtbot):
    solver = FakeSolver(endless=True)
    window = make_window(solver)
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    window.bench.open(collection("originals")[collection("originals").ids[0]])
    assert window.bench.run.status is Status.IDLE
    qtbot.waitUntil(solver.closed.is_set, timeout=1000)


def test_file_argument_and_bad_file(window, puzzle, tmp_path, messages):
    path = tmp_path / "task.json"
    save_puzzle(puzzle, path)
    assert window.open_path(path)
    bad = tmp_path / "bad.json"
    bad.write_text('{"train": [{"input": [[1, 2], [3]], "output": [[0]]}], "test": []}')
    assert not window.open_path(bad)
    assert "train[0].input row 1" in messages[0]
    assert window.bench.document.path == path
    assert window.bench.document.puzzle.name == "task"


def test_drag_and_drop_opens_a_file(window, puzzle, tmp_path):
    path = tmp_path / "dropped.json"
    save_puzzle(puzzle, path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert window.bench.document.puzzle.name == "dropped"


def test_docks_behind_the_program_take_room_when_they_are_first_shown(window, qtbot):
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    program, search = docks["Program"], docks["Search"]
    least = program.minimumSizeHint().height()
    assert program.height() == least
    window.watch_search()
    qtbot.waitUntil(lambda: search.height() > least)
    window.show_film()
    qtbot.waitUntil(lambda: docks["Film"].height() > least)


def test_the_layout_is_remembered(make_window, user_paths):
    first = make_window()
    next(d for d in first.findChildren(QDockWidget) if d.windowTitle() == "Browser").hide()
    first.resize(780, 640)
    first.bench.view.choose_theme("dark")
    first.close()
    second = make_window()
    assert next(d for d in second.findChildren(QDockWidget) if d.windowTitle() == "Browser").isHidden()
    assert (second.width(), second.height()) == (780, 640)
    assert second.bench.view.theme.name == "dark"
    assert user_paths.settings_file.is_file()


def test_a_window_stored_off_screen_comes_back(make_window):
    first = make_window()
    first.move(9000, 9000)
    first.close()
    second = make_window()
    assert second.screen().availableGeometry().intersects(second.frameGeometry())


def test_nonsense_in_the_settings_is_survived(user_paths, make_window):
    user_paths.config.mkdir(parents=True)
    user_paths.settings_file.write_text('{"view/theme": [7], "view/palette": "x", "window/layout": "MTI="}')
    assert make_window().bench.view.look.palette.key == "arc"


@pytest.mark.parametrize(
    ("key", "suffix"),
    [
        ("program", "json"),
        ("prediction", "json"),
        ("png", "png"),
        ("gif", "gif"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(
    window, puzzle, qtbot, tmp_path: Path, monkeypatch, messages, key, suffix
):
    window.bench.open(puzzle)
    solve(window, qtbot)
    target = tmp_path / "missing" / f"out.{suffix}"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: target)
    assert not window.desk.export(key)
    assert str(target) in messages[0]


def test_there_is_never_a_second_window(window, puzzle, qapp):
    window.bench.open(puzzle)
    window.new_puzzle()
    window.bench.open(puzzle)
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == [window]


def test_the_focus_alone_opens_nothing(window, qtbot):
    window.browser.search.setFocus()
    window.browser.list.setFocus()
    assert window.bench.document.puzzle is None
    qtbot.keyClick(window.browser.list, Qt.Key.Key_Down)
    ids = collection("originals").ids
    assert window.bench.document.puzzle == collection("originals")[ids[0]]


def test_solved_puzzles_are_remembered(make_window, qtbot):
    originals = collection("originals")
    mirror = originals[next(i for i in originals.ids if "looking-glass" in i)]
    first = make_window()
    first.bench.open(mirror)
    solve(first, qtbot)
    assert mirror in first.bench.solved
    first.close()
    second = make_window()
    assert mirror in second.bench.solved
    assert originals[originals.ids[1]] not in second.bench.solved


def test_the_expected_outputs_can_be_shown_from_the_board(window, puzzle):
    window.bench.open(puzzle)
    window.board._reveal.click()
    assert same_grid(window.board.rows[2].target.grid, puzzle.test[0].output)
    assert window.actions_.reveal.isChecked()
    window.actions_.reveal.trigger()
    assert window.board.rows[2].target.grid is None


def test_the_last_moment_of_a_search_is_shown(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(reports=9))
    window.bench.open(puzzle)
    solve(window, qtbot)
    assert len(window.solve_panel.curve.losses) == 9


def test_an_unexpected_error_is_told_once_with_a_report(window, monkeypatch, user_paths, qtbot):
    shown = []
    report = crash_reporter(user_paths.log_file)

    def show(_parent, title, _advice, text):
        shown.append((title, text))
        report(KeyError, KeyError("while it is shown"), None)

    monkeypatch.setattr(dialogs, "show_report", show)
    report(ValueError, ValueError("of a kind"), None)
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(50)
    assert [title for title, _ in shown] == ["ValueError: of a kind"]
    assert str(user_paths.log_file) in shown[0][1]


def test_a_report_holds_the_trace_and_the_log_file_the_error(user_paths):
    root, before = logging.getLogger(), list(logging.getLogger().handlers)
    root.handlers = []
    start_log(user_paths.log_file)
    try:
        raise ValueError("of a kind")
    except ValueError as error:
        crash_reporter(user_paths.log_file)(ValueError, error, error.__traceback__)
        text = report_text(error, user_paths.log_file)
    root.handlers = before
    assert "test_window.py" in text
    assert "ValueError: of a kind" in user_paths.log_file.read_text()


def test_a_first_window_fits_its_screen(qtbot, user_paths):
    window = make_window(FakeSolver().services, user_paths)
    size, screen, least = window.size(), window.screen().availableSize(), window.minimumSizeHint()
    window.close()
    window.deleteLater()
    assert size.width() <= max(screen.width(), least.width()) < DEFAULT_SIZE[0]
    assert size.height() <= max(screen.height(), least.height())


def test_a_puzzle_is_opened_by_its_id_and_an_unknown_one_refused(window, messages):
    assert window.open_named("arc1-train/67a3c6ac")
    assert window.bench.document.puzzle == open_puzzle("arc1-train/67a3c6ac")
    assert not window.open_named("arc1-train/nothing")
    assert "arc1-train" in messages[0]
    assert "nothing" in messages[0]
    assert window.bench.document.puzzle == open_puzzle("arc1-train/67a3c6ac")
