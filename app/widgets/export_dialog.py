"""One dialog for everything that can be taken out of the window, with a preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.export.formats import FORMATS, PICTURES, Export, Format
from app.export.picture import png_bytes
from app.theme import GridLook
from app.translate import tr
from app.widgets.parts import label
from app.widgets.picture_options import PictureControls
from app.widgets.picture_preview import PicturePreview
from solver.words.program import ProgramError

SIZE = (860, 560)
LIST_WIDTH, ROW_HEIGHT = 190, 34
PREVIEW_CHARACTERS = 6000


class ExportDialog(QDialog):
    """Choose a format, look at what it will be, and write it; what needs a program is grey without one."""

    def __init__(self, export: Export, write: Callable[[Export, Format], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._export = export
        self._write = write
        self._build()
        self.formats.setCurrentRow(0)

    def _build(self) -> None:
        self._list_formats()
        self.about = label("", "muted")
        scene = self._export.scene
        self.controls = PictureControls(scene.options, scene.look.palette)
        self.image = PicturePreview()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Preview"))
        self.preview = QStackedWidget()
        self.preview.addWidget(self.image)
        self.preview.addWidget(self.text)
        self.save = QPushButton(tr("Save as…"))
        self.save.setObjectName("primary")
        self.save.setDefault(True)
        close = QPushButton(tr("Close"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.save)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.about)
        right.addWidget(self.controls)
        right.addWidget(self.preview, 1)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self.formats)
        layout.addLayout(right, 1)
        self.formats.currentRowChanged.connect(self.refresh)
        self.controls.changed.connect(self.refresh)
        self.save.clicked.connect(self._on_save)
        close.clicked.connect(self.reject)

    def _list_formats(self) -> None:
        self.formats = QListWidget()
        self.formats.setAccessibleName(tr("Format"))
        self.formats.setFixedWidth(LIST_WIDTH)
        for form in FORMATS.values():
            item = QListWidgetItem(tr(form.title))
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            item.setData(Qt.ItemDataRole.UserRole, form.key)
            if form.needs_program and self._export.scene.candidate is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(tr("Solve the puzzle first: this is made of a program"))
            self.formats.addItem(item)

    @property
    def chosen(self) -> Format:
        """The format selected."""
        return FORMATS[self.formats.currentItem().data(Qt.ItemDataRole.UserRole)]

    def choose(self, key: str) -> None:
        """Select a format, as if it were clicked."""
        self.formats.setCurrentRow(list(FORMATS).index(key))

    @property
    def export(self) -> Export:
        """What is exported, as it is chosen now."""
        scene = self._export.scene
        look = GridLook(self.controls.palette_chosen, scene.look.marks)
        return replace(self._export, scene=replace(scene, look=look, options=self.controls.chosen))

    def refresh(self) -> None:
        """Show what the chosen format would write."""
        form = self.chosen
        self.about.setText(tr(form.about))
        self.controls.setVisible(form.key in PICTURES)
        if form.key in PICTURES:
            self._show_picture()
            self.image.setAccessibleName(tr("Preview: {about}", about=tr(form.about)))
            self.preview.setCurrentWidget(self.image)
        else:
            content = self._text_of(form)
            more = "\n…" if len(content) > PREVIEW_CHARACTERS else ""
            self.text.setPlainText(content[:PREVIEW_CHARACTERS] + more)
            self.preview.setCurrentWidget(self.text)

    def _show_picture(self) -> None:
        try:
            self.image.show_png(png_bytes(self.export.scene, self._export.position))
        except ProgramError as error:
            self.image.say(str(error))

    def _text_of(self, form: Format) -> str:
        """Return what a file would say, or why it cannot be written."""
        try:
            content = form.make(self._export).decode()
        except ProgramError as error:
            return str(error)
        return tr("Made from this program:") + f"\n\n{content}" if form.slow else content

    def _on_save(self) -> None:
        if self._write(self.export, self.chosen):
            self.accept()
