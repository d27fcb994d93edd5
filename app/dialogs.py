"""The questions and messages of the window, each a function so that tests can answer them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.plain import make_plain
from app.translate import mark, tr
from puzzles.storage import write_whole

LOG_SIZE = (760, 440)
TASK_FILTER = mark("Puzzles and programs (*.json *.jsonl *.gz *.zip *.npz);;All files (*)")
Answer = Literal["save", "discard", "cancel"]
ForeignAnswer = Literal["overwrite", "save as", "reload", "cancel"]


def asks_something() -> bool:
    """Whether a dialog or menu is open: its event loop runs inside of what opened it."""
    return QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None


def show_error(parent: QWidget | None, title: str, text: str) -> None:
    """Say what went wrong."""
    _message(parent, QMessageBox.Icon.Warning, title, text).exec()


def show_text(parent: QWidget, title: str, text: str) -> None:
    """Show a longer text that needs no answer."""
    _message(parent, QMessageBox.Icon.Information, title, text).exec()


def _message(
    parent: QWidget | None,
    icon: QMessageBox.Icon,
    title: str,
    text: str,
    buttons: QMessageBox.StandardButton = QMessageBox.StandardButton.Ok,
) -> QMessageBox:
    """Return a message box whose text is shown as it is written."""
    box = QMessageBox(icon, title, "", buttons, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    return box


def show_report(parent: QWidget, title: str, advice: str, report: str) -> None:
    """Say that something went wrong, with a report that can be copied."""
    none = QMessageBox.StandardButton.NoButton
    box = _message(parent, QMessageBox.Icon.Warning, tr("Something went wrong"), title, none)
    box.setInformativeText(advice)
    box.setDetailedText(report)
    copy = box.addButton(tr("Copy the report"), QMessageBox.ButtonRole.ActionRole)
    save = box.addButton(tr("Save the report…"), QMessageBox.ButtonRole.ActionRole)
    close = box.addButton(QMessageBox.StandardButton.Close)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.exec()
    if box.clickedButton() is copy:
        QGuiApplication.clipboard().setText(report)
    elif box.clickedButton() is save:
        save_report(parent, report)


def save_report(parent: QWidget, report: str) -> None:
    """Write a report where the person says; say so where that is not possible."""
    title = tr("Save the report…").rstrip("…")
    path = ask_save(parent, title, Path("glossa-report.txt"), tr("Text (*.txt)"), ".txt")
    if path is None:
        return
    try:
        write_whole(path, report)
    except OSError as error:
        show_error(parent, title, f"{path}: {error.strerror or error}")


def show_lines(parent: QWidget, title: str, text: str) -> None:
    """Show many lines that can be scrolled, selected and copied."""
    _lines_dialog(parent, title, text, QDialogButtonBox.StandardButton.Close).exec()


def preview_lines(parent: QWidget, title: str, text: str) -> bool:
    """Show what a file will say; return whether the person wants it written."""
    choices = QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
    return _lines_dialog(parent, title, text, choices).exec() == QDialog.DialogCode.Accepted


def _lines_dialog(
    parent: QWidget, title: str, text: str, choices: QDialogButtonBox.StandardButton
) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.resize(*LOG_SIZE)
    lines = QPlainTextEdit(text)
    lines.setReadOnly(True)
    lines.setAccessibleName(title)
    buttons = QDialogButtonBox(choices)
    copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(lines)
    layout.addWidget(buttons)
    return dialog


def ask_name(parent: QWidget, word: str, current: str) -> str | None:
    """Ask what to call a word; None when the person thinks better of it, empty to take a name away."""
    return _ask_text(parent, tr("Name a word"), tr("What does {word} do?", word=word), current)


def ask_program_name(parent: QWidget, current: str) -> str | None:
    """Ask what to call a remembered program; None when the person thinks better of it or names nothing."""
    text = _ask_text(parent, tr("Rename the program"), tr("What should it be called?"), current)
    return text.strip() or None if text is not None else None


def ask_note(parent: QWidget, puzzle: str, current: str) -> str | None:
    """Ask what to note about a puzzle; None when the person thinks better of it, empty to take it away."""
    question = tr("What is to be remembered about {puzzle}?", puzzle=puzzle)
    return _ask_text(parent, tr("Note"), question, current, lines=True)


def _ask_text(parent: QWidget, title: str, question: str, current: str, *, lines: bool = False) -> str | None:
    """Ask for a line of text or for several; None when the person thinks better of it."""
    dialog = QInputDialog(parent)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput, lines)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setTextValue(current)
    make_plain(dialog)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.textValue() if accepted else None


def ask_open(parent: QWidget, folder: str) -> Path | None:
    """Ask for a file to open, None when the person thinks better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, tr("Open a puzzle or a program"), folder, tr(TASK_FILTER))
    return Path(name) if name else None


def ask_submission(parent: QWidget, folder: str) -> Path | None:
    """Ask for a submission, None when the person thinks better of it."""
    return _ask_json(parent, tr("Score a submission"), folder)


def ask_solutions(parent: QWidget, folder: str) -> Path | None:
    """Ask for a file of solutions, None when the person thinks better of it."""
    return _ask_json(parent, tr("Choose a file of solutions"), folder)


def _ask_json(parent: QWidget, title: str, folder: str) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, title, folder, tr("JSON (*.json *.gz);;All files (*)"))
    return Path(name) if name else None


