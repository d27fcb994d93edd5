"""Ten things a person who solves puzzles does, by pointer and by keys, with every click and key counted.

The table in `docs/results/window.md` has these numbers. Events go to the windows, as a mouse and a keyboard
send them; letters of a name that is typed are not counted, as any way of naming something needs them.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from app import dialogs
from app.export.formats import FORMATS
from app.state.moment import START
from app.widgets.comparison_dialog import ComparisonDialog
from app.widgets.export_dialog import ExportDialog
from app.widgets.word_field import WordField
from solver.words.arguments import arguments
from tests.app.fake import FakeSolver
from tests.app.test_strip import COLOURED

RESULTS = Path(__file__).parents[2] / "docs" / "results" / "window.md"
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class FourSteps(FakeSolver):
    """Finds programs of four steps and of one, and knows what can be changed in a name."""

    found = (("w17", "w4", "w9", "replace 2 by 4"), ("w17",), ("w4",))

    def arguments(self, word):
        return arguments(word)


class Hand:
    """Clicks and presses keys in the window that is in front, and counts."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot, self.count = window, qtbot, 0

    def click(self, widget, at=None, button=Qt.MouseButton.LeftButton):
        self.count += 1
        top, at = widget.window(), widget.rect().center() if at is None else at
        QTest.mouseClick(top.windowHandle(), button, pos=widget.mapTo(top, at))

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.count += 1
        QTest.keyClick(self.front().windowHandle(), key, modifiers)

    def type(self, text):
        for letter in text:
            QTest.keyClick(self.front().windowHandle(), letter)

    def front(self):
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def choose(self, menu, text):
        """Click an entry of an open menu."""
        action = next(a for a in menu.actions() if a.text().replace("&", "").rstrip("…") == text)
        self.click(menu, menu.actionGeometry(action).center())

    def from_menu(self, title, text):
        bar = self.window.menuBar()
        action = next(a for a in bar.actions() if a.text().replace("&", "") == title)
        self.click(bar, bar.actionGeometry(action).center())
        self.choose(self.popup(), text)

    def go_down_to(self, text):
        """Go down in a menu that has just opened below another, until an entry is chosen."""
        while (action := self.popup().activeAction()) is None or action.text() != text:
            assert self.count < 20, [entry.text() for entry in self.popup().actions()]
            self.press(KEY.Key_Down)

    def popup(self):
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        return QApplication.activePopupWidget()

    def dialog(self, kind=QDialog):
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
        return QApplication.activeModalWidget()


def steps(window):
    return [step.word for step in window.bench.run.candidate.program.steps]


def row_at(view, row):
    """Return where a row of a list lies."""
    index = view.model().index(row, 0)
    view.scrollTo(index)
    return view.viewport(), view.visualRect(index).center()


def solve(hand, window, by_keys):
    with hand.qtbot.waitSignal(window.client.finished):
        hand.press(KEY.Key_Return, CTRL) if by_keys else hand.click(window.solve_panel.button)


def third_step(hand, window, by_keys):
    hand.press(KEY.Key_Left) if by_keys else hand.click(window.program_strip.chips[3])
    assert window.bench.timeline.position == 3


def compare(hand, window, by_keys):
    if by_keys:
        hand.press(KEY.Key_D, CTRL | SHIFT)
    else:
        hand.click(window.solve_panel.comparing)
    hand.qtbot.waitUntil(lambda: bool(hand.window.findChildren(ComparisonDialog)))


def other_attempt(hand, window, by_keys):
    cards = window.solve_panel.answers.cards
    other = next(i for i, r in enumerate(window.solve_panel.answers.readings) if r.attempt != 1)
    if by_keys:
        cards.setFocus()  # by Tab, from wherever one is
        hand.press(KEY.Key_Right)
        hand.press(KEY.Key_1, CTRL)
    else:
        viewport, at = row_at(cards, other)
        hand.click(viewport, at, Qt.MouseButton.RightButton)
        hand.choose(hand.popup(), "Make this answer attempt 1")
    assert window.bench.run.choice[0] is not None


