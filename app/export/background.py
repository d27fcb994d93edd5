"""Exports that take long: another process writes them while one goes on working."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.translate import tr
from puzzles.own_program import module_command, module_environment


class BackgroundExport(QObject):
    """Runs `python -m solver export --KEY` on a program; says `written` or `failed` and is gone."""

    written = Signal()
    failed = Signal(str)

    def __init__(self, program: bytes, key: str, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = tempfile.TemporaryDirectory(prefix="glossa-")
        file = Path(self._folder.name, "program.json")
        file.write_bytes(program)
        self._process = QProcess(self)
        self._process.setProgram(module_command("solver")[0])
        environment = QProcessEnvironment()
        for name, value in module_environment().items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.setArguments(self.command(key, str(file), str(path.resolve())))
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def command(self, key: str, program: str, path: str) -> list[str]:
        """Return what Python, or the bundled application, is asked to run."""
        return [*module_command("solver")[1:], "export", program, f"--{key}", path]

    def start(self) -> None:
        """Begin; the window goes on."""
        self._process.start()

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if code == 0 and status is QProcess.ExitStatus.NormalExit:
            self._end("")
        else:
            said = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip()
            last = said.splitlines()[-1] if said else tr("The export ended without a word.")
            self._end(last.removeprefix("error: "))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(self._process.errorString())

    def _end(self, failure: str) -> None:
        """Say how it went when the process has finished speaking: what is told may open a dialog."""
        self._folder.cleanup()
        QTimer.singleShot(0, self, lambda: self._tell(failure))

    def _tell(self, failure: str) -> None:
        if failure:
            self.failed.emit(failure)
        else:
            self.written.emit()
        self.deleteLater()
