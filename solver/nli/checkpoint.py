"""Weights as safetensors beside one JSON that says what they are; nothing is ever unpickled."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import torch

from puzzles.grid import MAX_SIDE, shown
from puzzles.storage import write_whole
from solver.nli.config import ModelConfig
from solver.nli.model import NLI
from solver.tensors import load_tensors, read_about, save_tensors
from solver.words.errors import CheckpointError

FORMAT = 1
_WIDEST = 65_536
"""Beyond any width here; the sizes of the tensors in the file settle the rest."""
_BOUNDS = {
    "slots": (1, 64),
    "codebook": (2, _WIDEST),
    "inductor_layers": (1, 256),
    "executor_layers": (1, 256),
    "rotary_heads": (0, _WIDEST),
    "convolution": (0, 31),
}
_REAL = ("skip_bias", "uniform_mix")
_PARTS: tuple[tuple[str, type, str], ...] = (
    ("config", dict, "the model's config"),
    ("meanings", dict, "an object by word"),
    ("bootstrapped", list, "a list of words"),
    ("trained", dict, "an object that says how"),
)
_LONGEST_NAME = 40


def save_model(model: NLI, path: Path, about: dict[str, Any]) -> None:
    """Write `path` (safetensors) and its JSON twin: model config and whatever `about` tells of it."""
    save_tensors(model.state_dict(), path)
    save_about(path, model.config, about)


def save_about(path: Path, config: ModelConfig, about: dict[str, Any]) -> None:
    """Write the JSON twin of the weights in `path`."""
    document = about | {"format": FORMAT, "config": asdict(config)}
    write_whole(path.with_suffix(".json"), json.dumps(document, indent=1) + "\n")


def load_model(path: Path, device: torch.device | str = "cpu") -> tuple[NLI, dict[str, Any]]:
    """Read a model and its JSON; raises `CheckpointError` naming what is missing or does not fit."""
    about_path = path.with_suffix(".json")
    about = _read_about(about_path)
    config = _config_of(about["config"], about_path.name)
    tensors = load_tensors(path)
    try:
        with torch.device("meta"):  # nothing is allocated before the sizes agree with the file's
            wanted = {name: tensor.shape for name, tensor in NLI(config).state_dict().items()}
    except (ValueError, RuntimeError) as error:
        raise CheckpointError(f"{about_path.name}: config cannot be built, {error}") from None
    for name in sorted(wanted.keys() | tensors.keys()):
        there, expected = tensors.get(name), wanted.get(name)
        if there is None or expected is None or there.shape != expected:
            has = "missing" if there is None else _size(there.shape)
            needs = "nothing" if expected is None else _size(expected)
            raise CheckpointError(f"{path.name}: {name} is {has}, expected {needs} as {about_path.name} says")
    model = NLI(config)
    model.load_state_dict(tensors)
    return model.to(device), about


def _read_about(path: Path) -> dict[str, Any]:
    """The weights' JSON, with all that is read of it checked."""
    about = read_about(path)
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise CheckpointError(f"{path.name}: expected an object with format {FORMAT} and a model config")
    for key, kind, name in _PARTS:
        if not isinstance(about.get(key, kind()), kind) or (key == "config" and key not in about):
            raise CheckpointError(f"{path.name}: {key} is {shown(about.get(key))}, expected {name}")
    for word, meaning in about.get("meanings", {}).items():
        where = f"{path.name}: meanings.{word[:_LONGEST_NAME]}"
        if not isinstance(meaning, dict):
            raise CheckpointError(f"{where} is {shown(meaning)}, expected an object")
        if not isinstance(meaning.get("operation"), str):
            raise CheckpointError(f"{where}.operation is {shown(meaning.get('operation'))}, expected a text")
        agreement = meaning.get("agreement")
        if not isinstance(agreement, int | float) or not 0 <= agreement <= 1:
            raise CheckpointError(f"{where}.agreement is {shown(agreement)}, expected a share from 0 to 1")
    if "trained" in about:
        plan = about["trained"].get("plan")
        side = plan.get("last_side") if isinstance(plan, dict) else None
        if type(side) is not int or not 1 <= side <= MAX_SIDE:
            place = f"{path.name}: trained.plan.last_side"
            raise CheckpointError(f"{place} is {shown(side)}, expected a whole number from 1 to {MAX_SIDE}")
    return about


def _config_of(values: dict[str, Any], file: str) -> ModelConfig:
    """The model's shape; raises `CheckpointError` for what no network can have."""
    known = {f.name: f for f in fields(ModelConfig)}
    if unknown := sorted(set(values) - set(known)):
        name = unknown[0][:_LONGEST_NAME]
        raise CheckpointError(f"{file}: config.{name} is unknown, expected some of {', '.join(known)}")
    for name, value in values.items():
        where = f"{file}: config.{name} is {shown(value)}"
        if name in _REAL:
            if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _WIDEST:
                raise CheckpointError(f"{where}, expected a number")
            continue
        least, most = _BOUNDS.get(name, (1, _WIDEST))
        if type(value) is not int or not least <= value <= most:
            raise CheckpointError(f"{where}, expected a whole number from {least} to {most}")
    config = ModelConfig(**values)
    if config.width % config.heads:
        raise CheckpointError(f"{file}: config.heads is {config.heads}, expected a divisor of {config.width}")
    if config.rotary_heads > config.heads:
        raise CheckpointError(
            f"{file}: config.rotary_heads is {config.rotary_heads}, expected at most {config.heads}"
        )
    return config


def _size(shape: torch.Size) -> str:
    return "×".join(map(str, shape)) or "one number"
