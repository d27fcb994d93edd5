"""Train an interpreter on the synthetic curriculum."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from solver.config import ModelConfig, TrainConfig
from solver.device import DEVICES, pick_device


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options; every plain number of the two configurations has its own."""
    parser.add_argument("--minutes", type=float, default=60.0, help="stop cleanly after this long")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --folder")
    parser.add_argument("--folder", type=Path, default=Path("runs/nli"), help="weights, state and log")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 takes torch's default")
    parser.add_argument("--no-bootstrap", action="store_true", help="discover every word end to end")
    parser.add_argument("--families", default="", metavar="A,B", help="draw tasks from these families alone")
    for config in (ModelConfig, TrainConfig):
        for field in fields(config):
            if isinstance(field.default, int | float) and not isinstance(field.default, bool):
                option = "--" + field.name.replace("_", "-")
                parser.add_argument(option, type=type(field.default), default=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train, printing one line per few steps."""
    import torch  # noqa: PLC0415 - keeps `--help` quick

    from solver.training.trainer import Trainer  # noqa: PLC0415

    if options.threads:
        torch.set_num_threads(options.threads)
    device = pick_device(options.device)
    if options.resume:
        trainer = Trainer.resume(options.folder, device)
    else:
        chosen = vars(options)
        model = ModelConfig(**{f.name: chosen[f.name] for f in fields(ModelConfig) if f.name in chosen})
        plan = {f.name: chosen[f.name] for f in fields(TrainConfig) if f.name in chosen}
        plan["families"] = tuple(filter(None, options.families.split(",")))
        if options.no_bootstrap:
            plan |= {"bootstrap": False, "free_families": ()}
        trainer = Trainer(options.folder, model, TrainConfig(**plan), device)
    trainer.run(options.minutes, lambda line: print(line, flush=True))
    return 0
