"""One window for each person: a second start hands its file to the first and ends.

Whoever holds the profile's lock has the window and listens on a socket in a folder only the person can
enter. A request is one line, `{"open": …}`; the window answers a line "wait" as long as something keeps it
from opening what is asked for, such as an open dialog, and "done" when it has. A start that is not told
"done" before the connection ends tries for the lock again: the window that it rang at was closing.
"""

from __future__ import annotations

import json
import os
import socket
import stat
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from enum import Enum
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.profile_lock import ProfileLock

LONGEST_MESSAGE = 65536
LONGEST_SOCKET_PATH = 100
"""Bytes; the systems allow 104 to 108."""
MOST_GUESTS = 32
"""Starts that may wait at once."""
POLL_MS = 25
WAIT_EVERY_S = 0.5
"""How often a start that waits is told so."""
MUTE_GUEST_S = 5.0
"""How long one may be connected without having asked for anything."""
PATIENCE_S = 10.0
"""How long a window may keep silent before it is said to hang, and a closing one may take."""
RETRY_S = 0.05


class Reply(Enum):
    """What became of a request."""

    DONE = "done"
    GONE = "nobody there, or gone before it was done"
    SILENT = "connected, and not a word"


def runtime_folder(data: Path) -> Path:
    """Return a folder that only this person can enter, made if need be; raise `OSError` if there is none.

    The user's runtime directory if the desktop has one, else a part of the profile's folder `data`, else
    one below the folder for temporary files.
    """
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given and _is_private(Path(given)):
        return Path(given)
    own = data.resolve() / "run"
    if len(os.fsencode(own)) < LONGEST_SOCKET_PATH - 40:
        try:
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            pass
        else:
            if _is_private(own):
                return own
    shared = Path(tempfile.gettempdir(), f"glossa-{_user_id()}")
    shared.mkdir(mode=0o700, exist_ok=True)
    if not _is_private(shared):
        raise PermissionError(f"{shared} belongs to somebody else")
    return shared


def _is_private(folder: Path) -> bool:
    """Whether a folder, and no link to one, is this person's and closed to others."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    return sys.platform == "win32" or (found.st_uid == _user_id() and not found.st_mode & 0o077)


def _user_id() -> int:
    if sys.platform == "win32":
        return 0
    return os.getuid()


def instance_address(data: Path) -> str:
    """Return where the window that uses the folder `data` listens: a socket's path, on Windows a pipe's name.

    Raises `OSError` where no folder is safe from others.
    """
    name = f"glossa-{sha256(str(data.resolve()).encode()).hexdigest()[:16]}"
    return name if sys.platform == "win32" else str(runtime_folder(data) / name)


def is_same_user(descriptor: int) -> bool:
    """Whether the other end of a socket is this person's process; True where the system does not tell."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    try:
        with socket.socket(fileno=os.dup(descriptor)) as end:
            told = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    except OSError:
        return False
    return struct.unpack("3i", told)[1] == _user_id()


def hand_over(address: str, reference: str | None, patience_s: float = PATIENCE_S) -> Reply:
    """Ask the window listening at `address` to open a file or puzzle; return what became of it.

    patience_s: how long it may say nothing; as long as it says "wait", it is waited for.
    """
    guest = QLocalSocket()
    guest.connectToServer(address)
    if not guest.waitForConnected(round(1000 * patience_s)) or not is_same_user(guest.socketDescriptor()):
        return Reply.GONE
    guest.write(json.dumps({"open": reference}).encode() + b"\n")
    guest.flush()
    heard_at = time.monotonic()
    while time.monotonic() - heard_at < patience_s:
        while guest.canReadLine():
            heard_at = time.monotonic()
            if bytes(guest.readLine(LONGEST_MESSAGE).data()).strip() == b"done":
                return Reply.DONE
        if guest.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            return Reply.GONE
        guest.waitForReadyRead(round(1000 * RETRY_S))
    return Reply.SILENT


