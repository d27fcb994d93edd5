"""One window for each person: a second start hands its file to the first and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1000
LONGEST_MESSAGE = 65536


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
    """Listens for later starts; `rung` carries the path or puzzle id they were given, None for none."""

    rung = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
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
        self.rung.emit(reference if isinstance(reference, str) else None)
