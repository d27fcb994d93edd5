"""Names come from files: wherever Qt would take a text for HTML it is told that it is none."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

LONGEST_TIP = 2_000
"""Characters of a tool tip; a description may be a book."""


def plain_tip(text: str) -> str:
    """Return a tool tip that shows `text` as it is written; tool tips cannot be told to be plain."""
    text = text[:LONGEST_TIP]
    if not {"<", "&"} & set(text):
        return text
    return f'<qt><span style="white-space: pre-wrap">{html.escape(text)}</span></qt>'


def make_plain(widget: QWidget) -> None:
    """Let every label of a dialog show its text as it is written."""
    for shown in widget.findChildren(QLabel):
        shown.setTextFormat(Qt.TextFormat.PlainText)
