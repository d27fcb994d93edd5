from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPlainTextEdit

from app import dialogs

Button = QDialogButtonBox.StandardButton


@pytest.mark.parametrize(("button", "wanted"), [(Button.Save, True), (Button.Cancel, False)])
def test_a_preview_shows_the_file_and_returns_the_decision(window, button, wanted):
    shown: list[str] = []

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        shown.append(dialog.findChild(QPlainTextEdit).toPlainText())
        dialog.findChild(QDialogButtonBox).button(button).click()

    QTimer.singleShot(0, press)
    assert dialogs.preview_lines(window, "Write the submission", "{}\n") is wanted
    assert shown == ["{}\n"]
