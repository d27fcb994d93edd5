"""What the browser says where its list is empty: why, and where else what was searched for is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.translate import counted, tr
from app.widgets.parts import label


class EmptyList(QWidget):
    """A sentence, and a button for each way to what was meant."""

    def __init__(self) -> None:
        super().__init__()
        self.text = label("", "muted", wrap=True)
        self.buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(4, 14, 10, 4)
        self._layout.setSpacing(6)
        self._layout.addWidget(self.text)
        self._layout.addStretch(1)

    def show_reason(self, text: str, ways: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Say why nothing is listed, with a button for each of `ways`: what it says and what it does."""
        self.text.setText(text)
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()  # not at once: one of them may have been clicked to bring us here
        self.buttons = []
        for title, act in ways:
            button = QPushButton(title)
            button.setObjectName("link")
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._layout.insertWidget(self._layout.count() - 1, button, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons.append(button)


def reason(text: str, collection: str, hidden: int) -> str:
    """Say why a collection lists nothing; `hidden` puzzles match `text` but not the filters."""
    if hidden:
        return counted(hidden, "The filters hide {n} puzzle.", "The filters hide {n} puzzles.")
    if text.strip():
        text = text.strip()
        return tr(
            "Nothing in {collection} is called “{text}” or described so.", collection=collection, text=text
        )
    return tr("{collection} has no puzzle.", collection=collection)
