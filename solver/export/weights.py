"""The weights that a stand-alone program of learned words needs, cut out of the shipped ones."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

from safetensors import SafetensorError
from safetensors.numpy import load, save

from solver.words.program import Program, ProgramError

SHIPPED = Path(str(files("assets"))) / "models" / "nli.safetensors"
_DIGITS = 16


_LEARNED = re.compile(r"w(\d+)")


def learned_row(word: str) -> int | None:
    """Codebook row of a learned word, 17 for "w17"; None for any other word."""
    match = _LEARNED.fullmatch(word)
    return None if match is None else int(match[1])


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
        content = path.read_bytes()
        config = json.loads(path.with_suffix(".json").read_text("utf-8"))["config"]
        heads, rotary = config["heads"], config.get("rotary_heads", 0)
        tensors = load(content)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ProgramError(f"{path}: the weights cannot be read, {error}") from None
    found = hashlib.sha256(content).hexdigest()[:_DIGITS]
    if found != program.fingerprint:
        raise ProgramError(f"the program was written with weights {program.fingerprint}, not with {found}")
    rows = learned_rows(program)
    kept = {name: tensor for name, tensor in tensors.items() if name.startswith("executor.")}
    kept["executor.codes"] = kept["executor.codes"][rows].copy()
    about = {"words": json.dumps(rows), "heads": json.dumps(heads), "rotary": json.dumps(rotary)}
    return bytes(save(kept, metadata=about | {"weights": found}))
