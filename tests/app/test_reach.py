"""The window for people who hear it, and for people who see it for the first time."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider

from app.widgets.tour import Tour
from tests.app.fake import FakeSolver


@pytest.fixture
def solved(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17", "w9"),)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def test_arrow_keys_read_the_cells_of_any_grid(solved, qtbot):
    view = solved.board.rows[0].input
    view.setFocus()
    assert view.accessibleDescription() == "row 1, column 1, blue"
    position = solved.bench.timeline.position
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
    assert view.accessibleDescription() == "row 2, column 3, green"
    assert solved.bench.timeline.position == position


def test_changed_cells_are_said_and_return_goes_to_their_step(solved, qtbot):
    view = solved.board.rows[0].state
    solved.bench.timeline.go(1)
    view.setFocus()
    assert view.accessibleDescription() == "row 1, column 1, black, changed"
    solved.bench.timeline.go(2)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert solved.bench.timeline.position == 1


def test_the_cursor_of_the_editor_is_read_too(solved, qtbot):
    view = solved.board.rows[0].input
    solved.bench.editor.set_enabled(True)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription() == "row 1, column 2, black"
    assert solved.bench.editor.cursor == (0, 1)


def test_no_shortcut_stands_for_two_actions(solved):
    keys = Counter(
        shortcut.toString()
        for action in solved.findChildren(QAction)
        if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
        for shortcut in action.shortcuts()
    )
    assert len(keys) > 20
    assert [key for key, count in keys.items() if count > 1] == []


def test_everything_that_can_be_operated_has_a_name(solved):
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QSlider)
        for widget in solved.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)() or widget.toolTip())
        and not widget.objectName().startswith("qt_")
    ]
    assert not nameless


def test_the_tour_has_four_steps_and_comes_once(solved, qtbot):
    solved.offer_tour()
    tour = solved.findChild(Tour)
    for position in range(4):
        assert tour.position == position
        assert tour.rect().contains(tour.card.geometry())
        tour.next.click()
    assert solved.settings.flag("tour/seen", False)
    qtbot.waitUntil(lambda: solved.findChild(Tour) is None)
    solved.offer_tour()
    assert solved.findChild(Tour) is None


def test_escape_ends_the_tour_and_nothing_below_hears_of_it(solved, qtbot):
    solved.take_tour()
    tour = solved.findChild(Tour)
    qtbot.keyClick(tour, Qt.Key.Key_Right)
    assert (tour.position, solved.bench.timeline.position) == (1, 2)
    qtbot.keyClick(tour, Qt.Key.Key_Escape)
    assert not tour.isVisible()


def test_help_is_one_key_away_and_names_the_keys(solved, qtbot):
    qtbot.keyClick(solved, Qt.Key.Key_F1)
    said = solved.help.page.toPlainText()
    for key in ("Ctrl+P", "F9", "Ctrl+E", "Ctrl+U", "Ctrl+Shift+Return", "Ctrl+K"):
        assert key in said
