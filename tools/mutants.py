"""Change one line of the solver at a time and see whether the nearest tests notice.

    python tools/mutants.py [--number 20] [--seed 0] [--random]

Without `--random` the changes of `CHANGES` are tried, each of which once passed all tests; with it, as many
random ones: an operator exchanged, a number moved, a condition turned round. Every change is made in a copy
of the project in a temporary folder, so that a run that is ended leaves nothing behind. Prints a line for
every change and the share that was caught; exit status 1 where one of `CHANGES` was not.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("solver/search", "solver/nli", "solver/training")
LIMIT_S = 600
"""A change whose tests run longer has made a loop without end, unless the tests take long as they are."""
_PATIENCE = 5
"""How many times as long as without a change that is at least."""
TESTS = {
    "solver/search": ("tests/solver/search/test_soundness.py", "tests/solver/search"),
    "solver/nli": (
        "tests/solver/search/test_soundness.py",
        "tests/solver/nli",
        "tests/solver/search",
    ),
    "solver/training": ("tests/solver/search/test_soundness.py", "tests/solver/training"),
    "solver/words": ("tests/solver/search/test_soundness.py", "tests/solver/words/test_program.py"),
}


@dataclass(frozen=True)
class Change:
    """A piece of text that is replaced in a file, at its first place from `start` on."""

    file: str
    old: str
    new: str
    start: int = 0


CHANGES = (
    Change("solver/search/refine.py", "loss.sum().backward()", "(-loss.sum()).backward()"),
    Change("solver/search/refine.py", "        optimizer.step()\n        with", "        with"),
    Change(
        "solver/search/repair.py",
        "(loss / (pairs * cells)).backward()",
        "(-loss / (pairs * cells)).backward()",
    ),
    Change("solver/search/repair.py", "        optimizer.step()\n", ""),
    Change("solver/search/tuning.py", "loss.backward()", "(-loss).backward()"),
    Change("solver/search/tuning.py", "            optimizer.step()\n", "            pass\n"),
    Change("solver/search/adam.py", "self._tensor.sub_(", "self._tensor.add_("),
    Change("solver/search/adam.py", "1 - second**self._steps", "1"),
    Change("solver/search/best_first.py", "[node.cells[:pairs] for node", "[problem.inputs for node"),
    Change("solver/search/best_first.py", "self.config.error_weight * node.wrong - ", "-"),
    Change("solver/search/best_first.py", "if key not in seen:", "if True:"),
    Change("solver/search/best_first.py", "(cells != targets) & relevant", "(cells != targets)"),
    Change("solver/search/refine.py", "heat.state, heat.noise)", "heat.state, 0.0)"),
    Change("solver/search/refine.py", "heat.code, heat.noise)", "heat.code, 0.0)"),
    Change("solver/nli/model.py", "+ noise * gumbel(logits)", "+ 0 * gumbel(logits)"),
    Change("solver/nli/model.py", "+ noise * gumbel(logits)", "+ 0 * gumbel(logits)"),
    Change("solver/nli/model.py", "return -torch", "return torch"),
    Change("solver/training/validate.py", "plan.seed + _SEED_OFFSET + depth", "plan.seed"),
    Change(
        "solver/words/results.py", "self.attempts, expected, strict=True)", "self.attempts[:1], expected)"
    ),
    Change("solver/words/results.py", "return not any(self.wrong)", "return not self.wrong[0]"),
)
_EXCHANGES = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.Lt: ">=", ast.Gt: "<=", ast.LtE: ">",
    ast.GtE: "<", ast.Eq: "!=", ast.NotEq: "==",
}  # fmt: skip
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Lt: "<", ast.Gt: ">", ast.LtE: "<=",
          ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}  # fmt: skip


def random_changes(number: int, seed: int) -> list[Change]:
    """As many changes, drawn from all that the files of `PARTS` offer."""
    files = [file for part in PARTS for file in sorted((ROOT / part).glob("*.py"))]
    offered = [change for file in files for change in _offered(file)]
    return random.Random(seed).sample(offered, min(number, len(offered)))


def _offered(file: Path) -> Iterator[Change]:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    name = file.relative_to(ROOT).as_posix()

    def place(line: int, column: int) -> int:
        """The place in the text of a line counted from 1 and a column counted in bytes, as `ast` does."""
        before = lines[line - 1].encode()[:column].decode()
        return sum(map(len, lines[: line - 1])) + len(before)

    def between(left: ast.expr, right: ast.expr, operator: ast.operator | ast.cmpop) -> Iterator[Change]:
        kind = type(operator)
        start = place(left.end_lineno or 1, left.end_col_offset or 0)
        end = place(right.lineno, right.col_offset)
        if kind in _SIGNS and _SIGNS[kind] in text[start:end]:
            at = text.index(_SIGNS[kind], start)
            yield Change(name, _SIGNS[kind], _EXCHANGES[kind], at)

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.BinOp):
            yield from between(node.left, node.right, node.op)
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield from between(node.left, node.comparators[0], node.ops[0])
        elif isinstance(node, ast.If):
            test = ast.get_source_segment(text, node.test) or ""
            at = place(node.test.lineno, node.test.col_offset)
            yield Change(name, test, f"not ({test})", at)


def verdict_on(change: Change, limit_s: float | None) -> str:
    """Return "SURVIVED" or "caught", by the tests nearest to a change; "no end" where they take longer.

    A change of nothing must survive: `main` asks that first, of every group of tests.
    """
    tests = TESTS[change.file.rpartition("/")[0]]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder, "project")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", "__pycache__", "runs", ".*_cache"))
        file = copy / change.file
        text = file.read_text(encoding="utf-8")
        at = text.find(change.old, change.start)
        if at < 0:
            raise SystemExit(f"{change.file} has no {change.old!r} any more: bring CHANGES up to date")
        file.write_text(text[:at] + change.new + text[at + len(change.old) :], encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
        try:
            ran = subprocess.run(command, cwd=copy, capture_output=True, timeout=limit_s, check=False)
        except subprocess.TimeoutExpired:  # a loop without end is noticed too
            return "no end"
    return "caught" if ran.returncode else "SURVIVED"


def main() -> int:
    """Try the changes and say which were caught."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, help="how many, by default all of the list, or 50 random ones")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--random", action="store_true", help="random changes in place of the list")
    parser.add_argument("--jobs", type=int, default=1, help="changes tried at the same time")
    parser.add_argument("--first-only", action="store_true", help="run only the first of the nearest tests")
    options = parser.parse_args()
    if options.first_only:
        for part, tests in TESTS.items():
            TESTS[part] = tests[:1]
    limits = {part: float(LIMIT_S) for part in TESTS}
    for part in PARTS:
        began = time.monotonic()
        if verdict_on(Change(f"{part}/__init__.py", "", ""), None) != "SURVIVED":
            raise SystemExit(f"the tests of {part} fail as they are: nothing can be learned from them")
        # On a busy machine all tests are slow, which must not pass for a loop without end.
        limits[part] = max(LIMIT_S, _PATIENCE * (time.monotonic() - began))
    changes = (
        random_changes(options.number or 50, options.seed) if options.random else CHANGES[: options.number]
    )
    found = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        parts = [change.file.rpartition("/")[0] for change in changes]
        verdicts = pool.map(verdict_on, changes, [limits[part] for part in parts])
        for change, verdict in zip(changes, verdicts, strict=True):
            found += verdict != "SURVIVED"
            line = (ROOT / change.file).read_text(encoding="utf-8").count("\n", 0, change.start) + 1
            place = f"{change.file}:{line}" if change.start else change.file
            print(f"{verdict:8} {place}  {change.old.strip()!r} → {change.new.strip()!r}", flush=True)
    print(f"{found} of {len(changes)} caught")
    return int(not options.random and found < len(changes))


if __name__ == "__main__":
    sys.exit(main())
