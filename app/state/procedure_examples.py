"""The examples that are offered, from easy to hard."""

from __future__ import annotations

from app.procedures import Example, facts_of, known_tasks

MOST_CELLS = 60
"""The largest random row or grid side that can be asked for; longer rows can be typed in."""
_EXAMPLES = (
    Example("addition", 1, given=("7", "8")),
    Example("addition", 4, given=("999", "1")),
    Example("sorting", 4),
    Example("ray", 8, seed=10),
    Example("drop", 7, seed=9),
    Example("bar", 8, seed=35),
    Example("bounce", 8, seed=29),
    Example("fill", 6),
    Example("addition", 20),
    Example("sorting", 9),
    Example("maximum", 6),
    Example("ray", 20, seed=2),
    Example("bounce", 20, seed=36),
    Example("drop", 20, seed=36),
    Example("bar", 20, seed=8),
    Example("fill", 14, seed=25),
    Example("sorting", 25),
    Example("addition", 60),
)


def examples() -> tuple[Example, ...]:
    """Return the examples of tasks whose networks come with the program."""
    known = known_tasks()
    return tuple(example for example in _EXAMPLES if example.task in known)


def is_row(task: str) -> bool:
    """Whether a task's size is the length of a row and not the side of a grid."""
    return facts_of(task).environment != "drawing"
