"""Weights as safetensors beside one JSON that says what they are; nothing is ever unpickled."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from puzzles.storage import write_whole
from solver.nli.config import ModelConfig
from solver.nli.model import NLI
from solver.tensors import save_tensors
from solver.words.errors import CheckpointError

FORMAT = 1


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
    try:
        about = json.loads(about_path.read_text("utf-8"))
    except OSError as error:
        raise CheckpointError(f"{about_path}: {error.strerror}, expected the weights' JSON") from None
    except ValueError as error:
        raise CheckpointError(f"{about_path}: expected JSON, {error}") from None
    if (
        not isinstance(about, dict)
        or about.get("format") != FORMAT
        or not isinstance(about.get("config"), dict)
    ):
        raise CheckpointError(f"{about_path}: expected an object with format {FORMAT} and a model config")
    known = {f.name for f in fields(ModelConfig)}
    if unknown := sorted(set(about["config"]) - known):
        raise CheckpointError(
            f"{about_path}: config.{unknown[0]} is unknown, expected one of {sorted(known)}"
        )
    model = NLI(ModelConfig(**about["config"]))
    try:
        model.load_state_dict(load_file(path))
    except (OSError, SafetensorError, RuntimeError) as error:
        raise CheckpointError(f"{path}: expected weights that fit {about_path.name}, {error}") from None
    return model.to(device), about