def claim(lock: ProfileLock, reference: str | None, patience_s: float = PATIENCE_S) -> Reply | None:
    """Become the one that has the window, or let that one open `reference`.

    Returns None when `lock` is held now, `Reply.DONE` when the request was answered, and `Reply.SILENT`
    when somebody holds the lock and does not answer.
    """
    since = time.monotonic()
    while not lock.take():
        try:
            reply = hand_over(instance_address(lock.folder), reference, patience_s)
        except OSError:  # no folder that only we can enter, so nobody listens there
            return Reply.SILENT
        if reply is not Reply.GONE:
            return reply
        if time.monotonic() - since > patience_s:
            return Reply.SILENT
        time.sleep(RETRY_S)
    return None


class _Guest:
    """A connection from another start, and what it has asked for."""

    def __init__(self, end: QLocalSocket) -> None:
        self.end = end
        self.since = time.monotonic()
        self.told_at = 0.0
        self.asked = False
        self.reference: str | None = None

    @property
    def gone(self) -> bool:
        """Whether nothing more can be said to it."""
        return self.end.state() is not QLocalSocket.LocalSocketState.ConnectedState

    def listen(self) -> bool:
        """Read its request if it has come; return whether the guest may stay."""
        if self.asked:
            return not self.gone
        if not self.end.canReadLine():
            too_long = self.end.bytesAvailable() >= LONGEST_MESSAGE
            return not (self.gone or too_long or time.monotonic() - self.since > MUTE_GUEST_S)
        try:
            reference = json.loads(bytes(self.end.readLine(LONGEST_MESSAGE).data()))["open"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
        self.asked, self.reference = True, reference if isinstance(reference, str) else None
        return True

    def tell(self, word: str) -> None:
        """Say a word to it."""
        self.told_at = time.monotonic()
        self.end.write(f"{word}\n".encode())
        self.end.flush()

    def leave(self) -> None:
        """End the connection; what was said arrives."""
        self.end.disconnectFromServer()
        self.end.deleteLater()


class Doorbell(QObject):
    """Listens for later starts; `rung` carries the path or puzzle id they were given, None for none.

    What hears `rung` may open dialogs, each with an event loop of its own in which sockets come and go. So
    sockets are looked at from a timer and never from their own signals, and `rung` is emitted from the event
    loop when the socket is done with, while `ready` says that no other question waits for an answer.
    """

    rung = Signal(object)
    knocked = Signal()
    """A later start has to wait, as the window asks something: bring that to the front."""

    def __init__(
        self, address: str, parent: QObject | None = None, ready: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__(parent)
        self._ready = ready
        self._guests: list[_Guest] = []
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._poll.start)
        QLocalServer.removeServer(address)  # left behind by a window that crashed: the lock is ours
        self._server.listen(address)

    @property
    def listening(self) -> bool:
        """Whether later starts can be heard."""
        return self._server.isListening()

    def _look(self) -> None:
        """Take in who has come, listen to everyone, and answer the first if that can be done now."""
        while self._server.hasPendingConnections():
            end = self._server.nextPendingConnection()
            end.setReadBufferSize(LONGEST_MESSAGE)
            guest = _Guest(end)
            if len(self._guests) < MOST_GUESTS and is_same_user(end.socketDescriptor()):
                self._guests.append(guest)
            else:
                guest.leave()
        for guest in [guest for guest in self._guests if not guest.listen()]:
            self._dismiss(guest)
        asking = [guest for guest in self._guests if guest.asked]
        if asking and self._ready():
            self._dismiss(asking[0], "done")
            QTimer.singleShot(0, self, lambda: self.rung.emit(asking[0].reference))
        else:
            self._keep_waiting(asking)
        if not self._guests:
            self._poll.stop()

    def _keep_waiting(self, asking: list[_Guest]) -> None:
        for guest in asking:
            first = not guest.told_at
            if first or time.monotonic() - guest.told_at > WAIT_EVERY_S:
                guest.tell("wait")
            if first:
                self.knocked.emit()

    def _dismiss(self, guest: _Guest, word: str = "") -> None:
        self._guests.remove(guest)
        if word:
            guest.tell(word)
        guest.leave()
