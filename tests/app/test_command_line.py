"""Everything the window can write, written without it."""

import json
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image

from app import cli, command_line
from app.export.formats import FORMATS
from app.state.batch import rows_from_json
from puzzles.grid import same_grid
from puzzles.puzzle import load_puzzle, save_puzzle
from solver.export.python_file import as_python
from solver.words.program import Program, program_to_json
from tests.app.fake import LANGUAGE, FakeSolver


@pytest.fixture
def solver(monkeypatch):
    found = FakeSolver(found=(("w17",), ("w9",)), reports=1)
    monkeypatch.setattr(command_line, "solver_services", lambda: found.services)
    return found


@pytest.fixture
def program(tmp_path, puzzle, solver):
    path = tmp_path / "program.json"
    exact = Program.of(["flip up-down", "w17"], LANGUAGE.fingerprint)
    path.write_text(program_to_json(exact, puzzle))
    return path


@pytest.mark.parametrize("key", [key for key, form in FORMATS.items() if key != "python" and not form.slow])
def test_every_format_is_written(qapp, program, tmp_path, key):
    target = tmp_path / f"out{FORMATS[key].ending}"
    assert cli.main(["export", str(program), str(target)]) == 0
    assert target.stat().st_size > 100


def test_the_step_and_the_look_can_be_chosen(qapp, program, tmp_path):
    pictures = []
    for extra in ([], ["--step", "0"], ["--theme", "dark"], ["--palette", "safe"], ["--marks", "symbols"]):
        target = tmp_path / "out.png"
        assert cli.main(["export", str(program), str(target), *extra]) == 0
        pictures.append(target.read_bytes())
    assert len(set(pictures)) == len(pictures)
    assert Image.open(target).size[0] >= 480


def test_the_prediction_answers_the_test(qapp, program, tmp_path, puzzle):
    target = tmp_path / "out.prediction.json"
    assert cli.main(["export", str(program), str(target)]) == 0
    expected = puzzle.test[0].input[::-1, ::-1]
    assert same_grid(load_puzzle(target).test[0].output, expected)


def test_python_of_exact_words(qapp, puzzle, solver, tmp_path):
    path, target = tmp_path / "program.json", tmp_path / "out.py"
    path.write_text(program_to_json(Program.of(["flip left-right"], "exact"), puzzle))
    assert cli.main(["export", str(path), str(target)]) == 0
    assert "def solve" in target.read_text()
    assert not list(tmp_path.glob("*.safetensors"))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["export", "missing.json", "out.png"], "missing.json"),
        (["export", "{program}", "out.xyz"], "unknown ending"),
        (["submission", "nowhere", "out.json"], "nowhere"),
    ],
)
def test_bad_input_is_told_in_one_line(qapp, program, arguments, complaint, capsys):
    given = [argument.format(program=program) for argument in arguments]
    assert cli.main(given) == 2
    said = capsys.readouterr().err
    assert complaint in said
    assert said.count("\n") == 1


def test_a_submission_is_taken_up_where_it_was_left(qapp, puzzle, solver, tmp_path):
    tasks = tmp_path / "tasks"
    tasks.mkdir()
    for name in ("one", "two"):
        save_puzzle(puzzle, tasks / f"{name}.json")
    target, results = tmp_path / "submission.json", tmp_path / "results.json"
    command = ["submission", str(tasks), str(target), "--results", str(results)]
    assert cli.main(command) == 0
    assert len(solver.asked) == 2
    assert set(rows_from_json(results.read_text(), "results")[0]) == {"one", "two"}
    written = json.loads(target.read_text())
    assert written["two"][0]["attempt_1"] == puzzle.test[0].output.tolist()
    (tasks / "three.json").write_text((tasks / "one.json").read_text())
    assert cli.main(command) == 0
    assert len(solver.asked) == 3
    assert set(json.loads(target.read_text())) == {"one", "two", "three"}


def test_a_submission_goes_past_what_is_no_task_and_says_how_many(qapp, puzzle, solver, tmp_path, capsys):
    tasks = tmp_path / "tasks"
    tasks.mkdir()
    save_puzzle(puzzle, tasks / "one.json")
    (tasks / "other.json").write_text('{"train": []}')
    target = tmp_path / "submission.json"
    assert cli.main(["submission", str(tasks), str(target)]) == 0
    assert set(json.loads(target.read_text())) == {"one"}
    assert "1 of 2 entries passed over; other.json: train has no pairs" in capsys.readouterr().err


