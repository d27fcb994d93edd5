"""One window for each person: what a second start does to the first, and what becomes of its request."""

import inspect
import os
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QMessageBox

from app import dialogs, single
from app.profile_lock import ProfileLock
from app.single import Doorbell, Reply, claim, hand_over, instance_address, runtime_folder
from puzzles.collections import open_puzzle
from puzzles.puzzle import save_puzzle

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from app.profile_lock import ProfileLock
assert ProfileLock(Path(sys.argv[1])).take()
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""
START = """
import sys
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication
from app import main

def run():
    print("window", flush=True)
    if sys.argv[1] == "until told":
        told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        told.activated.connect(QApplication.closeAllWindows)
    else:
        QTimer.singleShot(int(sys.argv[1]), QApplication.closeAllWindows)
    return original()

original = QApplication.exec
QApplication.exec = staticmethod(run)
sys.exit(main.main(sys.argv[2:]))
"""


@pytest.fixture
def address(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return instance_address(tmp_path / "data")


def environment(folder):
    folder.chmod(0o700)
    places = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(folder))
    return os.environ | places | {"QT_QPA_PLATFORM": "offscreen"}


def in_thread(do):
    """Call a function that waits for the window, which lives in this thread; its result comes as a list."""
    results = []
    threading.Thread(target=lambda: results.append(do()), daemon=True).start()
    return results


def hung_up(guest):
    return guest.state() is not QLocalSocket.LocalSocketState.ConnectedState


def start(folder, lives, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", START, str(lives), *arguments],
        cwd=ROOT,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hold(folder, seconds):
    """Return a process that holds the lock and does nothing."""
    command = [sys.executable, "-c", HOLD, str(folder), str(seconds)]
    held = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert held.stdout.readline() == "held\n"
    return held


def test_a_request_is_told_from_the_event_loop_and_not_inside_its_sockets_signal(qtbot, address):
    """A dialog opened there would outlive the socket, and return into what is gone."""
    bell = Doorbell(address)
    seen = []
    bell.rung.connect(
        lambda _: seen.append(({frame.function for frame in inspect.stack()}, list(bell._guests)))
    )
    reply = in_thread(lambda: hand_over(address, None))
    qtbot.waitUntil(lambda: reply == [Reply.DONE] and len(seen) == 1)
    callers, guests = seen[0]
    assert not callers & {"_look", "_on_message", "_on_connection"}
    assert not guests


def test_a_second_start_hands_its_file_to_the_first(window, puzzle, tmp_path, qtbot, address):
    assert hand_over(address, None) is Reply.GONE
    bell = Doorbell(address, window)
    bell.rung.connect(window.answer_door)
    path = tmp_path / "second.json"
    save_puzzle(puzzle, path)
    reply = in_thread(lambda: hand_over(address, str(path)))
    with qtbot.waitSignal(bell.rung) as rung:
        qtbot.waitUntil(lambda: reply == [Reply.DONE])
    assert rung.args == [str(path)]
    assert window.bench.document.puzzle.name == "second"
    with qtbot.waitSignal(bell.rung):
        in_thread(lambda: hand_over(address, "arc1-train/67a3c6ac"))
    assert window.bench.document.puzzle == open_puzzle("arc1-train/67a3c6ac")
    with qtbot.waitSignal(bell.rung) as rung:
        in_thread(lambda: hand_over(address, None))
    assert rung.args == [None]


def test_a_request_waits_until_no_dialog_is_open(qtbot, window, address):
    bell = Doorbell(address, window, ready=lambda: not dialogs.asks_something())
    heard, said, replies = [], [], []

    def ask():
        box = QMessageBox(window)
        QTimer.singleShot(700, lambda: (said.append(list(heard)), box.accept()))
        box.exec()

    knocks = []
    bell.knocked.connect(lambda: knocks.append(dialogs.asks_something()))
    bell.rung.connect(heard.append)
    QTimer.singleShot(0, ask)
    QTimer.singleShot(
        100, lambda: replies.append(in_thread(lambda: hand_over(address, "a/b", patience_s=5.0)))
    )
    qtbot.waitUntil(lambda: heard == ["a/b"] and replies == [[Reply.DONE]], timeout=15000)
    assert said == [[]]
    assert knocks == [True]


def test_a_request_to_a_window_that_closes_is_known_to_be_lost(qtbot, address):
    bell = Doorbell(address, ready=lambda: False)
    reply = in_thread(lambda: hand_over(address, "a/b"))
    qtbot.waitUntil(lambda: bool(bell._guests))
    bell._server.close()
    bell._dismiss(bell._guests[0])
    qtbot.waitUntil(lambda: reply == [Reply.GONE])


def test_nonsense_and_messages_without_end_are_hung_up_on(qtbot, address, monkeypatch):
    monkeypatch.setattr(single, "MUTE_GUEST_S", 0.3)
    bell = Doorbell(address)
    heard = []
    bell.rung.connect(heard.append)
    for message in (b"{\n", b"[1]\n", b"[" * 90_000 + b"\n", b"x" * 200_000, b""):
        guest = QLocalSocket()
        guest.connectToServer(address)
        assert guest.waitForConnected(1000)
        guest.write(message)
        qtbot.waitUntil(
            lambda guest=guest: guest.state() is not QLocalSocket.LocalSocketState.ConnectedState,
            timeout=5000,
        )
    assert not heard
    assert not bell._guests


@pytest.mark.skipif(sys.platform == "win32", reason="pipes belong to their user")
def test_a_stranger_is_not_answered(qtbot, address, monkeypatch):
    bell = Doorbell(address)
    heard = []
    bell.rung.connect(heard.append)
    monkeypatch.setattr(single, "_user_id", lambda: os.getuid() + 1)
    guest = QLocalSocket()
    guest.connectToServer(address)
    guest.write(b'{"open": "a/b"}\n')
    qtbot.waitUntil(partial(hung_up, guest))
    assert hand_over(address, "a/b") is Reply.GONE
    assert not heard


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no folder")
def test_the_socket_lies_where_nobody_else_can_enter(tmp_path, monkeypatch):
    data = tmp_path / "data"
    open_to_all, link = tmp_path / "open", tmp_path / "link"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    link.symlink_to(tmp_path)
    for unsafe in (open_to_all, link, tmp_path / "missing"):
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(unsafe))
        found = runtime_folder(data)
        assert found not in (open_to_all, link, tmp_path / "missing")
        assert found.stat().st_mode & 0o077 == 0
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(own))
    assert runtime_folder(data) == own
    assert Path(instance_address(data)).parent == own


