"""Search processes that outlive a puzzle, so that only the first one waits for them to start."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from puzzles.own_program import module_command, module_environment

_PATIENCE_S = 2.0
"""A process that was told to stop and has not done so for this long is ended."""

Lines = queue.Queue["dict[str, Any] | None"]
"""What processes tell; None when one of them is done, {"ended": exit code} before it where one died."""


@dataclass(eq=False)
class Worker:
    """One search process."""

    process: subprocess.Popen[str]
    lines: Lines | None = None
    """Where what it tells goes; None where nobody listens any more."""
    busy: bool = False
    stopped_at: float | None = None

    def ask(self, document: dict[str, Any], lines: Lines) -> None:
        """Start a search; what is found goes to `lines`, None at its end."""
        self.lines, self.busy, self.stopped_at = lines, True, None
        self._send(document)

    def stop(self, lines: Lines) -> None:
        """Let go of the search that tells `lines`, if it still runs; it stops as soon as it looks up."""
        if self.lines is not lines:
            return
        self.lines = None
        self.stopped_at = time.monotonic()
        self._send({"stop": True})

    def _send(self, document: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(document) + "\n")
            self.process.stdin.flush()
        except OSError:  # it has ended; the reader notices
            return


@dataclass
class Pool:
    """The processes of this program, idle and busy."""

    workers: list[Worker] = field(default_factory=list)
    peak_mb: float = 0.0
    """Largest memory any of them reported, in MiB."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def borrow(self) -> Worker:
        """An idle process, or a new one."""
        with self._lock:
            now = time.monotonic()
            for worker in self.workers:
                late = worker.stopped_at is not None and now - worker.stopped_at > _PATIENCE_S
                if worker.busy and late:
                    worker.process.kill()
            for worker in self.workers:
                if not worker.busy and worker.process.poll() is None:
                    # An old stop must not count against the search that borrows it now.
                    worker.busy, worker.stopped_at = True, None
                    return worker
            worker = Worker(_started(), busy=True)
            self.workers.append(worker)
        threading.Thread(target=self._read, args=(worker,), daemon=True).start()
        return worker

    def _read(self, worker: Worker) -> None:
        assert worker.process.stdout is not None
        for line in worker.process.stdout:
            document = json.loads(line)
            lines = worker.lines
            if "done" in document:
                self.peak_mb = max(self.peak_mb, document["done"])
                worker.busy, worker.lines = False, None
            if lines is not None:
                lines.put(None if "done" in document else document)
        with self._lock:
            self.workers.remove(worker)
        code = worker.process.wait()
        if worker.lines is not None:
            worker.lines.put({"ended": code})
            worker.lines.put(None)


def _started() -> subprocess.Popen[str]:
    """Start a process that imports this very package, whatever lies in the working directory."""
    return subprocess.Popen(
        module_command("solver.explore"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=module_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would open a console for each
        start_new_session=True,  # Ctrl+C is for whoever asked; these end when their input does
    )


POOL = Pool()
"""Ends with this program: a search process stops when its input is closed."""
