"""Playing, asking where a cell came from, and where a program goes wrong."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from app.state.sources import earlier_change, goes_wrong_at, last_change
from app.state.timeline import PLAY_INTERVAL_MS, Timeline
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.words.program import Program, Step
from tests.app.fake import LANGUAGE, FakeSolver

LINE = Program.of(["a", "b", "c"], "f")
STATES = (as_grid([[1, 2]]), as_grid([[1, 3]]), as_grid([[4, 3]]), as_grid([[4, 3]]))


@pytest.fixture
def timeline(qapp):
    timeline = Timeline()
    timeline.set_length(4, 0)
    timeline.toggle()
    yield timeline
    timeline.pause()


def test_playing_ends_at_the_end_or_begins_again(timeline):
    timeline.go(3)
    timeline._tick()
    assert (timeline.position, timeline.playing) == (4, False)
    timeline.set_loop(True)
    timeline.toggle()
    timeline.go(4)
    timeline._tick()
    assert (timeline.position, timeline.playing) == (0, True)


def test_playing_stops_at_a_breakpoint_and_goes_on_from_it(timeline):
    timeline.toggle_breakpoint(2)
    timeline._tick()
    assert timeline.playing
    timeline._tick()
    assert (timeline.position, timeline.playing) == (2, False)
    timeline.toggle()
    timeline._tick()
    assert (timeline.position, timeline.playing) == (3, True)
    timeline.toggle_breakpoint(2)
    assert not timeline.breakpoints


def test_breakpoints_beyond_a_shorter_program_are_dropped(timeline):
    timeline.toggle_breakpoint(1)
    timeline.toggle_breakpoint(4)
    timeline.toggle_breakpoint(0)
    timeline.set_length(2)
    assert timeline.breakpoints == {1}


def test_speed_changes_the_pace(timeline):
    timeline.set_speed(4.0)
    assert timeline._timer.interval() == PLAY_INTERVAL_MS / 4


def test_a_cell_knows_the_step_that_changed_it():
    assert [last_change(LINE, STATES, 3, (0, column)) for column in (0, 1)] == [2, 1]
    assert last_change(LINE, STATES, 1, (0, 0)) == 0
    assert [earlier_change(LINE, STATES, at, (0, 0)) for at in (3, 2, 0)] == [2, 0, 0]


def test_a_cell_is_followed_through_the_step_it_was_read_from():
    branched = Program((Step("a"), Step("b", -1)), "f")
    states = (as_grid([[1]]), as_grid([[2]]), as_grid([[1]]))
    assert last_change(branched, states, 2, (0, 0)) == 0


def test_where_a_program_goes_wrong():
    assert goes_wrong_at(LINE, STATES, as_grid([[4, 3]])) is None
    assert goes_wrong_at(LINE, STATES, as_grid([[1, 3]])) == 2
    assert goes_wrong_at(LINE, STATES, as_grid([[1, 2]])) == 1
    assert goes_wrong_at(LINE, STATES, as_grid([[9, 3]])) is None  # what is wrong was never right
    sizes = (as_grid([[1]]), as_grid([[1, 1]]), as_grid([[1], [1]]), as_grid([[1], [2]]))
    assert goes_wrong_at(LINE, sizes, as_grid([[1, 1]])) == 2


@pytest.fixture
def spoiled(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17", "flip up-down", "w9"),)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def test_the_board_blames_a_step_and_a_cell_leads_to_it(spoiled):
    row = spoiled.board.rows[0]
    assert row.blame.text() == "since step 2"
    QTest.mouseClick(row.state, Qt.MouseButton.LeftButton, pos=row.state.cell_centre(0, 0))
    assert spoiled.bench.timeline.position == 2
    spoiled.bench.timeline.go(0)
    row.blame.click()
    assert spoiled.bench.timeline.position == 2


def test_a_chip_where_playing_stops_keeps_its_red_outline_while_it_is_shown(spoiled):
    bad = spoiled.bench.view.theme.bad

    def reds():
        image = spoiled.program_strip.chips[3].grab().toImage()
        return sum(image.pixelColor(x, 1).name() == bad for x in range(image.width()))

    assert spoiled.bench.timeline.position == 3
    assert reds() == 0
    spoiled.actions_.breakpoint.trigger()
    assert reds() > 10


def test_differences_are_marked_in_the_state_and_the_expected(spoiled):
    row = spoiled.board.rows[0]
    assert row.state.wrong.sum() == row.target.changed.sum() == 4
    spoiled.bench.timeline.go(0)
    assert row.state.wrong is None
    spoiled.bench.view.show_differences(True)
    assert row.state.wrong.tolist() == [[True, False, True], [True, False, True]]


def test_confidence_is_laid_over_learned_words_only(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17", "flip up-down"),)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    window.bench.view.show_confidence(True)
    window.bench.timeline.go(1)
    state = window.board.rows[0].state
    assert state.confidence.shape == (2, 3)
    assert state.likeliest_text((0, 2)) == "blue 80 %, red 15 %, no cell 5 %"
    state.setFocus()
    assert state.accessibleDescription().endswith("; black 80 %, red 15 %, no cell 5 %")
    at = state.cell_centre(0, 2)
    QApplication.sendEvent(state, QHelpEvent(QEvent.Type.ToolTip, at, state.mapToGlobal(at)))
    assert QToolTip.text() == "blue 80 %, red 15 %, no cell 5 %"
    assert state.likeliest_text((5, 5)) == ""
    window.bench.view.show_confidence(False)
    assert state.likeliest_text((0, 2)) == ""
    window.bench.view.show_confidence(True)
    window.bench.timeline.go(2)
    assert window.board.rows[0].state.confidence is None


def test_rulers_move_the_cells_and_clicks_with_them(spoiled):
    view = spoiled.board.rows[0].state
    before = view.cell_centre(0, 0)
    spoiled.bench.view.show_rulers(True)
    assert view.cell_centre(0, 0).x() > before.x()
    assert view.cell_at(view.cell_centre(1, 2)) == (1, 2)


def test_a_search_can_be_held_and_its_log_read(make_window, puzzle, qtbot):
    solver = FakeSolver(endless=True)
    window = make_window(solver)
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    window.solve_panel.pause.click()
    assert window.solve_panel.face().title == "Paused"

    def held():
        before = solver.clock()
        QTest.qWait(200)
        return solver.clock() == before

    qtbot.waitUntil(held)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.pause.click()
    window.bench.cancel()
    qtbot.waitUntil(solver.closed.is_set)
    log = "\n".join(window.bench.run.log)
    for line in ("beam: one start", "better: 2 of 2 demonstrations", "paused", "going on", "cancelled"):
        assert line in log


def test_a_paused_search_can_be_cancelled(make_window, puzzle, qtbot):
    solver = FakeSolver(endless=True)
    window = make_window(solver)
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    window.solve_panel.pause.click()
    window.bench.cancel()
    qtbot.waitUntil(solver.closed.is_set)


def test_parameters_reach_the_solver_and_are_remembered(make_window, puzzle, qtbot):
    solver = FakeSolver()
    window = make_window(solver)
    with qtbot.waitSignal(window.bench.engines_changed):
        window.client.load_vocabulary()
    parameters = window.solve_panel.parameters
    parameters.engine.setCurrentIndex(parameters.engine.findData("nli"))
    parameters.engine.activated.emit(0)
    parameters.seed.setValue(7)
    parameters.learned_only.setChecked(True)
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    asked = solver.asked[0]
    assert (asked.engine, asked.seed, asked.learned_only, asked.device) == ("nli", 7, True, "auto")
    assert window.settings.text("solve/engine", "") == "nli"


def test_steps_that_read_an_earlier_result_say_which(make_window, puzzle, qtbot):
    window = make_window()
    program = Program((Step("w17"), Step("flip up-down", -1)), LANGUAGE.fingerprint)
    with qtbot.waitSignal(window.client.executed):
        window.bench.open_program(program, puzzle)
    assert window.program_strip.chips[2].text() == "flip up-down  (input)"
    changed = window.board.rows[2].state.changed
    assert changed.tolist() == [[True, True], [True, True]]
    window.bench.delete_step()
    qtbot.waitUntil(lambda: not window.client.busy)
    assert window.bench.run.candidate.program.words == ("w17",)


def run_program(window, qtbot, puzzle, *steps):
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.executed):
        window.client.execute(Program(steps, LANGUAGE.fingerprint), puzzle, "opened file")
    return window.board.rows[0]


def test_a_step_that_uses_several_grids_shows_them(make_window, puzzle, qtbot):
    window = make_window()
    row = run_program(window, qtbot, puzzle, Step("w17"), Step("paint 3", 0, (-1,)), Step("w17"))
    timeline = window.bench.timeline
    for position in (0, 1, 3):
        timeline.go(position)
        assert row.operands.isHidden(), position
        assert row.first_arrow.isVisible(), position
    timeline.go(2)
    assert row.operands.isVisible()
    assert row.first_arrow.isHidden()
    assert [operand.title for operand in row.operands.operands] == ["step 1", "input"]
    assert same_grid(row.operands.operands[1].grids[0], puzzle.train[0].input)
    assert row.operands.accessibleName() == "made of step 1, input"
    assert row.operands.sizeHint().height() > 2 * row.operands._cell


def test_pieces_are_framed_and_shown_one_by_one(make_window, puzzle, qtbot):
    window = make_window()
    row = run_program(window, qtbot, puzzle, Step("objects"), Step("side by side"))
    window.bench.timeline.go(1)
    assert len(row.state._pieces) == 3
    window.bench.timeline.go(2)
    (shown,) = row.operands.operands
    assert shown.title == "step 1, 3 pieces"
    assert [grid.tolist() for grid in shown.grids] == [[[1]], [[2]], [[3]]]


def test_of_many_pieces_the_first_are_shown(make_window, qtbot):
    pair = Pair(as_grid([[1, 0, 2, 0, 3], [0, 0, 0, 0, 0], [4, 0, 5, 0, 6]]), as_grid([[1]]))
    window = make_window()
    row = run_program(window, qtbot, Puzzle("many", (pair,), (pair,)), Step("objects"), Step("side by side"))
    window.bench.timeline.go(2)
    (shown,) = row.operands.operands
    assert (shown.title, len(shown.grids)) == ("step 1, 4 of 6", 4)
