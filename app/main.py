"""The entry point of the window."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWidgets import QApplication

from app.actions import make_window
from app.collector import Collector
from app.crash import crash_reporter, start_log
from app.dialogs import asks_something, show_error
from app.icons import app_icon
from app.profile_lock import ProfileLock
from app.services import solver_services
from app.settings import Settings, UserPaths
from app.single import Doorbell, Reply, claim, instance_address
from app.state.moment import SCHEME
from app.translate import tr, use_language
from app.window import Window
from puzzles.collections import names_puzzle


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, with a puzzle or a file when one is named; return the exit code."""
    given = sys.argv[1:] if argv is None else list(argv)
    named = _named(given)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    app.setApplicationName("Glossa")
    app.setDesktopFileName("glossa")
    app.setWindowIcon(app_icon())
    paths = UserPaths.default()
    use_language(Settings(paths).text("view/language", "system"))
    lock = ProfileLock(paths.data)
    unkept = paths.why_nothing_is_kept()
    kept_out = None if unkept else _kept_out(lock, named)
    if kept_out is not None:
        return kept_out
    start_log(paths.log_file)
    sys.excepthook = crash_reporter(paths.log_file)
    collector = Collector(app, at_once=False)
    window = make_window(solver_services(None if unkept else paths.memory), paths)
    window.client.vocabulary_ready.connect(collector.settle)
    window.client.vocabulary_failed.connect(collector.settle)
    window.show()
    if unkept:
        _say_unkept(window, unkept)
    else:
        _listen(window, paths)
        window.offer_recovery()
        window.offer_tour()
    if named is not None:
        window.open_named(named)
    else:
        window.reopen()
    status = app.exec()
    collector.stop()
    lock.release()
    return status


def _listen(window: Window, paths: UserPaths) -> None:
    """Open what later starts are given; where no socket is safe they are told that this one hangs."""
    try:
        address = instance_address(paths.data)
    except OSError as error:
        logging.getLogger(__name__).warning("later starts cannot be heard: %s", error)
        return
    bell = Doorbell(address, window, lambda: window.isVisible() and not asks_something())
    bell.rung.connect(window.answer_door)
    bell.knocked.connect(window.activateWindow)


def _say_unkept(window: Window, reason: str) -> None:
    """Say that this session works and leaves nothing behind."""
    text = tr(
        "Nothing can be written there, so settings, answers and unsaved work are not kept: {reason}. "
        "You can go on, and save files elsewhere.",
        reason=reason,
    )
    print(f"glossa: {text}", file=sys.stderr, flush=True)
    QTimer.singleShot(0, window, lambda: show_error(window, tr("Nothing is kept"), text))


def _kept_out(lock: ProfileLock, named: str | None) -> int | None:
    """Return None when the window is ours, else the exit code: another has answered, or does not."""
    try:
        reply = claim(lock, named)
    except OSError as error:  # a disk that knows no locks
        print(f"glossa: {lock.file}: {error.strerror or error}", file=sys.stderr, flush=True)
        return None
    if reply is None or reply is Reply.DONE:
        return None if reply is None else 0
    text = tr(
        "Glossa is running already (process {process}), but it does not answer. End it and start again.",
        process=lock.owner() or "?",
    )
    print(f"glossa: {text}", file=sys.stderr, flush=True)
    show_error(None, "Glossa", text)
    return 2


def _named(arguments: Sequence[str]) -> str | None:
    """What to open, as another window can open it wherever it was started: an id, or a file's whole path."""
    parser = argparse.ArgumentParser(
        prog="glossa",
        description="A workbench for ARC puzzles.",
        epilog="`glossa --help` lists the commands that need no window.",
    )
    parser.add_argument(
        "file",
        nargs="?",
        help="a task, program, folder, Kaggle file or submission, an id such as arc1-train/67a3c6ac, or a "
        "link to a moment",
    )
    given: str | None = parser.parse_args(arguments).file
    if given is not None and given.startswith("file://"):  # as desktops hand over what is clicked
        given = QUrl(given).toLocalFile()
    if given is None or given.startswith(SCHEME) or names_puzzle(given):
        return given
    return str(Path(given).resolve())


if __name__ == "__main__":
    sys.exit(main())
