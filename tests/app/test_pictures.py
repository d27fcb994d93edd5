"""Pictures of puzzles without a program, and contact sheets: from the window and from the command line."""

import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from app import cli, dialogs
from app.export.contact_sheet import CARD, MOST_PUZZLES, PADDING, CardLayout, ContactSheet, sheet_png
from app.export.picture import WITHOUT_PROGRAM, Layout, PictureOptions, Scene, png_bytes
from app.theme import DARK, LIGHT, PALETTES, GridLook
from app.widgets.export_dialog import ExportDialog
from app.widgets.paint import runs_of
from app.widgets.sheet_dialog import SheetDialog
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle, load_puzzle, save_puzzle
from solver.words.program import ProgramError
from tests.app.fake import candidate

LOOK = GridLook(PALETTES[0])
BLUE, RED, SKY, MAROON = ((0, 0x74, 0xD9), (0xFF, 0x41, 0x36), (0x7F, 0xDB, 0xFF), (0x87, 0x0C, 0x25))


def scene(puzzle, **options):
    return Scene(puzzle, None, (), LOOK, LIGHT, replace(WITHOUT_PROGRAM, **options))


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def count(png, colour):
    return int((pixels(png) == colour).all(axis=2).sum())


@pytest.fixture
def one():
    """The colour 8 stands in the output of the demonstration alone, 9 in that of the test alone."""
    return Puzzle(
        "one",
        (Pair(as_grid([[1, 1], [1, 1]]), as_grid([[8]])),),
        (Pair(as_grid([[2, 2]]), as_grid([[9]])),),
    )


def test_a_puzzle_alone_shows_outputs_and_hides_those_of_tests_if_asked(qapp, one):
    shown, hidden = png_bytes(scene(one, cell=20), 0), png_bytes(scene(one, cell=20, expected=False), 0)
    area = 19 * 19  # a line takes a pixel of each cell
    assert count(shown, BLUE) == count(hidden, BLUE) == 4 * area
    assert count(shown, SKY) == count(hidden, SKY) == area
    assert (count(shown, MAROON), count(hidden, MAROON)) == (area, 0)


def test_id_and_labels_take_the_room_they_need_and_can_be_left_out(qapp, one):
    whole, bare = Layout(scene(one)), Layout(scene(one, name=False, labels=False))
    assert whole.lefts[0] > bare.lefts[0]
    assert whole.tops[0] > bare.tops[0]
    assert png_bytes(scene(one, name=False), 0) != png_bytes(scene(one, labels=False), 0)


def test_a_run_shows_the_expected_outputs_beside_if_asked(qapp, one):
    run = Scene(one, candidate(one, ["w17"]), ("flip",), LOOK, LIGHT, PictureOptions(cell=20))
    beside = replace(run, options=PictureOptions(cell=20, expected=True))
    assert count(png_bytes(run, 1), MAROON) == 0
    assert count(png_bytes(beside, 1), MAROON) == 19 * 19


def test_runs_cover_every_cell_once():
    grid = as_grid(np.random.default_rng(0).integers(0, 3, (7, 9)))
    drawn = np.full(grid.shape, 255)
    for row, start, length in runs_of(grid):
        assert (drawn[row, start : start + length] == 255).all()
        drawn[row, start : start + length] = grid[row, start]
    assert (drawn == grid).all()


def test_every_card_fits_and_says_what_it_leaves_out(qapp, one):
    wide = replace(one, train=(Pair(np.ones((30, 30), np.uint8), np.ones((30, 30), np.uint8)),) * 20)
    room = (CARD[0] - 2 * PADDING, 120)
    for puzzle in (one, wide):
        card = CardLayout(puzzle, WITHOUT_PROGRAM, room)
        assert len(card.rows) + card.left_out == len(puzzle.train) + 1
        part, index = card.rows[-1]
        assert (part, index) == ("test", 0)
        tallest = max(puzzle.train[0].output.shape[0], 1)
        assert card.output_top + tallest * card.cell <= room[1]
        assert card.lefts[-1] + card.cell * 2 <= room[0]
    assert card.left_out > 0


def test_a_sheet_has_every_puzzle_and_not_too_many(qapp, one):
    sheet = ContactSheet("mine", (one,) * 5, LOOK, DARK)
    single = count(sheet_png(replace(sheet, puzzles=(one,))), MAROON)
    assert single > 0
    assert count(sheet_png(sheet), MAROON) == 5 * single
    for puzzles in ((), (one,) * (MOST_PUZZLES + 1)):
        with pytest.raises(ProgramError, match=f"expected 1 to {MOST_PUZZLES}"):
            ContactSheet("mine", puzzles, LOOK, DARK)


@pytest.fixture
def tasks(tmp_path, one):
    folder = tmp_path / "tasks"
    folder.mkdir()
    for name in ("a", "b", "c", "d"):
        save_puzzle(one, folder / f"{name}.json")
    return folder


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "json"])
def test_a_task_is_exported_without_a_program(qapp, tasks, tmp_path, ending):
    target = tmp_path / f"out.{ending}"
    assert cli.main(["export", str(tasks / "a.json"), str(target)]) == 0
    if ending == "svg":
        text = target.read_text("utf-8")
        ElementTree.fromstring(text)
        assert "demonstration 1" in text
        assert "test 1" in text
    elif ending == "json":
        assert load_puzzle(target).train == load_puzzle(tasks / "a.json").train
    else:
        assert target.read_bytes().startswith({"png": b"\x89PNG", "pdf": b"%PDF"}[ending])