def test_the_lock_is_one_process_s_and_free_when_it_is_killed(tmp_path):
    held = hold(tmp_path, 60)
    lock = ProfileLock(tmp_path)
    assert not lock.take()
    assert lock.owner() == held.pid
    held.kill()
    held.wait()
    assert lock.take()
    lock.release()


def test_a_start_beside_a_closing_one_gets_the_window(tmp_path, address):
    held = hold(tmp_path / "data", 0.5)
    lock = ProfileLock(tmp_path / "data")
    assert claim(lock, None) is None
    held.wait()
    lock.release()


def test_a_start_beside_a_hung_one_says_so(tmp_path, address, qapp):
    held = hold(tmp_path / "data", 60)
    server = QLocalServer()
    server.listen(address)  # connections are taken by the system; nobody ever reads
    began = time.monotonic()
    assert claim(ProfileLock(tmp_path / "data"), None, patience_s=0.3) is Reply.SILENT
    assert time.monotonic() - began < 5
    held.kill()
    held.wait()


def test_two_starts_at_once_make_one_window(tmp_path):
    starts = [start(tmp_path, "until told") for _ in range(2)]
    waited_until = time.monotonic() + 90
    while all(process.poll() is None for process in starts) and time.monotonic() < waited_until:
        time.sleep(0.05)
    outputs = [process.communicate("close", timeout=90) for process in starts]
    assert [process.returncode for process in starts] == [0, 0], outputs
    assert sorted(out for out, _ in outputs) == ["", "window\n"], outputs


def test_quitting_and_starting_again_always_gives_a_window(tmp_path):
    first = start(tmp_path, 0)
    assert first.stdout.readline() == "window\n"
    second = start(tmp_path, 0)
    outputs = [process.communicate(timeout=90) for process in (first, second)]
    assert outputs[1][0] == "window\n", outputs
