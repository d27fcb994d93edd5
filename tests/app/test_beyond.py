"""Grids of up to 100 cells a side, values beyond 9 and padding: shown, drawn, exported and cut."""

import io
import json
from itertools import combinations

import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from app import cli, dialogs
from app.export.contact_sheet import CARD, ContactSheet, sheet_png
from app.export.formats import FORMATS
from app.export.picture import text_font
from app.state.batch import Batch
from app.state.draft import Place
from app.state.fitting import SMALLEST
from app.state.shelf import Shelf
from app.theme import LIGHT, NUMBERS, PALETTES, SHOWN_NAMES, SYMBOLS, GridLook, place_of
from app.widgets.grid_view import GridView
from app.widgets.paint import LINES_FROM_CELL, paint_grid, paint_small
from app.worker import SolverClient
from puzzles.collections import folder
from puzzles.grid import PADDING, as_grid, rows_of
from puzzles.puzzle import Pair, Puzzle, load_puzzle, save_puzzle
from solver.words.program import EXACT_FINGERPRINT, Program, program_from_json, program_to_json
from solver.words.results import SolveOptions
from tests.app.drawing import cells, drag, view
from tests.app.fake import FakeSolver

LOOK = GridLook(PALETTES[0])
EVERY = as_grid([[*range(16), -1]])


def flipped(side):
    rng = np.random.default_rng(side)
    grids = [rng.integers(0, 10, (side, side)).astype(np.uint8) for _ in range(3)]
    pairs = [Pair(grid, grid[:, ::-1]) for grid in grids]
    return Puzzle("large", tuple(pairs[:2]), tuple(pairs[2:]))


def padded(value):
    grid = np.full((5, 6), value)
    grid[:2, :2] = [[1, 2], [3, 4]]
    return Puzzle("padded", (Pair(grid, grid),), (Pair(grid),))


def painted(grid, cell, look=LOOK, side=0):
    rows, columns = grid.shape
    size = (side, side) if side else (columns * cell + 1, rows * cell + 1)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    painter = QPainter(image)
    if side:
        paint_small(painter, grid, side, look.palette)
    else:
        paint_grid(painter, QPoint(0, 0), grid, cell, look)
    painter.end()
    return image


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.key)
def test_every_value_has_a_colour_a_symbol_a_number_and_a_name_of_its_own(palette):
    shown = [QColor(colour) for colour in palette.shown]
    assert len(SYMBOLS) == len(NUMBERS) == len(SHOWN_NAMES) == len(shown) == 17
    for texts in (SYMBOLS, NUMBERS, SHOWN_NAMES):
        assert len(set(texts)) == 17
    for a, b in combinations(shown, 2):
        assert sum(abs(x - y) for x, y in zip(a.getRgb(), b.getRgb(), strict=True)) > 60
    assert palette.colour(PADDING) == palette.padding == palette.shown[place_of(PADDING)]
    assert palette.colour(12) == palette.further[2]


def test_every_symbol_is_in_the_font(qapp):
    metrics = QFontMetrics(text_font(20))
    assert all(metrics.inFontUcs4(ord(symbol)) for symbol in SYMBOLS if symbol)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.key)
def test_cells_are_painted_in_the_colours_of_their_values(qapp, palette):
    image = painted(EVERY, 8, GridLook(palette))
    seen = [QColor(image.pixel(place * 8 + 4, 4)).name() for place in range(17)]
    assert seen == list(palette.shown)
    plain, marked = painted(EVERY, 20, GridLook(palette)), painted(EVERY, 20, GridLook(palette, "symbols"))
    for place in range(1, 17):
        box = (place * 20 + 2, 2, 16, 16)
        assert plain.copy(*box) != marked.copy(*box)


@pytest.mark.parametrize("cell", [1, 2, 3, 4, 5])
def test_small_cells_keep_their_colours(qapp, cell):
    grid = flipped(100).train[0].input
    image = painted(grid, cell)
    middle = cell // 2 if cell < LINES_FROM_CELL else 1 + (cell - 1) // 2
    for row, column in ((0, 0), (99, 99), (40, 71)):
        colour = QColor(image.pixel(column * cell + middle, row * cell + middle)).name()
        assert colour == LOOK.palette.colours[grid[row, column]]


def test_a_thumbnail_shows_more_cells_than_it_has_pixels(qapp):
    grid = np.zeros((100, 50), np.uint8)
    grid[50:] = 2
    image = painted(as_grid(grid), 0, side=42)
    assert QColor(image.pixel(21, 5)).name() == LOOK.palette.colours[0]
    assert QColor(image.pixel(21, 36)).name() == LOOK.palette.colours[2]
    assert {QColor(image.pixel(x, 21)).name() for x in (0, 9, 33, 41)} == {"#123456"}
    exact = painted(as_grid([[1, 2], [3, 4]]), 0, side=42)
    assert QColor(exact.pixel(30, 10)).name() == LOOK.palette.colours[2]


