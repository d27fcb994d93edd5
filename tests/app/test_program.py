"""The dictionary, and programs that are changed by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from app import dialogs
from app.settings import Settings
from app.state.program_edit import delete_step, insert_step, move_step, replace_step
from app.state.run import Status
from app.state.saved_programs import SavedPrograms
from puzzles.grid import same_grid
from solver.words.program import Program, Step
from tests.app.fake import LANGUAGE, FakeSolver, candidate


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
    shown = [entry.name for entry in dictionary.list.model().entries]
    assert shown[:3] == ["w17", "w4", "w9"]
    assert shown.count("flip up-down") == 1
    assert not dictionary.message.isVisible()
    dictionary.search.setText("rotate 90")
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
    solved.solve_panel.programs.setCurrentRow(0)
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


def test_changes_of_the_program_are_undone_with_those_of_the_puzzle(solved, qtbot, puzzle):
    bench, stack = solved.bench, solved.bench.document.undo_stack
    found = bench.run.candidate
    bench.timeline.go(1)
    with qtbot.waitSignal(solved.client.executed):
        bench.delete_step()
    assert bench.run.candidate.program.words == ("w9",)
    with qtbot.waitSignal(solved.client.executed):
        bench.insert_word(solved.bench.vocabulary[1])
    assert bench.run.candidate.program.words == ("w4", "w9")
    with qtbot.waitSignal(solved.client.executed):
        stack.undo()
    assert bench.run.candidate.program.words == ("w9",)
    stack.undo()
    assert bench.run.candidate is found
    assert bench.timeline.position == 1
    assert not bench.run.stale
    stack.redo()
    assert bench.run.candidate.program.words == ("w9",)


def test_undoing_the_first_word_leaves_no_program(make_window, puzzle, qtbot):
    window = make_window()
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.executed):
        window.bench.insert_word(window.bench.vocabulary[0])
    window.bench.document.undo_stack.undo()
    assert window.bench.run.candidate is None
    assert window.solve_panel.face().title == "Ready"


def test_refinement_is_given_the_edited_program_and_only_learned_words(make_window, puzzle, qtbot):
    solver = FakeSolver(found=(("w17", "w9"),))
    window = make_window(solver)
    window.bench.open(puzzle)
    assert not window.actions_.refine.isEnabled()
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    with qtbot.waitSignal(window.client.executed):
        window.bench.delete_step()
    with qtbot.waitSignal(window.client.finished):
        window.actions_.refine.trigger()
    assert solver.asked[-1].start == Program.of(["w17"], LANGUAGE.fingerprint)
    with qtbot.waitSignal(window.client.executed):
        window.bench.insert_word(window.bench.vocabulary[3])
    assert window.bench.run.candidate.program.words[-1] == "flip up-down"
    assert not window.actions_.refine.isEnabled()


def test_an_argument_of_an_exact_word_is_changed(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("flip up-down",),)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    menu = window.actions_._arguments
    menu.aboutToShow.emit()
    (argument,) = menu.actions()
    assert argument.text() == "flip …"
    (value,) = [action for action in argument.menu().actions() if action.text() == "left-right"]
    with qtbot.waitSignal(window.client.executed):
        value.trigger()
    assert window.bench.run.candidate.verified
    window.bench.timeline.go(0)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["This step has none"]


def test_candidates_are_listed_as_they_come_and_looking_back_is_left_alone(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(endless=True))
    window.bench.open(puzzle)
    run = window.bench.run
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    first = run.candidate
    progress = run.progress
    window.bench.client.progressed.disconnect(run.advance)
    run.advance(replace(progress, best=candidate(puzzle, ["w9"])))
    run.choose(first)
    run.advance(replace(progress, best=candidate(puzzle, ["w4"])))
    assert run.candidate is first
    assert [found.program.words for found in run.candidates] == [("w4",), ("w9",), ("w17",)]
    assert window.solve_panel.programs.count() == 3
    assert window.solve_panel.programs.currentRow() == 2


def test_a_word_says_what_it_resembles_and_where_it_is_used(
    make_window, puzzle, qtbot, tmp_path, monkeypatch
):
    window = make_window(FakeSolver(found=(("w17", "w9"),)))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    card = window.dictionary.card
    assert card.isHidden()
    window.dictionary.choose("w17")
    assert "resembles “flip left-right”: both agree on 98 %" in card.about.text()
    assert "no saved program" in card.used.text()
    path = tmp_path / "mine.program.json"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    assert window.desk.export("program")
    assert card.used.text() == "Used in 1 saved program:"
    assert [link.text() for link in card.links] == ["mine.program.json", "In 1 program found for this puzzle"]
    window.dictionary.choose("w4")
    assert not card.links
    window.dictionary.choose("w9")
    assert "resembles no exact word" in card.about.text()
    assert card.links[0].text() == "mine.program.json"
    with qtbot.waitSignal(window.client.executed):
        card.links[0].click()
    path.unlink()
    window.dictionary.choose("flip up-down")
    assert card.about.text() == "Turns or flips the whole grid."
    window.dictionary.choose("w17")
    assert "mine.program.json" not in [link.text() for link in card.links]


def test_saved_programs_are_remembered_and_nonsense_is_survived(user_paths, tmp_path):
    path = tmp_path / "p.json"
    path.write_text("{}")
    settings = Settings(user_paths)
    SavedPrograms(settings).note(path, Program.of(["w1", "flip"], "here"))
    again = SavedPrograms(settings)
    assert again.where(lambda words: "w1" in words, "here") == (path,)
    assert again.where(lambda words: "w1" in words, "elsewhere") == ()
    assert again.where(lambda words: "flip" in words) == (path,)
    for text in ("[1]", '{"a": [], "b": [1]}', "x"):
        settings.set("programs/known", text)
        assert SavedPrograms(settings).where(lambda words: "w1" in words, "here") == ()
