"""The weights that a stand-alone program of learned words needs, cut out of the shipped ones."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

from safetensors import SafetensorError
from safetensors.numpy import load, save

from puzzles.files import open_regular, read_text
from solver.words.program import Program, ProgramError, learned_row

SHIPPED = Path(str(files("assets"))) / "models" / "nli.safetensors"
_DIGITS = 16


def learned_rows(program: Program) -> list[int]:
    """Codebook rows of the learned words a program uses, each once, in ascending order."""
    return sorted({row for row in map(learned_row, program.words) if row is not None})


def refuse_coined(program: Program) -> None:
    """Raise `ProgramError` for a program with words coined for its puzzle: the weights have no row for them.

    Only the program file carries such words.
    """
    coined = [name for name, _ in program.coined if name in program.words]
    if coined:
        raise ProgramError(
            f"{', '.join(coined)} was coined for this puzzle and is no word of the shipped weights;"
            " only a program file (JSON) carries it"
        )


def weights_for(program: Program, path: Path = SHIPPED) -> bytes:
    """A safetensors file: the executor, with the codes of the program's words alone.

    Raises `ProgramError` where the weights cannot be read or are not the program's, and for coined words.
    """
    refuse_coined(program)
    try:
        with open_regular(path) as stream:
            content = stream.read()
        config = json.loads(read_text(path.with_suffix(".json")))["config"]
        heads, rotary = config["heads"], config.get("rotary_heads", 0)
        tensors = load(content)
        codes = tensors["executor.codes"]
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        SafetensorError,
    ) as error:
        raise ProgramError(f"{path}: the weights cannot be read, {error}") from None
    found = hashlib.sha256(content).hexdigest()[:_DIGITS]
    if found != program.fingerprint:
        raise ProgramError(f"the program was written with weights {program.fingerprint}, not with {found}")
    rows = learned_rows(program)
    if rows and rows[-1] >= len(codes) - 1:  # the last row is skip, which is no word
        raise ProgramError(f"w{rows[-1]} is no word of these weights, expected w0 to w{len(codes) - 2}")
    kept = {name: tensor for name, tensor in tensors.items() if name.startswith("executor.")}
    kept["executor.codes"] = codes[rows].copy()
    about = {"words": json.dumps(rows), "heads": json.dumps(heads), "rotary": json.dumps(rotary)}
    return bytes(save(kept, metadata=about | {"weights": found}))
