"""A procedure that is being taught: its demonstrations, the one at hand, and how learning stands."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.state.procedure_run import Client
from app.state.procedure_words import PUSH, WRITE
from app.state.recording import Change, Pads
from app.taught import (
    LONGEST_SIDE,
    MOST,
    POINTERS,
    Learned,
    Learning,
    NotLearned,
    Recordings,
    Shown,
    carried_out,
    is_name,
    known_programs,
    learn,
    moves_of_call,
)
from app.translate import tr
from solver.words.errors import UsageError

USUAL_SIDE = 5
USUAL_HAND = 3
KEPT_AFTER_MS = 150
"""After a move its recording is written; keys that repeat are written together."""
FIRST_NAME = "PROCEDURE"
log = logging.getLogger(__name__)


class Teaching(QObject):
    """Prepares pads, records what is done on them, keeps it, and has it learned.

    `changed` announces anything that is shown, `learned` a procedure that can be run now.
    """

    changed = Signal()
    learned = Signal(object)
    """`TaughtProcedure`"""

    def __init__(self, client: Client, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self.folder = client, folder
        self.recordings = Recordings(folder)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        self._unkept = False
        self.name = ""
        self.name_problem = ""
        self.shown: list[Shown] = []
        self.at = 0
        """The demonstration at hand."""
        self.recording = False
        self.pointer = 0
        self.notice = ""
        """What the last thing asked for could not do."""
        self.changes: tuple[Change, ...] = ()
        """The cells that the last move changed."""
        self.progress: Learning | None = None
        self.result: Learned | NotLearned | None = None
        self.error = ""
        self.learning = False
        self.marked: int | None = None
        """The recorded entry at which learning stumbled."""
        self._now = _empty(USUAL_SIDE, USUAL_SIDE)
        client.part_ready.connect(self._on_part)
        client.iterated.connect(self._on_end)
        client.failed.connect(self._on_failure)
        self.begin()

    # Which procedure.

    def begin(self) -> None:
        """A new procedure, with one empty pad."""
        self._take(self._free_name(), (Shown(_empty(USUAL_SIDE, USUAL_SIDE)),))

    def open(self, name: str) -> None:
        """Go on with a recording; where it cannot be read, `notice` says so."""
        try:
            shown = self.recordings.read(name)
        except UsageError as error:
            self.notice = str(error)
            self.changed.emit()
            return
        self._take(name, shown)

    def bring_back(self, taught: tuple[str, ...]) -> None:
        """Go on with the recording that was changed last and not learned, if there is one."""
        waiting = self.recordings.latest(taught)
        if waiting is not None:
            self.open(waiting)

    def _take(self, name: str, shown: tuple[Shown, ...]) -> None:
        self.cancel()
        self.keep()
        self.name, self.name_problem, self.shown = name, "", list(shown)
        self.recording, self.result, self.progress, self.error, self.notice = False, None, None, "", ""
        self.select(len(shown) - 1)

    def rename(self, text: str) -> None:
        """Call it otherwise; a name that cannot be is said in `name_problem`."""
        self.name_problem = self._why_not(text)
        if not self.name_problem and text != self.name:
            self.cancel()
            old, self.name = self.name, text
            self.result = None
            if self._write():
                self._forget(old)
        self.changed.emit()

    def _why_not(self, name: str) -> str:
        if not is_name(name):
            return tr("A name has 1 to 24 capital letters, digits and _, a letter first.")
        if name in known_programs():
            return tr("{name} is a procedure that comes along.", name=name)
        if name != self.name and name in self.recordings.names():
            return tr("There is a recording called {name} already.", name=name)
        return ""

    def _free_name(self) -> str:
        taken = {*self.recordings.names(), *known_programs()}
        names = (FIRST_NAME, *(f"{FIRST_NAME}_{number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def forget(self) -> None:
        """Remove the recording at hand and begin anew."""
        self.cancel()
        self._unkept = False
        name, self.shown = self.name, []
        self._forget(name)
        self.begin()

    # Which demonstration.

    def select(self, place: int) -> None:
        """Look at a demonstration, or at the pad prepared for one."""
        self.at, self.recording, self.notice, self.marked = place, False, "", None
        self._replay()
        self.changed.emit()

    def add(self) -> None:
        """Prepare another one, from the same pad."""
        self.shown.append(Shown(self.shown[self.at].start))
        self.select(len(self.shown) - 1)

    def remove(self) -> None:
        """Take the demonstration at hand away; the last one leaves an empty pad."""
        gone = self.shown.pop(self.at)
        if not self.shown:
            self.shown.append(Shown(gone.start))
        self._spoil()
        self.select(min(self.at, len(self.shown) - 1))

    # Preparing.

    @property
    def here(self) -> Shown:
        """The demonstration at hand."""
        return self.shown[self.at]

    @property
    def pads(self) -> Pads:
        """The pad as it is now."""
        return self._now

    @property
    def preparing(self) -> bool:
        """Whether the pad can still be changed: before the first move."""
        return not self.here.groups and not self.recording

    def prepare(self, pads: Pads) -> None:
        """Take this pad."""
        if self.preparing:
            self.shown[self.at] = Shown(pads)
            self._replay()
            self.changed.emit()

    def resize(self, rows: int, columns: int) -> None:
        """Make the pad larger or smaller at its right and bottom."""
        old = self.here.start
        rows, columns = (min(max(side, 1), LONGEST_SIDE) for side in (rows, columns))
        cells = np.zeros((rows, columns), np.uint8)
        kept = old.cells[:rows, :columns]
        cells[: kept.shape[0], : kept.shape[1]] = kept
        places = tuple((min(row, rows - 1), min(column, columns - 1)) for row, column in old.pointers)
        self.prepare(Pads(cells, places, old.hand))

    def paint(self, row: int, column: int, brush: int | str) -> None:
        """Put a colour into a cell, or a pointer, by its name, onto it."""
        old = self.here.start
        if isinstance(brush, str):
            which = POINTERS.index(brush)
            places = tuple((row, column) if i == which else place for i, place in enumerate(old.pointers))
            self.prepare(replace(old, pointers=places))
        else:
            cells = old.cells.copy()
            cells[row, column] = brush
            self.prepare(replace(old, cells=cells))

    def take_hand(self, colour: int) -> None:
        """Write with another colour; once something was done, that cannot be learned."""
        if self.here.groups:
            self.notice = tr("The hand keeps its colour: a change of colour cannot be learned.")
        elif colour:
            self.notice = ""
            self.shown[self.at] = Shown(replace(self.here.start, hand=colour))
            self._replay()
        self.changed.emit()

    # Recording.

    def record(self) -> None:
        """From now on what is done is recorded; a demonstration that was done goes on."""
        self.cancel()
        self.recording, self.notice = True, ""
        self.changed.emit()

    def done(self) -> None:
        """End this demonstration."""
        self.recording, self.notice = False, ""
        self.keep()
        self.changed.emit()

    def take_pointer(self, which: int) -> None:
        """Move this pointer from now on."""
        self.pointer = which % len(POINTERS)
        self.changed.emit()

    def move(self, direction: int) -> None:
        """Move the pointer by one cell; before a recording that puts it where it begins."""
        if self.recording:
            self._do((self.pointer, direction, 0), tr("The pointer cannot go further that way."))
        elif self.preparing:
            moved, _ = carried_out(self._now, ((self.pointer, direction, 0),))
            row, column = moved.pointers[self.pointer]
            rows, columns = moved.cells.shape
            if 0 <= row < rows and 0 <= column < columns:
                self.prepare(moved)

    def write(self) -> None:
        """Write the hand's colour where the pointer stands."""
        row, column = self._now.pointers[self.pointer]
        rows, columns = self._now.cells.shape
        if not (0 <= row < rows and 0 <= column < columns):
            self.notice = tr("The pointer stands outside, where nothing can be written.")
            self.changed.emit()
        elif self.recording:
            self._do((self.pointer, WRITE, 0))

    def push(self, direction: int) -> None:
        """Push the piece under the eye by one cell."""
        if self.recording:
            self._do((0, PUSH, direction), tr("There is nothing under the eye that can move that way."))

    def call(self, program: str, direction: int) -> None:
        """Do what a known procedure does from here; that is recorded as its moves."""
        if not self.recording:
            return
        moves = moves_of_call(self._now, program, direction)
        if moves:
            self._record(moves)
        else:
            self.notice = tr("{name} does nothing here, or does not end soon.", name=program)
            self.changed.emit()

    def undo(self) -> None:
        """Take back the last move or call of the demonstration at hand."""
        if self.here.groups:
            self.shown[self.at] = replace(self.here, groups=self.here.groups[:-1])
            self._spoil()
            self._replay()
            self.notice = ""
            self.changed.emit()

    def _do(self, move: tuple[int, int, int], without_effect: str = "") -> None:
        """Record a move; one that must have an effect and has none is refused."""
        after, changes = carried_out(self._now, (move,))
        if without_effect and not changes and after.pointers == self._now.pointers:
            self.notice = without_effect
            self.changed.emit()
        else:
            self._record((move,))

    def _record(self, moves: tuple[tuple[int, int, int], ...]) -> None:
        if len(self.here.moves) + len(moves) > MOST:
            self.notice = tr("A demonstration has at most {count} moves.", count=MOST)
        else:
            self.notice = ""
            self.shown[self.at] = replace(self.here, groups=(*self.here.groups, moves))
            self._now, self.changes = carried_out(self._now, moves)
            self._spoil()
        self.changed.emit()

    def _replay(self) -> None:
        before, last = self.here.groups[:-1], self.here.groups[-1:]
        pads, _ = carried_out(self.here.start, [move for group in before for move in group])
        self._now, self.changes = carried_out(pads, [move for group in last for move in group])

    # Keeping.

    def _spoil(self) -> None:
        """What was performed is another thing now: what was learned from it is not shown any more."""
        self.result, self.marked = None, None
        self._unkept = True
        self._timer.start()

    def keep(self) -> None:
        """Write the recording now."""
        self._timer.stop()
        if self._unkept:
            self._unkept = not self._write()

    def _write(self) -> bool:
        try:
            self.recordings.keep(self.name, self.shown)
        except OSError as error:
            self.error = tr("The recording could not be kept: {why}", why=error.strerror or error)
            log.warning("a recording could not be kept: %s", error)
            return False
        return True

    def _forget(self, name: str) -> None:
        try:
            self.recordings.forget(name)
        except OSError as error:
            log.warning("a recording could not be removed: %s", error)

    # Learning.

    @property
    def performed(self) -> list[int]:
        """Which demonstrations have moves."""
        return [place for place, one in enumerate(self.shown) if one.groups]

    @property
    def can_learn(self) -> bool:
        """Whether there is anything to learn from, and a place to keep it."""
        return bool(self.performed) and not self.name_problem and self.folder is not None

    def learn(self) -> None:
        """Learn from all demonstrations that have moves, in the other thread."""
        if not self.can_learn or self.folder is None:
            return
        self.recording, self.learning, self.progress = False, True, None
        self.result, self.error, self.notice = None, "", ""
        self.keep()
        shown = [self.shown[place] for place in self.performed]
        self._client.iterate(partial(learn, self.name, shown, self.folder))
        self.changed.emit()

    def cancel(self) -> None:
        """Stop learning; nothing is kept of it."""
        if self.learning:
            self._client.cancel()
            self.learning, self.progress = False, None
            self.changed.emit()

    def _on_part(self, part: Any) -> None:
        if isinstance(part, Learning):
            self.progress = part
        elif isinstance(part, (Learned, NotLearned)):
            self.result = part
        self.changed.emit()

    def _on_end(self) -> None:
        self.learning, self.progress = False, None
        if isinstance(self.result, Learned):
            self.learned.emit(self.result.procedure)
        elif isinstance(self.result, NotLearned) and self.result.places:
            shown, move = self.result.places[-1]
            self.select(self.performed[shown - 1])
            self.marked = self.here.group_of(move)
        self.changed.emit()

    def _on_failure(self, sentence: str) -> None:
        self.learning, self.progress, self.error = False, None, sentence
        self.changed.emit()


def _empty(rows: int, columns: int) -> Pads:
    return Pads(np.zeros((rows, columns), np.uint8), ((0, 0),) * len(POINTERS), USUAL_HAND)