def test_a_puzzle_of_a_collection_is_exported_by_its_id(qapp, tmp_path):
    target = tmp_path / "out.png"
    assert cli.main(["export", "arc1-train/67a3c6ac", str(target), "--cell", "10", "--no-name"]) == 0
    assert Image.open(target).size[0] >= 480


def test_options_change_the_picture(qapp, tasks, tmp_path):
    pictures = []
    for extra in (
        [],
        ["--no-name"],
        ["--no-labels"],
        ["--no-expected"],
        ["--cell", "9"],
        ["--palette", "safe"],
    ):
        target = tmp_path / "out.png"
        assert cli.main(["export", str(tasks / "a.json"), str(target), *extra]) == 0
        pictures.append(target.read_bytes())
    assert len(set(pictures)) == len(pictures)


def names_in(file):
    """Return the ids written on a sheet."""
    texts = ElementTree.fromstring(file.read_text("utf-8")).iter("{http://www.w3.org/2000/svg}text")
    return [text.text for text in texts if text.text in ("a", "b", "c", "d")]


def test_a_folder_becomes_a_contact_sheet_of_all_of_some_or_of_a_sample(qapp, tasks, tmp_path):
    target = tmp_path / "sheet.svg"
    for extra, expected in (([], ["a", "b", "c", "d"]), (["--ids", "d, b"], ["d", "b"])):
        assert cli.main(["export", str(tasks), str(target), *extra]) == 0
        assert names_in(target) == expected
    sampled = []
    for seed in range(12):
        assert cli.main(["export", str(tasks), str(target), "--sample", "2", "--seed", str(seed)]) == 0
        sampled.append(tuple(names_in(target)))
    assert all(len(names) == 2 and list(names) == sorted(names) for names in sampled)
    assert len(set(sampled)) > 1


def test_a_long_sheet_has_pages(qapp, tasks, tmp_path):
    many = tmp_path / "many.json"
    task = json.loads((tasks / "a.json").read_text())
    many.write_text(json.dumps({f"p{n}": task for n in range(50)}))
    target = tmp_path / "sheet.pdf"
    assert cli.main(["export", str(many), str(target)]) == 0
    assert b"/Count 3" in target.read_bytes()


def test_a_sheet_goes_past_what_is_no_task(qapp, tasks, tmp_path, capsys):
    (tasks / "b.json").write_text('{"train": []}')
    target = tmp_path / "sheet.svg"
    assert cli.main(["export", str(tasks), str(target)]) == 0
    assert names_in(target) == ["a", "c", "d"]
    assert "1 of 4 entries passed over; b.json: train has no pairs" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["{tasks}/a.json", "out.gif"], "no program"),
        (["{tasks}/a.json", "out.py"], "no program"),
        (["{tasks}/a.json", "out.onnx"], "no program"),
        (["{tasks}/a.json", "out.png", "--ids", "a"], "is one puzzle, expected a collection"),
        (["{tasks}", "out.gif"], "many puzzles, expected one of .pdf, .png, .svg"),
        (["{tasks}", "out.png", "--ids", "nobody"], "no puzzle 'nobody'"),
        (["{tasks}", "out.png", "--sample", "5"], "--sample 5, expected 1 to 4"),
        (["{tasks}", "out.png", "--cell", "900"], "--cell 900, expected 0 to 64"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(qapp, tasks, arguments, complaint, capsys, monkeypatch):
    monkeypatch.chdir(tasks)
    given = [argument.format(tasks=tasks) for argument in arguments]
    assert cli.main(["export", *given]) == 2
    said = capsys.readouterr().err
    assert complaint in said
    assert said.count("\n") == 1
    assert not list(tasks.glob("out.*"))


@pytest.fixture
def target(tmp_path, monkeypatch):
    def choose(name):
        path = tmp_path / name
        monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
        return path

    return choose


def test_the_dialog_exports_a_puzzle_nobody_solved(make_window, one, target):
    window, path = make_window(), target("out.png")
    window.bench.open(one)
    window.desk.show_exports()
    dialog = window.findChild(ExportDialog)
    enabled = [bool(dialog.formats.item(row).flags()) for row in range(dialog.formats.count())]
    assert enabled.count(True) == 4
    dialog.controls.cell.setValue(12)
    assert not dialog.controls.expected.isChecked()  # it would give the answer away
    dialog.controls.palette_.setCurrentIndex(1)
    dialog.save.click()
    written = path.read_bytes()
    safe = PALETTES[1].colours
    colours = [tuple(int(text[at : at + 2], 16) for at in (1, 3, 5)) for text in safe]
    assert count(written, colours[1]) == 4 * 11 * 11
    assert count(written, colours[9]) == 0


def test_the_window_writes_a_sheet_of_what_is_listed(make_window, tasks, target, messages):
    window, path = make_window(), target("sheet.svg")
    window.open_path(tasks)
    window.browser.search.setText("c")
    window.show_sheet()
    dialog = window.findChild(SheetDialog)
    assert dialog.preview.pixmap().width() > 100
    dialog.format_.setCurrentIndex(dialog.format_.findData("svg"))
    dialog.save.click()
    assert names_in(path) == ["c"]
    assert re.search("test 1", path.read_text("utf-8"))
    window.browser.search.setText("nothing has this name")
    window.show_sheet()
    assert "a sheet of 0 puzzles" in messages[-1]
