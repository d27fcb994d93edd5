"""What nobody's program wrote: one clear line and exit status 2, whatever the file holds."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from puzzles.puzzle import puzzle_to_json
from solver.__main__ import main
from solver.nli.learned import SHIPPED, LearnedLanguage, load_learned
from solver.search.memory import Memory
from solver.words.program import EXACT_FINGERPRINT, Program
from tests.solver.conftest import puzzle_of

DEEP = "[" * 100_000
PUZZLE = json.loads(puzzle_to_json(puzzle_of("flip left-right")))
EXACT = {"format": 1, "language": "exact", "steps": [{"word": "flip left-right"}], "puzzle": PUZZLE}


@pytest.fixture(scope="module")
def fingerprint() -> str:
    return load_learned("cpu").language.fingerprint


@pytest.fixture
def refused(capsys: pytest.CaptureFixture):
    """Runs a command that must be refused; returns the line."""

    def run(*arguments: str) -> str:
        assert main(arguments) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        assert len(said.err) < 300
        assert said.err.removesuffix("\n").isprintable()
        return said.err

    return run


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"coined": {"new-000000": [10**400]}}, "coined.new-000000 is not a list of numbers"),
        ({"steps": [{"word": "each: " * 1000 + "flip left-right"}]}, "is no word of this language"),
        ({"steps": [{"word": "flip left-right", "others": [-1] * 10}]}, "uses the result of one step"),
        ({"steps": [{"word": "w²"}], "language": "own"}, "'w²' is no word"),
        ({"steps": [{"word": "w٣"}], "language": "own"}, "'w٣' is no word"),
        ({"steps": [{"word": "w007"}], "language": "own"}, "'w007' is no word"),
        ({"steps": [{"word": "w99999"}], "language": "own"}, "w99999 is no word of these weights"),
        ({"steps": [{"word": "x" * 3_000_000}]}, "is no word"),
        ({"steps": [{"word": "\x1b[31m\x07"}]}, "is no word"),
        ({"steps": ["x" * 3_000_000]}, "steps[0] is 'xxx"),
        ({"format": "1" * 3_000_000}, "format is '111"),
        ({"language": [1] * 100_000}, "language is a list"),
        ({"coined": "x" * 100_000}, "coined is 'xxx"),
        ({"room": list(range(100_000))}, "room is a list"),
        ({"steps": [{"word": "transpose", "source": "x" * 9999}]}, "steps[0].source is 'xxx"),
        ({"steps": [{"word": "transpose", "others": "x" * 9999}]}, "steps[0].others is 'xxx"),
    ],
)
def test_a_strange_program_is_one_line(changes, said, refused, fingerprint, tmp_path: Path) -> None:
    document = EXACT | changes
    if document["language"] == "own":
        document["language"] = fingerprint
    (tmp_path / "p.json").write_text(json.dumps(document))
    assert said in refused("export", str(tmp_path / "p.json"), "--python", str(tmp_path / "out.py"))
    assert not (tmp_path / "out.py").exists()


def test_what_is_no_text_or_too_deep_is_one_line(refused, tmp_path: Path) -> None:
    for content in (DEEP.encode(), b"\xff\xfe\xff", b"", b"\x00" * 10):
        (tmp_path / "p.json").write_bytes(content)
        assert "p.json: " in refused("export", str(tmp_path / "p.json"), "--python", "out.py")


def test_a_pipe_is_refused_without_waiting(refused, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    os.mkfifo(tmp_path / "pipe.safetensors")
    pipe = str(tmp_path / "pipe.safetensors")
    assert "not a regular file" in refused("export", str(tmp_path / "pipe.json"), "--python", "out.py")
    assert "not a regular file" in refused("words", "--model", pipe)
    assert "not a regular file" in refused("memory", "list", "--model", pipe)
    os.mkfifo(tmp_path / "pipe.npz")
    assert "not a regular file" in refused(
        "train",
        "--data",
        str(tmp_path / "pipe.npz"),
        "--folder",
        str(tmp_path / "run"),
        "--families",
        "shift",
    )


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("config.codebook", "x", "config.codebook is 'x', expected a whole number"),
        ("config.heads", 0, "config.heads is 0"),
        ("config.heads", 5, "config.heads is 5, expected a divisor"),
        ("config.heads", True, "config.heads is true"),
        ("config.slots", 0, "config.slots is 0"),
        ("config.width", -1, "config.width is -1"),
        ("config.width", 64, "as strange.json says"),
        ("config.executor_layers", 10**12, "config.executor_layers is 1000000000000"),
        ("config.expansion", 65_536, "as strange.json says"),
        ("config.skip_bias", "x", "config.skip_bias is 'x'"),
        ("config.x\x1b[2J", 1, "is unknown"),
        ("config", [], "config is a list"),
        ("meanings", [], "meanings is a list"),
        ("meanings", {"w0": 7}, "meanings.w0 is 7"),
        ("meanings", {"w0": {"operation": 7, "agreement": 1.0}}, "meanings.w0.operation is 7"),
        ("meanings", {"w0": {"operation": "x", "agreement": "y"}}, "meanings.w0.agreement is 'y'"),
        ("bootstrapped", "x", "bootstrapped is 'x'"),
        ("trained", [], "trained is a list"),
        ("trained.plan", 7, "trained.plan.last_side is null"),
        ("format", "x" * 3_000_000, "format 1"),
    ],
)
def test_strange_weights_are_one_line(place, value, said, refused, tmp_path: Path) -> None:
    about = json.loads(SHIPPED.with_suffix(".json").read_text("utf-8"))
    *path, last = place.split(".", 1)
    (about[path[0]] if path else about)[last] = value
    (tmp_path / "strange.json").write_text(json.dumps(about))
    (tmp_path / "strange.safetensors").symlink_to(SHIPPED)
    assert said in refused("words", "--model", str(tmp_path / "strange.safetensors"))


def test_weights_that_are_none_are_one_line(refused, tmp_path: Path) -> None:
    model = tmp_path / "strange.safetensors"
    assert "expected weights" in refused("memory", "list", "--model", str(model))
    (tmp_path / "strange.json").write_text(DEEP)
    assert "nested too deeply, expected the weights' JSON" in refused("words", "--model", str(model))
    shutil.copy(SHIPPED.with_suffix(".json"), tmp_path / "strange.json")
    for content in (b"", b"\xff" * 100, SHIPPED.read_bytes()[:1000]):
        model.write_bytes(content)
        assert "expected weights" in refused("words", "--model", str(model))


def _header(shape: str) -> bytes:
    text = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()


def _npz(shapes: bytes, cells: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/shapes.npy", shapes)
        archive.writestr("a/cells.npy", cells)
    return stream.getvalue()


def _array(values) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.array(values, np.uint8))
    return stream.getvalue()


PAIR = _array([[2, 2, 2, 2]])
BROKEN = bytearray(_npz(PAIR, _array(np.random.default_rng(0).integers(0, 9, 900))))
BROKEN[160:200] = b"\xff" * 40


@pytest.mark.parametrize(
    "content",
    [
        _npz(_header("(1000000000000000,)"), _array([0])),
        _npz(_array([2, 2, 2, 2]), _array([0] * 8)),
        _npz(PAIR, _array([0] * 7)),
        _npz(PAIR, _array([10] * 8)),
        _npz(_array([[0, 2, 2, 2]]), _array([0] * 4)),
        _npz(_array(np.zeros((0, 4))), _array([])),
        bytes(BROKEN),
        b"no archive",
        b"",
    ],
)
def test_training_data_that_is_none_is_one_line(content, refused, tmp_path: Path) -> None:
    (tmp_path / "data.npz").write_bytes(content)
    options = ["--folder", str(tmp_path / "run"), "--families", "shift", "--width", "16", "--heads", "2"]
    assert "data.npz: " in refused("train", "--data", str(tmp_path / "data.npz"), *options)


def test_names_from_files_are_printed_without_control_characters(
    tiny: LearnedLanguage, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    weights = str(next(tmp_path.parent.glob("tiny*/model.safetensors")))
    puzzle = puzzle_of("flip left-right")
    memory = Memory(tiny.language.fingerprint, tmp_path)
    entry = memory.remember(
        Program.of(["flip left-right"], EXACT_FINGERPRINT), puzzle, np.zeros(4, np.float32)
    )
    options = ["--model", weights, "--folder", str(tmp_path)]
    assert main(["memory", "rename", entry.id, "\x1b[31mred\x07", *options]) == 0
    assert main(["memory", "list", *options]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.fixture
def heard() -> Iterator[None]:
    """Processes started here hear the signal, though a shell that runs tests in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("after", [1, 8])
