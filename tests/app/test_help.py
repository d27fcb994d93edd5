"""The help page: it knows every shortcut of the menus, and is searched by words."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget


def opened(window):
    next(action for action in window.findChildren(QAction) if action.shortcut().toString() == "F1").trigger()
    return window.help


def test_it_opens_beside_the_board_with_every_shortcut_of_the_menus(window):
    page = opened(window)
    dock = next(dock for dock in window.findChildren(QDockWidget) if dock.widget() is page)
    assert dock.isVisible()
    assert page.search.hasFocus()
    text = page.page.toPlainText()
    keys = {action.shortcut().toString() for action in window.findChildren(QAction)} - {""}
    assert {"Ctrl+Return", "Ctrl+Shift+L"} <= keys
    in_menus = {k for k in keys if k in text}
    assert {"Ctrl+N", "Ctrl+Return", "Ctrl+Shift+L", "Ctrl+Shift+P", "F1"} <= in_menus


def test_words_leave_what_has_them_all(window):
    page = opened(window)
    everything = page.page.toPlainText()
    page.search.setText("attempts twice")
    assert "Two attempts" in page.page.toPlainText()
    assert "Ctrl+N" not in page.page.toPlainText()
    page.search.setText("CTRL+N")
    assert "New puzzle" in page.page.toPlainText()
    assert "Two attempts" not in page.page.toPlainText()
    page.search.setText("zzz <b>")
    assert page.page.toPlainText() == "The help has nothing with these words."
    page.search.clear()
    assert page.page.toPlainText() == everything


def test_it_follows_the_theme(window):
    page = opened(window)
    window.bench.view.choose_theme("light")
    light = page.page.toHtml()
    window.bench.view.choose_theme("dark")
    assert page.page.toHtml() != light
