"""A thread beside the window: it works off calls in order, and what it tells is heard in the window's thread.

It is Python's thread and holds nothing of Qt's. PySide looks types up without the interpreter's lock while
it delivers signals; before Python 3.12 they stand in one table, which grows unguarded whenever a thread
meets a type that is new to it. A thread of Qt's that was started while the window was being made crashed so
in one start of three.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

WIDGETS_DEFINED_BESIDE = sys.version_info >= (3, 12)
"""Whether a module that defines widgets may be imported in such a thread."""

Hear = Callable[..., None]
"""Called in the window's thread with what `Beside.tell` was given."""
_Call = Callable[[], None]


class Beside(QObject):
    """A running thread; create and end it in the window's thread."""

    def __init__(self, name: str, hear: Hear, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hear = hear
        self._asked: SimpleQueue[_Call | None] = SimpleQueue()
        self._told: SimpleQueue[tuple[Any, ...] | Exception] = SimpleQueue()
        self._bell, self._rung = socket.socketpair()
        self._notifier = QSocketNotifier(self._rung.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._answer)
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the thread lives."""
        return self._thread.is_alive()

    def ask(self, call: Callable[..., None], *arguments: object) -> None:
        """Have `call` made in the thread, after those asked for before.

        What it raises is raised in the window's thread.
        """
        self._asked.put(lambda: call(*arguments))

    def tell(self, *message: object) -> None:
        """Call it in the thread: the message is heard in the window's, in order; after the end, nowhere."""
        self._send(message)

    def end(self) -> None:
        """Wait for the call that runs; forget those behind it, and hear nothing any more."""
        self._notifier.setEnabled(False)
        self._rung.close()
        with suppress(Empty):
            while True:
                self._asked.get_nowait()
        self._asked.put(None)
        self._thread.join()
        self._bell.close()

    def _send(self, message: tuple[Any, ...] | Exception) -> None:
        self._told.put(message)
        with suppress(OSError):  # the window has hung up
            self._bell.send(b"\0")

    def _work(self) -> None:
        while (call := self._asked.get()) is not None:
            try:
                call()
            except Exception as error:
                self._send(error)

    def _answer(self) -> None:
        # A byte a message, so that what waits behind one that opens a dialog is heard while that is open.
        self._rung.recv(1)
        message = self._told.get()
        if isinstance(message, Exception):
            raise message
        self._hear(*message)
