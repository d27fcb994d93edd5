"""One window for each person: a second start hands its file to the first and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1000
LONGEST_MESSAGE = 65536
RETRY_MS = 100
"""How soon a request is tried again that cannot be answered now."""


def instance_name(data: Path) -> str:
    """Return the name under which the window that uses the folder `data` listens."""
    key = f"{getpass.getuser()}\n{data.resolve()}"
    return f"glossa-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def hand_over(name: str, reference: str | None) -> bool:
    """Ask the window listening under `name` to open a file or puzzle; return whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(json.dumps({"open": reference}).encode() + b"\n")
    sent = socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return sent


class Doorbell(QObject):
    """Listens for later starts; `rung` carries the path or puzzle id they were given, None for none.

    What hears `rung` may open dialogs, each with an event loop of its own in which sockets come and go. So
    it is told when the socket is done with, from the event loop, and only while `ready` says that no other
    question waits for an answer.
    """

    rung = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None, ready: Callable[[], bool] = lambda: True):
        super().__init__(parent)
        self._ready = ready
        self._waiting: list[str | None] = []
        self._delivery = QTimer(self)
        self._delivery.setSingleShot(True)
        self._delivery.timeout.connect(self._deliver)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left behind by a window that crashed
            self._server.listen(name)

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._on_message(socket))
        socket.disconnected.connect(socket.deleteLater)
        if socket.canReadLine():
            self._on_message(socket)

    def _on_message(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            message = json.loads(bytes(socket.readLine(LONGEST_MESSAGE).data()))
            reference = message["open"]
        except (ValueError, KeyError, TypeError):
            return
        self._waiting.append(reference if isinstance(reference, str) else None)
        self._delivery.start(0)

    def _deliver(self) -> None:
        """Tell of one request; of the others when the event loop comes round again."""
        if self._waiting and self._ready():
            reference = self._waiting.pop(0)
            if self._waiting:
                self._delivery.start(RETRY_MS)
            self.rung.emit(reference)
        elif self._waiting:
            self._delivery.start(RETRY_MS)
