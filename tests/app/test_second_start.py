"""One window for each person: what a second start does to the first, and what becomes of its request."""

import inspect

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from app import dialogs
from app.single import Doorbell, hand_over


def test_a_request_is_told_from_the_event_loop_and_not_inside_its_sockets_signal(qtbot, tmp_path):
    """A dialog opened there would outlive the socket, and return into what is gone."""
    bell = Doorbell(str(tmp_path / "bell"))
    callers = []
    bell.rung.connect(lambda _reference: callers.extend(frame.function for frame in inspect.stack()))
    with qtbot.waitSignal(bell.rung):
        assert hand_over(str(tmp_path / "bell"), None)
    assert "_deliver" in callers
    assert not {"_on_message", "_on_connection"} & set(callers)


def test_a_request_waits_until_no_dialog_is_open(qtbot, window, tmp_path):
    bell = Doorbell(str(tmp_path / "bell"), ready=lambda: not dialogs.asks_something())
    heard, said = [], []

    def ask() -> None:
        box = QMessageBox(window)
        QTimer.singleShot(400, lambda: (said.append(list(heard)), box.accept()))
        box.exec()

    bell.rung.connect(heard.append)
    QTimer.singleShot(0, ask)
    QTimer.singleShot(100, lambda: hand_over(str(tmp_path / "bell"), "a/b"))
    qtbot.waitUntil(lambda: heard == ["a/b"], timeout=5000)
    assert said == [[]]


def test_an_unexpected_error_is_shown_from_the_event_loop(qtbot, window, user_paths, monkeypatch):
    from app.crash import crash_reporter

    shown = []
    monkeypatch.setattr(dialogs, "show_report", lambda _parent, title, *_: shown.append(title))
    crash_reporter(user_paths.log_file)(ValueError, ValueError("of a kind"), None)
    assert not shown
    qtbot.waitUntil(lambda: shown == ["ValueError: of a kind"])
