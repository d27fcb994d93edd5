"""The procedure that is looked at: which example, its run so far, and where one stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.procedures import Ended, Example, Library, Thought, describe, facts_of, may_draw, run, start_of
from app.services import Begin
from app.state.procedure_words import call_text, made_text
from app.state.recording import Pads, Recording
from app.state.timeline import Timeline
from app.translate import counted, tr
from solver.words.errors import UsageError


class Client(Protocol):
    """Iterates in another thread; `app.worker.SolverClient`."""

    @property
    def part_ready(self) -> SignalInstance:
        """What an iteration yielded."""
        ...

    @property
    def iterated(self) -> SignalInstance:
        """An iteration came to its end."""
        ...

    @property
    def failed(self) -> SignalInstance:
        """One sentence on what went wrong."""
        ...

    def iterate(self, begin: Begin) -> None:
        """Hear of everything that an iteration yields; an earlier one is cancelled."""
        ...

    def cancel(self) -> None:
        """Stop it; nothing more is heard of it."""
        ...


class ProcedureRun(QObject):
    """Begins runs, takes their reports and answers what is shown.

    `chosen` announces another example or another pad before a run, `grown` further steps, `changed` how it
    stands with the run, and the timeline's own signals where in it one is.
    """

    chosen = Signal()
    grown = Signal()
    changed = Signal()
    library_changed = Signal()
    exported = Signal(object, object)
    """A path, and the bytes to be written there"""

    def __init__(self, client: Client, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.timeline = Timeline(self)
        self.example = Example("addition", 4)
        self.facts = facts_of(self.example.task)
        self.libraries: dict[str, Library] = {}
        self.running = False
        self.error = ""
        self.refused = False
        """Whether what was asked for cannot be put on a pad; the example before it is still there."""
        self._exporting = False
        self._waiting: Begin | None = None
        self.outcome = ""
        self.thoughts: tuple[Thought, ...] = ()
        self.recording = self._begin_recording()
        client.part_ready.connect(self._on_part)
        client.iterated.connect(self._on_end)
        client.failed.connect(self._on_failure)

    def choose(self, example: Example) -> None:
        """Show an example before its run; what cannot be put on a pad is said in `error`."""
        self._stop()
        self.error, self.refused = "", False
        try:
            start_of(example)
        except UsageError as error:
            self.error, self.refused = str(error), True
            self.changed.emit()
            return
        self.example, self.facts = example, facts_of(example.task)
        self.recording = self._begin_recording()
        self.outcome, self.thoughts = "", ()
        self.timeline.set_length(0)
        self.chosen.emit()
        self.changed.emit()

    def draw(self, row: int, column: int, brush: int | str) -> None:
        """Put a colour into a cell of the pad before the run, or a pointer, by its name, onto it."""
        start = self.recording.start
        if isinstance(brush, str):
            places = zip(self.facts.pointers, start.pointers, strict=True)
            moved = tuple((row, column) if name == brush else place for name, place in places)
            self._draw(replace(start, pointers=moved))
        elif may_draw(self.example.task, row, column):
            cells = start.cells.copy()
            cells[row, column] = brush
            self._draw(replace(start, cells=cells))

    def take_hand(self, colour: int) -> None:
        """Draw with another colour."""
        self._draw(replace(self.recording.start, hand=colour))

    def _draw(self, pads: Pads) -> None:
        arguments = self.recording.frames[0].arguments
        self.choose(replace(self.example, drawn=pads, given=(), arguments=arguments))

    def run(self) -> None:
        """Run the example from its beginning."""
        self.choose(self.example)
        self.running = True
        self._iterate(partial(_look_and_run, self.example, self.example.task not in self.libraries))
        self.changed.emit()

    def look_up(self) -> None:
        """Ask for the memory and the certificate of the task shown, unless a run will tell anyway."""
        if self.example.task in self.libraries:
            self.library_changed.emit()
        elif not self.running:
            self._iterate(partial(_look, self.example.task))

    def forget_library(self, task: str) -> None:
        """Another core runs a task from now on."""
        self.libraries.pop(task, None)

    def export(self, path: Path, make: Callable[[], bytes]) -> None:
        """Let the other thread make a file's content, and announce it."""
        if not self.running and not self._exporting:
            self._client.iterate(partial(_make, path, make))
            self._exporting = True

    def cancel(self) -> None:
        """Stop the run; what it did so far can be looked at."""
        if self.running:
            self._stop()
            self.outcome = "cancelled"
            self.changed.emit()

    @property
    def library(self) -> Library | None:
        """What is known of the core that runs the example; None until it has been loaded."""
        return self.libraries.get(self.example.task)

    @property
    def position(self) -> int:
        """How many steps have been made where one stands."""
        return self.timeline.position

    def pads(self) -> Pads:
        """The pad where one stands."""
        return self.recording.pad(self.position)

    def path_text(self) -> str:
        """The calls under way where one stands, the first one first; the middle of a long path left out."""
        frames = [self.recording.frames[place] for place in self.recording.path(self.position)]
        names = [call_text(self.facts, frame.program, frame.arguments) for frame in frames]
        if len(names) > 6:
            names = [*names[:2], f"… {len(names) - 4} …", *names[-2:]]
        return "  ›  ".join(names) if names else tr("returned")

    def step_text(self) -> str:
        """The last step made, in words."""
        if not self.position:
            return tr("before the first step")
        return made_text(self.facts, self.recording.steps[self.position - 1].made)

    def status_text(self) -> str:
        """How it stands with the run, in one sentence."""
        count = len(self.recording)
        steps = counted(count, "{n} step", "{n} steps")
        if self.error:
            return self.error
        if self.running:
            return tr("running: {steps}", steps=steps) if count else tr("loading the network…")
        if not self.outcome:
            return tr("not run yet")
        if self.outcome != "returned":
            steps = tr("stopped after {steps}: {why}", steps=steps, why=_why(self.outcome))
        if self.recording.diverged is not None:
            at = self.recording.diverged + 1
            return tr("{steps}; not the true procedure's from step {at} on", steps=steps, at=at)
        if self.outcome == "returned" and self.facts.taught:
            return tr("{steps}; it was taught, so there is no true procedure to compare with", steps=steps)
        return (
            steps
            if self.outcome != "returned"
            else tr("{steps}, each as the true procedure makes it", steps=steps)
        )

    def badge_text(self) -> str:
        """What is proved of the core that runs the example; empty until it is known."""
        if self.library is None:
            return ""
        found = self.library.certificate
        if found.taught:
            return counted(
                found.taught,
                "taught from {n} demonstration, not certified",
                "taught from {n} demonstrations, not certified",
            )
        checked, wrong = _grouped(found.checked), _grouped(found.wrong)
        if found.holds:
            return tr("✓ certified: {checked} histories, 0 wrong, any length", checked=checked)
        if found.checked:
            return tr("not certified: {wrong} of {checked} histories wrong", wrong=wrong, checked=checked)
        if found.fresh:
            return tr(
                "no certificate: {wrong} frames still wrong after {fresh} random runs",
                wrong=wrong,
                fresh=_grouped(found.fresh),
            )
        return tr("no certificate")

    def step_over(self) -> None:
        """Go past the next step and everything that it calls."""
        self._go(self.recording.over(self.position))

    def step_into(self) -> None:
        """Go one step on."""
        self._go(self.recording.into(self.position))

    def step_out(self) -> None:
        """Go to where the call under way has returned."""
        self._go(self.recording.out(self.position))

    def step_back(self) -> None:
        """Go one step back."""
        self._go(self.recording.back(self.position))

    def go_to_writer(self, row: int, column: int) -> bool:
        """Go to the step that wrote a cell; return whether any did."""
        position = self.recording.writer(self.position, (row, column))
        if position is not None:
            self._go(position)
        return position is not None

    def go_to_divergence(self) -> None:
        """Go to the first step that the true procedure would not have made."""
        if self.recording.diverged is not None:
            self._go(self.recording.diverged + 1)

    def _go(self, position: int) -> None:
        self.timeline.pause()
        self.timeline.go(position)

    def _begin_recording(self) -> Recording:
        start = start_of(self.example)
        return Recording(start.pads, start.program, start.arguments)

    def _iterate(self, begin: Begin) -> None:
        """Begin in the other thread, after the file that is being made there."""
        if self._exporting:
            self._waiting = begin
        else:
            self._client.iterate(begin)

    def _stop(self) -> None:
        self._waiting = None
        if self.running and not self._exporting:
            self._client.cancel()
        self.running = False

    def _go_on(self) -> None:
        """Begin what waited for a file to be made."""
        self._exporting, begin, self._waiting = False, self._waiting, None
        if begin is not None:
            self._client.iterate(begin)

    def _on_part(self, part: Any) -> None:
        if isinstance(part, Library):
            self.libraries[part.task] = part
            self.library_changed.emit()
        elif isinstance(part, _Content):
            self.exported.emit(part.path, part.content)
        elif isinstance(part, Ended):
            self.outcome, self.thoughts = part.outcome, part.thoughts
        else:
            follows = self.position == len(self.recording)
            self.recording.add(part)
            self.grown.emit()
            self.timeline.set_length(len(self.recording), None if follows else self.position)
            self.changed.emit()

    def _on_end(self) -> None:
        if self._exporting:
            self._go_on()
        elif self.running:
            self.running = False
            self.timeline.set_length(len(self.recording), self.position)
            self.changed.emit()

    def _on_failure(self, sentence: str) -> None:
        if self._exporting:
            self._go_on()
        else:
            self.running = False
        self.error = sentence
        self.changed.emit()


@dataclass(frozen=True)
class _Content:
    """A file that is to be written."""

    path: Path
    content: bytes


def _make(path: Path, make: Callable[[], bytes], _may_go_on: Any) -> Iterator[_Content]:
    yield _Content(path, make())


def _look_and_run(example: Example, look: bool, may_go_on: Any) -> Iterator[Any]:
    if look:
        yield describe(example.task)
    yield from run(example, may_go_on)


def _look(task: str, _may_go_on: Any) -> Iterator[Any]:
    yield describe(task)


def _grouped(number: int) -> str:
    """Write a number with a mark between its thousands."""
    return f"{number:,}".replace(",", tr(","))


def _why(outcome: str) -> str:
    return {
        "cancelled": tr("cancelled"),
        "too many steps": tr("too many steps"),
        "too many calls inside each other": tr("too many calls inside each other"),
    }.get(outcome, outcome)
