"""Train an interpreter on the synthetic curriculum, and on tasks of your own."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from solver.commands.options import field_help
from solver.nli.config import ModelConfig, TrainConfig
from solver.nli.device import pick_device
from solver.words.results import DEVICES

_GIVEN = ("families", "free_families", "counted", "task_rows", "inductor_alone")
"""Fields of the plan that are settled when a run begins."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options; every plain number of the two configurations has its own."""
    parser.add_argument("--minutes", type=float, default=60.0, help="stop cleanly after this long")
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with the run in --folder; plan options given beside it hold from here on",
    )
    parser.add_argument(
        "--begin-from", type=Path, metavar="WEIGHTS", help="begin a run with these weights, not at random"
    )
    parser.add_argument("--folder", type=Path, default=Path("runs/nli"), help="weights, state and log")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 takes torch's default")
    parser.add_argument("--data", metavar="PATH", help="rearc.npz, or a folder or Kaggle file of ARC tasks")
    parser.add_argument("--workers", type=int, default=0, help="processes that draw batches ahead")
    parser.add_argument(
        "--no-meanings", action="store_true", help="do not find out at the end what the words do"
    )
    parser.add_argument("--no-bootstrap", action="store_true", help="discover every word end to end")
    parser.add_argument("--counted", action="store_true", help="also train words that puzzles often need")
    parser.add_argument(
        "--task-rows", action="store_true", help="give every task of the data a word of its own"
    )
    parser.add_argument(
        "--inductor-alone", action="store_true", help="leave the executor as it is: train to name words only"
    )
    parser.add_argument(
        "--free-families",
        default=",".join(TrainConfig.free_families),
        metavar="A,B",
        help="families whose words are never named",
    )
    parser.add_argument("--families", default="", metavar="A,B", help="draw tasks from these families alone")
    _add_fields(parser)
    parser.set_defaults(run=run)


def _add_fields(parser: argparse.ArgumentParser) -> None:
    """An option for every number, or pair of numbers, of the two configurations."""
    for config in (ModelConfig, TrainConfig):
        for field in fields(config):
            values = field.default if isinstance(field.default, tuple) else (field.default,)
            if not values or isinstance(values[0], bool) or not isinstance(values[0], int | float):
                continue
            text = f"{field_help(config).get(field.name, '')} [{' '.join(map(str, values))}]"
            parser.add_argument(
                "--" + field.name.replace("_", "-"),
                type=type(values[0]),
                nargs=len(values) if isinstance(field.default, tuple) else None,
                default=argparse.SUPPRESS,
                metavar="N",
                help=text,
            )


def run(options: argparse.Namespace) -> int:
    """Train, printing one line per few steps."""
    import torch  # noqa: PLC0415 - keeps `--help` quick

    from solver.training.processes import local_device  # noqa: PLC0415
    from solver.training.trainer import Trainer  # noqa: PLC0415

    if options.threads:
        torch.set_num_threads(options.threads)
    device = local_device(pick_device(options.device))
    chosen = vars(options)
    plan = {f.name: chosen[f.name] for f in fields(TrainConfig) if f.name in chosen and f.name not in _GIVEN}
    plan = {name: tuple(value) if isinstance(value, list) else value for name, value in plan.items()}
    if options.data is None:
        plan.pop("data")
    if options.resume:
        trainer = Trainer.resume(options.folder, device, plan, options.workers)
    else:
        model = ModelConfig(**{f.name: chosen[f.name] for f in fields(ModelConfig) if f.name in chosen})
        plan["families"] = tuple(filter(None, options.families.split(",")))
        plan["free_families"] = tuple(filter(None, options.free_families.split(",")))
        plan |= {name: chosen[name] for name in ("counted", "task_rows", "inductor_alone")}
        if options.no_bootstrap:
            plan |= {"bootstrap": False, "free_families": ()}
        trainer = Trainer(options.folder, model, TrainConfig(**plan), device, options.workers)
        if options.begin_from is not None:
            trainer.begin_from(options.begin_from)
    trainer.run(options.minutes, lambda line: print(line, flush=True), name_words=not options.no_meanings)
    return 0
