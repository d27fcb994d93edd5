"""The programs a person may look at: their order, and what is said about each."""

from PySide6.QtWidgets import QScrollArea

from app.state.readings import ambiguous, readings
from app.state.run import Run, Status
from app.widgets.faces import face_of
from app.widgets.solve_panel import clock_text
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.words.results import Progress
from tests.app.fake import FakeSolver, candidate, solution

FOUND = (("w17",), ("w9", "w17"), ("w9",))


def solved(make_window, puzzle, qtbot, found=FOUND):
    window = make_window(FakeSolver(found=found))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def words(window):
    return [candidate.program.words for candidate in window.bench.run.candidates]


def test_refining_one_program_keeps_the_others(make_window, puzzle, qtbot):
    window = solved(make_window, puzzle, qtbot)
    window.bench.run.choose(window.bench.run.candidates[2])
    with qtbot.waitSignal(window.client.finished):
        window.actions_.refine.trigger()
        assert words(window) == list(FOUND)
    assert sorted(words(window)) == sorted(FOUND)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    assert words(window) == list(FOUND)


def test_kept_programs_stand_by_what_they_explain(qapp, puzzle):
    run = Run()
    right, poor, poorest = (candidate(puzzle, found) for found in (("w17",), ("w9",), ("w4",)))
    run.start(puzzle)
    run.finish(solution(puzzle, [right, poorest]))
    run.start(puzzle, keep=True)
    assert run.candidates == (right, poorest)
    run.finish(solution(puzzle, [poor]))
    assert [c.program.words for c in run.candidates] == [("w17",), ("w9",), ("w4",)]
    assert run.candidate is poor
    run.start(puzzle)
    assert run.candidates == ()


def test_a_guess_made_by_hand_stands_below_what_is_verified(make_window, puzzle, qtbot):
    window = solved(make_window, puzzle, qtbot)
    entry = next(entry for entry in window.bench.vocabulary if entry.name == "flip up-down")
    with qtbot.waitSignal(window.client.executed):
        window.bench.insert_word(entry)
    assert words(window)[:2] == [("w17",), ("w9", "w17")]
    assert window.bench.run.candidate.program.words == ("w17", "flip up-down")
    at = words(window).index(("w17", "flip up-down"))
    assert window.solve_panel.programs.currentRow() == at
    assert "✎" in window.solve_panel.programs.item(at).text()
    face = window.solve_panel.face()
    assert face.title == "Not explained"
    assert "240 programs" not in face.text
    window.bench.run.choose(window.bench.run.candidates[words(window).index(("w9",))])
    assert "240 programs" in window.solve_panel.face().text


def test_one_demonstration_is_not_called_demonstrations(qapp, puzzle):
    run = Run()
    single = type(puzzle)("single", puzzle.train[:1], puzzle.test)
    run.start(single)
    run.finish(solution(single, [candidate(single, ("w9",))]))
    assert "1 of 1 demonstration," in face_of(run, True).text
    run.start(single)
    run.advance(Progress("beam", "one start", 1.0, 38.0, (), candidate(single, ("w9",))))
    assert "0 of 1 demonstration," in "\n".join(run.log)


def test_a_stopped_search_says_no_more_how_long_it_may_go_on(make_window, puzzle, qtbot):
    moment = Progress("beam", "one start", 4.0, 37.2, (), None)
    assert clock_text(moment, going=True) == "4.0 s, at most 38 s more"
    window = make_window(FakeSolver(endless=True))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.progressed):
        window.solve_panel.press()
    window.bench.run.advance(moment)
    assert "at most" in window.solve_panel._clock.text()
    window.bench.cancel()
    assert window.bench.run.status is Status.CANCELLED
    assert window.solve_panel._clock.text() == "4.0 s"


def test_programs_are_grouped_by_what_they_answer(qapp, puzzle):
    found = [candidate(puzzle, words) for words in (("w17",), ("w17", "w9"), ("w9",), ("flip up-down",))]
    attempts = [trace.output for trace in (found[0].tests[0], found[2].tests[0])]
    groups = readings(found, (tuple(attempts),))
    assert [[c.program.words for c in group.candidates] for group in groups] == [
        [("w17",), ("w17", "w9")], [("w9",)], [("flip up-down",)],
    ]  # fmt: skip
    assert [group.attempt for group in groups] == [1, 2, 0]
    assert [(group.verified, group.shortest) for group in groups] == [(2, 1), (0, 1), (0, 1)]
    assert not ambiguous(groups)


def test_a_second_reading_is_said_and_shown(make_window, qtbot):
    flat = as_grid([[1, 1], [2, 2]])
    pair = Pair(flat, flat)
    puzzle = Puzzle("two ways", (pair,), (Pair(as_grid([[1, 2], [3, 4]]), None),))
    window = solved(make_window, puzzle, qtbot, (("w9",), ("w17",), ("w17", "w9")))
    answers = window.solve_panel.answers
    assert answers.isVisible()
    assert answers.note.isVisible()
    assert [answers.cards.item(i).text() for i in range(2)] == [
        "attempt 1\n✓ 1 program", "attempt 2\n✓ 2 programs",
    ]  # fmt: skip
    assert answers.cards.currentRow() == 0
    answers.cards.setCurrentRow(1)
    assert window.bench.run.candidate.program.words == ("w17",)
    assert window.solve_panel.programs.currentRow() == 1
    images = [answers.cards.item(i).icon().pixmap(64, 64).toImage() for i in range(2)]
    assert images[0] != images[1]


def test_one_answer_alone_takes_no_room(make_window, puzzle, qtbot):
    window = solved(make_window, puzzle, qtbot, (("w17",), ("w17", "w9")))
    assert window.solve_panel.answers.isHidden()


def test_the_parts_of_a_search_are_said_in_words(make_window, puzzle):
    window = make_window()
    window.bench.open(puzzle)
    window.bench.run.start(puzzle)
    window.bench.run.advance(Progress("inductor", "guessing", 1.0, None, (), None))
    assert window.solve_panel._phase.text() == "First guess"
    assert "First guess: guessing" in window.bench.run.log[-1]
    window.bench.run.advance(Progress("another", "", 1.0, None, (), None))
    assert window.solve_panel._phase.text() == "another"


def test_in_a_low_window_nothing_is_cut_off_and_the_panel_scrolls_to_the_programs(make_window, puzzle, qtbot):
    window = solved(make_window, puzzle, qtbot)
    panel = window.solve_panel
    told = panel._face_text
    told.setText("tried 73 programs in the learned language and more than that of exact words. " * 8)
    window.resize(1000, 560)
    window.show()
    qtbot.waitUntil(lambda: panel.height() < 520)
    qtbot.waitUntil(lambda: told.height() >= told.heightForWidth(told.width()))
    area = panel.findChild(QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    assert panel.programs.height() >= panel.programs.minimumHeight() > 0
    area.ensureWidgetVisible(panel.programs)
    assert panel.rect().contains(panel.programs.mapTo(panel, panel.programs.rect().center()))
