"""What the solve panel says in each state, in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.state.run import Run, Status
from puzzles.grid import same_grid
from solver.results import Candidate


@dataclass(frozen=True)
class Face:
    """A title, a sentence or two below it, and the style sheet's name for the title's colour."""

    title: str
    text: str
    kind: str


def face_of(run: Run, has_puzzle: bool) -> Face:
    """Return the face of `run`."""
    if not has_puzzle:
        return Face("Nothing loaded", "Choose a puzzle on the left to begin.", "plain")
    if run.stale and run.status is not Status.FAILED:
        return Face(
            "Out of date",
            "The puzzle or its program has changed since this was found. Solve again to bring it up to date.",
            "warn",
        )
    return _FACES[run.status](run)


def _idle(_run: Run) -> Face:
    return Face("Ready", "Press Solve to search for a program that explains every demonstration.", "plain")


def _solving(run: Run) -> Face:
    message = run.progress.message if run.progress else "Waking the solver. The first time takes a moment."
    return Face("Solving…", _with_best(message, run.candidate), "plain")


def _cancelled(run: Run) -> Face:
    return Face("Stopped", _with_best("The search was stopped.", run.candidate), "plain")


def _nothing(run: Run) -> Face:
    tried = run.solution.tried if run.solution else ""
    advice = (
        "Try more effort, allow exact words too, or add a demonstration that shows the rule more plainly."
    )
    return Face("Nothing found", f"{tried}\n\n{advice}" if tried else advice, "bad")


def _outcome(run: Run) -> Face:
    if run.candidate is None:
        return _nothing(run)
    return _verified(run, run.candidate) if run.candidate.verified else _guessed(run, run.candidate)


def _guessed(run: Run, candidate: Candidate) -> Face:
    wrong = candidate.wrong
    text = (
        f"{_cells(sum(wrong))} wrong in {sum(1 for count in wrong if count)} of {len(wrong)} demonstrations, "
        "so this does not explain the puzzle. More effort may find what does."
    )
    tried = f"\n\n{run.solution.tried}" if run.solution and run.solution.tried else ""
    return Face("A guess", text + tried, "warn")


def _verified(run: Run, candidate: Candidate) -> Face:
    text = "The program reproduces every demonstration exactly."
    correct = _correct(run, candidate)
    if correct is not None:
        text += (
            " It answers every test correctly."
            if correct
            else " A test is still answered wrongly, so the rule it found is not the one that was meant."
        )
    return Face("✓ Verified", text, "good")


def _failed(run: Run) -> Face:
    return Face("Something went wrong", run.error, "bad")


_FACES = {
    Status.IDLE: _idle,
    Status.SOLVING: _solving,
    Status.CANCELLED: _cancelled,
    Status.NOTHING: _nothing,
    Status.GUESSED: _outcome,
    Status.VERIFIED: _outcome,
    Status.FAILED: _failed,
}


def _correct(run: Run, candidate: Candidate) -> bool | None:
    """Whether every test is answered; None where an answer is unknown."""
    if run.solution is not None and candidate is run.solution.best:
        return run.solution.correct
    tests = run.puzzle.test if run.puzzle is not None else ()
    right = True
    for pair, trace in zip(tests, candidate.tests, strict=False):
        if pair.output is None:
            return None
        right = right and same_grid(trace.output, pair.output)
    return right


def _with_best(message: str, candidate: Candidate | None) -> str:
    if candidate is None:
        return message
    if candidate.verified:
        return f"{message}\nBest so far: explains every demonstration."
    right = sum(1 for count in candidate.wrong if not count)
    return (
        f"{message}\nBest so far: {right} of {len(candidate.wrong)} demonstrations, "
        f"{_cells(sum(candidate.wrong))} wrong."
    )


def _cells(count: int) -> str:
    return f"{count} {'cell' if count == 1 else 'cells'}"
