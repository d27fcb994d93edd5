"""What the solve panel says in each state, in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.state.failure import Suspect, suspect
from app.state.run import Run, Status
from app.state.sources import without_program
from app.texts_of_searches import said
from app.translate import counted, tr
from puzzles.grid import same_grid
from solver.words.results import Candidate


@dataclass(frozen=True)
class Face:
    """A title, a sentence or two below it, and the style sheet's name for the title's colour."""

    title: str
    text: str
    kind: str


def face_of(run: Run, has_puzzle: bool) -> Face:
    """Return the face of `run`."""
    if not has_puzzle:
        return Face(tr("Nothing loaded"), tr("Choose a puzzle on the left to begin."), "plain")
    if run.stale and run.status is not Status.FAILED:
        return Face(
            tr("Out of date"),
            tr(
                "The puzzle or its program has changed since this was found. "
                "Solve again to bring it up to date."
            ),
            "warn",
        )
    return _FACES[run.status](run)


def _idle(_run: Run) -> Face:
    return Face(
        tr("Ready"), tr("Press Solve to search for a program that explains every demonstration."), "plain"
    )


def _solving(run: Run) -> Face:
    message = (
        said(run.progress.message)
        if run.progress
        else tr("Waking the solver. The first time takes a moment.")
    )
    title = tr("Paused") if run.paused else tr("Solving…")
    return Face(title, _with_best(message, run.candidate), "plain")


def _cancelled(run: Run) -> Face:
    return Face(tr("Stopped"), _with_best(tr("The search was stopped."), run.candidate), "plain")


def _nothing(run: Run) -> Face:
    tried = said(run.solution.tried) if run.solution else ""
    advice = tr(
        "Try more effort, allow exact words too, or add a demonstration that shows the rule more plainly."
    )
    return Face(tr("Nothing found"), f"{tried}\n\n{advice}" if tried else advice, "bad")


def _outcome(run: Run) -> Face:
    if run.candidate is None:
        return _nothing(run)
    return _verified(run, run.candidate) if run.candidate.verified else _guessed(run, run.candidate)


def _guessed(run: Run, candidate: Candidate) -> Face:
    wrong = candidate.wrong
    text = tr(
        "{cells} wrong in {some} of {demonstrations}, so this does not explain the puzzle.",
        cells=_cells(sum(wrong)),
        some=sum(1 for count in wrong if count),
        demonstrations=_demonstrations(len(wrong)),
    )
    odd = suspect(candidate, run.puzzle) if run.puzzle is not None else None
    if odd is not None:
        text += " " + _odd_one(odd)
    if candidate is run.adopted:
        return Face(tr("Not explained"), tr("Opened, or changed by hand.") + " " + text, "warn")
    text += " " + tr("More effort may find what does.")
    tried = f"\n\n{said(run.solution.tried)}" if run.solution and run.reports(candidate) else ""
    return Face(tr("A guess"), text + tried, "warn")


def _odd_one(odd: Suspect) -> str:
    """Say which demonstration alone is not explained, and which of its cells may be slips."""
    text = tr("Every demonstration but {n} is explained.", n=odd.demonstration + 1)
    if not odd.cells:
        return text
    places = "; ".join(
        tr("row {row}, column {column}", row=row + 1, column=column + 1) for row, column in odd.cells
    )
    may_be = counted(
        len(odd.cells),
        "This cell may be an error in it: {places}.",
        "These cells may be errors in it: {places}.",
        places=places,
    )
    return f"{text} {may_be}"


def _verified(run: Run, candidate: Candidate) -> Face:
    text = (
        tr("Every demonstration was answered exactly from the others, without a program.")
        if without_program(candidate)
        else tr("The program reproduces every demonstration exactly.")
    )
    correct = _correct(run, candidate)
    if correct is not None:
        text += (
            " " + tr("It answers every test correctly.")
            if correct
            else " "
            + tr("A test is still answered wrongly, so the rule it found is not the one that was meant.")
        )
    return Face(tr("✓ Verified"), text, "good")


def _failed(run: Run) -> Face:
    return Face(tr("Something went wrong"), said(run.error), "bad")


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
        return message + "\n" + tr("Best so far: explains every demonstration.")
    right = sum(1 for count in candidate.wrong if not count)
    best = tr(
        "Best so far: {right} of {demonstrations}, {cells} wrong.",
        right=right,
        demonstrations=_demonstrations(len(candidate.wrong)),
        cells=_cells(sum(candidate.wrong)),
    )
    return f"{message}\n{best}"


def _demonstrations(count: int) -> str:
    return counted(count, "{n} demonstration", "{n} demonstrations")


def _cells(count: int) -> str:
    return counted(count, "{n} cell", "{n} cells")
