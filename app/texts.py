"""The longer texts of the window: phases, tour and about."""

from __future__ import annotations

from app.translate import mark, tr

ABOUT = mark(
    "Glossa learns its own language of grid operations, writes a program in it that explains a puzzle's "
    "examples, and runs that program step by step before your eyes."
)
TOUR = (
    (
        mark("Choose a puzzle"),
        mark(
            "Collections with thousands of puzzles. Search by id, or let chance decide. Files can be dropped "
            "anywhere on the window, and File, New puzzle begins one of your own."
        ),
    ),
    (
        mark("The board"),
        mark(
            "Each row is an example: input, what the program has made of it, and what is expected. Press E "
            "to draw, and answer the test yourself. Click a cell to go to the step that changed it."
        ),
    ),
    (
        mark("Solve"),
        mark(
            "Glossa searches for a program that explains every example. Watch it, hold it, compare what it "
            "found, or let it work through a whole collection."
        ),
    ),
    (
        mark("Step through the program"),
        mark(
            "Every step is a word and every word makes a grid. Play it, scrub it, or change it with the "
            "words in the dictionary."
        ),
    ),
)
"""Title and text of every stop: browser, board, solve panel, program."""
PHASES = {
    "loading": mark("Loading the words"),
    "device": mark("Device"),
    "memory": mark("Remembered programs"),
    "pinned": mark("Pinned steps"),
    "waypoint": mark("Grids that you drew"),
    "inductor": mark("First guess"),
    "search": mark("Search over words"),
    "canvas": mark("Search on a larger canvas"),
    "views": mark("Other views of the puzzle"),
    "coining": mark("Coining a word"),
    "refinement": mark("Gradient refinement"),
    "tuning": mark("Tuning of words"),
    "repair": mark("Repair of a near miss"),
    "procedures": mark("Plans of procedures"),
    "crystallised": mark("Exact twins of learned words"),
    "rules": mark("Learned rules"),
    "nearest": mark("Nearest state"),
    "start": mark("Start of the refinement"),
    "explore": mark("Exact words"),
    "earlier": mark("Earlier search"),
    "edited": mark("changed by hand"),
    "opened file": mark("opened from a file"),
}
"""What a person reads for the parts of a search and the origins of programs; words keep their English names,
which are those of the program files."""


def phase_title(phase: str) -> str:
    """Write a part of the search, or the origin of a program, as people read it."""
    return tr(PHASES.get(phase, phase))
