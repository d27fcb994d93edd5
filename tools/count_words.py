"""Count the words that the exact search uses: ARC-AGI-1 training tasks outside the held-out 40.

    python -m tools.count_words --out words.json --budget 2

Every task is searched plainly for the budget and, where that finds nothing, for a quarter of it by colour
roles and turned. The JSON file holds the best verified programs of every task and counts the tasks
whose first program answers the tests rightly: by word, by word with its colours left open ("verbs"), and by
runs of words that cut a grid into pieces and make a grid of them again ("chains").
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from puzzles.collections import collection, held_out
from puzzles.grid import same_grid
from puzzles.puzzle import Puzzle
from puzzles.storage import write_whole
from solver.explore.engine import Finding, Variant, in_turns, ranked, searches
from solver.explore.states import program_of
from solver.words.operations import CHOICES, CURRICULUM_OPERATIONS, FILTERS, MERGES, OPERATIONS, SPLITS
from solver.words.operations.blank import Blank
from solver.words.operations.extend import Extend
from solver.words.operations.paint import KeepPainting, Paint
from solver.words.operations.pieces import forget_components
from solver.words.operations.renumber import GiveBack, Renumber
from solver.words.operations.select import Select
from solver.words.operations.transform import Transform
from solver.words.operations.turn import Turn, TurnBack
from solver.words.rule import Rule
from solver.words.rules import Each, parse_rule

_KEPT = 3
"""Verified programs kept for a task."""
_CURRICULUM = {op.name for op in CURRICULUM_OPERATIONS}
_COLOURED = {
    op.name for op in OPERATIONS if op.colours or op.family in ("halo", "fill", "frame", "paint", "area")
}
"""Words whose digits are colours."""
_TABLES = {
    **{op.name: f"grid: {op.family}" for op in OPERATIONS},
    **{op.name: "pieces: split" for op in SPLITS},
    **{op.name: "pieces: select" for op in FILTERS},
    **{op.name: "pieces: merge" for op in (*MERGES, *CHOICES)},
}


_KINDS: dict[type[Rule | None], str] = {
    Each: "each piece",
    **dict.fromkeys((Turn, TurnBack, Renumber, GiveBack), "view"),
    **dict.fromkeys((Paint, KeepPainting), "painting rule"),
    Select: "pieces: select by rule",
    Transform: "pieces: transform",
    Extend: "extend",
    Blank: "blank",
}


def kind_of(word: str) -> str:
    """What sort of word a name stands for; "other" where neither a table nor a kind of rule knows it."""
    return _TABLES.get(word) or _KINDS.get(type(parse_rule(word)), "other")


def search(puzzle: Puzzle, budget_s: float) -> list[Finding]:
    """Programs that reproduce every demonstration, the best first."""
    for variant, seconds in ((Variant.PLAIN, budget_s), (Variant.ROLES, budget_s / 4)):
        explorers = searches(puzzle, seconds, variant)
        for _ in in_turns(explorers):
            pass
        if found := [finding for explorer in explorers for finding in explorer.findings]:
            return ranked(found)
    return []


def row_of(name: str, puzzle: Puzzle, findings: Sequence[Finding]) -> dict[str, Any]:
    """The best programs found for a task, as plain values."""
    programs = [
        {
            "words": [step.word for step in program_of(finding.node).steps],
            "cost": round(finding.cost, 2),
            "right": all(
                pair.output is not None and same_grid(answer, pair.output)
                for answer, pair in zip(finding.answers, puzzle.test, strict=True)
            ),
        }
        for finding in findings[:_KEPT]
    ]
    return {"task": name, "programs": programs}


def counted(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per word the tasks that the first program of a task uses it in, the most used first."""
    tasks: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        first = row["programs"][:1]
        for word in {word for program in first if program["right"] for word in program["words"]}:
            tasks[word].append(row["task"])
    order = sorted(tasks, key=lambda word: (-len(tasks[word]), word))
    return [
        {
            "word": word,
            "kind": kind_of(word),
            "curriculum": word in _CURRICULUM,
            "uses": len(tasks[word]),
            "tasks": tasks[word],
        }
        for word in order
    ]


def verb_of(word: str) -> str:
    """The word with its colours left open: "replace 1 by 2" and "replace 5 by 2" are one verb."""
    if word in _COLOURED:
        return re.sub(r"\b\d\b", "·", word)
    return re.sub(r"\b(paint|cells of|colour(?: [a-z-]+)? =) \d\b", r"\1 ·", word)


def chains(words: Sequence[str]) -> list[str]:
    """Runs of words from a split into pieces to a merge: together they make a grid of a grid."""
    found, run = [], list[str]()
    for word in words:
        kind = kind_of(word)
        if kind == "pieces: split":
            run = [word]
        elif run and kind.startswith(("pieces", "each")):
            run.append(word)
            if kind == "pieces: merge":
                found.append(" > ".join(run))
                run = []
        else:
            run = []
    return found


def by_name(
    rows: Sequence[dict[str, Any]], names: Callable[[Sequence[str]], Iterable[str]]
) -> dict[str, int]:
    """Tasks per name, the most used first, of what `names` reads off the right first programs."""
    counts: Counter[str] = Counter()
    for row in rows:
        for program in row["programs"][:1]:
            counts.update(set(names(program["words"])) if program["right"] else ())
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def report(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Everything that is counted, and the programs it was counted from."""
    words = counted(rows)
    used = {row["word"] for row in words}
    return {
        "words": words,
        "verbs": by_name(rows, lambda program: map(verb_of, program)),
        "chains": by_name(rows, chains),
        "unused in the curriculum": sorted(_CURRICULUM - used),
        "tasks": rows,
    }


def main() -> None:
    """Search the tasks one after the other; the file is written anew every twenty."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    parser.add_argument("--budget", type=float, default=2.0, metavar="SECONDS", help="per task")
    options = parser.parse_args()
    tasks = collection("arc1-train")
    left_out = set(held_out(tasks.ids))
    names = [name for name in tasks if name not in left_out]
    rows: list[dict[str, Any]] = []
    for number, name in enumerate(names, 1):
        rows.append(row_of(name, tasks[name], search(tasks[name], options.budget)))
        forget_components()
        if number % 20 == 0 or number == len(names):
            solved = sum(any(program["right"] for program in row["programs"][:1]) for row in rows)
            write_whole(options.out, json.dumps(report(rows), indent=1) + "\n")
            print(f"{number} of {len(names)} tasks, {solved} right", flush=True)


if __name__ == "__main__":
    main()