def test_the_board_shows_a_puzzle_of_100_a_side_whole_and_steps_through_it(make_window, qtbot):
    window = make_window(FakeSolver(found=(("w17", "flip up-down", "flip up-down"),)))
    window.bench.open(flipped(100))
    shown = view(window)
    assert shown.grid.shape == (100, 100)
    assert shown._cell >= SMALLEST
    assert shown.cell_at(shown.cell_centre(99, 99)) == (99, 99)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    window.bench.timeline.go(1)
    state = view(window, side="state")
    assert rows_of(state.grid) == rows_of(flipped(100).train[0].output)
    assert not window.grab().isNull()


def test_a_grid_is_drawn_on_and_resized_up_to_100(drawing):
    bar = drawing.board.edit_bar
    shown = view(drawing)
    drag(shown, (0, 0), (0, 2))
    bar.size_field.setText("100 x 100")
    bar.size_field.returnPressed.emit()
    grid = np.array(cells(drawing))
    assert grid.shape == (100, 100)
    assert grid.sum() == 6
    drag(view(drawing), (99, 0), (99, 99))
    assert np.array(cells(drawing))[99].tolist() == [2] * 100
    bar.size_field.setText("101")
    bar.size_field.returnPressed.emit()
    assert np.array(cells(drawing)).shape == (100, 100)
    drawing.bench.document.undo_stack.undo()
    drawing.bench.document.undo_stack.undo()
    assert np.array(cells(drawing)).shape == (3, 3)


def test_further_colours_are_offered_where_the_puzzle_has_them(window, qtbot):
    window.bench.open(Puzzle("odd", (Pair([[12, -1, 0]], [[0]]),), (Pair([[0]]),)))
    editor, bar = window.bench.editor, window.board.edit_bar
    editor.set_enabled(True)
    offered = [place for place, swatch in enumerate(bar.swatches) if not swatch.isHidden()]
    assert offered == [*range(10), 12, 16]
    shown = view(window)
    qtbot.keyClick(shown, "i")
    drag(shown, (0, 0))
    assert editor.colour == 12
    assert bar.swatches[12].isChecked()
    bar.swatches[16].click()
    qtbot.keyClick(shown, "b")
    drag(shown, (0, 2))
    assert rows_of(as_grid(np.array(cells(window), np.uint8))) == [[12, -1, -1]]
    window.bench.open(flipped(5))
    editor.choose_colour(1)
    editor.set_enabled(True)
    assert [place for place, swatch in enumerate(bar.swatches) if not swatch.isHidden()] == list(range(10))


def test_screen_readers_name_further_values(window):
    shown = GridView("input", LOOK, LIGHT)
    shown.show_grid(EVERY)
    for cell, name in (((0, 10), "white"), ((0, 15), "lime"), ((0, 16), "padding")):
        shown.read_out(cell)
        assert shown.accessibleDescription() == f"row 1, column {cell[1] + 1}, {name}"


@pytest.mark.parametrize("value", [-1, 10])
def test_padding_is_cut_away_by_a_link_and_comes_back_by_undo(window, value):
    window.bench.open(padded(value))
    link = window.board.padding
    assert not link.isHidden()
    assert f"({value})" in link.text()
    link.click()
    assert cells(window) == [[1, 2], [3, 4]]
    assert window.board.padding.isHidden()
    window.bench.document.undo_stack.undo()
    assert np.array(cells(window)).shape == (5, 6)
    assert not window.board.padding.isHidden()
    window.bench.open(flipped(5))
    assert window.board.padding.isHidden()


def test_a_collection_is_asked_about_once_and_stays_cut(window, tmp_path, monkeypatch):
    home = tmp_path / "tasks"
    home.mkdir()
    save_puzzle(padded(-1), home / "p.json")
    before = (home / "p.json").read_bytes()
    asked = []
    monkeypatch.setattr(dialogs, "ask_about_padding", lambda _parent, *what: asked.append(what) or True)
    assert window.desk.open(home)
    assert asked == [("tasks", -1)]
    key = str(home.resolve())
    for shelf in (window.shelf, Shelf(window.settings)):
        assert shelf.get(key)["p"].train[0].input.tolist() == [[1, 2], [3, 4]]
        assert shelf.path_of(key, "p") is None
    assert (home / "p.json").read_bytes() == before
    monkeypatch.setattr(dialogs, "ask_about_padding", lambda *_: False)
    assert window.desk.open(home)
    for shelf in (window.shelf, Shelf(window.settings)):
        assert shelf.get(key)["p"].train[0].input.shape == (5, 6)
        assert shelf.path_of(key, "p") == home / "p.json"


