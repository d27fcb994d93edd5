"""The dictionary, and programs that are changed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from app import dialogs
from app.state.program_edit import delete_step, insert_step, move_step, replace_step
from app.state.run import Status
from puzzles.grid import same_grid
from solver.language import Program, Step
from tests.app.fake import LANGUAGE, FakeSolver


@st.composite
def programs(draw):
    steps = []
    for index in range(draw(st.integers(1, 6))):
        source = draw(st.none() | st.integers(-1, index - 1))
        steps.append(Step(draw(st.sampled_from("abc")), source))
    return Program(tuple(steps), "f")


def reads(program, index):
    source = program.steps[index].source
    return index - 1 if source is None else source


@given(programs(), st.data())
def test_every_edit_leaves_steps_that_read_earlier_ones(program, data):
    at = data.draw(st.integers(0, len(program.steps) - 1))
    to = data.draw(st.integers(-2, 8))
    for edited, length in (
        (insert_step(program, at, "x"), 1),
        (replace_step(program, at, "x"), 0),
        (delete_step(program, at), -1),
        (move_step(program, at, to), 0),
    ):
        assert len(edited.steps) == len(program.steps) + length
        assert all(-1 <= reads(edited, i) < i for i in range(len(edited.steps)))


@given(programs(), st.data())
def test_deleting_what_was_inserted_restores_what_steps_read(program, data):
    at = data.draw(st.integers(0, len(program.steps)))
    again = delete_step(insert_step(program, at, "x"), at)
    assert again.words == program.words
    assert [reads(again, i) for i in range(len(again.steps))] == [
        reads(program, i) for i in range(len(program.steps))
    ]


def test_moving_swaps_neighbours():
    assert move_step(Program.of(["a", "b", "c"], "f"), 2, 1).words == ("a", "c", "b")


@pytest.fixture
def solved(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17", "w9"),)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def test_the_dictionary_shows_every_word_before_and_after(solved):
    dictionary = solved.dictionary
    assert dictionary.list.model().rowCount() == len(LANGUAGE.words)
    assert not dictionary.message.isVisible()
    dictionary.search.setText("rotate")
    assert dictionary.list.model().rowCount() == 1
    dictionary.choose("w4")
    assert dictionary.chosen.results[0].shape == (4, 4)


def test_inserting_a_word_runs_the_program_again(solved, qtbot, puzzle):
    solved.bench.timeline.go(1)
    solved.dictionary.choose("w17")
    with qtbot.waitSignal(solved.client.executed):
        solved.dictionary.insert.click()
        assert solved.bench.run.stale
        assert "STALE" in solved.board._state_heading.text()
    assert solved.bench.run.candidate.program.words == ("w17", "w17", "w9")
    assert solved.bench.timeline.position == 2
    assert not solved.bench.run.stale
    assert solved.bench.run.status is Status.GUESSED
    assert same_grid(solved.board.rows[0].state.grid, puzzle.train[0].input)
    assert len(solved.bench.run.candidates) == 2
    solved.solve_panel.programs.setCurrentRow(1)
    assert solved.bench.run.candidate.verified


def test_replacing_deleting_and_moving_steps(solved, qtbot):
    solved.bench.timeline.go(2)
    solved.dictionary.choose("w4")
    with qtbot.waitSignal(solved.client.executed):
        solved.dictionary.replace.click()
    assert solved.bench.run.candidate.program.words == ("w17", "w4")
    with qtbot.waitSignal(solved.client.executed):
        qtbot.keyClick(solved, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert solved.bench.run.candidate.program.words == ("w4", "w17")
    assert solved.bench.timeline.position == 1
    with qtbot.waitSignal(solved.client.executed):
        qtbot.keyClick(solved, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert solved.bench.run.candidate.program.words == ("w17",)


def test_edits_in_quick_succession_add_up(solved, qtbot):
    solved.bench.timeline.go(0)
    solved.dictionary.choose("w4")
    with qtbot.waitSignal(solved.client.executed):
        solved.dictionary.insert.click()
        solved.dictionary.insert.click()
    assert solved.bench.run.candidate.program.words == ("w4", "w4", "w17", "w9")


def test_a_program_can_be_written_from_nothing(window, puzzle, qtbot):
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    window.dictionary.choose("w17")
    with qtbot.waitSignal(window.client.executed):
        window.dictionary.insert.click()
    assert window.bench.run.status is Status.VERIFIED
    assert window.solve_panel.face().text.endswith("answers every test correctly.")


def test_a_language_that_cannot_be_loaded_is_told(qtbot, make_window):
    def missing():
        raise FileNotFoundError("assets/models is empty")

    window = make_window(FakeSolver().with_language(missing))
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    assert "assets/models is empty" in window.dictionary.message.text()


def test_a_learned_word_can_be_given_a_name_that_stays(solved, qtbot, monkeypatch, make_window):
    dictionary = solved.dictionary
    dictionary.choose("flip up-down")
    assert not dictionary.name.isEnabled()
    dictionary.choose("w17")
    monkeypatch.setattr(dialogs, "ask_name", lambda *_: "  looking \n glass ")
    dictionary.name.click()
    assert solved.program_strip.chips[1].text() == "looking glass"
    assert dictionary.chosen.name == "w17"
    dictionary.search.setText("looking")
    assert dictionary.list.model().rowCount() == 1
    other = make_window()
    with qtbot.waitSignal(other.bench.vocabulary_changed):
        other.client.load_vocabulary()
    assert other.bench.title_of_word("w17") == "looking glass"
    monkeypatch.setattr(dialogs, "ask_name", lambda *_: "")
    dictionary.name.click()
    assert solved.program_strip.chips[1].text() == "w17 ≈ flip left-right"
