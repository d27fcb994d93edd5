"""Programs written out as Python files, run where nothing of the project can be imported."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from puzzles.collections import collection, open_puzzle
from puzzles.puzzle import Pair, Puzzle
from solver.__main__ import main
from solver.explore.engine import Explorer, Variant, ranked
from solver.explore.states import program_of
from solver.export.numpy_executor import execute, read_weights, run_learned
from solver.export.python_file import as_python
from solver.export.sources import Sources
from solver.export.weights import weights_for
from solver.nli.checkpoint import save_model
from solver.nli.config import VALUES
from solver.nli.learned import load_learned
from solver.nli.model import NLI, to_canvas
from solver.tensors import fingerprint
from solver.training.meaning import probe_grids
from solver.words.canvas import canvas_for
from solver.words.operations import FILTERS, OPERATIONS, SPLITS
from solver.words.operations.renumber import ORDERS, GiveBack, Renumber
from solver.words.program import EXACT_FINGERPRINT, Program, ProgramError, Step, program_to_json
from solver.words.vocabulary import EXACT_LANGUAGE
from tests.solver.conftest import TINY
from tests.solver.made import role_puzzle

ORIGINALS = ("03-", "08-", "21-", "24-", "34-", "36-")


def found(puzzle: Puzzle, variant: Variant = Variant.PLAIN) -> Program:
    explorer = Explorer(puzzle, 30.0, variant)
    for _ in explorer.run():
        if explorer.findings:
            break
    return program_of(ranked(explorer.findings)[0].node)


def executed(text: str, folder, name: str = "program.py") -> subprocess.CompletedProcess[str]:
    path = folder / name
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
    assert not re.findall(r"(?m)^\s*(?:from|import) (?:puzzles|solver)\b", text)
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
    ("puzzle", "variant"),
    [(open_puzzle("arc1-train/4258a5f9"), Variant.PLAIN), (role_puzzle(), Variant.ROLES)],
    ids=["painting rules", "colours by role"],
)
def test_rules_and_roles_are_written_out(puzzle, variant, tmp_path):
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


@pytest.mark.parametrize("order", list(ORDERS)[1:])
def test_roles_of_every_kind_are_written_out(order, tmp_path):
    number, back = Renumber((0,), order), GiveBack((0,), order)
    steps = (Step(str(number)), Step("fall down"), Step(str(back), None, (-1,)))
    program = Program(steps, EXACT_FINGERPRINT)
    given = np.array([[0, 2, 2], [0, 2, 0], [1, 0, 3]], np.uint8)
    answer = EXACT_LANGUAGE.execute(program, [given], (30, 30))[0].output
    checked(program, Puzzle("made", (Pair(given, answer),), (Pair(given, None),)), tmp_path)


def test_a_rule_that_looks_at_a_grid_of_another_shape_is_written_out(tmp_path):
    rule = "paint the commonest colour of grid B missing here where colour = 1"
    program = Program((Step("top-left quarter"), Step(rule, 0, (0, -1))), EXACT_FINGERPRINT)
    given = np.array([[1, 0, 4, 4], [0, 1, 4, 0], [6, 0, 0, 0], [0, 0, 0, 0]], np.uint8)
    answer = EXACT_LANGUAGE.execute(program, [given], (30, 30))[0].output
    assert answer.tolist() == [[4, 0], [0, 4]]
    checked(program, Puzzle("made", (Pair(given, answer),), (Pair(given, None),)), tmp_path)


def test_every_word_can_be_written_out():
    for word in (*OPERATIONS[::7], *SPLITS[::3], *FILTERS[::5]):
        sources = Sources()
        assert sources.call(word.function, "grid").endswith(")")
        compile("\n".join(sources.imports) + "\n" + sources.text, word.name, "exec")


def test_the_command_writes_the_file_and_refuses_words_of_other_weights(tmp_path, capsys):
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
    assert "weights 0123abcd" in capsys.readouterr().err
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
        ("extend to 2 × height by 7 at the top left", "extend up"),
        ("blank 2 by 1", Step("lay copies as they are for each cell", None, (-1,)),
         Step("lay copies flipped left-right for each cell where row = 1", 0, (-1, 1))),
        ("mirror on to the right, sharing the edge",
         "extend to 12 by 2 × width at the top left", "continue the content on all sides"),
        ("continue each row and column", Step("stack over", None, (-1,))),
        ("parts between lines", "reassemble", "flip up-down", Step("put between the lines", None, (-1,))),
        ("turn so that its lines lie level", "ray right",
         Step("turn back from where its lines lie level", None, (-1,))),
        ("paint the nearest other colour where thickness of its colour = 1",),
    ],
    ids=["take", "change", "each", "each by rule", "spread", "extend", "copies", "mirror", "stack",
         "without lines", "turn", "sights"],
)  # fmt: skip
def test_words_on_pieces_and_pairs_are_written_out(words, tmp_path):
    steps = tuple(Step(word) if isinstance(word, str) else word for word in words)
    program = Program(steps, EXACT_FINGERPRINT)
    given = np.array(
        [[2, 2, 5, 0, 1], [0, 2, 5, 1, 3], [5, 5, 5, 5, 5], [1, 1, 5, 0, 0], [1, 0, 5, 0, 4]], np.uint8
    )
    answer = EXACT_LANGUAGE.execute(program, [given], (30, 30))[0].output
    puzzle = Puzzle("made", (Pair(given, answer),), (Pair(given, None),))
    checked(program, puzzle, tmp_path)


def learned_program(tmp_path, *words):
    """A program file for a puzzle that these words of the shipped language solve."""
    learned = load_learned("cpu")
    puzzle = open_puzzle("arc1-train/67a3c6ac")
    program = Program.of(words, learned.language.fingerprint)
    path = tmp_path / "program.json"
    path.write_text(program_to_json(program, puzzle), encoding="utf-8")
    traces = learned.language.execute(program, [pair.input for pair in puzzle.test], canvas_for(puzzle))
    return path, puzzle, traces


def test_learned_words_run_without_torch(tmp_path):
    """w0 flips left-right; its Python file reproduces the puzzle with numpy and the weights beside it."""
    path, puzzle, traces = learned_program(tmp_path, "w0")
    target = tmp_path / "answer.py"
    assert main(["export", str(path), "--python", str(target)]) == 0
    result = executed(target.read_text(), tmp_path, "answer.py")
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("reproduced") == len(puzzle.train)
    rows = ["".join(map(str, row)) for row in traces[0].output.tolist()]
    assert result.stdout.endswith("\n".join(["test 1:", *rows, ""]))
    assert "torch" not in target.read_text().replace("without torch", "")


def test_the_numpy_executor_agrees_with_torch_on_every_probe():
    learned = load_learned("cpu")
    program = Program.of([word.name for word in learned.language.words[::40]], learned.language.fingerprint)
    content = weights_for(program)
    probes = probe_grids()[:6]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "weights.safetensors")
        file.write_bytes(content)
        weights = read_weights(file)
    for name in program.words:
        outcomes = learned.language[name].apply(probes, (8, 8))
        for grid, outcome in zip(probes, outcomes, strict=True):
            ours = run_learned(weights, int(name[1:]), np.array(grid), (8, 8))
            # Where torch computes in bfloat16, cells it is unsure of may fall the other way.
            if outcome.confidence.min() > 0.9:
                assert np.array_equal(ours, outcome.grid), name


@pytest.mark.parametrize(("heads", "side"), [(0, 0), (1, 0), (2, 0), (0, 3), (2, 5)])
def test_the_numpy_executor_turns_and_convolves_as_torch_does(heads, side, tmp_path):
    torch.manual_seed(0)
    model = NLI(replace(TINY, rotary_heads=heads, convolution=side))
    for name, parameter in model.named_parameters():
        if "neighbours.mix" in name:  # it starts at zero, where nothing of it would show
            torch.nn.init.normal_(parameter)
    path = tmp_path / "model.safetensors"
    save_model(model, path, {})
    (tmp_path / "cut.safetensors").write_bytes(weights_for(Program.of(["w3"], fingerprint(path)), path))
    weights = read_weights(tmp_path / "cut.safetensors")
    state = torch.randn(1, 15, VALUES).softmax(-1)
    with torch.no_grad():
        logits = model.executor.follow(state, model.executor.codes[3:4], (3, 5))[0]
    ours = execute(weights, state[0].numpy(), weights["executor.codes"][0], 3, 5)
    np.testing.assert_allclose(ours, logits.numpy(), atol=1e-3)


def test_weights_of_another_language_are_refused(tmp_path):
    program = Program.of(["w0"], "elsewhere")
    with pytest.raises(ProgramError, match="elsewhere"):
        weights_for(program)
    with pytest.raises(ProgramError, match="cannot be read"):
        weights_for(program, tmp_path / "missing.safetensors")


def test_an_onnx_graph_runs_every_step(tmp_path):
    pytest.importorskip("onnxscript")
    onnx = pytest.importorskip("onnx")
    reference = pytest.importorskip("onnx.reference")
    path, puzzle, traces = learned_program(tmp_path, "w0", "w2")
    target = tmp_path / "program.onnx"
    assert main(["export", str(path), "--onnx", str(target)]) == 0
    canvas = canvas_for(puzzle)
    grid = to_canvas([puzzle.test[0].input], canvas).view(1, *canvas).numpy()
    states = reference.ReferenceEvaluator(onnx.load(target)).run(None, {"grid": grid})
    assert len(states) == 2
    for state, expected in zip(states, traces[0].grids[1:], strict=True):
        rows, columns = expected.shape
        assert np.array_equal(state[0, :rows, :columns], expected)
        assert (state[0, rows:] == 10).all()


def test_exact_words_are_no_onnx_and_missing_packages_are_named(tmp_path, capsys, monkeypatch):
    path, _, _ = learned_program(tmp_path, "w0")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["export", str(path), "--onnx", str(tmp_path / "out.onnx")]) == 2
    assert "pip install 'glossa[onnx]'" in capsys.readouterr().err
    assert main(["export", str(path)]) == 2
    assert "--python FILE or --onnx FILE" in capsys.readouterr().err
