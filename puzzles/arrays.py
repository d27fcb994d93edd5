"""Tasks in an .npz file of the form `<task>/shapes`, `<task>/cells`, as RE-ARC's examples are kept.

`shapes` is (n, 4): height and width of input and output of each pair; `cells` holds their rows one after
another, input before output. Nothing is allocated before a header agrees with the bytes that are there.
"""

from __future__ import annotations

import tokenize
from collections.abc import Iterator, Mapping
from io import BytesIO
from math import prod
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from puzzles.files import read_member
from puzzles.grid import PuzzleError

DEMONSTRATIONS = 4
"""Pairs shown as demonstrations by default; such files have hundreds of pairs for a task."""
_PARTS = ("shapes", "cells")
_SUFFIX = ".npy"
_NO_HEADER = (ValueError, KeyError, SyntaxError, TypeError, RecursionError, MemoryError, tokenize.TokenError)
"""What numpy raises for a header that is none."""


class ArrayTasks(Mapping[str, Any]):
    """Tasks by id, read when asked for: the first pairs are the demonstrations, the next is the test."""

    def __init__(self, archive: ZipFile, file: str, demonstrations: int | None = None) -> None:
        names = {name for name in archive.namelist() if name.endswith(_SUFFIX)}
        found = {name.rpartition("/")[0] for name in names}
        self._ids = [task for task in found if task and {f"{task}/{part}.npy" for part in _PARTS} <= names]
        if not self._ids:
            raise PuzzleError(f"{file}: has no arrays <task>/shapes and <task>/cells, expected tasks")
        self._archive = archive
        self._file = file
        self._demonstrations = DEMONSTRATIONS if demonstrations is None else max(1, demonstrations)

    def arrays(self, task: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return (n, 4) shapes and flat cells of a task that agree; raise `PuzzleError` for others."""
        where = f"{self._file}: {task}"
        shapes = self._array(f"{task}/shapes", f"{where}/shapes")
        cells = self._array(f"{task}/cells", f"{where}/cells")
        if shapes.ndim != 2 or shapes.shape[1] != 4 or cells.ndim != 1:
            raise PuzzleError(f"{where}: shapes and cells are not (n, 4) and flat, expected sides and cells")
        sides = shapes.astype(np.int64)
        needed = int((sides[:, 0] * sides[:, 1] + sides[:, 2] * sides[:, 3]).sum())
        if needed != len(cells):
            raise PuzzleError(f"{where}/cells: has {len(cells)} cells, expected {needed}")
        return shapes, cells

    def __getitem__(self, task: str) -> Any:
        """Return the task as an object with train and test; raise `PuzzleError` for unfit arrays."""
        shapes, cells = self.arrays(task)
        if len(shapes) < 2:
            where = f"{self._file}: {task}"
            raise PuzzleError(f"{where}: has fewer than 2 pairs, expected demonstrations and a test")
        sides = shapes.astype(np.int64)
        count = min(self._demonstrations, len(sides) - 1)
        pairs = list(_pairs(sides[: count + 1].tolist(), cells))
        return {"train": pairs[:count], "test": pairs[count:]}

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def _array(self, name: str, where: str) -> NDArray[np.uint8]:
        try:
            content = read_member(self._archive, name + _SUFFIX)
        except PuzzleError as error:
            raise PuzzleError(f"{self._file}: {error}") from None
        stream = BytesIO(content)
        try:
            version = np.lib.format.read_magic(stream)
            read_header = {
                (1, 0): np.lib.format.read_array_header_1_0,
                (2, 0): np.lib.format.read_array_header_2_0,
            }[version]
            shape, _, kind = read_header(stream)
        except _NO_HEADER:
            raise PuzzleError(f"{where}: is no numpy array, expected one of type uint8") from None
        if kind != np.uint8 or min(shape, default=0) < 0:
            raise PuzzleError(f"{where}: holds {kind}, expected uint8")
        if prod(shape) != len(content) - stream.tell():
            raise PuzzleError(f"{where}: declares {_count(prod(shape))} values, expected as many as it has")
        stream.seek(0)
        array: NDArray[np.uint8] = np.lib.format.read_array(stream, allow_pickle=False)
        return array


def is_arrays(archive: ZipFile) -> bool:
    """Whether an archive is an .npz file."""
    names = archive.namelist()
    return bool(names) and all(name.endswith(_SUFFIX) for name in names)


def _pairs(sides: list[list[int]], cells: NDArray[np.uint8]) -> Iterator[dict[str, NDArray[np.uint8]]]:
    start = 0
    for height, width, rows, columns in sides:
        middle, end = start + height * width, start + height * width + rows * columns
        yield {
            "input": cells[start:middle].reshape(height, width),
            "output": cells[middle:end].reshape(rows, columns),
        }
        start = end


def _count(number: int) -> str:
    return f"{number:,}" if number < 10**15 else "far too many"
