"""The dictionary: every word there is, with what it makes of a few grids."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import dialogs
from app.probes import WordEntry
from app.state.lexicon import Words, is_used, spelled, suggestions
from app.state.saved_programs import SavedPrograms
from app.state.workbench import Workbench
from app.texts_of_words import GROUPS, family_title
from app.translate import tr
from app.widgets.parts import label, make_surface
from app.widgets.word_card import WordCard
from app.widgets.word_rows import WordDelegate, WordList, said_of

ENOUGH = 8
"""Where fewer words are found, those that the typed text may become are offered too."""


def _chooser(name: str) -> QComboBox:
    chooser = QComboBox()
    chooser.setAccessibleName(name)
    chooser.setToolTip(name)
    chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    chooser.setMinimumContentsLength(8)
    return chooser


class Dictionary(QWidget):
    """Search the words, see what each is and where it is used, and put one into the program."""

    def __init__(self, bench: Workbench, programs: SavedPrograms) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._bench = bench
        self._programs = programs
        self._model = WordList()
        self._words: Words | None = None
        self._filled: WordEntry | None = None
        self._build()
        self._connect()
        self._say()
        self._describe()
        self.refresh()

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search words, or write one"))
        self.search.setAccessibleName(tr("Search words, or write one"))
        self.search.setClearButtonEnabled(True)
        self.group = _chooser(tr("Kind of words"))
        self.group.addItem(tr("All words"), "")
        for key, title in GROUPS.items():
            self.group.addItem(tr(title), key)
        self.family = _chooser(tr("Family of words"))
        self.message = label("", "muted", wrap=True)
        self.list = QListView()
        self.list.setAccessibleName(tr("Words"))
        self.list.setModel(self._model)
        self._delegate = WordDelegate(self._bench.view, self._bench.examples)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.card = WordCard(self._bench.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 10)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        kinds = QHBoxLayout()
        kinds.addWidget(self.group, 1)
        kinds.addWidget(self.family, 1)
        layout.addLayout(kinds)
        layout.addWidget(self.message)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.card)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        """Return the line at the bottom."""
        self.insert = QPushButton(tr("Insert"))
        self.insert.setToolTip(tr("Add the word after the step shown (double-click, Return)"))
        self.replace = QPushButton(tr("Replace"))
        self.replace.setToolTip(tr("Use the word in place of the step shown"))
        self.name = QPushButton(tr("Name…"))
        self.name.setToolTip(tr("Give the learned word a name of your own"))
        self.delete = QPushButton(tr("Delete…"))
        self.delete.setToolTip(tr("Delete the word you named; programs keep its steps"))
        self.delete.hide()
        buttons = QHBoxLayout()
        for button in (self.insert, self.replace, self.name, self.delete):
            buttons.addWidget(button)
        return buttons

    def _connect(self) -> None:
        bench = self._bench
        self.search.textChanged.connect(self._find)
        self.group.currentIndexChanged.connect(self._on_group)
        self.family.currentIndexChanged.connect(self._find)
        self.list.activated.connect(self._on_insert)
        self.list.customContextMenuRequested.connect(self._offer)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.card.changed.connect(self._fill)
        self.card.candidate_asked.connect(bench.run.choose)
        self._programs.changed.connect(self._describe)
        self.insert.clicked.connect(self._on_insert)
        self.replace.clicked.connect(self._on_replace)
        self.name.clicked.connect(self._on_name)
        self.delete.clicked.connect(self._on_delete)
        bench.vocabulary_changed.connect(self._on_vocabulary)
        bench.run.changed.connect(self.refresh)
        bench.run.candidate_changed.connect(self._describe)
        bench.timeline.moved.connect(self.refresh)
        bench.document.opened.connect(self.refresh)
        bench.view.changed.connect(self.list.viewport().update)
        bench.examples.ready.connect(self.list.viewport().update)

    def showEvent(self, event: QShowEvent) -> None:
        """List the words when they are first looked at: the window starts without knowing them."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._on_shown)  # behind another tab it is shown for a moment only

    def _on_shown(self) -> None:
        if self._words is None and not self.visibleRegion().isEmpty():
            self._list_words()

    @property
    def chosen(self) -> WordEntry | None:
        """The word selected, with the values that were put into its places."""
        if self._filled is not None:
            return self._filled
        entry = self.list.currentIndex().data(WordList.ENTRY)
        return entry if isinstance(entry, WordEntry) else None

    def choose(self, name: str) -> None:
        """Select the word called `name`, as if it were clicked; one that is not listed is written."""
        if self._words is None:
            self._list_words()
        if self._select(name):
            return
        if spelled(name) is not None:
            self.group.setCurrentIndex(0)
            self.search.setText(name)
            self._select(name)

    def _select(self, name: str) -> bool:
        for row, entry in enumerate(self._model.entries):
            if entry.name == name:
                index = self._model.index(row, 0)
                self.list.setCurrentIndex(index)
                QTimer.singleShot(0, self, self._show_chosen)  # when the card below has its height
                return True
        return False

    def _show_chosen(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.list.scrollTo(self.list.currentIndex())

    def refresh(self) -> None:
        """Enable what can be done with the word selected."""
        entry = self.chosen
        self.name.setEnabled(entry is not None and entry.kind == "learned")
        named = entry is not None and entry.steps is not None
        self.name.setVisible(not named)
        self.delete.setVisible(named)
        ready = entry is not None and self._bench.can_use(entry)
        self.insert.setEnabled(ready)
        self.replace.setEnabled(ready and self._bench.timeline.position > 0)

    def _on_chosen(self) -> None:
        self._filled = None
        self.refresh()
        self._describe()

    def _fill(self, name: str) -> None:
        """Take the word with another value in one place."""
        entry = spelled(name)
        if entry is not None:
            self._filled = entry
            self.refresh()
            self._describe()

    def _describe(self) -> None:
        """Say what is known of the word selected."""
        entry = self.chosen
        if entry is None:
            self.card.hide()
            return
        learned = entry.fingerprint if entry.kind == "learned" else ""
        files = self._programs.where(lambda words: is_used(entry, words), learned)
        candidates = [c for c in self._bench.run.candidates if is_used(entry, c.program.words)]
        changeable = entry.kind != "learned" and entry.steps is None
        arguments = self._bench.client.arguments(entry.name) if changeable else ()
        self.card.show_word(entry, files, candidates, arguments)

    def _offer(self, at: QPoint) -> None:
        """Offer wishes about the word under the mouse, or the one selected."""
        entry = self.list.indexAt(at).data(WordList.ENTRY)
        if isinstance(entry, WordEntry) and not entry.code and entry.steps is None:
            self.wish_menu(entry).popup(self.list.viewport().mapToGlobal(at))

    def wish_menu(self, entry: WordEntry) -> QMenu:
        """Return the menu of the right button on a word; it is gone when it closes."""
        wishes, menu = self._bench.wishes, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Search without this word"), lambda: wishes.forbid(entry.name))
        menu.addAction(tr("Search with this word"), lambda: wishes.demand(entry.name))
        return menu

    def _on_insert(self) -> None:
        entry = self.chosen
        if entry is not None:
            self._bench.insert_word(entry)

    def _on_replace(self) -> None:
        entry = self.chosen
        if entry is not None:
            self._bench.replace_word(entry)

    def _on_name(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        name = dialogs.ask_name(self, entry.title, entry.given)
        if name is not None:
            self._bench.name_word(entry, name)

    def _on_delete(self) -> None:
        entry = self.chosen
        if entry is not None and entry.steps is not None and dialogs.ask_to_delete_word(self, entry.name):
            try:
                self._bench.named.delete(entry.name)
            except OSError as error:
                dialogs.show_error(self, tr("Delete the word?"), str(error.strerror or error))

    def _on_vocabulary(self) -> None:
        """List another vocabulary; without one only what is listed already."""
        if self._words is not None or self._bench.vocabulary:
            self._list_words()
        self._say()

    def _list_words(self) -> None:
        """List every word there is."""
        lexicon = self._bench.lexicon
        self._words = Words(lexicon, [said_of(entry) for entry in lexicon])
        self._list_families()
        self._find()

    def _say(self) -> None:
        """Say where learned words are, while there are none."""
        if self._bench.vocabulary_error:
            text = tr("The language could not be loaded.") + f"\n\n{self._bench.vocabulary_error}"
        else:
            text = "" if self._bench.vocabulary else tr("Loading the learned words…")
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _on_group(self) -> None:
        self._list_families()
        self._find()

    def _list_families(self) -> None:
        """Offer the families of the kind chosen."""
        chosen, group = self.family.currentData(), self.group.currentData()
        self.family.blockSignals(True)
        self.family.clear()
        self.family.addItem(tr("All families"), "")
        entries = self._words.entries if self._words is not None else ()
        families = dict.fromkeys(entry.family for entry in entries if group and entry.group == group)
        for family in filter(None, families):
            self.family.addItem(tr(family_title(group, family)), family)
        self.family.setCurrentIndex(max(0, self.family.findData(chosen)))
        self.family.setEnabled(self.family.count() > 2)
        self.family.blockSignals(False)

    def _find(self) -> None:
        """List what fits the text, the kind and the family; what the text may become below it."""
        if self._words is None:
            return
        before = self.list.currentIndex().data(WordList.ENTRY)
        text, group, family = self.search.text(), self.group.currentData(), self.family.currentData()
        found = list(self._words.find(text, group or "", family or ""))
        if text.strip() and len(found) < ENOUGH:
            written = (e for e in suggestions(text) if group in ("", e.group) and family in ("", e.family))
            found += written
        self._model.show(found)
        self._filled = None
        if not isinstance(before, WordEntry) or not self._select(before.name):
            self._describe()
        self.refresh()
