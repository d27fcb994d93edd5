"""Errors nobody expected: written to the log file, and shown with a report that can be copied."""

from __future__ import annotations

import logging
import platform
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import dialogs
from app.translate import mark, tr

LOG_BYTES = 500_000
ADVICE = mark("You can go on. Save your work, and start again if something looks wrong.")
log = logging.getLogger(__name__)
ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def start_log(file: Path) -> None:
    """Write warnings and errors to `file` and to the terminal; to the terminal alone where it cannot be."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8"))
    except OSError as error:
        print(f"glossa: no log file: {error}")
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form, handlers=handlers)


def crash_reporter(file: Path) -> ExceptHook:
    """Return an exception hook whose reports name the log `file`.

    While a report is shown further errors are only logged, so that an error in painting cannot bury the
    screen in dialogs. The report waits for the window's event loop: the error may come from another thread,
    or out of the middle of a signal of an object that is gone before the dialog is answered.
    """
    showing = False

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log the error and show it, unless another is being shown."""
        nonlocal showing
        log.critical("unexpected error", exc_info=(kind, error, trace))
        app = QApplication.instance()
        if app is None or showing:
            return
        showing = True
        title, text = f"{kind.__name__}: {error}", report_text(error, file)
        QTimer.singleShot(0, app, lambda: show(title, text))

    def show(title: str, text: str) -> None:
        """Show a report over the window that is in front."""
        nonlocal showing
        try:
            window = QApplication.activeWindow()
            if window is not None:
                dialogs.show_report(window, title, tr(ADVICE), text)
        finally:
            showing = False

    return report


def report_text(error: BaseException, file: Path) -> str:
    """Write what somebody who mends it needs to know; nothing about the person's puzzles."""
    versions = f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.platform()}"
    trace = "".join(traceback.format_exception(error))
    return f"Glossa\n{versions}\nlog file: {file}\n\n{trace}"
