"""What a Python file of procedure words needs to run: the drawing core in numpy, and its weights as text.

The functions of the first half are written out with all they use; they are those that run the words here.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import textwrap
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load

from puzzles.files import open_regular, read_text
from solver.npi.calls import PROCEDURES, ForEach, parse_for_each
from solver.npi.compose import carry_out, last
from solver.npi.follow import Follower
from solver.npi.scene import Scene
from solver.npi.sheet import SheetDrawing
from solver.npi.swift import SwiftCore
from solver.words.program import Program, ProgramError

DRAWING = Path(str(files("assets"))) / "models" / "npi.drawing.safetensors"
_DEEPEST = 3000
_DIGITS = 16
_LINE = 100


def read_network(text: str) -> Follower:
    """The drawing core from its weights: an .npz of half-precision arrays and the programs' names, base64."""
    with np.load(io.BytesIO(base64.b64decode(text))) as arrays:
        programs = arrays["programs"].tolist()
        tensors = {name: arrays[name].astype(np.float32) for name in arrays.files if name != "programs"}
    environment = SheetDrawing()
    core = SwiftCore(tensors, programs, environment.name, environment.sizes)
    return Follower(environment, core.decide, _DEEPEST)


def run_for_each(network: Follower, plan: ForEach, value: Any) -> np.ndarray:
    """A grid, or the picture of pieces, once every call was carried out; `RuntimeError` without an end."""
    grid = value if isinstance(value, np.ndarray) else value.picture()
    done = last(carry_out(network, PROCEDURES[plan.procedure], plan.calls(Scene(grid)), grid))
    if done.cells is None:
        raise RuntimeError(f"{plan.name} does not end")
    return done.cells


def network_text(program: Program, path: Path = DRAWING) -> str:
    """The weights as lines for `read_network`.

    Raises `ProgramError` where they cannot be read, are not those that the program was found with, or do not
    know a procedure that it calls.
    """
    try:
        with open_regular(path) as stream:
            content = stream.read()
        config = json.loads(read_text(path.with_suffix(".json")))["config"]
        programs = [*config["programs"], *config.get("added", [])]
        tensors = {name: tensor.astype(np.float16) for name, tensor in load(content).items()}
    except (OSError, ValueError, KeyError, TypeError, RecursionError, SafetensorError) as error:
        raise ProgramError(f"{path}: the weights cannot be read, {error}") from None
    found = f"npi-{hashlib.sha256(content).hexdigest()[:_DIGITS]}"
    if found not in program.fingerprint.split("+"):
        raise ProgramError(f"the program was written with weights {program.fingerprint}, not with {found}")
    for plan in filter(None, map(parse_for_each, program.words)):
        if PROCEDURES[plan.procedure].program not in programs:
            raise ProgramError(f"{plan.name}: the drawing weights know no {plan.procedure}")
    packed = io.BytesIO()
    arrays: dict[str, Any] = {"programs": np.array(programs), **tensors}
    np.savez_compressed(packed, **arrays)
    return "\n".join(textwrap.wrap(base64.b64encode(packed.getvalue()).decode(), _LINE))
