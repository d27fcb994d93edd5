"""The solver as the window sees it: a few functions that import it when they are first called.

Importing the solver loads torch, which takes seconds, so these functions belong in the solver's thread.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from puzzles.puzzle import Puzzle
from solver.words.program import Language
from solver.words.results import ENGINES, Engine, Search, SolveOptions

if TYPE_CHECKING:
    from solver.search.memory import Memory
    from solver.words.arguments import Argument

Clock = Callable[[], float]
"""Seconds that count against a search's budget."""
Begin = Callable[[Callable[[], bool]], Iterator[Any]]
"""Begins an iteration, given a question that says whether it is still wanted."""
_TORCH_LIBRARIES = ("libtorch_global_deps.so", "libtorch_cpu.so", "libtorch_python.so")
_BACKGROUND_NICENESS = 5
_SWITCH_INTERVAL_S = 0.0005
"""How long the solver may keep the interpreter's lock while the window waits for it; Python's own 5 ms add
up, as painting the board asks for the lock hundreds of times."""


@dataclass(frozen=True)
class Services:
    """What the window needs of the solver; tests put their own functions here."""

    solve: Callable[[Puzzle, SolveOptions, Clock], Search]
    load_language: Callable[[], Language]
    canvas_for: Callable[[Puzzle], tuple[int, int]]
    engines: Callable[[], tuple[str, ...]]
    arguments: Callable[[str], tuple[Argument, ...]] = field(default=lambda _word: ())
    """What can be changed in the name of an exact word."""
    memory: Callable[[], Memory | None] = field(default=lambda: None)
    """The programs that solved earlier puzzles; None where none are kept."""
    device: Callable[[], tuple[str, str]] = field(default=lambda: ("", ""))
    """The device that "auto" takes and why; empty where nobody knows."""
    give_back_memory: Callable[[], None] = field(default=lambda: None)
    """Called when a search has ended."""
    exact_language: Callable[[], Language | None] = field(default=lambda: None)
    """The exact words alone, which are there at once; None where they are part of the language alone."""
    every_core: Callable[[], AbstractContextManager[None]] = field(default=nullcontext)
    """Inside it the solver's thread may use the core that is otherwise left to the window."""


def solver_services(memory_folder: Path | None = None) -> Services:
    """Return the real solver, imported when it is first used; it remembers programs in `memory_folder`."""

    def solve(puzzle: Puzzle, options: SolveOptions, clock: Clock) -> Search:
        """Begin a search; nothing happens before its first report is asked for."""
        solver, engines = _import_solver(), _compared()
        search: Search = solver.solve(
            puzzle,
            replace(options, engine=_pick(options.engine, _engines())),
            clock=clock,
            memory=memory() if options.remembers else None,
            engines=engines,
        )
        return search

    def memory() -> Memory | None:
        if memory_folder is None:
            return None
        from solver.nli.learned import SHIPPED  # noqa: PLC0415
        from solver.search.memory import Memory  # noqa: PLC0415
        from solver.tensors import fingerprint  # noqa: PLC0415

        return Memory(fingerprint(SHIPPED), memory_folder)

    return Services(
        solve,
        _load_language,
        _canvas_for,
        _engines,
        _arguments,
        memory,
        _device,
        give_back_memory=_give_back_memory,
        exact_language=_exact_language,
        every_core=_every_core,
    )


def _engines() -> tuple[str, ...]:
    """Return what can answer here: the compared methods need weights that do not come along."""
    return (*ENGINES, *_compared())


def _compared() -> dict[str, Engine]:
    from solver.commands.engines import available_engines  # noqa: PLC0415

    return available_engines()


def _device() -> tuple[str, str]:
    _import_solver()
    from solver.nli.device import choose  # noqa: PLC0415

    device, why = choose()
    return device.type, why


def _pick(wanted: str, engines: tuple[str, ...]) -> str:
    """Return `wanted` where it can answer here, else the most capable engine."""
    return wanted if wanted in engines else ENGINES[0]


def _load_language() -> Language:
    language: Language = _import_solver().load_language()
    return language


def _canvas_for(puzzle: Puzzle) -> tuple[int, int]:
    from solver.words.canvas import canvas_for  # noqa: PLC0415

    return canvas_for(puzzle)


def _exact_language() -> Language:
    from solver.words.vocabulary import EXACT_LANGUAGE  # noqa: PLC0415

    return EXACT_LANGUAGE


def _give_back_memory() -> None:
    from solver.tensors import give_back_memory  # noqa: PLC0415

    give_back_memory()


def _arguments(word: str) -> tuple[Argument, ...]:
    from solver.npi.lexicon import call_arguments  # noqa: PLC0415
    from solver.words.arguments import arguments  # noqa: PLC0415

    return arguments(word) or call_arguments(word)


def yield_to_window() -> None:
    """Let the window have the processor first; call it at the start of the solver's thread.

    Linux gives every thread a niceness of its own, and the threads torch starts inherit it.
    """
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    if sys.platform == "linux":
        niceness = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, min(19, niceness + _BACKGROUND_NICENESS))


@cache
def _import_solver() -> ModuleType:
    """Import `solver.search.solve`, leaving the window one of the processor's cores."""
    load_torch_libraries()
    import torch  # noqa: PLC0415

    torch.set_num_threads(_threads()[1])
    from solver.search import solve  # noqa: PLC0415

    return solve


@cache
def _threads() -> tuple[int, int]:
    """Return how many threads torch takes of itself, and how many leave the window a core."""
    import torch  # noqa: PLC0415

    own = torch.get_num_threads()
    return own, min(own, max(1, (os.cpu_count() or 1) - 1))


@contextmanager
def _every_core() -> Iterator[None]:
    """Lend torch the window's core: a program runs for a tenth of a second, while somebody waits for it."""
    if "torch" not in sys.modules:  # exact words do without
        yield
        return
    import torch  # noqa: PLC0415

    every, searching = _threads()
    torch.set_num_threads(every)
    try:
        yield
    finally:
        torch.set_num_threads(searching)


def load_torch_libraries() -> None:
    """Load torch's shared libraries without holding the interpreter's lock.

    `import torch` loads them holding it, which stops the window for as long as the disk takes; a foreign
    call does not hold it. Where the libraries are called otherwise, the import does it all.
    """
    spec = find_spec("torch")
    if sys.platform != "linux" or spec is None or not spec.submodule_search_locations:
        return
    load = ctypes.CDLL(None).dlopen
    load.restype, load.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    for name in _TORCH_LIBRARIES:
        path = Path(spec.submodule_search_locations[0], "lib", name)
        if path.is_file():
            load(os.fsencode(path), os.RTLD_NOW | os.RTLD_GLOBAL)
