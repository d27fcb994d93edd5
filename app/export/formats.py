"""Every format a puzzle and the program shown for it can be written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.export.picture import Scene, apng_bytes, gif_bytes, pdf_bytes, png_bytes, svg_bytes
from app.export.prediction import predicted_puzzle
from app.state.attempts import Attempts
from app.state.sources import without_program
from app.translate import mark, tr
from puzzles.puzzle import puzzle_to_json
from solver.export.weights import learned_rows, refuse_coined, weights_for
from solver.words.program import Program, ProgramError, program_to_json
from solver.words.results import Candidate


@dataclass(frozen=True)
class Export:
    """What is exported: a run, the step shown, and the answers that count."""

    scene: Scene
    position: int
    attempts: Attempts = ()
    """The answers to the tests where they are not those of the program shown; empty where they are."""
    canvas: tuple[int, int] | None = None
    """Rows and columns that learned words run on; None where the program has none."""
    name: str = ""
    """Of the file, where that is known; learned words look for their weights under it."""


@dataclass(frozen=True)
class Format:
    """One way of writing an export."""

    key: str
    title: str
    about: str
    ending: str
    """What the puzzle's name is followed by, e.g. ".program.json"."""
    kind: str
    """For the file dialog."""
    make: Callable[[Export], bytes]
    beside: Callable[[Export], dict[str, bytes]] = lambda _export: {}
    """Further files by their endings, such as weights."""
    slow: bool = False
    """Whether it is made by a process of its own, from the program file."""
    needs_program: bool = True
    """Whether it cannot be written of a puzzle alone."""


def _candidate(export: Export) -> Candidate:
    if export.scene.candidate is None:
        raise ProgramError(tr("There is no program: solve the puzzle first, or write one."))
    return export.scene.candidate


def _written_program(export: Export) -> Program:
    candidate = _candidate(export)
    if without_program(candidate):
        raise ProgramError(tr("There is no program: the method that answered writes none."))
    return candidate.program


def _animated(export: Export) -> Scene:
    """Return the scene of a run; a puzzle alone does not move."""
    _candidate(export)
    return export.scene


def _program(export: Export) -> bytes:
    return program_to_json(_written_program(export), export.scene.puzzle).encode()


def _graph(export: Export) -> bytes:
    """Return the program the graph is made of, by another process; refuse at once what cannot be one."""
    refuse_coined(_written_program(export))
    return _program(export)


def _python(export: Export) -> bytes:
    from solver.export.python_file import as_python  # noqa: PLC0415 (the window shows sooner without)

    name = Path(export.name).stem if export.name else export.scene.puzzle.name
    program, puzzle = _written_program(export), export.scene.puzzle
    return as_python(program, puzzle, f"{name}.safetensors", export.canvas).encode()


FORMATS: dict[str, Format] = {
    form.key: form
    for form in (
        Format(
            "png",
            mark("Picture, PNG"),
            mark("The puzzle or the step shown, in pixels."),
            ".png",
            mark("PNG picture (*.png)"),
            lambda export: png_bytes(export.scene, export.position),
            needs_program=False,
        ),
        Format(
            "svg",
            mark("Picture, SVG"),
            mark("The puzzle or the step shown, sharp at any size."),
            ".svg",
            mark("SVG picture (*.svg)"),
            lambda export: svg_bytes(export.scene, export.position),
            needs_program=False,
        ),
        Format(
            "pdf",
            mark("Sheet, PDF"),
            mark("The puzzle, or the whole execution with a page for every step."),
            ".pdf",
            mark("PDF document (*.pdf)"),
            lambda export: pdf_bytes(export.scene),
            needs_program=False,
        ),
        Format(
            "gif",
            mark("Animation, GIF"),
            mark("The whole execution, playing for ever."),
            ".gif",
            mark("GIF animation (*.gif)"),
            lambda export: gif_bytes(_animated(export)),
        ),
        Format(
            "apng",
            mark("Animation, APNG"),
            mark("The whole execution in full colour, playing for ever."),
            ".apng",
            mark("Animated PNG (*.apng *.png)"),
            lambda export: apng_bytes(_animated(export)),
        ),
        Format(
            "program",
            mark("Program, JSON"),
            mark("The steps with their puzzle; Glossa opens it again."),
            ".program.json",
            mark("Glossa program (*.json)"),
            _program,
        ),
        Format(
            "python",
            mark("Program, Python"),
            mark("A file that runs alone; it needs numpy, and for learned words their weights beside it."),
            ".py",
            mark("Python file (*.py)"),
            _python,
            lambda export: _weights(_written_program(export)),
        ),
        Format(
            "onnx",
            mark("Program, ONNX"),
            mark("The executor unrolled, a copy for every word; for programs of learned words."),
            ".onnx",
            mark("ONNX graph (*.onnx)"),
            _graph,
            slow=True,
        ),
        Format(
            "puzzle",
            mark("Puzzle, JSON"),
            mark("The demonstrations and tests as an ARC task."),
            ".json",
            mark("ARC task (*.json)"),
            lambda export: puzzle_to_json(export.scene.puzzle).encode(),
            needs_program=False,
        ),
        Format(
            "prediction",
            mark("Prediction, JSON"),
            mark("The ARC task with every test answered by the program."),
            ".prediction.json",
            mark("ARC task (*.json)"),
            lambda export: puzzle_to_json(
                predicted_puzzle(export.scene.puzzle, _candidate(export), export.attempts)
            ).encode(),
        ),
    )
}


def _weights(program: Program) -> dict[str, bytes]:
    return {".safetensors": weights_for(program)} if learned_rows(program) else {}


PICTURES = ("png", "svg", "pdf", "gif", "apng")
