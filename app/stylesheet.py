"""The style sheet of the window, with the names of theme colours in place of colours."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib.resources import files

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.theme import Theme

TEMPLATE = """
QWidget { color: @text; }
QMainWindow, QMainWindow::separator { background: @window; }
QMainWindow::separator { width: 1px; height: 1px; background: @border; }
QMainWindow::separator:hover { background: @accent; }
QDockWidget { color: @muted; titlebar-close-icon: url(@icons/close-@name.svg);
    titlebar-normal-icon: url(@icons/float-@name.svg); }
QDockWidget::title { background: @surface; padding: 9px 12px 3px 12px; }
QWidget#bar { background: @surface; border-bottom: 1px solid @border; }
QLabel#answering, QLabel#editing { padding: 3px 16px; font-weight: 600; }
QLabel#answering { background: @accent_soft; color: @text; }
QLabel#editing { background: @warn; color: @surface; }
QFrame#divider { background: @border; margin: 0 8px; min-width: 1px; max-width: 17px; border: none; }
QWidget#panel { background: @surface; }
QScrollArea { border: none; }
QWidget#canvas { background: @window; }

QMenuBar { background: @surface; border-bottom: 1px solid @border; padding: 2px 6px; }
QMenuBar::item { padding: 5px 10px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @raised; }
QMenu { background: @surface; border: 1px solid @border; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 24px; border-radius: 5px; }
QMenu::item:selected { background: @accent_soft; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @border; margin: 5px 8px; }
QStatusBar { background: @surface; color: @muted; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 5px 7px; }

QPushButton, QToolButton { background: @raised; border: 1px solid @border; border-radius: 7px;
    padding: 6px 12px; }
QToolButton { padding: 6px; }
QPushButton:hover, QToolButton:hover { border-color: @accent; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @accent_soft;
    border-color: @accent; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton:disabled, QToolButton:disabled { color: @muted; background: @surface; border-color: @border; }
QPushButton#primary { background: @accent; color: @on_accent; border-color: @accent; font-weight: 600;
    padding: 8px 14px; }
QPushButton#primary:focus { border-color: @text; }
QPushButton#primary:disabled { background: @raised; color: @muted; border-color: @border; }
QToolButton#flat, QPushButton#flat { background: transparent; border: 1px solid transparent; }
QPushButton#flat { padding: 6px 9px; }
QToolButton#flat:hover, QPushButton#flat:hover { background: @raised; }
QToolButton#flat:focus, QPushButton#flat:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QToolButton#flat:checked { background: @accent_soft; border-color: @accent; }

QPushButton#link { background: transparent; border: none; padding: 1px 0; color: @accent; text-align: left; }
QPushButton#link:hover, QPushButton#link:focus { text-decoration: underline; }

QToolButton#swatch { background: transparent; border: 2px solid transparent; border-radius: 7px;
    padding: 1px; }
QToolButton#swatch:hover { border-color: @border; }
QToolButton#swatch:checked, QToolButton#swatch:focus { border-color: @accent; }

QToolButton#small { background: transparent; color: @muted; border: 1px solid @border; border-radius: 5px;
    padding: 0 5px; font-size: 11px; }
QToolButton#small:hover, QToolButton#small:focus { border-color: @accent; }
QToolButton#small:checked { background: @accent_soft; color: @text; border-color: @accent; }

QTabBar { background: @surface; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; padding: 7px 14px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { color: @text; }

QLineEdit, QComboBox, QSpinBox { background: @window; border: 1px solid @border; border-radius: 7px;
    padding: 6px 9px; selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: @accent; }
QSpinBox QLineEdit { border: none; padding: 0 0 0 7px; background: transparent; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(@icons/chevron.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; padding: 4px;
    selection-background-color: @accent_soft; selection-color: @text; outline: none; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 4px;
    background: @window; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent;
    image: url(@icons/tick-@name.svg); }
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: @accent; }

QDialog { background: @window; }
QPlainTextEdit { background: @surface; border: 1px solid @border; border-radius: 7px; padding: 6px;
    font-family: monospace; selection-background-color: @accent; selection-color: @on_accent; }
QListView, QTableView { background: @surface; border: none; outline: none; }
QTreeView { background: @surface; border: none; outline: none; show-decoration-selected: 1;
    selection-background-color: @accent_soft; selection-color: @text; }
QTreeView::item { padding: 2px 0; }
QTreeView::item:hover { background: @raised; }
QTreeView::item:selected { background: @accent_soft; color: @text; }
QTabWidget::pane { border: none; background: @surface; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: @border; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QHeaderView, QTableCornerButton::section { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none;
    border-bottom: 1px solid @border; padding: 6px 8px; }
QTableView::item { padding-left: 5px; }
QTableView { selection-background-color: @accent_soft; selection-color: @text; }
QListWidget::item { padding: 6px 8px; border-radius: 6px; margin-bottom: 2px; }
QListWidget::item:hover { background: @raised; }
QListWidget::item:disabled { color: @muted; }
QListWidget::item:selected { background: @accent_soft; color: @text; }
QLabel#title { font-size: 21px; font-weight: 600; }
QLabel#heading { color: @muted; font-size: 11px; font-weight: 600; }
QLabel#stale { color: @warn; font-size: 11px; font-weight: 600; }
QLabel#muted { color: @muted; }
QLabel#current { color: @accent; }
QLabel#good { color: @good; font-weight: 600; }
QLabel#bad { color: @bad; font-weight: 600; }
QLabel#warn { color: @warn; font-weight: 600; }
QFrame#rule { background: @border; max-height: 1px; border: none; }
QFrame#card { background: @raised; border: 1px solid @border; border-radius: 9px; }

QFrame#column, QFrame#parting { border: 2px solid transparent; border-radius: 9px; }
QFrame#parting { border-color: @accent; background: @surface; }

QFrame#plot { background: @window; border: 1px solid @border; border-radius: 8px; }

QPushButton#chip { background: @raised; border: 1px solid @border; border-radius: 13px; padding: 4px 11px; }
QToolButton#gap { background: transparent; border: 1px solid transparent; border-radius: 12px;
    color: @muted; font-size: 15px; padding: 0 0 2px 0; }
QToolButton#gap:hover:enabled, QToolButton#gap:focus:enabled { background: @raised; border-color: @accent;
    color: @accent; }
QPushButton#chip:hover { border-color: @accent; }
QPushButton#chip:focus { border-color: @accent; }
QPushButton#chip:checked { background: @accent; border-color: @accent; color: @on_accent; }
QPushButton#chip[stops="true"], QPushButton#chip[stops="true"]:checked, QPushButton#chip[stops="true"]:hover {
    border: 2px solid @bad; padding: 3px 10px; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
    background: @accent; border: none; }
QSlider::handle:horizontal:focus { background: @text; }
QSlider::groove:horizontal:disabled, QSlider::sub-page:horizontal:disabled,
QSlider::handle:horizontal:disabled { background: @border; }

QScrollBar:vertical { background: transparent; width: 9px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 9px; margin: 2px; }
QScrollBar::handle { background: @border; border-radius: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole application in `theme`."""
    app.setPalette(_palette(theme))
    colours = {field.name: getattr(theme, field.name) for field in fields(theme)}
    colours["icons"] = str(files("assets").joinpath("icons")).replace("\\", "/")
    app.setStyleSheet(re.sub(r"@(\w+)", lambda match: colours[match[1]], TEMPLATE))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.raised,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.surface,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette
