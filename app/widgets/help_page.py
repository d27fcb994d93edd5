"""Help beside the board: topics and keys, found by any of their words."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from app.help_texts import FURTHER_KEYS, TOPICS
from app.theme import Theme
from app.translate import tr
from app.widgets.parts import make_surface


@dataclass(frozen=True)
class Shortcut:
    """A key and what it does, under the heading of where it is used."""

    section: str
    keys: str
    what: str


class HelpPage(QWidget):
    """Shows the topics and keys that have every word typed into its field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shortcuts: tuple[Shortcut, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the help"))
        self.search.setAccessibleName(tr("Search the help"))
        self.search.setClearButtonEnabled(True)
        self.page = QTextBrowser()
        self.page.setAccessibleName(tr("Help"))
        self.page.setOpenLinks(False)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        make_surface(self, "panel")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.page, 1)
        self.search.textChanged.connect(self.refresh)
        self.setFocusProxy(self.search)

    def set_shortcuts(self, of_menus: Sequence[Shortcut]) -> None:
        """List these keys, and after them those that stand in no menu."""
        further = (
            Shortcut(tr(section), keys, tr(what)) for section, rows in FURTHER_KEYS for keys, what in rows
        )
        self._shortcuts = (*of_menus, *further)
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Show the page in the colours of `theme`."""
        self._theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Show what has every word of the field."""
        words = self.search.text().casefold().split()
        topics = [(tr(title), tr(text)) for title, text in TOPICS]
        found = [topic for topic in topics if _has(words, *topic)]
        keys = [one for one in self._shortcuts if _has(words, one.section, one.keys, one.what)]
        parts = [self._topic(title, text) for title, text in found]
        for section in dict.fromkeys(one.section for one in keys):
            parts.append(self._section(section, [one for one in keys if one.section == section]))
        self.page.setHtml("".join(parts) or _paragraph(tr("The help has nothing with these words.")))

    def _topic(self, title: str, text: str) -> str:
        return f"<h4>{html.escape(title)}</h4>{_paragraph(text)}"

    def _section(self, title: str, rows: Sequence[Shortcut]) -> str:
        cells = "".join(
            f'<tr><td style="color:{self._theme.accent}; padding-right:14px; white-space:nowrap">'
            f"{html.escape(one.keys)}</td><td>{html.escape(one.what)}</td></tr>"
            for one in rows
        )
        return f'<h4>{html.escape(title)}</h4><table cellspacing="0" cellpadding="2">{cells}</table>'


def _has(words: Sequence[str], *texts: str) -> bool:
    """Whether every word is somewhere in the texts."""
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words)


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
