"""The program as a picture: thumbnails, lines for merges, arguments that are clicked, words put in."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.widgets.word_field import WordField
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.words.arguments import arguments
from solver.words.program import EXACT_FINGERPRINT, Program, Step
from tests.app.fake import FakeSolver

COLOURED = Puzzle(
    "coloured",
    (
        Pair(as_grid([[1, 0], [0, 2]]), as_grid([[1, 0], [0, 3]])),
        Pair(as_grid([[2, 2], [0, 1]]), as_grid([[3, 3], [0, 1]])),
    ),
    (Pair(as_grid([[0, 2], [1, 0]]), None),),
)


class TalkingSolver(FakeSolver):
    """Knows what can be changed in a name, as the real one does."""

    def arguments(self, word):
        return arguments(word)


@pytest.fixture
def opened(make_window, qtbot):
    window = make_window(TalkingSolver(found=()))
    with qtbot.waitSignal(window.client.executed):
        window.bench.open_program(program("replace 2 by 4", "flip left-right"), COLOURED)
    return window


def program(*steps):
    steps = tuple(step if isinstance(step, Step) else Step(step) for step in steps)
    return Program(steps, EXACT_FINGERPRINT)


def shown(window):
    return [chip.grid.tolist() for chip in window.program_strip.chips]


def test_chips_show_the_state_after_each_step_of_the_pair_looked_at(opened, qtbot):
    assert shown(opened) == [[[1, 0], [0, 2]], [[1, 0], [0, 4]], [[0, 1], [4, 0]]]
    assert [row.name.objectName() for row in opened.board.rows] == ["current", "muted", "muted"]
    qtbot.mouseClick(opened.board.rows[1].input, Qt.MouseButton.LeftButton)
    assert shown(opened)[1] == [[4, 4], [0, 1]]
    assert [row.name.objectName() for row in opened.board.rows] == ["muted", "current", "muted"]
    qtbot.mouseClick(opened.board.rows[2].input, Qt.MouseButton.LeftButton)
    assert shown(opened)[2] == [[4, 0], [0, 1]]
    opened.bench.open(COLOURED)
    assert opened.bench.pair == ("train", 0)


def test_a_picture_is_painted_in_the_cells_colours(opened):
    chip = opened.program_strip.chips[1]
    image = chip.grab().toImage()
    yellow = opened.bench.view.look.palette.colour(4)
    found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert yellow.lower() in found


def test_a_number_in_a_chip_is_changed_by_clicking_it(opened, qtbot):
    strip = opened.program_strip
    chip = strip.chips[1]
    last = len(arguments("replace 2 by 4")) - 1
    at = chip.rect_of(last).center()
    assert chip.argument_at(at) == last
    assert chip.argument_at(QPoint(3, at.y())) is None
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=at)
    assert opened.bench.timeline.position == 1
    (three,) = [action for action in strip.argument_menu.actions() if action.text() == "3"]
    assert not three.icon().isNull(), "colours are shown as colours"
    with qtbot.waitSignal(opened.client.executed):
        three.trigger()
    strip.argument_menu.close()
    assert opened.bench.run.candidate.program.words == ("replace 2 by 3", "flip left-right")
    assert shown(opened)[1] == [[1, 0], [0, 3]]


def test_a_click_beside_the_numbers_only_goes_to_the_step(opened, qtbot):
    chip = opened.program_strip.chips[1]
    asked = []
    chip.argument_asked.connect(asked.append)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(4, chip.height() // 2))
    assert opened.bench.timeline.position == 1
    assert asked == []


def test_a_merge_has_a_line_from_what_it_reads(opened, qtbot):
    qtbot.waitUntil(lambda: bool(opened.bench.vocabulary))  # which lays out the chips again
    strip = opened.program_strip
    height = strip._scroll.height()
    assert strip._line.links == ()
    merging = program("flip left-right", "flip up-down", Step("stack over", 0, (-1,)))
    with qtbot.waitSignal(opened.client.executed):
        opened.bench.open_program(merging, COLOURED)
    chips = strip.chips
    assert strip._line.links == ((chips[1], chips[3]), (chips[0], chips[3]))
    assert strip._scroll.height() > height
    qtbot.waitUntil(lambda: chips[3].x() > chips[1].x())
    image = strip._line.grab().toImage()
    x = (chips[1].geometry().center().x() + chips[3].x()) // 2
    column = {image.pixelColor(x, y).name() for y in range(chips[1].geometry().bottom() + 2, image.height())}
    assert len(column) > 1, "a line runs below the chips"


def test_a_word_is_put_in_between_two_chips(opened, qtbot):
    strip = opened.program_strip
    assert [gap.position for gap in strip.gaps] == [0, 1, 2]
    field = strip.ask_word(1)
    field.field.setText("flip up-d")
    assert field.shown[0].key == "flip up-down"
    with qtbot.waitSignal(opened.client.executed):
        qtbot.keyClick(field.field, Qt.Key.Key_Return)
    words = opened.bench.run.candidate.program.words
    assert words == ("replace 2 by 4", "flip up-down", "flip left-right")
    assert opened.bench.timeline.position == 2


def test_a_key_asks_for_a_word_after_the_step_shown(opened, qtbot):
    opened.bench.timeline.go(1)
    qtbot.keyClick(opened, Qt.Key.Key_Insert)
    field = opened.findChild(WordField)
    field.field.setText("flip up-d")
    with qtbot.waitSignal(opened.client.executed):
        qtbot.keyClick(field.field, Qt.Key.Key_Return)
    assert opened.bench.run.candidate.program.words[1] == "flip up-down"


def test_a_rule_is_written_with_completion(opened, qtbot):
    field = opened.program_strip.ask_word(2)
    field.field.setText("paint 7 where colour le")
    assert field.shown[0].key == "paint 7 where colour left = 1"
    qtbot.keyClick(field.field, Qt.Key.Key_Tab)
    assert field.field.text() == "paint 7 where colour left = 1"
    field.field.setText("paint 7 where colour = 4")
    with qtbot.waitSignal(opened.client.executed):
        qtbot.keyClick(field.field, Qt.Key.Key_Return)
    assert opened.bench.run.candidate.program.words[-1] == "paint 7 where colour = 4"
    assert same_grid(opened.bench.run.candidate.demonstrations[0].output, as_grid([[0, 1], [7, 0]]))


def test_a_program_begins_with_a_plus(make_window, qtbot):
    window = make_window(TalkingSolver(found=()))
    (gap,) = window.program_strip.gaps
    assert gap.isHidden()
    window.bench.open(COLOURED)
    assert not gap.isHidden()
    assert gap.text() == "+"
    field = window.program_strip.ask_word(0)
    field.field.setText("replace 2 by 3")
    with qtbot.waitSignal(window.client.executed):
        qtbot.keyClick(field.field, Qt.Key.Key_Return)
    assert window.bench.run.candidate.verified


def test_nothing_is_put_in_while_a_search_runs(make_window, qtbot):
    window = make_window(FakeSolver(endless=True))
    window.bench.open(COLOURED)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    assert window.program_strip.gaps
    assert not any(gap.isEnabled() for gap in window.program_strip.gaps)
    window.bench.cancel()
    assert all(gap.isEnabled() for gap in window.program_strip.gaps)


def test_an_arrow_becomes_a_plus_under_keys(opened, qtbot):
    gap = opened.program_strip.gaps[0]
    assert gap.text() == "→"
    gap.setFocus(Qt.FocusReason.TabFocusReason)
    assert gap.text() == "+"
    opened.board.setFocus()
    assert gap.text() == "→"


def test_the_objects_a_step_picked_are_outlined_on_the_input(opened, qtbot):
    picking = program("objects", "pieces: vanish where main colour = 2", "put back")
    with qtbot.waitSignal(opened.client.executed):
        opened.bench.open_program(picking, COLOURED)
    first, second, _ = opened.board.rows
    assert first.input.outlined is None
    opened.bench.timeline.go(2)
    assert first.input.outlined.tolist() == [[False, False], [False, True]]
    assert second.input.outlined.tolist() == [[True, True], [False, False]]
    opened.bench.timeline.go(3)
    assert first.input.outlined is None
    chip = opened.program_strip.chips[2]
    chip.pointed.emit(True)
    assert first.input.outlined.tolist() == [[False, False], [False, True]]
    chip.pointed.emit(False)
    assert first.input.outlined is None


def test_objects_cut_from_a_later_state_are_outlined_there(opened, qtbot):
    picking = program("flip left-right", "objects", "the piece with most cells")
    grid = as_grid([[1, 1, 0, 2]])
    later = Puzzle("later", (Pair(grid, as_grid([[1, 1]])),), (Pair(grid, None),))
    with qtbot.waitSignal(opened.client.executed):
        opened.bench.open_program(picking, later)
    (row, *_) = opened.board.rows
    opened.bench.timeline.go(1)
    opened.program_strip.chips[3].pointed.emit(True)
    assert row.input.outlined is None
    assert row.state.outlined.tolist() == [[False, False, True, True]]