def test_scoring_needs_no_window(tmp_path, capsys):
    target = tmp_path / "submission.json"
    target.write_text(json.dumps({"a": [{"attempt_1": [[1]]}]}))
    (tmp_path / "solutions.json").write_text(json.dumps({"a": [[[1]]]}))
    assert cli.main(["score", str(target), "--solutions", str(tmp_path / "solutions.json")]) == 0
    assert "1 of 1 tasks with every test right" in capsys.readouterr().out


def test_a_bad_row_among_earlier_results_costs_one_puzzle_and_the_file_is_kept(
    qapp, puzzle, solver, tmp_path, capsys
):
    tasks = tmp_path / "tasks"
    tasks.mkdir()
    for name in ("one", "two"):
        save_puzzle(puzzle, tasks / f"{name}.json")
    target, results = tmp_path / "submission.json", tmp_path / "results.json"
    command = ["submission", str(tasks), str(target), "--results", str(results)]
    assert cli.main(command) == 0
    document = json.loads(results.read_text())
    document["results"]["two"]["attempts"] = [[[[16]]]]
    results.write_text(json.dumps(document))
    capsys.readouterr()
    assert cli.main(command) == 0
    assert len(solver.asked) == 3
    assert "results.json: results.two" in capsys.readouterr().err
    assert json.loads((tmp_path / "results.aside-1.json").read_text()) == document
    assert set(rows_from_json(results.read_text(), "results")[0]) == {"one", "two"}
    results.write_text('{"format": 2, "results": {}}')
    assert cli.main(command) == 2
    assert results.read_text() == '{"format": 2, "results": {}}'


def test_commands_load_neither_qt_nor_torch_before_they_need_them():
    code = (
        "import sys; from app.cli import main; main(['--help']); main(['--version'])\n"
        "try: main(['score', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'PySide6', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert all(f"  {name} " in done.stdout for name in ("solve", "bench", "export", "submission", "npi"))


def test_help_of_an_option_is_its_fields_docstring(capsys):
    with pytest.raises(SystemExit):
        cli.main(["train", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "Peak learning rate (AdamW), after `warmup` steps" in said
    assert "[0.002]" in said


def test_a_picture_too_tall_to_paint_is_refused_in_one_line(qapp, puzzle, solver, tmp_path, capsys):
    many = replace(puzzle, train=puzzle.train * 700)
    path = tmp_path / "many.json"
    path.write_text(program_to_json(Program.of(["flip up-down"], "exact"), many))
    for ending in ("gif", "png"):
        assert cli.main(["export", str(path), str(tmp_path / f"out.{ending}")]) == 2
        said = capsys.readouterr().err
        assert "pixels large, expected at most 32767 a side" in said
        assert said.count("\n") == 1


def test_no_name_makes_a_drawing_that_is_no_xml(qapp, puzzle, solver, tmp_path):
    path, target = tmp_path / "named.json", tmp_path / "out.svg"
    named = replace(puzzle, name="a\0b\x0b\ufffe<&>\n")
    path.write_text(program_to_json(Program.of(["flip up-down"], "exact"), named))
    assert cli.main(["export", str(path), str(target)]) == 0
    ElementTree.fromstring(target.read_text("utf-8"))


@pytest.mark.parametrize("name", ['a"""b', "a\\u12b", "a\nb", "a'\"b", "\N{DEVANAGARI LETTER A}\ud800"])
def test_no_name_makes_a_python_file_that_does_not_compile(puzzle, name):
    program = Program.of(["flip up-down"], "exact")
    compile(as_python(program, replace(puzzle, name=name)), "exact.py", "exec")
    learned = Program.of(["w1"], LANGUAGE.fingerprint)
    compile(
        as_python(learned, replace(puzzle, name=name), f"{name}.safetensors", (4, 4)), "learned.py", "exec"
    )


def test_the_target_is_tried_before_anything_is_solved(qapp, puzzle, solver, tmp_path, capsys):
    (tmp_path / "tasks").mkdir()
    save_puzzle(puzzle, tmp_path / "tasks" / "a.json")
    tasks, good, bad = str(tmp_path / "tasks"), str(tmp_path / "a.json"), str(tmp_path / "no" / "b.json")
    for arguments in ([bad], [good, "--results", bad]):
        assert cli.main(["submission", tasks, *arguments]) == 2
        said = capsys.readouterr().err
        assert str(tmp_path / "no") in said
        assert said.count("\n") == 1
    assert not solver.asked


def test_ctrl_c_is_one_line(qapp, puzzle, solver, tmp_path, capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    save_puzzle(puzzle, tmp_path / "a.json")
    monkeypatch.setattr(command_line, "finish", interrupted)
    assert cli.main(["submission", str(tmp_path), str(tmp_path / "b.json")]) == 130
    assert capsys.readouterr().err == "glossa: interrupted\n"