def test_a_batch_goes_past_what_the_solver_does_not_know(tmp_path, user_paths, qtbot):
    home = tmp_path / "tasks"
    home.mkdir()
    save_puzzle(padded(10), home / "a.json")
    save_puzzle(flipped(4), home / "b.json")
    client = SolverClient(FakeSolver().services)
    batch = Batch(client, user_paths.results)
    batch.show(folder(home))
    with qtbot.waitSignals([batch.solved] * 2):
        batch.start(SolveOptions())
    client.shut_down()
    assert "is 10, the solver knows 0 to 9" in batch.results["a"].error
    assert batch.results["b"].verified


def test_submissions_go_past_it_too(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("app.command_line.solver_services", lambda: FakeSolver(reports=1).services)
    home, target = tmp_path / "tasks", tmp_path / "submission.json"
    home.mkdir()
    save_puzzle(padded(10), home / "a.json")
    save_puzzle(flipped(4), home / "b.json")
    assert cli.main(["submission", str(home), str(target)]) == 0
    assert "1 of 2 entries passed over; a: train[0].input row 0 column 2 is 10" in capsys.readouterr().err
    found = json.loads(target.read_text())
    assert found["b"][0]["attempt_1"] == rows_of(flipped(4).test[0].output)
    assert cli.main(["submission", str(home), str(target), "--padding", "10"]) == 0
    assert json.loads(target.read_text())["a"][0]["attempt_1"] == [[2, 1], [4, 3]]


@pytest.mark.parametrize("key", ["png", "svg", "pdf", "gif", "apng", "program", "python", "puzzle"])
def test_a_puzzle_of_60_a_side_is_exported(qapp, tmp_path, monkeypatch, key):
    monkeypatch.setattr("app.command_line.solver_services", lambda: FakeSolver().services)
    puzzle, target = flipped(60), tmp_path / f"out{FORMATS[key].ending}"
    source = tmp_path / "program.json"
    source.write_text(program_to_json(Program.of(["flip left-right"], EXACT_FINGERPRINT), puzzle))
    assert cli.main(["export", str(source), str(target)]) == 0
    content = target.read_bytes()
    if key in ("png", "gif", "apng"):
        picture = Image.open(io.BytesIO(content))
        assert len(list(ImageSequence.Iterator(picture))) == (1 if key == "png" else 2)
        assert picture.size[0] > 2 * 60 * 4
        assert picture.size[1] > 3 * 60 * 4
    elif key == "svg":
        assert b"<image" not in content
    elif key == "pdf":
        assert b"/Count 2" in content
    elif key == "program":
        assert program_from_json(content.decode(), "p")[1] == puzzle
    elif key == "python":
        assert content.count(b'"' + "".join(map(str, puzzle.test[0].input[0])).encode() + b'"') == 1
    else:
        assert load_puzzle(target).train == puzzle.train


def test_pictures_of_further_values_are_exported_in_their_colours(qapp, tmp_path):
    source, target = tmp_path / "odd.json", tmp_path / "odd.png"
    save_puzzle(Puzzle("odd", (Pair(EVERY, EVERY),), (Pair(EVERY),)), source)
    assert cli.main(["export", str(source), str(target)]) == 0
    picture = np.asarray(Image.open(target).convert("RGB"))
    for colour in PALETTES[0].shown:
        assert (picture == QColor(colour).getRgb()[:3]).all(axis=2).any()
    for ending in (".svg", ".pdf"):
        assert cli.main(["export", str(source), str(tmp_path / f"odd{ending}")]) == 0
    assert PALETTES[0].padding in (tmp_path / "odd.svg").read_text()


def test_cards_of_a_sheet_are_as_high_as_large_grids_need(qapp):
    small = ContactSheet("s", (flipped(5),), LOOK, LIGHT)
    large = ContactSheet("s", (flipped(5), flipped(100)), LOOK, LIGHT)
    assert small.card == CARD
    assert large.card[0] == CARD[0]
    assert large.card[1] > 200
    assert Image.open(io.BytesIO(sheet_png(large))).size[1] > large.card[1]


def test_answers_with_further_values_are_kept(window):
    window.bench.open(Puzzle("odd", (Pair([[12]], [[12]]),), (Pair([[12, -1]]),)))
    place = Place("test", 0, "answer")
    window.bench.editor.set_enabled(True)
    window.bench.editor.begin(place)
    window.bench.editor.copy_from_input()
    window.bench.open(flipped(4))
    window.bench.open(Puzzle("odd", (Pair([[12]], [[12]]),), (Pair([[12, -1]]),)))
    (answer,) = window.bench.document.draft.answers
    assert rows_of(answer) == [[12, -1]]
