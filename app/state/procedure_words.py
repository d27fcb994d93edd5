"""What a procedure's steps and observations are called."""

from __future__ import annotations

from app.procedures import TaskFacts
from app.state.recording import Arguments, Made
from app.translate import mark, tr

TASK_TITLES = {
    "addition": mark("Addition"),
    "sorting": mark("Bubble sort"),
    "maximum": mark("Greatest of a row"),
    "ray": mark("Ray"),
    "bounce": mark("Bounce"),
    "fill": mark("Fill"),
    "drop": mark("Drop"),
    "bar": mark("Bar"),
}
ABOUT_TASKS = {
    "addition": mark("Adds two numbers of any length, column by column, with carries."),
    "sorting": mark("Sorts a row of digits by comparing neighbours, pass after pass."),
    "maximum": mark("Sorts a row of digits, then moves to the last one."),
    "ray": mark("Draws from the eye in one direction until something is in the way."),
    "bounce": mark("Draws diagonally and is thrown back at the sides, until something is above or below."),
    "fill": mark("Fills the empty area around the eye."),
    "drop": mark("Moves the piece under the eye until it touches something."),
    "bar": mark("Counts a row's marks in the hand colour and draws a bar of that length."),
}
DIRECTIONS = (
    mark("north"),
    mark("north-east"),
    mark("east"),
    mark("south-east"),
    mark("south"),
    mark("south-west"),
    mark("west"),
    mark("north-west"),
)
POINTERS = {
    "first": mark("first number"),
    "second": mark("second number"),
    "carry": mark("carry"),
    "sum": mark("sum"),
    "left": mark("left"),
    "right": mark("right"),
    "counter": mark("counter"),
    "eye": mark("eye"),
    "pen": mark("pen"),
}
FLAGS = {
    "counter beyond the end": mark("counter beyond the end"),
    "left at the start": mark("left at the start"),
    "blocked north": mark("blocked north"),
    "blocked east": mark("blocked east"),
    "blocked south": mark("blocked south"),
    "blocked west": mark("blocked west"),
}
PLACES = {"here": mark("here"), "under the pen": mark("under the pen")}
KINDS = (mark("empty"), mark("hand colour"), mark("other colour"), mark("outside"))
"""What a drawing procedure tells apart in a cell."""
WRITE, SWAP, PUSH = 8, 9, 10
OUTSIDE = 10
"""What a pointer beyond the edge reads."""


def pointer_title(pointer: str) -> str:
    """What a pointer is called."""
    return tr(POINTERS[pointer]) if pointer in POINTERS else pointer


def component_title(component: str) -> str:
    """What one number of an observation is about."""
    for known in (POINTERS, FLAGS, PLACES):
        if component in known:
            return tr(known[component])
    return tr(component) if component in DIRECTIONS else component


def component_value(facts: TaskFacts, component: str, value: int) -> str:
    """What was seen there."""
    if component in FLAGS:
        return tr("yes") if value else tr("no")
    if facts.environment == "drawing":
        return tr(KINDS[value]) if value < len(KINDS) else str(value)
    return tr("wall") if value == OUTSIDE else str(value)


def act_text(facts: TaskFacts, arguments: Arguments) -> str:
    """What an `ACT` does, in words."""
    which, action, value = arguments
    if which >= len(facts.pointers):
        return tr("nothing: there is no pointer {number}", number=which + 1)
    pointer = pointer_title(facts.pointers[which])
    if action < len(DIRECTIONS):
        return tr("{pointer}: one cell {direction}", pointer=pointer, direction=tr(DIRECTIONS[action]))
    if action == WRITE:
        what = tr("the hand's colour") if facts.environment == "drawing" else str(min(value, 9))
        return tr("{pointer}: write {what}", pointer=pointer, what=what)
    if action == SWAP and facts.environment == "sorting":
        return tr("swap left and right")
    if action == PUSH and facts.environment == "drawing" and value < len(DIRECTIONS):
        return tr("push the piece {direction}", direction=tr(DIRECTIONS[value]))
    return tr("nothing: unknown action {number}", number=action)


def call_text(facts: TaskFacts, program: str, arguments: Arguments) -> str:
    """A call with what it was given; in the grid procedures that is a direction."""
    if facts.environment == "drawing" and program not in facts.undirected and arguments[0] < 8:
        return f"{program} {tr(DIRECTIONS[arguments[0]])}"
    given = " ".join(str(value) for value in arguments) if any(arguments) else ""
    return f"{program} {given}".rstrip()


def made_text(facts: TaskFacts, made: Made) -> str:
    """A step in a few words."""
    if made.kind == "act":
        return act_text(facts, made.arguments)
    if made.kind == "return":
        return tr("return")
    return call_text(facts, made.program, made.arguments)
