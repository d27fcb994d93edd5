"""Measure: engines on puzzles, stages on the curriculum, and the published comparisons."""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from solver.lab.bench import arc
from solver.nli.device import pick_device
from solver.nli.learned import SHIPPED, load_learned
from solver.search.stages import stages_from
from solver.words.errors import UsageError
from solver.words.results import DEVICES, STAGES

if TYPE_CHECKING:
    import torch

    from solver.lab.bench.methods import Method
    from solver.lab.bench.paper import Bench, PaperPlan

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the comparisons and their options."""
    kinds = parser.add_subparsers(required=True, metavar="COMPARISON")
    arc.add_to(kinds.add_parser("arc", help="engines on a sample of a collection, a row per puzzle"))
    _add_stages(
        kinds.add_parser("stages", help="each stage of the learned search on unseen curriculum tasks")
    )
    _add_validation(kinds.add_parser("validation", help="weights on the tasks that training validates on"))
    _add_executor(kinds.add_parser("executor", help="named words on real inputs, by side and family"))
    calibration = kinds.add_parser("calibration", help="is the executor right as often as it is sure?")
    _add_executor(calibration)
    calibration.add_argument(
        "--write", action="store_true", help="put the temperatures into the weights' JSON"
    )
    calibration.set_defaults(run=run_calibration)
    _add_loading(kinds.add_parser("loading", help="examples drawn per second against examples trained"))
    _add_npi(kinds.add_parser("npi", help="learned procedures: lengths, traces needed, a sequence model"))
    _add_tables(kinds)
    speed = kinds.add_parser("speed", help="executor and search steps per second, share of the machine")
    speed.add_argument("--limit", type=float, default=20.0, help="longest search step measured, in seconds")
    speed.add_argument("--compile", action="store_true", help="compile the executor first")
    speed.set_defaults(run=run_speed)
    _add_machine(speed)


def _add_tables(kinds: Subparsers) -> None:
    """Declare the comparisons in which methods are trained side by side."""
    paper = kinds.add_parser("paper", help="every method on Shift-L, Shift-P and Comp-I")
    paper.add_argument(
        "--only",
        nargs="+",
        metavar="SUITE",
        help="shift-l, shift-p, comp-i (default: these), the same with -wide, lists",
    )
    grids = kinds.add_parser("grids", help="every method on compositions of two-dimensional operations")
    ablations = kinds.add_parser("ablations", help="the interpreter with one part taken away at a time")
    curves = kinds.add_parser("curves", help="accuracy against search steps and starts")
    words = kinds.add_parser(
        "discovered", help="which word each operation of a suite has, and how right it is"
    )
    for table in (paper, grids):
        table.add_argument("--methods", nargs="+", metavar="METHOD", help="icl, lpn, dlpn, nli; default: all")
        table.add_argument("--rows", nargs="+", metavar="LABEL", help="score these rows of the table alone")
    for one, suite in ((ablations, "shift-l"), (curves, "comp-i"), (words, "grids")):
        one.add_argument("--suite", default=suite)
    curves.add_argument("--kind", default="out", help='test tasks: "out", or "depth 3" for grids')
    curves.add_argument("--most-steps", type=int, default=400)
    curves.add_argument("--most-starts", type=int, default=1024)
    for table in (paper, grids, ablations):
        _add_pieces(table)
    runs = ((run_paper, paper), (run_grids, grids), (run_ablations, ablations), (run_curves, curves))
    for run_kind, subparser in (*runs, (run_discovered, words)):
        subparser.set_defaults(run=run_kind)
        _add_training(subparser)
        _add_machine(subparser)


def _add_pieces(parser: argparse.ArgumentParser) -> None:
    """Declare how the many runs of a table are made."""
    parser.add_argument("--jobs", type=int, default=1, help="processes that train and score side by side")
    parser.add_argument(
        "--cores", type=int, default=0, help="processes that train on the CPU, beside those on a GPU"
    )
    parser.add_argument(
        "--minutes", type=float, help="keep what is done after so long; the next call goes on from there"
    )
    parser.add_argument(
        "--main", action="store_true", help="leave out the searches that the paper does not have"
    )


def _add_machine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=DEVICES, default="cpu")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 takes torch's default")


def _add_stages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tasks", type=int, default=20, help="curriculum tasks per depth")
    parser.add_argument("--side", type=int, default=8, help="longest side of their grids")
    parser.add_argument("--depths", type=int, nargs="*", default=[1, 2, 3], help="words in the tasks")
    parser.add_argument(
        "--held-out", type=int, default=0, metavar="N", help="held-out ARC tasks to add, of 40"
    )
    parser.add_argument("--budget", type=float, default=20.0, metavar="SECONDS", help="per task")
    parser.add_argument(
        "--stages", default=",".join(STAGES), metavar="A,B", help="parts of the search to use"
    )
    parser.add_argument("--alone", action="store_true", help="measure each stage on its own")
    parser.add_argument(
        "--after",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="search this long, then measure each stage on its own where that found nothing",
    )
    parser.add_argument(
        "--true-words",
        action="store_true",
        help="no search: how often the tasks' true words reproduce the demonstrations",
    )
    parser.add_argument(
        "--memory",
        action="store_true",
        help="second puzzles of programs that solved a first, remembered or not",
    )
    parser.add_argument("--seed", type=int, default=2_000_003, help="seed of the curriculum tasks")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="weights (safetensors with its JSON)")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 takes torch's default")
    parser.set_defaults(run=run_stages)


def run_stages(options: argparse.Namespace) -> int:
    """Print one JSON row per kind of task and set of stages."""
    from solver.lab.bench import stages  # noqa: PLC0415

    _prepare(options)
    config = stages.StagesConfig(
        tasks=options.tasks,
        side=options.side,
        depths=tuple(options.depths),
        held_out=options.held_out,
        budget=options.budget,
        stages=stages_from(options.stages),
        alone=options.alone,
        after=options.after,
        seed=options.seed,
    )
    measure = stages.measure_stages
    if options.true_words:
        measure = stages.measure_true_words
    elif options.memory or options.after:
        measure = stages.measure_memory if options.memory else stages.measure_after_search
    measure(load_learned(options.device, options.model), config, _say)
    return 0


def _add_validation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, default=SHIPPED, help="weights (safetensors with its JSON)")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 takes torch's default")
    parser.set_defaults(run=run_validation)


def run_validation(options: argparse.Namespace) -> int:
    """Print one JSON row per column of the validation list, so that weights can be compared."""
    from solver.nli.config import TrainConfig  # noqa: PLC0415
    from solver.training.validate import validate_all  # noqa: PLC0415

    _prepare(options)
    learned = load_learned(options.device, options.model)
    for column, result in validate_all(learned.model, TrainConfig(last_side=30)).items():
        row = {"tasks": column, "words used": result["words used"]} | result["families"]["all"]
        _say(json.dumps(row))
    return 0


def _add_executor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pairs", type=int, default=200, help="pairs of word and grid a row")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--weights", type=Path, default=SHIPPED, help="weights (safetensors with its JSON)")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 takes torch's default")
    parser.set_defaults(run=run_executor)


def run_executor(options: argparse.Namespace) -> int:
    """Print one JSON row per kind of inputs and length of side, then one per family."""
    from solver.lab.bench.executor import measure_executor  # noqa: PLC0415

    _prepare(options)
    measure_executor(load_learned(options.device, options.weights), options.pairs, options.seed, _say)
    return 0


def run_calibration(options: argparse.Namespace) -> int:
    """Print one JSON row per length of side: temperature, and calibration errors on held-out inputs."""
    from solver.lab.bench.calibration import measure_calibration  # noqa: PLC0415
    from solver.nli.checkpoint import save_about  # noqa: PLC0415

    _prepare(options)
    learned = load_learned(options.device, options.weights)
    found = measure_calibration(learned, options.pairs, options.seed, _say)
    if options.write:
        save_about(options.weights, learned.model.config, learned.about | {"calibration": found})
    return 0


def _add_loading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", default="", metavar="PATH", help="as `train --data` takes it")
    parser.add_argument("--steps", type=int, default=60, help="training steps")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 takes torch's default")
    parser.set_defaults(run=run_loading)


def run_loading(options: argparse.Namespace) -> int:
    """Print one JSON row per part of the training mixture."""
    from solver.lab.bench.loading import measure_loading  # noqa: PLC0415

    measure_loading(options.data, options.steps, _prepare(options), _say)
    return 0


def _add_npi(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", nargs="+", metavar="TABLE", help="lengths, traces, drawing, canonical")
    parser.add_argument("--folder", type=Path, default=Path("runs/npi-bench"), help="where cores are kept")
    parser.add_argument("--minutes", type=float, default=1.0, help="processor time of one training run")
    parser.add_argument("--count", type=int, default=20, help="instances for each number")
    parser.add_argument("--longest", type=int, help="leave longer instances out")
    parser.add_argument("--iterations", type=int, default=4000, help="length of a run's learning rate cosine")
    parser.set_defaults(run=run_npi)


def run_npi(options: argparse.Namespace) -> int:
    """Train what is missing and print the tables."""
    from solver.lab.bench.npi import TABLES, NpiConfig, measure_npi  # noqa: PLC0415

    tables = tuple(options.only or TABLES)
    for name in tables:
        if name not in TABLES:
            raise UsageError(f"table is {name!r}, expected one of {', '.join(TABLES)}")
    config = NpiConfig(
        options.folder, tables, options.minutes, options.count, options.longest, options.iterations
    )
    measure_npi(config, _say)
    return 0


def _add_training(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="where runs are kept and found again")
    parser.add_argument("--quick", action="store_true", help="one seed, one schedule, fewer test tasks")
    parser.add_argument(
        "--validation", action="store_true", help="score validation tasks, to choose settings"
    )
    parser.add_argument("--seeds", type=int, help="training runs per method")
    parser.add_argument("--steps", type=int, help="optimiser steps of one schedule of a training run")
    parser.add_argument(
        "--most",
        type=int,
        help="steps at which a run that has not learned is given up; default: four schedules",
    )
    parser.add_argument(
        "--telling",
        choices=("setting", "nothing", "states", "words"),
        default="setting",
        help="what training tells: as the setting says, nothing to any method, the NLI the grids between "
        "the true words, or the true words to all",
    )
    parser.add_argument("--tasks", type=int, help="test tasks per column")


def run_paper(options: argparse.Namespace) -> int:
    """Train what is missing on the sequence suites, score, print the table."""
    names = options.only or ["shift-l", "shift-p", "comp-i"]
    return _compare(options, "paper", names, _methods(options.methods))


def run_grids(options: argparse.Namespace) -> int:
    """The same on two-dimensional puzzles."""
    return _compare(options, "grids", ["grids"], _methods(options.methods))


def run_ablations(options: argparse.Namespace) -> int:
    """The interpreter without each of its parts, on one suite."""
    from solver.lab.bench.ablations import ablated_methods  # noqa: PLC0415 - keeps `--help` quick

    return _compare(options, "ablations", [options.suite], ablated_methods())


def run_curves(options: argparse.Namespace) -> int:
    """Accuracy of the trained interpreter against steps and starts; writes `curves.json` and two plots."""
    from solver.lab.bench.curves import draw_curves  # noqa: PLC0415

    bench = _bench(options)
    if options.kind not in bench.suite.kinds:
        raise UsageError(f"kind is {options.kind!r}, expected one of {', '.join(bench.suite.kinds)}")
    plan = _plan(options)
    print(draw_curves(bench, plan, options.kind, options.most_steps, options.most_starts), end="")
    return 0


def run_discovered(options: argparse.Namespace) -> int:
    """What the words of trained interpreters mean: a table a seed; writes `discovered.json`."""
    from solver.lab.bench.discovered import discovered  # noqa: PLC0415

    print(discovered(_bench(options), _plan(options)), end="")
    return 0


def _bench(options: argparse.Namespace) -> Bench:
    """Where the runs of one suite are."""
    from solver.lab.bench.paper import Bench, suite_named  # noqa: PLC0415

    suite = suite_named(options.suite)
    home = "grids" if options.suite == "grids" else "paper"
    return Bench(_folder(options, home) / suite.name, suite, _prepare(options), _say)


def run_speed(options: argparse.Namespace) -> int:
    """Measure the default model; with a GPU, in bfloat16."""
    import torch  # noqa: PLC0415

    from solver.lab.bench.speed import SIDES, STARTS, as_markdown, measure  # noqa: PLC0415
    from solver.nli.config import ModelConfig  # noqa: PLC0415
    from solver.nli.model import NLI  # noqa: PLC0415

    device = _prepare(options)
    model = NLI(ModelConfig())
    if options.compile:
        model.executor.compile(mode="reduce-overhead" if device.type == "cuda" else None)
    torch.manual_seed(0)
    print(as_markdown(*measure(model, device, SIDES, STARTS, options.limit)), end="")
    return 0


def _compare(options: argparse.Namespace, home: str, suites: Sequence[str], methods: Sequence[Method]) -> int:
    from solver.lab.bench.paper import run_paper as compare  # noqa: PLC0415

    folder, plan, device = _folder(options, home), _plan(options), _prepare(options)
    if options.main:
        plan = replace(plan, extra=False)
    labels = [row.label for method in methods for row in method.rows]
    for label in getattr(options, "rows", None) or ():
        if label not in labels:
            raise UsageError(f"row is {label!r}, expected one of {', '.join(labels)}")
        plan = replace(plan, chosen=(*plan.chosen, label))
    stop_at = math.inf if options.minutes is None else time.time() + 60 * options.minutes
    table = compare(
        folder,
        suites,
        methods,
        plan,
        device=device,
        say=_say,
        jobs=options.jobs,
        cores=options.cores,
        stop_at=stop_at,
    )
    print(table, end="")
    return 0


def _folder(options: argparse.Namespace, home: str) -> Path:
    folder: Path = options.folder or Path("runs") / (f"{home}-quick" if options.quick else home)
    return folder


def _plan(options: argparse.Namespace) -> PaperPlan:
    from solver.lab.bench.paper import PaperPlan  # noqa: PLC0415

    plan = PaperPlan().quick() if options.quick else PaperPlan()
    if options.validation:
        plan = replace(plan, split="validation")
    if options.seeds is not None:
        plan = replace(plan, seeds=options.seeds)
    if options.steps is not None:
        plan = replace(plan, steps=options.steps)
    if options.most is not None:
        plan = replace(plan, most=options.most)
    plan = replace(plan, telling=options.telling)
    if options.tasks is not None:
        plan = replace(plan, inside=options.tasks, outside=options.tasks)
    return plan


def _methods(names: Sequence[str] | None) -> Sequence[Method]:
    from solver.lab.bench.methods import METHODS  # noqa: PLC0415

    known = {method.name: method for method in METHODS}
    for name in names or ():
        if name not in known:
            raise UsageError(f"method is {name!r}, expected one of {', '.join(known)}")
    return [known[name] for name in names or known]


def _prepare(options: argparse.Namespace) -> torch.device:
    import torch  # noqa: PLC0415

    if options.threads:
        torch.set_num_threads(options.threads)
    return pick_device(options.device)


def _say(line: str) -> None:
    print(line, flush=True)