@pytest.mark.usefixtures("heard")
def test_ctrl_c_is_one_line(after, tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 10, (3, 2, 9, 9)).tolist()
    pairs = [{"input": given, "output": wanted} for given, wanted in noise]
    (tmp_path / "noise.json").write_text(json.dumps({"train": pairs[:2], "test": pairs[2:]}))
    process = subprocess.Popen(
        [sys.executable, "-m", "solver", "solve", str(tmp_path / "noise.json"), "--budget", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # as a terminal does: the signal goes to all processes of the group
    )
    time.sleep(after)  # while it loads, and while it searches
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (out, err) == ("", "error: interrupted\n")
    assert process.returncode in (130, -signal.SIGINT)  # to a shell both are 130


def test_a_search_process_whose_reader_has_gone_ends_silently() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "solver.explore"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout and process.stderr  # noqa: PT018
    process.stdout.close()
    process.stdin.write(json.dumps({"puzzle": PUZZLE, "budget_s": 5, "variant": "plain"}) + "\n")
    process.stdin.flush()
    assert process.wait(60) == 0
    assert process.stderr.read() == ""
    process.stdin.close()
    process.stderr.close()


@pytest.mark.parametrize(
    "state", [DEEP, "[]", "{}", '{"plan": 7}', '{"plan": {}, "step": "x"}', '{"plan": {"y": 1}}']
)
def test_a_strange_state_of_a_run_is_one_line(state, refused, tmp_path: Path) -> None:
    shutil.copy(SHIPPED, tmp_path / "model.safetensors")
    shutil.copy(SHIPPED, tmp_path / "state.safetensors")
    shutil.copy(SHIPPED.with_suffix(".json"), tmp_path / "model.json")
    (tmp_path / "state.json").write_text(state)
    assert "state.json: " in refused("train", "--resume", "--folder", str(tmp_path), "--device", "cpu")


def test_a_strange_core_is_one_line(refused, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for name, content in (("deep", DEEP), ("list", "[]")):
        (tmp_path / f"{name}.json").write_text(content)
    for name in ("pipe", "deep", "list"):
        model = str(tmp_path / f"{name}.safetensors")
        assert f"{name}.json: " in refused("npi", "run", "sorting", "31", "--model", model)
