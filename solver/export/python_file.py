"""Write a program as a Python file that needs numpy alone, and beside it the weights of learned words.

Procedure words carry the drawing core's weights inside the file.
"""

from __future__ import annotations

from puzzles.grid import Grid, shown
from puzzles.puzzle import Puzzle
from puzzles.terminal import printable
from solver.export.numpy_executor import read_weights, run_learned
from solver.export.procedures import network_text, read_network, run_for_each
from solver.export.sources import Sources
from solver.export.weights import learned_rows, refuse_coined
from solver.npi.calls import parse_for_each
from solver.words.program import Program, ProgramError, Step, learned_row
from solver.words.rules import parse_rule, takes_one

_CHECK = '''
def read(rows: list[str]) -> np.ndarray:
    """A grid from its rows, one digit a cell."""
    return np.array([[int(cell) for cell in row] for row in rows], np.uint8)


def check() -> bool:
    """Solve every demonstration, print the answers to the tests, and say whether all was reproduced."""
    right = True
    for number, (given, wanted) in enumerate(DEMONSTRATIONS, 1):
        same = np.array_equal(solve(read(given)), read(wanted))
        print(f"demonstration {number}: {'reproduced' if same else 'NOT reproduced'}")
        right = right and same
    for number, given in enumerate(TESTS, 1):
        print(f"test {number}:")
        for row in solve(read(given)).tolist():
            print("".join(map(str, row)))
    return right


if __name__ == "__main__":
    sys.exit(0 if check() else 1)
'''


def as_python(
    program: Program, puzzle: Puzzle, weights: str = "", canvas: tuple[int, int] | None = None
) -> str:
    """The file's text.

    weights: for learned words, the name of the file beside it (`solver.export.weights`); canvas: the rows and
    columns they run on. Raises `ProgramError` for a program that uses learned words where these are missing,
    and for words coined for its puzzle.
    """
    refuse_coined(program)
    sources = Sources({"import sys", "import numpy as np"})
    loading = _loading(program, weights, canvas, sources)
    steps = [_step(step, index, sources) for index, step in enumerate(program.steps)]
    network = _network(program, sources)
    last = f"step_{len(steps)}" if steps else "grid"
    solve = "\n".join(
        [
            "def solve(grid: np.ndarray) -> np.ndarray:",
            f'    """Answer one input of puzzle {_plain(puzzle.name)}: colours 0 to 9, one row a line."""',
            *(line for lines in steps for line in lines),
            f"    return {last}",
        ]
    )
    demonstrations = [(p.input, p.output) for p in puzzle.train if p.output is not None]
    pairs = "\n".join(f"    ({_rows(given)}, {_rows(wanted)})," for given, wanted in demonstrations)
    tests = "\n".join(f"    {_rows(pair.input)}," for pair in puzzle.test)
    length = f"{len(steps)} step{'s' * (len(steps) != 1)}"
    needs = f"numpy, and {_plain(weights)} beside it" if loading else "numpy"
    head = f'"""Puzzle {_plain(puzzle.name)}, solved by a program of {length}.\n\nNeeds only {needs}.'
    head += ' Run it to check the demonstrations and to see the answers.\n"""'
    ordered = sorted(sources.imports, key=lambda line: (line.startswith("from"), line))
    groups = [[line for line in ordered if ("numpy" in line) == third_party] for third_party in (False, True)]
    imports = "\n\n".join("\n".join(group) for group in groups)
    data = f"DEMONSTRATIONS = [\n{pairs}\n]\nTESTS = [\n{tests}\n]"
    start = f"{head}\n\nfrom __future__ import annotations\n\n{imports}"
    parts = [start, sources.text, loading, solve, data, network]
    return "\n\n\n".join(part for part in parts if part) + "\n\n" + _CHECK


def _loading(program: Program, weights: str, canvas: tuple[int, int] | None, sources: Sources) -> str:
    """Lines that read the weights of learned words; none where there are no such words."""
    rows = learned_rows(program)
    if not rows:
        return ""
    if not weights or canvas is None:
        raise ProgramError(f"w{rows[0]} is a learned word: its Python file needs a weights file beside it")
    sources.imports.add("from pathlib import Path")
    call = sources.call(read_weights, f"Path(__file__).with_name({weights!r})")
    return f"WEIGHTS = {call}\nCANVAS = {canvas!r}"


def _network(program: Program, sources: Sources) -> str:
    """Lines that hold the drawing core's weights, last as they are long; none without procedure words."""
    if all(parse_for_each(word) is None for word in program.words):
        return ""
    text = f'"""\n{network_text(program)}\n"""'
    return f"NETWORK = {sources.call(read_network, text)}"


def _step(step: Step, index: int, sources: Sources) -> list[str]:
    source = index - 1 if step.source is None else step.source
    operands = ["grid" if used < 0 else f"step_{used + 1}" for used in (source, *step.others)]
    call = _call(step.word, f"steps[{index}]", operands, sources)
    return [f"    # {printable(step.word)}", f"    step_{index + 1} = {call}"]


def _call(word: str, place: str, operands: list[str], sources: Sources) -> str:
    row = learned_row(word)
    rule = None if row is not None else parse_rule(word)
    if row is None and rule is None:
        plan = parse_for_each(word)
        if plan is not None:
            if len(operands) > 1:
                raise ProgramError(f"{place}.others: {word} uses the result of one step, expected none")
            return sources.call(run_for_each, "NETWORK", sources.value(plan), *operands)
        raise ProgramError(f"{shown(word)} is no word of this language")
    if len(operands) > 1 and (rule is None or takes_one(rule)):
        raise ProgramError(f"{place}.others: {word} uses the result of one step, expected none")
    if rule is not None:
        return rule.source(sources, operands)
    return sources.call(run_learned, "WEIGHTS", str(row), *operands, "CANVAS")


def _rows(grid: Grid) -> str:
    rows = ", ".join('"' + "".join(map(str, row)) + '"' for row in grid.tolist())
    return f"[{rows}]"


def _plain(name: str) -> str:
    return "".join(c for c in name if c.isalnum() or c in " -_.")
