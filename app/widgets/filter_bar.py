"""What the browser lists: by whom it is solved, how large it is and how many colours it has."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.state.filters import ANY_COLOURS, ANY_SIDE, Filter
from app.translate import mark, tr

SOLVED = {
    mark("Solved or not"): "any",
    mark("Solved by me"): "me",
    mark("Solved by Glossa"): "glossa",
    mark("Unsolved"): "unsolved",
}
SIZES = {
    mark("Any size"): ANY_SIDE,
    mark("Up to 5 × 5"): (1, 5),
    mark("Up to 10 × 10"): (1, 10),
    mark("Up to 15 × 15"): (1, 15),
    mark("Up to 20 × 20"): (1, 20),
    mark("Larger than 20"): (21, ANY_SIDE[1]),
}
COLOURS = {
    mark("Any number of colours"): ANY_COLOURS,
    mark("Up to 2 colours"): (1, 2),
    mark("3 colours"): (3, 3),
    mark("4 colours"): (4, 4),
    mark("5 or 6 colours"): (5, 6),
    mark("7 colours and more"): (7, ANY_COLOURS[1]),
}


class FilterBar(QWidget):
    """Three choices; the text to search for is the browser's own."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.solved, self.sides, self.colours = QComboBox(), QComboBox(), QComboBox()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for box, name, choices in (
            (self.solved, tr("Filter by who solved it"), SOLVED),
            (self.sides, tr("Filter by size"), SIZES),
            (self.colours, tr("Filter by number of colours"), COLOURS),
        ):
            box.setAccessibleName(name)
            for title, value in choices.items():
                box.addItem(tr(title), value)
            box.currentIndexChanged.connect(self.changed)
            layout.addWidget(box)

    def chosen(self, text: str) -> Filter:
        """Return what is asked for, with `text` to be found in the name."""
        sides, colours = tuple(self.sides.currentData()), tuple(self.colours.currentData())
        return Filter(text, self.solved.currentData(), sides, colours)

    def clear(self) -> None:
        """Ask for everything."""
        for box in (self.solved, self.sides, self.colours):
            box.setCurrentIndex(0)
