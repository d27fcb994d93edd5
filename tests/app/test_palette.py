"""The command palette: everything the window can do or show, by a few of its letters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.state.palette import MOST_RECENT, Entry, Query, Recent, ranked
from app.theme import DARK
from app.widgets.command_palette import MOST, CommandPalette
from puzzles.puzzle import save_puzzle

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
TITLES = ("Export…", "Export the sheet", "Next", "Flip left-right", "Settings…", "A text")


def titles(text, recent=(), entries=TITLES):
    listed = [Entry("action", title, title) for title in entries]
    return [entry.title for entry in ranked(listed, text, [f"action:{name}" for name in recent], 99)]


def test_letters_match_in_order_and_whole_words_before_scattered_letters():
    assert titles("flr") == ["Flip left-right"]
    assert titles("EX") == ["Export…", "Export the sheet", "Next", "A text"]
    assert titles("left")[0] == "Flip left-right"
    assert titles("tfel") == []
    assert titles("") == list(TITLES)


def test_what_was_used_lately_comes_first_among_what_fits_alike():
    assert titles("", ["Next", "A text"])[:3] == ["Next", "A text", "Export…"]
    assert titles("exp", ["Export the sheet"]) == ["Export the sheet", "Export…"]
    assert titles("ex", ["A text"])[:2] == ["Export…", "Export the sheet"]


def test_a_menu_may_be_typed_with_its_entry():
    entry = Entry("action", "d", "Dark", "View ▸ Theme")
    assert ranked([entry], "theme dark", [], 9) == ranked([entry], "dark theme", [], 9) == [entry]


@given(st.text(max_size=12), st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_a_match_is_a_subsequence_and_nothing_else(typed, title):
    letters = iter(title.lower())
    expected = all(letter in letters for letter in "".join(typed.lower().split()))
    spread = Query(typed).score(title)
    assert (spread is not None) == expected


def test_what_was_used_is_remembered_and_nonsense_is_forgotten(user_paths):
    remembered = Recent(Settings(user_paths))
    for number in range(MOST_RECENT + 5):
        remembered.note(f"word:{number}")
    remembered.note("word:7")
    again = Recent(Settings(user_paths))
    assert again.names[:2] == ["word:7", f"word:{MOST_RECENT + 4}"]
    assert len(again.names) == len(set(again.names)) == MOST_RECENT
    for nonsense in ("{", "3", '[1, {"a": 2}]', "[" * 9999):
        Settings(user_paths).set("palette/recent", nonsense)
        assert Recent(Settings(user_paths)).names == []


@pytest.fixture
def opened(make_window, qtbot):
    def with_palette(window=None):
        window = window or make_window()
        qtbot.waitUntil(lambda: bool(window.bench.vocabulary))
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        QTest.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
        shown = [palette for palette in window.findChildren(CommandPalette) if palette.isVisible()]
        assert len(shown) == 1
        return window, shown[0]

    return with_palette


def type_and_go(palette, text, qtbot, downs=0):
    QTest.keyClicks(palette.field, text)
    for _ in range(downs):
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.destroyed):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.wait(10)


def test_an_action_is_done_by_keyboard_alone(opened, qtbot):
    window, palette = opened()
    type_and_go(palette, "theme dark", qtbot)
    assert window.bench.view.theme is DARK
    _, palette = opened(window)
    assert palette.shown[0].title == "Dark"


def test_a_puzzle_of_any_collection_is_opened(opened, qtbot):
    window, palette = opened()
    window.browser.search.setText("nothing has this name")
    QTest.keyClicks(palette.field, "67a3c6ac")
    places = [entry.detail for entry in palette.shown if entry.title == "67a3c6ac"]
    assert "ARC-AGI-1 training" in places
    palette.field.clear()
    type_and_go(palette, "67a3c6ac", qtbot, downs=places.index("ARC-AGI-1 training"))
    puzzle = window.bench.document.puzzle
    assert (puzzle.source, puzzle.name) == ("arc1-train", "67a3c6ac")
    assert window.browser.list.currentIndex().data() == "67a3c6ac"


def test_a_puzzle_of_ones_own_folder_is_found(opened, make_window, qtbot, puzzle, tmp_path):
    save_puzzle(puzzle, tmp_path / "zebra crossing.json")
    save_puzzle(puzzle, tmp_path / "other.json")
    window = make_window()
    window.open_path(tmp_path)
    _, palette = opened(window)
    type_and_go(palette, "zebcr", qtbot)
    assert window.bench.document.puzzle.name == "zebra crossing"


def test_a_word_is_shown_in_the_dictionary(opened, qtbot):
    window, palette = opened()
    type_and_go(palette, "w17", qtbot)
    assert window.dictionary.chosen.name == "w17"
    assert window.dictionary.isVisible()


def test_what_cannot_be_done_now_is_not_offered(opened, puzzle):
    window, palette = opened()
    assert "Rotate clockwise" not in titles_of(palette, "rotate")
    palette.reject()
    window.bench.open(puzzle)
    window.bench.editor.set_enabled(True)
    window.board.rows[0].input.setFocus()
    window, palette = opened(window)
    assert "Rotate clockwise" in titles_of(palette, "rotate")


def titles_of(palette, text):
    palette.field.setText(text)
    return [entry.title for entry in palette.shown]


def test_escape_closes_and_nothing_is_said_where_nothing_fits(opened):
    _, palette = opened()
    assert not titles_of(palette, "qqqqqq")
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert len(titles_of(palette, "")) == MOST
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
