"""The entry point of the window."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from app import dialogs
from app.icons import app_icon
from app.settings import UserPaths
from app.window import Window
from app.worker import solver_services

log = logging.getLogger(__name__)


def report_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an error nobody expected, and tell the person that their work is safe to save."""
    log.critical("unexpected error", exc_info=(kind, error, trace))
    window = QApplication.activeWindow()
    if window is not None:
        text = f"{kind.__name__}: {error}\n\nYou can go on. Save your work and start again if it looks wrong."
        dialogs.show_error(window, "Something went wrong", text)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, with a puzzle or program file when one is named; return the exit code."""
    parser = argparse.ArgumentParser(prog="glossa", description="A workbench for ARC puzzles.")
    parser.add_argument("file", nargs="?", type=Path, help="an ARC task or a Glossa program, as JSON")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    app.setApplicationName("Glossa")
    app.setDesktopFileName("glossa")
    app.setWindowIcon(app_icon())
    sys.excepthook = report_crash
    window = Window(solver_services(), UserPaths.default())
    window.show()
    window.offer_recovery()
    if arguments.file is not None:
        window.open_path(arguments.file)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
