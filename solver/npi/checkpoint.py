"""A core in two files: half-precision weights as safetensors, and JSON that says what they are."""

from __future__ import annotations

import copy
import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import torch

import assets
from puzzles.storage import write_whole
from solver.npi.model import Core, CoreConfig
from solver.npi.pad import ENVIRONMENTS
from solver.tensors import load_tensors, read_about, save_tensors
from solver.words.errors import CheckpointError

FORMAT = 1
_WIDEST = 4096
MODELS = Path(assets.__file__).parent / "models"


def shipped(name: str) -> Path:
    """The weights that come with the program under that name."""
    return MODELS / f"npi.{name}.safetensors"


def rounded(core: Core) -> Core:
    """A copy with the weights that a saved core has once it is loaded again."""
    twin = copy.deepcopy(core)
    with torch.no_grad():
        for parameter in twin.parameters():
            parameter.copy_(parameter.half().float())
    return twin.eval()


def save_core(core: Core, path: Path, about: dict[str, Any]) -> None:
    """Write the weights in half precision and their JSON twin."""
    save_tensors({name: tensor.half() for name, tensor in core.state_dict().items()}, path)
    document = about | {"format": FORMAT, "config": asdict(core.config)}
    write_whole(path.with_suffix(".json"), json.dumps(document, indent=1) + "\n")


def load_core(path: Path) -> tuple[Core, dict[str, Any]]:
    """Read a core and its JSON; raises `CheckpointError` naming the file and what was expected."""
    about_path = path.with_suffix(".json")
    about = read_about(about_path)
    core = Core(_read_config(about, about_path))
    try:
        core.load_state_dict({name: tensor.float() for name, tensor in load_tensors(path).items()})
    except RuntimeError as error:
        raise CheckpointError(f"{path}: expected weights that fit {about_path.name}, {error}") from None
    return core.eval(), about


def _read_config(about: Any, path: Path) -> CoreConfig:
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise CheckpointError(f"{path}: expected an object with format {FORMAT}")
    config = about.get("config")
    if isinstance(config, dict):
        config = {"added": [], "rank": 0, "focus": False} | config
    names = [field.name for field in fields(CoreConfig)]
    if not isinstance(config, dict) or set(config) != set(names):
        raise CheckpointError(f"{path}: config: expected an object with {', '.join(names)}")
    programs, environments = config["programs"], config["environments"]
    if not isinstance(programs, list) or not programs or not all(isinstance(p, str) for p in programs):
        raise CheckpointError(f"{path}: config.programs: expected a list of names")
    if not isinstance(environments, dict):
        raise CheckpointError(f"{path}: config.environments: expected an object")
    for name, sizes in environments.items():
        if name not in ENVIRONMENTS or sizes != list(ENVIRONMENTS[name].sizes):
            raise CheckpointError(f"{path}: config.environments.{name}: expected the sizes of an environment")
    added = config["added"]
    if not isinstance(added, list) or not all(isinstance(p, str) for p in added):
        raise CheckpointError(f"{path}: config.added: expected a list of names")
    if not isinstance(config["focus"], bool):
        raise CheckpointError(f"{path}: config.focus is {config['focus']!r}, expected true or false")
    widths = {name: config[name] for name in names if type(getattr(CoreConfig, name, None)) is int}
    for name, width in widths.items():
        least = 0 if name == "rank" else 1
        if not isinstance(width, int) or not least <= width <= _WIDEST:
            raise CheckpointError(f"{path}: config.{name} is {width!r}, expected {least} to {_WIDEST}")
    sizes = {name: tuple(sizes) for name, sizes in environments.items()}
    return CoreConfig(tuple(programs), sizes, added=tuple(added), focus=config["focus"], **widths)
