"""Measure puzzles on the machines of a Dask cluster (extra `glossa[cluster]`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from solver.words.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE_S = 10
"""How long a scheduler may take to answer."""


def connect(address: str) -> Client:
    """A client of the scheduler at `address`; raises `UsageError` where there is none, or no Dask here."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError("--cluster needs Dask: pip install 'glossa[cluster]'") from None
    try:
        return Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError) as error:
        raise UsageError(f"no Dask scheduler answers at {address!r}: {error}") from None


def measure_on(
    client: Client,
    measure: Callable[..., dict[str, Any]],
    calls: Sequence[tuple[Any, ...]],
    say: Callable[[str], None],
) -> Iterator[dict[str, Any]]:
    """Yield the result of `measure` for every tuple of arguments, in the order in which they finish.

    What ran on a worker that died runs again on another. A call that fails, or whose workers keep dying, is
    reported and left out: the next run of the command finds it missing and tries again.
    """
    from distributed import as_completed  # noqa: PLC0415

    futures = [client.submit(measure, *arguments, pure=False) for arguments in calls]
    names = {future.key: str(arguments[1:]) for future, arguments in zip(futures, calls, strict=True)}
    for future in as_completed(futures):
        if future.status == "finished":
            yield future.result()
        else:
            say(f"{names[future.key]}: not measured, {future.exception()!r}")
        future.release()
