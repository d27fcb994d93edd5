"""Opening the procedures: the dialog is imported, and gets its threads, when it is first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services import Services
from app.settings import Settings
from app.state.view import ViewOptions
from app.worker import SolverClient

if TYPE_CHECKING:
    from app.widgets.procedures_dialog import ProceduresDialog


class ProceduresDoor(QObject):
    """Opens the dialog; its runs and what is taught have threads of their own from then on."""

    def __init__(
        self, services: Services, view: ViewOptions, settings: Settings, folder: Path, window: QWidget
    ) -> None:
        super().__init__(window)
        self._services, self._view, self._settings, self._window = services, view, settings, window
        self._folder = folder
        self._clients: list[SolverClient] = []
        self.dialog: ProceduresDialog | None = None

    def show(self) -> None:
        """Bring the dialog to the front, built when it is first asked for."""
        if self.dialog is None:
            # These modules take a tenth of a second to import, and few starts need them.
            from app.state.procedure_run import ProcedureRun  # noqa: PLC0415
            from app.state.teaching import Teaching  # noqa: PLC0415
            from app.widgets.procedures_dialog import ProceduresDialog  # noqa: PLC0415

            running, learning = (SolverClient(self._services, self) for _ in range(2))
            self._clients = [running, learning]
            teaching = Teaching(learning, self._folder, self)
            self.dialog = ProceduresDialog(
                ProcedureRun(running, self), teaching, self._view, self._settings, self._window
            )
        self.dialog.show()
        self.dialog.raise_()

    def shut_down(self) -> None:
        """Keep what was recorded and end the threads, if there are any."""
        if self.dialog is not None:
            self.dialog.taught.teaching.keep()
        for client in self._clients:
            client.shut_down()
