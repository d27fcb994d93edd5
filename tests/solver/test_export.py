"""Programs written out as Python files, run where nothing of the project can be imported."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from puzzles.collections import collection, open_puzzle
from puzzles.operations import OPERATIONS, SIFTS, SPLITS
from puzzles.puzzle import Pair, Puzzle
from solver.__main__ import main
from solver.explore.engine import Explorer, Variant, ranked
from solver.explore.states import program_of
from solver.explore.vocabulary import EXACT_LANGUAGE
from solver.export.python_file import as_python
from solver.export.sources import Sources
from solver.language import EXACT_FINGERPRINT, Program, ProgramError, Step, program_to_json

ORIGINALS = ("03-", "08-", "21-", "24-", "34-", "36-")


def found(puzzle: Puzzle, variant: Variant = Variant.PLAIN) -> Program:
    explorer = Explorer(puzzle, 4.0, variant)
    for _ in explorer.run():
        if explorer.findings:
            break
    return program_of(ranked(explorer.findings)[0].node)


def executed(text: str, folder) -> subprocess.CompletedProcess[str]:
    path = folder / "program.py"
    path.write_text(text, encoding="utf-8")
    # -I: neither this folder nor the project can be imported.
    command = [sys.executable, "-I", "-W", "error", str(path)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=False)


def printed(program: Program, puzzle: Puzzle) -> str:
    traces = EXACT_LANGUAGE.execute(program, [pair.input for pair in puzzle.test], (30, 30))
    rows = [["".join(map(str, row)) for row in trace.output.tolist()] for trace in traces]
    return "".join("\n".join([f"test {n}:", *lines, ""]) for n, lines in enumerate(rows, 1))


def checked(program: Program, puzzle: Puzzle, folder) -> None:
    text = as_python(program, puzzle)
    assert not [line for line in text.splitlines() if "import puzzles" in line or "from puzzles" in line]
    result = executed(text, folder)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("reproduced") == len(puzzle.train)
    assert result.stdout.endswith(printed(program, puzzle))


@pytest.mark.parametrize("start", ORIGINALS)
def test_originals_are_solved_by_their_exported_programs(start, tmp_path):
    originals = collection("originals")
    puzzle = originals[next(name for name in originals.ids if name.startswith(start))]
    checked(found(puzzle), puzzle, tmp_path)


@pytest.mark.parametrize(
    ("reference", "variant"),
    [("arc1-train/4258a5f9", Variant.PLAIN), ("arc1-train/c3e719e8", Variant.ROLES)],
    ids=["painting rules", "colours by role"],
)
def test_rules_and_roles_are_written_out(reference, variant, tmp_path):
    puzzle = open_puzzle(reference)
    checked(found(puzzle, variant), puzzle, tmp_path)


def test_a_program_with_pieces_and_several_sources_is_written_out(tmp_path):
    steps = (Step("objects"), Step("the piece with most cells"), Step("paint 3 where row = 0", 1, (1,)))
    program = Program(steps, EXACT_FINGERPRINT)
    given = np.array([[0, 2, 2], [0, 2, 0], [1, 0, 0]], np.uint8)
    answer = EXACT_LANGUAGE.execute(program, [given], (30, 30))[0].output
    puzzle = Puzzle("made", (Pair(given, answer),), (Pair(given, None),))
    checked(program, puzzle, tmp_path)
    wrong = Puzzle("made", (Pair(given, given),), (Pair(given, None),))
    result = executed(as_python(program, wrong), tmp_path)
    assert result.returncode == 1
    assert "demonstration 1: NOT reproduced" in result.stdout


def test_every_word_can_be_written_out():
    for word in (*OPERATIONS[::7], *SPLITS[::3], *SIFTS[::5]):
        sources = Sources()
        assert sources.call(word.function, "grid").endswith(")")
        compile("\n".join(sources.imports) + "\n" + sources.text, word.name, "exec")


def test_the_command_writes_the_file_and_refuses_learned_words(tmp_path, capsys):
    puzzle = open_puzzle("originals/" + collection("originals").ids[0])
    program = found(puzzle)
    (tmp_path / "program.json").write_text(program_to_json(program, puzzle), encoding="utf-8")
    arguments = ["export", str(tmp_path / "program.json"), "--python", str(tmp_path / "out.py")]
    assert main(arguments) == 0
    assert (tmp_path / "out.py").read_text(encoding="utf-8") == as_python(program, puzzle)
    learned = Program.of(["w3"], "0123abcd")
    with pytest.raises(ProgramError, match="w3"):
        as_python(learned, puzzle)
    (tmp_path / "program.json").write_text(program_to_json(learned, puzzle), encoding="utf-8")
    assert main([*arguments[:-1], str(tmp_path / "other.py")]) == 2
    assert "w3" in capsys.readouterr().err
    assert not (tmp_path / "other.py").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("objects", "take the piece where rank by cells = 1"),
        ("objects", "pieces: move down until stopped where cells ≥ 2", "put back"),
        ("objects", "each: flip up-down", "put back"),
        ("objects", "each: paint 3 where row = 0", Step("put back over the grid", None, (-1,))),
        ("first row", Step("parts between lines", -1), "one cell for each, its main colour",
         Step("spread the cells over the parts between lines", None, (-1,))),
    ],
    ids=["take", "change", "each", "each by rule", "spread"],
)  # fmt: skip
def test_words_on_pieces_and_pairs_are_written_out(words, tmp_path):
    steps = tuple(Step(word) if isinstance(word, str) else word for word in words)
    program = Program(steps, EXACT_FINGERPRINT)
    given = np.array([[2, 2, 5, 0], [0, 2, 5, 1], [5, 5, 5, 5], [1, 1, 5, 0]], np.uint8)
    answer = EXACT_LANGUAGE.execute(program, [given], (30, 30))[0].output
    puzzle = Puzzle("made", (Pair(given, answer),), (Pair(given, None),))
    checked(program, puzzle, tmp_path)
