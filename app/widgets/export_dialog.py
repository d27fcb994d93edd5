"""One dialog for everything that can be taken out of the window, with a preview."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
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
from app.translate import tr
from app.widgets.parts import label
from solver.words.program import ProgramError

SIZE = (860, 560)
LIST_WIDTH, ROW_HEIGHT = 190, 34
PREVIEW_CHARACTERS = 6000


class ExportDialog(QDialog):
    """Choose a format, look at what it will be, and write it."""

    def __init__(self, export: Export, write: Callable[[Format], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._export = export
        self._write = write
        self._picture = QPixmap()
        self._build()
        self.formats.setCurrentRow(0)

    def _build(self) -> None:
        self.formats = QListWidget()
        self.formats.setAccessibleName(tr("Format"))
        self.formats.setFixedWidth(LIST_WIDTH)
        for form in FORMATS.values():
            item = QListWidgetItem(tr(form.title))
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            item.setData(Qt.ItemDataRole.UserRole, form.key)
            self.formats.addItem(item)
        self.about = label("", "muted")
        self.image = QLabel()
        self.image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.image.setMinimumSize(200, 200)
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
        right.addWidget(self.preview, 1)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self.formats)
        layout.addLayout(right, 1)
        self.formats.currentRowChanged.connect(self.refresh)
        self.save.clicked.connect(self._on_save)
        close.clicked.connect(self.reject)

    @property
    def chosen(self) -> Format:
        """The format selected."""
        return FORMATS[self.formats.currentItem().data(Qt.ItemDataRole.UserRole)]

    def choose(self, key: str) -> None:
        """Select a format, as if it were clicked."""
        self.formats.setCurrentRow(list(FORMATS).index(key))

    def refresh(self) -> None:
        """Show what the chosen format would write."""
        form = self.chosen
        self.about.setText(tr(form.about))
        if form.key in PICTURES:
            self._picture.loadFromData(png_bytes(self._export.scene, self._export.position))
            self.image.setAccessibleName(tr("Preview: {about}", about=tr(form.about)))
            self._fit()
            self.preview.setCurrentWidget(self.image)
        else:
            content = self._text_of(form)
            more = "\n…" if len(content) > PREVIEW_CHARACTERS else ""
            self.text.setPlainText(content[:PREVIEW_CHARACTERS] + more)
            self.preview.setCurrentWidget(self.text)

    def _text_of(self, form: Format) -> str:
        """Return what a file would say, or why it cannot be written."""
        try:
            content = form.make(self._export).decode()
        except ProgramError as error:
            return str(error)
        return tr("Made from this program:") + f"\n\n{content}" if form.slow else content

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self.preview.size() * ratio
        shown = self._picture
        if shown.width() > room.width() or shown.height() > room.height():
            smooth = Qt.TransformationMode.SmoothTransformation
            shown = shown.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        shown.setDevicePixelRatio(ratio)
        self.image.setPixmap(shown)

    def _on_save(self) -> None:
        if self._write(self.chosen):
            self.accept()
