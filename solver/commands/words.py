"""List the vocabulary."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from puzzles.terminal import printable
from solver.nli.checkpoint import save_about
from solver.nli.learned import SHIPPED, LearnedLanguage, LearnedWord, load_learned
from solver.training.meaning import describe


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--model", type=Path, default=SHIPPED, help="weights (safetensors with its JSON)")
    parser.add_argument("--json", action="store_true", help="print one JSON object per word")
    parser.add_argument("--measure", action="store_true", help="measure meanings anew and write them down")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every word with what it resembles, how well it agrees, and whether its row was bootstrapped."""
    learned = load_learned("cpu", options.model)
    if options.measure:
        learned = measure(options.model)
    known_meanings = learned.about.get("meanings", {})
    for word in learned.language.words:
        if not isinstance(word, LearnedWord):
            continue
        share = known_meanings.get(word.name, {}).get("agreement")
        if options.json:
            row = {"word": word.name, "meaning": word.meaning, "agreement": share}
            print(json.dumps(row | {"bootstrapped": word.bootstrapped}))
        else:
            origin = "bootstrapped" if word.bootstrapped else "free"
            known = f"≈ {printable(word.meaning):<24} {share:6.1%}" if word.meaning else "unused"
            print(f"{word.name:>5}  {origin:<12}  {known}")
    return 0


def measure(path: Path) -> LearnedLanguage:
    """Measure what every word means, write it into the weights' JSON and load the language again."""
    learned = load_learned("cpu", path)
    save_about(
        path,
        learned.model.config,
        learned.about | {"meanings": describe(learned.language.words, learned.trained_side)},
    )
    load_learned.cache_clear()
    return load_learned("cpu", path)
