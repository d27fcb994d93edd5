"""A new procedure from recorded moves, in the library and as commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from solver.__main__ import main
from solver.npi.checkpoint import load_core, shipped
from solver.npi.demonstrations import Demonstration, moves_of
from solver.npi.follow import Outcome
from solver.npi.interpreter import Interpreter
from solver.npi.pad import EAST, ENVIRONMENTS, PUSH, SOUTH, WRITE, drawing_pad
from solver.npi.programs import ACT, Call
from solver.npi.recordings import read_recording, recording_text
from solver.npi.teach import Place, UnteachableError, find_unit, fold, known_calls, teach, teaching

DRAWING = ENVIRONMENTS["drawing"]
STEP = ((0, EAST, 0), (0, WRITE, 0), (0, SOUTH, 0), (0, WRITE, 0))


def _stairs(side: int) -> Demonstration:
    """Down a square from its top left corner, one step right and one down."""
    return Demonstration(drawing_pad(np.zeros((side, side)), (0, 0), hand=3), STEP * (side - 1))


@pytest.fixture(scope="module")
def drawer() -> Any:
    return load_core(shipped("drawing"))[0]


def test_moves_are_folded_into_the_longest_call_that_makes_them(drawer: Any) -> None:
    moves = ((0, EAST, 0), (0, WRITE, 0)) * 4
    shown = Demonstration(drawing_pad(np.zeros((1, 5)), (0, 0), hand=2), moves)
    assert fold(DRAWING, shown, known_calls(drawer, DRAWING)) == (Call("RAY", (EAST, 0, 0)),)
    blocked = Demonstration(drawing_pad(np.zeros((1, 9)), (0, 0), hand=2), moves)
    strokes = fold(DRAWING, blocked, [Call("STROKE", (EAST, 0, 0))])
    assert strokes == (Call("STROKE", (EAST, 0, 0)),) * 4
    assert fold(DRAWING, shown, []) == tuple(Call(ACT, move) for move in moves)


def test_the_unit_is_what_every_demonstration_repeats() -> None:
    a, b = Call("A"), Call("B")
    assert find_unit([(a, b) * 2, (a, b) * 3]) == ((a, b), [2, 3])
    assert find_unit([(a, b), (a, b)]) == ((a, b), [1, 1])
    with pytest.raises(UnteachableError, match="demonstration 2 does other steps") as caught:
        find_unit([(a, b), (a, a)])
    assert caught.value.places == (Place(1, 2), Place(2, 2))
    with pytest.raises(UnteachableError) as caught:  # the second goes on where the first has ended
        find_unit([(a, b), (a, b, a)])
    assert caught.value.places == (Place(1, 3), Place(2, 3))


def test_stairs_of_any_length_are_learned_from_three_and_nothing_old_changes(drawer: Any) -> None:
    taught = teach(drawer, DRAWING, "STAIRS", [_stairs(side) for side in (3, 4, 6)])
    assert taught.repeats
    assert taught.right == (True, True, True)
    shown = _stairs(11)
    pad = shown.pad.copy()
    run = Interpreter(taught.growth.core, "drawing").finish(pad, Call("STAIRS"))
    assert run.outcome is Outcome.RETURNED
    assert (pad.cells == shown.after(DRAWING).cells).all()
    assert (pad.cells == 3).sum() == 20
    kept = taught.growth.core.state_dict()
    assert all((kept[name] == tensor).all() for name, tensor in drawer.state_dict().items())


def test_a_different_end_in_the_same_view_cannot_be_learned(drawer: Any) -> None:
    wide = drawing_pad(np.zeros((9, 9)), (4, 1), hand=3)
    shown = [Demonstration(wide, STEP[:1] * count) for count in (1, 3)]
    with pytest.raises(UnteachableError, match="the view is the same where") as caught:
        teach(drawer, DRAWING, "FAR", shown)
    assert caught.value.why == "same view"
    assert caught.value.places == (Place(1, 0), Place(1, 1))


def test_what_is_still_wrong_is_said_with_its_place(drawer: Any) -> None:
    with pytest.raises(UnteachableError, match=r"still wrong after 5 iterations.*at move") as caught:
        teach(drawer, DRAWING, "STAIRS", [_stairs(side) for side in (3, 5)], iterations=5)
    assert caught.value.why == "still wrong"
    assert caught.value.places[0].demonstration == 1
    assert caught.value.traces > 0


def test_teaching_reports_and_can_be_left(drawer: Any) -> None:
    running = teaching(drawer, DRAWING, "STAIRS", [_stairs(side) for side in (3, 5)])
    first, second = next(running), next(running)
    assert 0 < first.iterations < second.iterations < first.most
    assert first.wrong == first.frames
    running.close()
    assert "STAIRS" not in drawer.config.every_program


def test_a_long_demonstration_is_folded_in_turns(drawer: Any) -> None:
    steps = tuple((0, (EAST, SOUTH)[turn % 2], 0) for turn in range(80))
    shown = Demonstration(drawing_pad(np.zeros((30, 30)), (0, 0), hand=3), steps)
    first = next(teaching(drawer, DRAWING, "LONG", [shown, shown]))
    assert (first.iterations, first.frames) == (0, 0)


def test_a_call_that_goes_on_after_what_was_shown_is_not_folded(drawer: Any) -> None:
    pad = drawing_pad(np.zeros((1, 5)), (0, 0), hand=2)
    ray = Call("RAY", (EAST, 0, 0))
    moves = moves_of(DRAWING, pad, ray)
    assert len(moves) == 8
    assert moves_of(DRAWING, pad, ray, moves) == moves
    assert moves_of(DRAWING, pad, ray, moves[:6]) == []
    assert moves_of(DRAWING, pad, ray, [(0, SOUTH, 0), *moves[1:]]) == []


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    moves = ((0, EAST, 0), (1, WRITE, 0), (0, PUSH, SOUTH))
    pad = drawing_pad([[0, 1], [2, 3]], (0, 1), hand=7, pen=(1, 0))
    path = tmp_path / "one.json"
    path.write_text(recording_text("ONE", [Demonstration(pad, moves)], DRAWING))
    name, (shown,) = read_recording(path, DRAWING)
    assert (name, shown.moves, shown.pad.hand) == ("ONE", moves, 7)
    assert shown.pad.cells.tolist() == [[0, 1], [2, 3]]
    assert shown.pad.pointers == {"eye": (0, 1), "pen": (1, 0)}


def _recording(side: int) -> dict[str, Any]:
    moves = ["eye east", "eye write", "eye south", "eye write"] * (side - 1)
    rows = [[0] * side for _ in range(side)]
    return {"pad": rows, "pointers": {"eye": [0, 0], "pen": [0, 0]}, "hand": 4, "moves": moves}


def test_the_commands_teach_and_call(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    recording, out, pad = (tmp_path / name for name in ("stairs.json", "stairs.safetensors", "pad.json"))
    document = {"name": "STAIRS", "demonstrations": [_recording(3), _recording(5)]}
    recording.write_text(json.dumps(document))
    assert main(["npi", "teach", str(recording), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "STAIRS: again and again STROKE east, STROKE south" in said
    assert "2 of 2 demonstrations" in said
    pad.write_text(json.dumps(_recording(4)))
    assert main(["npi", "call", "STAIRS", str(pad), "--model", str(out), "--tree", "2"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("0 4 0 0\n0 4 4 0\n0 0 4 4\n0 0 0 4\nreturned")
    assert "  STROKE 2" in said


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"pad": [[0, 1], [2]]}, "demonstration 1: pad"),
        ({"pad": [[0, 12]]}, "colours 0 to 9"),
        ({"pad": []}, "demonstration 1: pad"),
        ({"hand": 0}, "hand"),
        ({"hand": True}, "hand"),
        ({"pointers": {"eye": [0, 0]}}, "eye, pen"),
        ({"pointers": {"eye": [9, 0], "pen": [0, 0]}}, "on the pad"),
        ({"moves": []}, "list of 1 to"),
        ({"moves": ["eye east", "eye jump"]}, "move 2 is 'eye jump'"),
        ({"moves": ["eye push north-east"]}, "move 1"),
    ],
)
def test_a_bad_recording_is_one_line_and_status_2(
    changes: dict[str, Any], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({"name": "BAD", "demonstrations": [_recording(3) | changes]}))
    assert main(["npi", "teach", str(path), "--out", str(tmp_path / "out.safetensors")]) == 2
    error = capsys.readouterr().err
    assert expected in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("[", "expected JSON"), ("[]", "an object"), ('{"name": "x y"}', "name"), ('{"name": "A"}', "objects")],
)
def test_a_file_of_another_kind_is_named(
    text: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    assert main(["npi", "teach", str(path), "--out", str(tmp_path / "out.safetensors")]) == 2
    assert expected in capsys.readouterr().err
    assert main(["npi", "teach", str(tmp_path / "none.json"), "--out", "out.safetensors"]) == 2
    assert "none.json" in capsys.readouterr().err
