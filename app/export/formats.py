"""Every format a puzzle and the program shown for it can be written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.export.picture import Scene, apng_bytes, gif_bytes, pdf_bytes, png_bytes, svg_bytes
from app.export.prediction import predicted_puzzle
from puzzles.puzzle import puzzle_to_json
from solver.language import program_to_json
from solver.results import Solution


@dataclass(frozen=True)
class Export:
    """What is exported: a run, the step shown, and the search it came from."""

    scene: Scene
    position: int
    solution: Solution | None


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


FORMATS: dict[str, Format] = {
    form.key: form
    for form in (
        Format(
            "png",
            "Picture, PNG",
            "The step shown, in pixels.",
            ".png",
            "PNG picture (*.png)",
            lambda export: png_bytes(export.scene, export.position),
        ),
        Format(
            "svg",
            "Picture, SVG",
            "The step shown, sharp at any size.",
            ".svg",
            "SVG picture (*.svg)",
            lambda export: svg_bytes(export.scene, export.position),
        ),
        Format(
            "pdf",
            "Sheet, PDF",
            "The whole execution, a page for every step.",
            ".pdf",
            "PDF document (*.pdf)",
            lambda export: pdf_bytes(export.scene),
        ),
        Format(
            "gif",
            "Animation, GIF",
            "The whole execution, playing for ever.",
            ".gif",
            "GIF animation (*.gif)",
            lambda export: gif_bytes(export.scene),
        ),
        Format(
            "apng",
            "Animation, APNG",
            "The whole execution in full colour, playing for ever.",
            ".apng",
            "Animated PNG (*.apng *.png)",
            lambda export: apng_bytes(export.scene),
        ),
        Format(
            "program",
            "Program, JSON",
            "The steps with their puzzle; Glossa opens it again.",
            ".program.json",
            "Glossa program (*.json)",
            lambda export: program_to_json(export.scene.candidate.program, export.scene.puzzle).encode(),
        ),
        Format(
            "puzzle",
            "Puzzle, JSON",
            "The demonstrations and tests as an ARC task.",
            ".json",
            "ARC task (*.json)",
            lambda export: puzzle_to_json(export.scene.puzzle).encode(),
        ),
        Format(
            "prediction",
            "Prediction, JSON",
            "The ARC task with every test answered by the program.",
            ".prediction.json",
            "ARC task (*.json)",
            lambda export: puzzle_to_json(
                predicted_puzzle(export.scene.puzzle, export.scene.candidate, export.solution)
            ).encode(),
        ),
    )
}
PICTURES = ("png", "svg", "pdf", "gif", "apng")
