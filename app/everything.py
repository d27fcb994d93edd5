"""What the command palette offers, gathered from the menus, the library and the language, and done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.state.palette import Entry, Recent
from app.widgets.command_palette import CommandPalette
from app.window import Window
from puzzles.collections import COLLECTIONS

NATIVE = QKeySequence.SequenceFormat.NativeText


class Everything(QObject):
    """Opens the palette over all that the window can do and show now."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._recent = Recent(window.settings)
        self._actions: dict[str, QAction] = {}
        window.bench.document.opened.connect(self._on_opened)

    def open(self) -> None:
        """Show the palette."""
        window = self._window
        actions = actions_of(window)
        self._actions = {entry.key: action for entry, action in actions}
        entries = [entry for entry, _ in actions]
        entries += (*self._words(), *self._files(), *self._puzzles())
        palette = CommandPalette(entries, self._recent, window.bench.view.theme, window)
        palette.chosen.connect(self._later)
        palette.open()
        palette.field.setFocus()

    def _later(self, entry: Entry) -> None:
        """Do it when the palette is gone: it may open a dialog of its own."""
        QTimer.singleShot(0, self, lambda: self.run(entry))

    def run(self, entry: Entry) -> None:
        """Do or open what an entry stands for."""
        window = self._window
        if entry.kind == "action":
            self._actions[entry.key].trigger()
        elif entry.kind == "word":
            window.show_word(entry.key)
        elif entry.kind == "file":
            window.open_path(Path(entry.key))
        else:
            collection, _, puzzle_id = entry.key.partition("\n")
            window.browser.open_id(collection, puzzle_id)

    def _words(self) -> Iterator[Entry]:
        for word in self._window.bench.lexicon:
            yield Entry("word", word.name, word.shown, word.meaning if word.given else "")

    def _files(self) -> Iterator[Entry]:
        for path in self._window.shelf.recent:
            yield Entry("file", str(path), path.name, str(path.parent))

    def _puzzles(self) -> Iterator[Entry]:
        for key, title, ids in self._window.shelf.known():
            for puzzle_id in ids:
                yield Entry("puzzle", _puzzle_key(key, puzzle_id), puzzle_id, title)

    def _on_opened(self) -> None:
        puzzle = self._window.bench.document.puzzle
        if puzzle is not None and puzzle.source in COLLECTIONS:
            self._recent.note(Entry("puzzle", _puzzle_key(puzzle.source, puzzle.name), "").name, write=False)


def actions_of(window: Window) -> list[tuple[Entry, QAction]]:
    """Return every action of the menus that can be done now, called by its text and beside it its menu."""
    found = []
    for top in window.menuBar().actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            found += list(_in_menu(menu, _plain(top.text())))
    return found


def shortcuts_of(window: Window) -> list[tuple[str, str, str]]:
    """Return menu, keys and text of every action of the menus that has a shortcut, whether it is enabled."""
    found = []
    for top in window.menuBar().actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            for path, action in _actions(menu, _plain(top.text())):
                keys = ", ".join(key.toString(NATIVE) for key in action.shortcuts())
                if keys:
                    found.append((path.split(" ▸ ")[0], keys, _plain(action.text()).rstrip("…")))
    return found


def _in_menu(menu: QMenu, path: str) -> Iterator[tuple[Entry, QAction]]:
    for place, action in _actions(menu, path):
        text = _plain(action.text())
        if action.isEnabled():
            entry = Entry("action", f"{place} ▸ {text}", text, place, action.shortcut().toString(NATIVE))
            yield entry, action


def _actions(menu: QMenu, path: str) -> Iterator[tuple[str, QAction]]:
    """Yield every action with the path of the menus it stands in."""
    for action in menu.actions():
        below = action.menu()
        text = _plain(action.text())
        if isinstance(below, QMenu):
            yield from _actions(below, f"{path} ▸ {text}")
        elif text and not action.isSeparator():
            yield path, action


def _plain(text: str) -> str:
    """Return the text of a menu entry without the mark of its letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _puzzle_key(collection: str, puzzle_id: str) -> str:
    return f"{collection}\n{puzzle_id}"