def export_gif(hand, window, by_keys):
    if by_keys:
        hand.press(KEY.Key_E, CTRL)
    else:
        hand.from_menu("File", "Export")
    dialog = hand.dialog(ExportDialog)
    row = list(FORMATS).index("gif")
    if by_keys:
        dialog.formats.setFocus()
        for _ in range(row):
            hand.press(KEY.Key_Down)
        hand.press(KEY.Key_Return)
    else:
        hand.click(*row_at(dialog.formats, row))
        hand.click(dialog.save)
    hand.count += 1  # Save in the file dialog, which is the desktop's own
    hand.qtbot.waitUntil(window.written.is_file)


def find_by_id(hand, window, by_keys):
    browser = window.browser
    browser.show_collection("arc1-train")
    if by_keys:
        hand.press(KEY.Key_F, CTRL)
    else:
        hand.click(browser.search)
    hand.type("67a3c6ac")
    if by_keys:
        hand.press(KEY.Key_Return)
    else:
        hand.click(*row_at(browser.list, 0))
    assert window.bench.document.puzzle.name == "67a3c6ac"


def put_in(hand, window, by_keys):
    if by_keys:
        hand.press(KEY.Key_Insert)
    else:
        hand.click(window.program_strip.gaps[-1])
    field = hand.dialog(WordField)
    hand.type("flip up-down")
    with hand.qtbot.waitSignal(window.client.executed):
        if by_keys:
            hand.press(KEY.Key_Return)
        else:
            hand.click(*row_at(field.list, 0))
    assert steps(window)[-1] == "flip up-down"


def change_number(hand, window, by_keys):
    strip = window.program_strip
    last = len(arguments("replace 2 by 4")) - 1
    with hand.qtbot.waitSignal(window.client.executed):
        if by_keys:
            hand.press(KEY.Key_G, Qt.KeyboardModifier.AltModifier)
            hand.popup()
            hand.press(KEY.Key_A)
            hand.go_down_to(arguments("replace 2 by 4")[last].shown)
            hand.press(KEY.Key_Right)
            hand.go_down_to("3")
            hand.press(KEY.Key_Return)
        else:
            hand.click(strip.chips[4], strip.chips[4].rect_of(last).center())
            hand.choose(hand.popup(), "3")
    assert steps(window)[-1] == "replace 2 by 3"


def go_on(hand, window, by_keys):
    with hand.qtbot.waitSignal(window.client.finished):
        hand.press(KEY.Key_F5) if by_keys else hand.click(window.solve_panel.deeper)


def share(hand, window, by_keys):
    if by_keys:
        hand.press(KEY.Key_M, CTRL)
    else:
        hand.from_menu("File", "Copy a link to this moment")
    assert QGuiApplication.clipboard().text().startswith(START)


TASKS = {
    "solve the puzzle on the board": (solve, 1, 1),
    "look at step 3 of 4": (third_step, 1, 1),
    "compare two programs": (compare, 1, 1),
    "make another answer attempt 1": (other_attempt, 2, 2),
    "export the GIF": (export_gif, 5, 6),
    "open a puzzle by its id": (find_by_id, 2, 2),
    "put an exact word behind the program": (put_in, 2, 2),
    "change a number in a step": (change_number, 2, 7),
    "go on searching, keeping what was found": (go_on, 1, 1),
    "share puzzle, program and step": (share, 2, 1),
}
"""What each does, and how many clicks or keys it takes."""


@pytest.fixture
def searched(make_window, qtbot, monkeypatch, tmp_path):
    window = make_window(FourSteps(found=FourSteps.found))
    window.written = tmp_path / "out.gif"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: window.written)
    window.bench.open(COLOURED)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    window.board.setFocus()
    return window


@pytest.mark.parametrize("by_keys", [False, True], ids=["pointer", "keys"])
@pytest.mark.parametrize("task", TASKS)
def test_clicks_and_keys(searched, qtbot, task, by_keys):
    do, *counts = TASKS[task]
    hand = Hand(searched, qtbot)
    do(hand, searched, by_keys)
    assert hand.count == counts[by_keys]


def test_the_record_has_these_numbers():
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in RESULTS.read_text().splitlines()]
    rows = {line[0]: line for line in lines if len(line) == 5}
    for task, (_, clicks, keys) in TASKS.items():
        assert rows[task][2] == str(clicks)
        assert rows[task][4] == str(keys)
