"""The main journey by keyboard: who has the keys, and when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.state.draft import Place, with_grid
from app.widgets.tour import Tour
from puzzles.collections import collection
from puzzles.grid import as_grid
from tests.app.fake import FakeSolver
from tests.app.test_browser import choose, listed


def solved(make_window, qtbot, words=("w17", "w4", "w9")):
    window = make_window(FakeSolver(found=(words,)))
    window.browser.show_collection("arc1-train")
    window.browser.step(0)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def test_typing_in_the_search_field_opens_nothing_and_keeps_the_result(make_window, qtbot):
    window = solved(make_window, qtbot)
    opened, found = window.bench.document.puzzle, window.bench.run.candidate
    window.search()
    for letter in "67a3c6":
        qtbot.keyClick(window.browser.search, letter)
    assert listed(window) == ["67a3c6ac"]
    assert window.bench.document.puzzle is opened
    assert window.bench.run.candidate is found
    window.browser.search.clear()
    assert window.bench.document.puzzle is opened
    assert not window.browser.list.currentIndex().isValid()


def test_a_filter_keeps_the_row_that_is_open(make_window, qtbot):
    window = solved(make_window, qtbot)
    opened = window.bench.document.puzzle
    window.browser.search.setText(opened.name[:4])
    assert window.browser.list.currentIndex().data() == opened.name
    assert window.bench.document.puzzle is opened


def test_after_a_search_the_keys_belong_to_the_board(make_window, qtbot):
    window = solved(make_window, qtbot)
    window.search()
    window.browser.search.setText("67a3c6")
    qtbot.keyClick(window.browser.search, Qt.Key.Key_Return)
    assert window.bench.document.puzzle.name == "67a3c6ac"
    assert QApplication.focusWidget() is window.board
    with qtbot.waitSignal(window.client.finished):
        qtbot.keyClick(window.board, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert window.bench.timeline.position == 2
    window.bench.document.edit("draw", lambda d: with_grid(d, Place("train", 0, "input"), as_grid([[1]])))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.bench.document.undo_stack.index() == 0
    assert window.browser.search.text() == "67a3c6"


def test_down_goes_from_the_search_into_the_list(window, qtbot):
    window.search()
    window.browser.search.setText("67a3c6")
    window.browser.show_collection("arc1-train")
    qtbot.keyClick(window.browser.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is window.browser.list
    assert window.bench.document.puzzle is None


def test_home_and_end_stay_in_a_list_that_has_the_focus(make_window, qtbot):
    window = solved(make_window, qtbot)
    window.browser.list.setFocus()
    qtbot.keyClick(window.browser.list, Qt.Key.Key_End)
    ids = collection("arc1-train").ids
    assert window.bench.document.puzzle.name == ids[-1]
    window = solved(make_window, qtbot)
    window.solve_panel.programs.setFocus()
    qtbot.keyClick(window.solve_panel.programs, Qt.Key.Key_Home)
    assert window.bench.timeline.position == 3


def test_return_advances_the_tour_and_ends_it(window, qtbot):
    window.take_tour()
    tour = window.findChild(Tour)
    for position in (1, 2, 3):
        qtbot.keyClick(tour.next, Qt.Key.Key_Return)
        assert tour.position == position
    with qtbot.waitSignal(tour.ended):
        qtbot.keyClick(tour.next, Qt.Key.Key_Return)
    window.take_tour()
    tour = [t for t in window.findChildren(Tour) if t.isVisible()][-1]
    tour.skip.setFocus()
    with qtbot.waitSignal(tour.ended):
        qtbot.keyClick(tour.skip, Qt.Key.Key_Return)


def test_an_empty_list_says_where_else_the_id_is(window):
    browser = window.browser
    browser.show_collection("originals")
    browser.search.setText("67a3c6ac")
    assert not browser.empty.isHidden()
    assert "67a3c6ac" in browser.empty.text.text()
    assert browser.empty.buttons[0].text().startswith("1 found in ")
    browser.empty.buttons[0].click()
    assert browser.collections.currentData() == "arc1-train"
    assert listed(window) == ["67a3c6ac"]
    assert browser.empty.isHidden()


def test_an_empty_list_says_that_filters_hide_what_matches(window):
    browser = window.browser
    browser.show_collection("arc1-train")
    browser.filter_button.click()
    choose(browser.filters.solved, "Solved by me")
    browser.search.setText("67a3c6ac")
    assert browser.empty.text.text() == "The filters hide 1 puzzle."
    browser.empty.buttons[0].click()
    assert listed(window) == ["67a3c6ac"]
