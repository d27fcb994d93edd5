"""Names are shown as they are written, wherever they come from."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from app import dialogs
from app.plain import plain_tip

NAME = '<img src="/dev/zero"> <a href="x">&amp; & link</a>\n  next'
ASK_ABOUT_CHANGES = dialogs.ask_about_changes
"""As it is before windows for tests are given its answer."""


def shown(tip):
    """What a person reads in a tool tip, which is HTML when it looks so."""
    document = QTextDocument()
    (document.setHtml if "<" in tip else document.setPlainText)(tip)
    return document.toPlainText()


@pytest.mark.parametrize("name", [NAME, "plain", "&lt;b&gt;", "<b>", "a < b\n c", ""])
def test_a_tool_tip_shows_what_is_written(qapp, name):
    assert shown(plain_tip(name)) == name


@pytest.mark.parametrize(
    "ask",
    [
        lambda window: dialogs.show_error(window, "title", NAME),
        lambda window: dialogs.show_text(window, "title", NAME),
        lambda window: dialogs.show_report(window, NAME, "advice", "report"),
        lambda window: ASK_ABOUT_CHANGES(window, NAME),
        lambda window: dialogs.ask_to_recover(window, NAME),
        lambda window: dialogs.ask_to_replace(window, NAME),
        lambda window: dialogs.ask_about_foreign_change(window, NAME),
        lambda window: dialogs.ask_name(window, NAME, ""),
    ],
)
def test_every_message_and_question_shows_what_is_written(window, ask):
    found = []

    def look():
        box = QApplication.activeModalWidget()
        labels = [label for label in box.findChildren(QLabel) if "<img" in label.text()]
        found.extend(label.textFormat() for label in labels)
        box.reject()

    QTimer.singleShot(0, look)
    ask(window)
    assert found == [Qt.TextFormat.PlainText]


def test_the_answers_of_the_questions_are_still_heard(window):
    def press(button):
        QTimer.singleShot(0, lambda: QApplication.activeModalWidget().button(button).click())

    buttons = QMessageBox.StandardButton
    for button, answer in ((buttons.Save, "save"), (buttons.Discard, "discard"), (buttons.Cancel, "cancel")):
        press(button)
        assert ASK_ABOUT_CHANGES(window, "x") == answer
    for button, answer in ((buttons.Yes, True), (buttons.No, False)):
        press(button)
        assert dialogs.ask_to_recover(window, "x") is answer


def test_a_name_is_asked_for(window):
    for done, answer in (("accept", "old"), ("reject", None)):
        QTimer.singleShot(0, lambda done=done: getattr(QApplication.activeModalWidget(), done)())
        assert dialogs.ask_name(window, "w1", "old") == answer


def test_no_label_of_the_window_takes_text_for_html(window, puzzle):
    window.bench.open(puzzle)
    window.solve_collection()
    assert len(window.findChildren(QLabel)) > 10
    rich = [
        label.text()
        for label in window.findChildren(QLabel)
        if label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert not rich


def test_the_browser_s_tool_tips_show_what_is_written(window, monkeypatch):
    model = window.browser.list.model()
    while hasattr(model, "sourceModel"):
        model = model.sourceModel()
    monkeypatch.setattr(type(model), "_described", lambda *_: NAME)
    assert shown(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)) == NAME
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == NAME
