"""The longer texts of the window: help, tour and about."""

from __future__ import annotations

from app.translate import mark, tr

HELP = mark("""Glossa explains ARC puzzles. Open one, press Solve, and step through the program it
finds: each step is a word, each word makes a grid. "Verified" means that the program
reproduces every demonstration exactly; anything else is a guess.

Puzzles
  Ctrl+N              draw one of your own
  Ctrl+O, Ctrl+S      open, save
  Ctrl+Shift+O        a folder of tasks
  Ctrl+PgUp, PgDown   previous, next
  Ctrl+R              a random one
  Ctrl+F              search
  Ctrl+T              show the expected test outputs
  Ctrl+K              check your answers
  Ctrl+Shift+N        a note of your own

Solving
  Ctrl+Return         solve
  Ctrl+P, Esc         pause, cancel
  Ctrl+Shift+Return   a whole collection
  Ctrl+E              export, the puzzle alone too
  Ctrl+Shift+E        a contact sheet of the puzzles listed

The program
  ←  →                one step back, one step on
  Home, End           the input, the answer
  Space               play or pause
  F9                  stop playing at this step, or no longer
  Ctrl+← →            move the step shown
  Ctrl+Backspace      delete it
  Ctrl+Shift+R        refine it: begin the gradient search here

Drawing
  E                   begin or end editing
  B L U G I M         pencil, line, rectangle, fill, pick, select
  0 … 9               the colour
  R H V               rotate, flip left-right, flip top-bottom
  Ctrl+I              copy from the input
  Ctrl+C, Ctrl+V      copy, paste: place it with mouse or arrows, then click or Return;
                      other programs get JSON and a picture, and may give numbers
  Ctrl+Shift+V        paste in place of the whole grid
  Ctrl+Shift+X        crop to the selection
  Ctrl+Z, Ctrl+Y      undo, redo, changes of the program too
  F8                  replay the drawing

Looking
  Ctrl+Shift+P        everything by a few of its letters: actions, puzzles, words
  Tab, arrows         go to a grid and read its cells
  Ctrl+D              differences from the expected at every step
  Ctrl+U              cells that learned words were unsure of
  Ctrl+L              rulers
  Ctrl+wheel, Ctrl+0  zoom, fit
  Ctrl+,              settings""")
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
    "inductor": mark("First guess"),
    "search": mark("Search over words"),
    "room": mark("Search with more room"),
    "views": mark("Other views of the puzzle"),
    "coining": mark("Coining a word"),
    "refinement": mark("Gradient refinement"),
    "tuning": mark("Tuning of words"),
    "explore": mark("Exact words"),
    "edited": mark("changed by hand"),
    "opened file": mark("opened from a file"),
}
"""What a person reads for the parts of a search and the origins of programs; words keep their English names,
which are those of the program files."""


def phase_title(phase: str) -> str:
    """Write a part of the search, or the origin of a program, as people read it."""
    return tr(PHASES.get(phase, phase))
