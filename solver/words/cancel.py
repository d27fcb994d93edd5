"""Cancelling from within: what computes for long looks up now and then whether it is still wanted.

A search is a generator and stops between two of its steps, but a step on a large puzzle takes seconds on a
slow machine. Whoever drives the search says what is to be looked at; the networks look between their blocks,
in both directions. Nothing has to be handed down, and where nobody asked nothing is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_check: ContextVar[Callable[[], None] | None] = ContextVar("check", default=None)


@contextmanager
def looking_up(check: Callable[[], None]) -> Iterator[None]:
    """Within it, `look_up` calls `check` in this thread; what that raises ends the computation."""
    token = _check.set(check)
    try:
        yield
    finally:
        _check.reset(token)


def look_up() -> None:
    """A place where a computation may be ended by an exception of whoever waits for it."""
    check = _check.get()
    if check is not None:
        check()


def is_watched() -> bool:
    """Whether anybody asked to look up."""
    return _check.get() is not None
