"""The settings: how things look, what is offered, and the language; every change shows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.probes import PROBES
from app.settings import Settings
from app.state.view import THEME_CHOICES, ViewOptions
from app.theme import MARKS, PALETTES
from app.translate import languages, tr
from app.widgets.grid_view import GridView
from app.widgets.parameters import REMEMBER
from app.widgets.parts import label

WIDTH = 420
SAMPLE_CELL = 22
"""Logical pixels of a cell of the sample grid."""


class SettingsDialog(QDialog):
    """Theme, cell colours, marks, rulers, tool set and language, with a sample grid."""

    def __init__(self, view: ViewOptions, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self._view, self._settings = view, settings
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(10)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._add_choices()
        self.sample = GridView(tr("Sample"), view.look, view.theme)
        self.sample.show_grid(PROBES[1])
        self.sample.set_cell(SAMPLE_CELL)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(self._form)
        self._form.addRow("", self.sample)
        layout.addWidget(buttons)
        view.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the sample as grids look now."""
        self.sample.set_look(self._view.look, self._view.theme)
        self.sample.set_rulers(self._view.rulers)

    def _add_choices(self) -> None:
        view = self._view
        self.theme = self._choice(tr("Theme"), THEME_CHOICES, view.theme_choice, view.choose_theme)
        palettes = {palette.key: palette.title for palette in PALETTES}
        self.palette_ = self._choice(tr("Cell colours"), palettes, view.look.palette.key, view.choose_palette)
        self.marks = self._choice(tr("Write into cells"), MARKS, view.look.marks, view.choose_marks)
        self.rulers = self._switch(tr("Number rows and columns"), view.rulers, view.show_rulers)
        self.tools = self._switch(tr("Offer all drawing tools"), view.full_tools, view.show_full_tools)
        self.remember = self._switch(
            tr("Remember programs found"),
            self._settings.flag(REMEMBER, True),
            lambda on: self._settings.set(REMEMBER, on),
        )
        self.remember.setToolTip(
            tr("Keep programs that explain a puzzle; later searches try them on similar ones")
        )
        spoken = {code: QLocale(code).nativeLanguageName().capitalize() for code in languages()}
        self.language = self._choice(
            tr("Language"),
            {"system": tr("Follow the system"), **spoken},
            self._settings.text("view/language", "system"),
            lambda code: self._settings.set("view/language", code),
        )
        note = label(tr("Another language is spoken from the next start on."), "muted")
        note.setWordWrap(True)
        self._form.addRow("", note)

    def _choice(
        self, name: str, choices: Mapping[str, str], current: str, choose: Callable[[str], None]
    ) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for key, title in choices.items():
            box.addItem(tr(title), key)
        box.setCurrentIndex(max(0, box.findData(current)))
        box.currentIndexChanged.connect(lambda: choose(box.currentData()))
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        caption = label(name, "muted")
        caption.setMinimumHeight(box.sizeHint().height())
        self._form.addRow(caption, box)
        return box

    def _switch(self, name: str, checked: bool, choose: Callable[[bool], None]) -> QCheckBox:
        box = QCheckBox(name)
        box.setChecked(checked)
        box.toggled.connect(choose)
        self._form.addRow("", box)
        return box
