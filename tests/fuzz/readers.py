"""Every reader of files that Glossa has: good documents to begin from, and how each is read."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.settings import Settings, UserPaths
from app.state.batch import rows_from_json
from app.state.findings import FindingStore
from app.state.recovery import draft_from_json
from puzzles.collections import Collection, folder, open_path
from puzzles.files import parse_json, read_text
from puzzles.grid import PuzzleError, as_grid
from puzzles.puzzle import puzzle_from_json
from puzzles.score import attempts_in, score
from solver.nli.checkpoint import load_model, load_tensors
from solver.nli.config import ModelConfig
from solver.search.memory import Memory
from solver.training.corpus import load_corpus
from solver.words.errors import CheckpointError, UsageError
from solver.words.program import ProgramError, program_from_json
from solver.words.results import run_program
from solver.words.vocabulary import EXACT_LANGUAGE
from tests.fuzz.mutations import hostile_bytes, hostile_text

PAIR = {"input": [[1, 0], [0, 2]], "output": [[0, 1], [2, 0]]}
TASK = {"train": [PAIR, PAIR], "test": [PAIR], "name": "a task", "own": {"key": [1]}}
PROGRAM = {
    "format": 1,
    "language": "exact",
    "steps": [
        {"word": "flip left-right"},
        {"word": "each: flip left-right", "source": -1},
        {"word": "transpose", "source": 0, "others": []},
    ],
    "puzzle": TASK,
    "name": "p",
    "coined": {"new-000000": [0.5, 1]},
    "room": [3, 3],
}
REMEMBERED = {"format": 1, "name": "m", "program": PROGRAM, "solved_at": "2026-01-01", "key": [0.5, 1.0]}
RESULT = {
    "verified": True,
    "correct": None,
    "seconds": 1.5,
    "program": ["w1"],
    "attempts": [[[[1]]]],
    "error": "",
}
RESULTS = {"format": 1, "collection": "x", "results": {"a": RESULT, "b": RESULT}}
DRAFT = {
    "name": "p",
    "path": "/tmp/p.json",
    "stamp": [10, "ab"],
    "puzzle": TASK,
    "text": "",
    "answers": [[[1]]],
}
FINDINGS = {
    "format": 1,
    "puzzle": "p",
    "weights": "",
    "engine": "auto",
    "seconds": 1.5,
    "tried": "tried 3 programs",
    "shown": 0,
    "found": [{"program": json.dumps(PROGRAM), "origin": "explore", "loss": 0.5}],
    "log": ["    0.1 s  searching"],
}
TINY = ModelConfig(
    slots=2,
    codebook=3,
    width=8,
    heads=2,
    expansion=1,
    inductor_layers=1,
    executor_layers=1,
    code_width=4,
    frequencies=2,
)
ABOUT = {
    "format": 1,
    "config": asdict(TINY),
    "meanings": {"w0": {"operation": "transpose", "agreement": 1.0}},
    "bootstrapped": ["transpose"],
    "trained": {"plan": {"last_side": 5}},
}
SUBMISSION = {
    "a": [{"attempt_1": [[1]], "attempt_2": [[2]]}],
    "b": [{"attempt_1": [[1]], "attempt_2": [[2]]}],
}
WEIGHTS = (8).to_bytes(8, "little") + b"{}      "


@dataclass(frozen=True)
class Reader:
    """One kind of file: how a hostile one is made, how it is read and what may be raised for it."""

    name: str
    file: str
    make: Callable[[random.Random], bytes]
    read: Callable[[Path], Sequence[str]]
    """Returns what was said about parts that are passed over."""
    refuses: tuple[type[Exception], ...] = ()
    share: float = 1.0
    """Of the number of files that other readers are given: some take longer."""


def _document(*documents: Any) -> Callable[[random.Random], bytes]:
    return lambda rng: hostile_text(rng.choice(documents), rng)


def _npz(rng: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name in ("a/shapes", "a/cells", "b/shapes", "b/cells"):
            count = rng.choice((8, 8, 8, 7, 0))
            array = np.full((2, 4), 1, np.uint8) if name.endswith("shapes") else np.zeros(count, np.uint8)
            part = io.BytesIO()
            np.save(part, array.astype(rng.choice((np.uint8, np.uint8, np.int64))))
            content = part.getvalue()
            archive.writestr(f"{name}.npy", hostile_bytes(content, rng) if rng.random() < 0.3 else content)
    content = stream.getvalue()
    return hostile_bytes(content, rng) if rng.random() < 0.5 else content


def _weights(rng: random.Random) -> bytes:
    header = json.dumps({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
    return hostile_bytes(len(header).to_bytes(8, "little") + header + b"\0" * 8, rng)


def _tasks(path: Path) -> Sequence[str]:
    found = open_path(path)
    return _all(found) if isinstance(found, Collection) else ()


def _all(found: Collection) -> list[str]:
    list(found.puzzles())
    return [refused.reason for refused in found.refused]


def _kaggle(path: Path) -> Sequence[str]:
    home = path.with_name("set")
    home.mkdir(exist_ok=True)
    (home / "hostile_challenges.json").write_text(json.dumps({"a": TASK, "b": TASK}))
    (home / "hostile_solutions.json").write_bytes(path.read_bytes())
    return _all(folder(home))


def _program(path: Path) -> Sequence[str]:
    program, puzzle = program_from_json(read_text(path), path.name)
    try:
        run_program(EXACT_LANGUAGE, program, puzzle, (30, 30), "test")
    except ProgramError as error:
        return [f"hostile {error}"]  # it names the step, not the file
    return ()


def _memory(path: Path) -> Sequence[str]:
    Memory(path.parent.name, path.parent.parent).entries()
    return ()


def _results(path: Path) -> Sequence[str]:
    return rows_from_json(read_text(path), path.name)[1]


def _draft(path: Path) -> Sequence[str]:
    draft_from_json(read_text(path), path.name)
    return ()


def _findings(path: Path) -> Sequence[str]:
    store, puzzle = FindingStore(path.parent / "findings"), puzzle_from_json(json.dumps(TASK), "p")
    file = store.file_of(puzzle)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(path.read_bytes())
    store.find(puzzle)
    return ()


def _settings(path: Path) -> Sequence[str]:
    settings = Settings(UserPaths(path.parent, path.parent))
    settings.text("a", ""), settings.flag("b", True), settings.blob("c")
    return ()


def _submission(path: Path) -> Sequence[str]:
    answers = {name: [as_grid([[1]])] for name in "ab"}
    found = attempts_in(parse_json(read_text(path), path.name), path.name, "hostile")
    return [f"hostile {task.problem}" for task in score(found, answers).tasks if task.problem]


def _about(path: Path) -> Sequence[str]:
    load_model(path.with_suffix(".safetensors"))
    return ()


def _tensors(path: Path) -> Sequence[str]:
    load_tensors(path)
    return ()


def _arrays(path: Path) -> Sequence[str]:
    try:
        load_corpus(path)
    except (UsageError, PuzzleError) as error:
        return [str(error)]
    return _tasks(path)


READERS = (
    Reader("task", "hostile.json", _document(TASK, [PAIR, PAIR, PAIR]), _tasks, (PuzzleError,)),
    Reader("collection", "hostile.json", _document({"a": TASK, "b": TASK}, [TASK]), _tasks, (PuzzleError,)),
    Reader("solutions", "hostile.json", _document({"a": [[[1]]], "b": [[[1]]]}), _kaggle, (PuzzleError,)),
    Reader("program", "hostile.json", _document(PROGRAM), _program, (ProgramError, PuzzleError)),
    Reader("memory", "hostile.json", _document(REMEMBERED), _memory),
    Reader("results", "hostile.json", _document(RESULTS), _results, (PuzzleError,)),
    Reader("draft", "hostile.json", _document(DRAFT), _draft, (PuzzleError,)),
    Reader("findings", "hostile.json", _document(FINDINGS), _findings),
    Reader("settings", "settings.json", _document({"a": "x", "b": "yes", "c": "AAAA"}), _settings),
    Reader("submission", "hostile.json", _document(SUBMISSION), _submission, (PuzzleError,)),
    Reader("weights' JSON", "hostile.json", _document(ABOUT), _about, (CheckpointError,), 0.15),
    Reader("weights", "hostile.safetensors", _weights, _tensors, (CheckpointError,), 0.5),
    Reader("arrays", "hostile.npz", _npz, _arrays, (PuzzleError,), 0.5),
)