def ask_folder(parent: QWidget, folder: str) -> Path | None:
    """Ask for a folder of tasks, None when the person thinks better of it."""
    name = QFileDialog.getExistingDirectory(parent, tr("Add a folder of tasks"), folder)
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, suggestion: Path, kind: str, ending: str) -> Path | None:
    """Ask where to write a file of `kind`, e.g. "GIF animation (*.gif)"; None for nowhere.

    A name without suffix gets `ending`, e.g. ".program.json". Only then is it looked for: whoever chose a
    file that exists has agreed to replacing that very file.
    """
    while True:
        name, _ = QFileDialog.getSaveFileName(
            parent, title, str(suggestion), kind, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if not name:
            return None
        path = Path(name)
        if not path.suffix.strip("."):
            path = path.with_name(path.name.rstrip(".") + ending)
        if not os.path.lexists(path) or ask_to_replace(parent, path.name):
            return path
        suggestion = path


def ask_to_replace(parent: QWidget, file: str) -> bool:
    """Ask whether a `file` that exists may be replaced."""
    text = tr("{file} exists already. Replace it?", file=file)
    cancel = QMessageBox.StandardButton.Cancel
    box = _message(parent, QMessageBox.Icon.Warning, tr("Replace the file?"), text, cancel)
    replace = box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(cancel)
    box.exec()
    return box.clickedButton() is replace


def ask_to_delete_recording(parent: QWidget, name: str) -> bool:
    """Ask whether what was performed to teach the procedure `name` may go."""
    return _ask_to_lose(parent, tr("Delete the recording?"), tr("Delete the recording of {name}?", name=name))


def ask_to_remove_procedure(parent: QWidget, name: str) -> bool:
    """Ask whether the taught procedure `name` may go."""
    text = tr("Remove {name}? Its recording stays, so that it can be taught again.", name=name)
    return _ask_to_lose(parent, tr("Remove the procedure?"), text)


def ask_to_delete_word(parent: QWidget, name: str) -> bool:
    """Ask whether the word that the person called `name` may go."""
    text = tr("Delete “{word}”? Programs that were made with it keep its steps.", word=name)
    return _ask_to_lose(parent, tr("Delete the word?"), text)


def _ask_to_lose(parent: QWidget, title: str, text: str) -> bool:
    cancel = QMessageBox.StandardButton.Cancel
    box = _message(parent, QMessageBox.Icon.Warning, title, text, cancel)
    remove = box.addButton(tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(cancel)
    box.exec()
    return box.clickedButton() is remove


def ask_about_changes(parent: QWidget, name: str) -> Answer:
    """Ask what to do with unsaved changes to the puzzle called `name`."""
    buttons = QMessageBox.StandardButton
    choices = buttons.Save | buttons.Discard | buttons.Cancel
    text = tr("Save the changes to {name} first?", name=name)
    box = _message(parent, QMessageBox.Icon.Question, tr("Unsaved changes"), text, choices)
    box.setDefaultButton(buttons.Save)
    answer = box.exec()
    if answer == buttons.Save:
        return "save"
    return "discard" if answer == buttons.Discard else "cancel"


def ask_to_recover(parent: QWidget, name: str) -> bool:
    """Ask whether to bring back work that was never saved."""
    buttons = QMessageBox.StandardButton
    text = tr("Glossa ended without saving your work on {name}. Bring it back?", name=name)
    box = _message(parent, QMessageBox.Icon.Question, tr("Unsaved work"), text, buttons.Yes | buttons.No)
    box.setDefaultButton(buttons.Yes)
    return box.exec() == buttons.Yes


def ask_about_padding(parent: QWidget, name: str, value: int) -> bool:
    """Ask whether to cut away the `value` that the grids of the collection called `name` are padded with."""
    buttons = QMessageBox.StandardButton
    text = tr("The grids of {name} are padded with {value}. Cut the padding away?", name=name, value=value)
    box = _message(parent, QMessageBox.Icon.Question, tr("Padding"), text, buttons.Yes | buttons.No)
    box.setInformativeText(tr("With it, puzzles can be looked at and not solved. The file stays as it is."))
    box.setDefaultButton(buttons.Yes)
    return box.exec() == buttons.Yes


def ask_about_foreign_change(parent: QWidget, file: str) -> ForeignAnswer:
    """Ask what to do with a `file` that another program has changed and that is to be saved over."""
    text = tr("{file} was changed by another program since it was opened here.", file=file)
    cancel = QMessageBox.StandardButton.Cancel
    box = _message(parent, QMessageBox.Icon.Warning, tr("Changed by another program"), text, cancel)
    box.setInformativeText(
        tr("Overwriting loses those changes, reloading loses yours; saving under another name keeps both.")
    )
    role = QMessageBox.ButtonRole
    save_as = box.addButton(tr("Save as…"), role.AcceptRole)
    answers: dict[QAbstractButton, ForeignAnswer] = {
        save_as: "save as",
        box.addButton(tr("Overwrite"), role.DestructiveRole): "overwrite",
        box.addButton(tr("Reload"), role.DestructiveRole): "reload",
    }
    box.setDefaultButton(save_as)
    box.setEscapeButton(cancel)
    box.exec()
    return answers.get(box.clickedButton(), "cancel")
