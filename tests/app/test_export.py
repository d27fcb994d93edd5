import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageSequence

from app import dialogs
from app.export.background import BackgroundExport
from app.export.formats import FORMATS, PICTURES
from app.export.picture import REST_MS, STEP_MS, Scene, gif_bytes, merge_frames
from app.theme import LIGHT, PALETTES, SYMBOLS, GridLook
from app.widgets.export_dialog import ExportDialog
from puzzles.grid import same_grid
from puzzles.puzzle import load_puzzle
from solver.words.program import program_from_json
from tests.app.fake import FakeSolver, candidate


@pytest.fixture
def solved(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w4", "w4", "w17", "w4", "w4"),)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


@pytest.fixture
def target(tmp_path, monkeypatch):
    def choose(name):
        path = tmp_path / name
        monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
        return path

    return choose


def test_program_round_trip_through_the_window(solved, puzzle, target, qtbot, make_window):
    path = target("p.json")
    assert solved.desk.export("program")
    program, inside = program_from_json(path.read_text(), path.name)
    assert program == solved.bench.run.candidate.program
    assert inside == puzzle
    other = make_window()
    with qtbot.waitSignal(other.client.executed):
        assert other.open_path(path)
    assert other.bench.run.candidate.verified
    assert len(other.program_strip.chips) == 6


def test_the_file_offered_is_in_the_folder_whatever_the_puzzle_is_called(
    make_window, puzzle, tmp_path, monkeypatch
):
    window, offered = make_window(), []
    monkeypatch.setattr(dialogs, "ask_save", lambda _parent, _title, path, *_: offered.append(path))
    window.settings.set("files/folder", str(tmp_path))
    for name in ("../other/x", "a\nb", "plain"):
        window.bench.open(replace(puzzle, name=name))
        window.desk.save_moment()
    assert [path.parent for path in offered] == [tmp_path] * 3
    assert [path.name.split(".")[-3] for path in offered] == ["-other-x", "a-b", "plain"]


def test_prediction_answers_the_tests(solved, puzzle, target):
    path = target("prediction.json")
    assert solved.desk.export("prediction")
    written = load_puzzle(path)
    assert written.train == puzzle.train
    assert same_grid(written.test[0].output, puzzle.test[0].output)


def test_png_shows_the_cells(solved, target):
    path = target("picture.png")
    assert solved.desk.export("png")
    image = np.asarray(Image.open(path).convert("RGB"))
    for colour in ((0x00, 0x74, 0xD9), (0xFF, 0x41, 0x36)):
        assert (image == colour).all(axis=2).any()


def test_gif_has_a_frame_for_every_state(solved, target):
    path = target("run.gif")
    assert solved.desk.export("gif")
    frames = list(ImageSequence.Iterator(Image.open(path)))
    assert len(frames) == 6
    durations = [frame.info["duration"] for frame in ImageSequence.Iterator(Image.open(path))]
    assert durations == [STEP_MS] * 5 + [REST_MS]


def test_equal_frames_are_joined_and_keep_their_time():
    red, blue = Image.new("RGB", (4, 4), "red"), Image.new("RGB", (4, 4), "blue")
    frames, durations = merge_frames([red, red.copy(), blue, red], [10, 20, 30, 40])
    assert len(frames) == 3
    assert durations == [30, 30, 40]


def test_gif_of_a_program_without_steps(puzzle, qapp):
    scene = Scene(puzzle, candidate(puzzle, []), (), GridLook(PALETTES[0]), LIGHT)
    assert Image.open(io.BytesIO(gif_bytes(scene))).size[0] >= 480


def test_animated_png_has_a_frame_for_every_state(solved, target):
    path = target("run.apng")
    assert solved.desk.export("apng")
    assert Image.open(path, formats=["PNG"]).n_frames == 6


def test_svg_draws_every_cell_with_its_colour_and_symbol(solved, target):
    path = target("picture.svg")
    solved.bench.view.choose_palette("contrast")
    solved.bench.view.choose_marks("symbols")
    assert solved.desk.export("svg")
    text = path.read_text()
    assert "<image" not in text
    assert "#1f3cff" in text
    assert SYMBOLS[1] in text


def test_pdf_has_a_page_for_every_state(solved, target):
    path = target("run.pdf")
    assert solved.desk.export("pdf")
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert b"/Count 6" in content


def test_the_dialog_previews_every_format_and_writes_the_chosen_one(solved, target, puzzle):
    path = target("puzzle.json")
    solved.desk.show_exports()
    dialog = solved.findChild(ExportDialog)
    for key in FORMATS:
        dialog.choose(key)
        shown = dialog.image.pixmap().width() if key in PICTURES else len(dialog.text.toPlainText())
        assert shown > 100, key
    dialog.choose("puzzle")
    dialog.save.click()
    assert load_puzzle(path).train == puzzle.train
    assert not dialog.isVisible()


def test_learned_words_are_written_with_their_weights_beside(make_window, puzzle, qtbot, target, monkeypatch):
    """The fake language has no weights, so the cut-out of the shipped ones is replaced."""
    window = make_window(FakeSolver(found=(("w17",),)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    monkeypatch.setattr("app.export.formats.weights_for", lambda program: b"weights")
    path = target("mine.py")
    assert window.desk.export("python")
    assert "with_name('mine.safetensors')" in path.read_text()
    assert path.with_suffix(".safetensors").read_bytes() == b"weights"


def test_weights_that_do_not_fit_are_told(solved, target, messages):
    path = target("mine.py")
    assert not solved.desk.export("python")
    assert "fake-weights" in messages[0]
    assert not path.exists()


def test_a_slow_format_is_written_by_another_process(solved, target, messages, qtbot, monkeypatch):
    path = target("out.onnx")
    script = "import pathlib, sys; pathlib.Path(sys.argv[-1]).write_bytes(b'graph')"
    monkeypatch.setattr(
        BackgroundExport, "command", lambda self, *rest: ["-c", script, *rest[1:]], raising=True
    )
    with qtbot.waitSignal(solved.desk.told, check_params_cb=lambda text: text == "Wrote out.onnx"):
        assert solved.desk.export("onnx")
    assert path.read_bytes() == b"graph"
    failing = "import sys; print('error: no such word', file=sys.stderr); sys.exit(2)"
    monkeypatch.setattr(BackgroundExport, "command", lambda self, *rest: ["-c", failing])
    solved.desk.export("onnx")
    qtbot.waitUntil(lambda: messages == ["no such word"])
