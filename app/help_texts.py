"""What the help page says beside the menus' own shortcuts."""

from __future__ import annotations

from app.translate import mark

TOPICS = (
    (
        mark("In short"),
        mark(
            "Glossa explains ARC puzzles. Open one, press Solve, and step through the program it finds: "
            "each step is a word, each word makes a grid."
        ),
    ),
    (
        mark("Verified, or a guess"),
        mark(
            '"Verified" means that the program reproduces every demonstration exactly, sizes included. '
            "Anything else is a guess, shown with the number of its wrong cells. A verified program may "
            "still be wrong about the test: the demonstrations may allow another reading."
        ),
    ),
    (
        mark("Two attempts"),
        mark(
            "Each test is answered at most twice. The cards below Solve show the answers that were found, "
            "how many programs give each, and which two are the attempts. The second is never a copy of "
            "the first. The right button on a card, or Ctrl+1 and Ctrl+2, makes it an attempt by hand."
        ),
    ),
    (
        mark("Three kinds of words"),
        mark(
            "Learned words come from training: rows of a codebook that a neural network carries out. "
            "Exact words are operations with a human name. Procedures are learned programs that move "
            "pointers on a pad, call each other and go on until a condition holds; they can be watched "
            "under Program, Procedures."
        ),
    ),
    (
        mark("When nothing is found"),
        mark(
            "Give it more effort, or look at the table of wrong cells: one demonstration that alone is "
            "not explained may hold a mistake. A further demonstration that shows the rule more plainly "
            "helps most."
        ),
    ),
    (
        mark("Comparing and steering"),
        mark(
            "Two programs can be put side by side; the place where they part is framed. Search on from a "
            "step to keep what comes before it. A right click on a step or a word leaves the word out of "
            "the next search, or demands it. Draw what the grids are to be after a step, and the steps "
            "before or after are searched. Continue (F5) goes on from what was found, with more time."
        ),
    ),
    (
        mark("Watching a search"),
        mark(
            "Watch the search (Ctrl+Shift+W) to see who is at work and the states nearest to the outputs; "
            "each can be opened on the board afterwards. The film (Ctrl+Shift+F) shows gradient refinement, "
            "while it runs and later: hold it, go back, and refine from a moment you keep."
        ),
    ),
    (
        mark("Changing a program"),
        mark(
            "Put in words from the dictionary or by the + between two steps, move and delete steps, or click "
            "a number or colour in a step to give it another. A word that is not listed can be written. "
            "Every change is run at once and can be undone. Steps get a name with F2 and become one word."
        ),
    ),
    (
        mark("What is kept"),
        mark(
            "Your answers, notes and what a search found belong to the puzzle and are there when you open "
            "it again. Unsaved drawings are written aside every few seconds and offered after a crash. A "
            "file is only written where you say so."
        ),
    ),
    (
        mark("Files"),
        mark(
            "Task files, folders, Kaggle files, lists, JSON Lines, archives and programs can be opened, "
            "also by dropping them on the window. What else a file holds stays in it when it is saved. "
            "Programs, puzzles and pictures are exported with Ctrl+E; Ctrl+M copies a link to this moment."
        ),
    ),
    (
        mark("Without the window"),
        mark(
            "Everything can be done on the command line too: glossa solve, glossa export, glossa "
            "submission. glossa --help lists the commands."
        ),
    ),
)
"""Titles and texts."""
FURTHER_KEYS = (
    (
        mark("Program"),
        (
            ("← →", mark("one step back, one step on")),
            ("Home, End", mark("the input, the answer")),
            ("Space", mark("play or pause")),
            ("F9", mark("stop playing at this step, or no longer")),
        ),
    ),
    (
        mark("Drawing"),
        (
            ("B L U G I M", mark("pencil, line, rectangle, fill, pick, select")),
            ("0 … 9", mark("the colour")),
            ("R H V", mark("rotate, flip left-right, flip top-bottom")),
            ("Ctrl+V", mark("paste: place it with mouse or arrows, then click or Return")),
        ),
    ),
    (
        mark("Looking"),
        (
            ("Tab", mark("to the next grid; arrow keys read its cells")),
            ("Ctrl+click, Ctrl+Shift+K", mark("mark an object of an input for the search, or no longer")),
            ("Ctrl+wheel", mark("zoom")),
        ),
    ),
    (
        mark("Teaching a procedure"),
        (
            ("← ↑ ↓ →, Home … PgDn", mark("move the pointer, diagonally too")),
            ("Space", mark("write; before a recording, put the brush's colour down")),
            ("P", mark("the other pointer")),
            ("Ctrl+← …", mark("push the piece under the eye")),
            ("F5, Ctrl+Return, Ctrl+Z", mark("record, done, take back")),
        ),
    ),
)
"""Keys of the board and the tools, which stand in no menu, by where they are used."""
