"""Two programs side by side: how their states are aligned, where they part, and the dialog that shows it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from app.state.comparison import (
    Column,
    align,
    answers_text,
    compare,
    first_parted,
    pairs_of,
    parting,
    parting_text,
    rival,
)
from app.widgets.comparison_dialog import ComparisonDialog
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.words.operations import SPLITS
from solver.words.program import EXACT_FINGERPRINT, Program, Step, program_to_json
from solver.words.results import run_program
from solver.words.vocabulary import EXACT_LANGUAGE
from tests.app.fake import FakeSolver, candidate

FOUND = (("w17",), ("w9", "w17"), ("w4", "flip up-down"))


def columns(puzzle, first, second):
    return [
        (column.first, column.second) for column in align(candidate(puzzle, first), candidate(puzzle, second))
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("w17", "w4"), ("w17", "w4"), [(0, 0), (1, 1), (2, 2)]),
        # a step that changes nothing stands alone, and what follows it meets again
        (("w17",), ("w9", "w17"), [(0, 0), (None, 1), (1, 2)]),
        (("w9", "w17"), ("w17",), [(0, 0), (1, None), (2, 1)]),
        # nothing in common but the input: the answers stand side by side
        (("w4",), ("w17", "w9", "flip up-down"), [(0, 0), (None, 1), (None, 2), (1, 3)]),
        # equal words keep other states together
        (("w17", "w4", "w17"), ("flip up-down", "w4"), [(0, 0), (1, 1), (2, 2), (3, None)]),
        ((), ("w17",), [(0, 0), (None, 1)]),
    ],
)
def test_states_stand_beside_those_that_are_alike(puzzle, first, second, expected):
    assert columns(puzzle, first, second) == expected


def test_equal_states_count_before_equal_words(puzzle):
    # both flips make a half-turn, as w4 twice does; one of the two w4 stands there, the other alone
    both = align(candidate(puzzle, ("w17", "flip up-down", "w4")), candidate(puzzle, ("w4", "w4")))
    assert Column(2, 2) in both
    assert Column(3, 1) not in both


def test_an_alignment_keeps_the_order_and_leaves_no_state_out(puzzle):
    rng = np.random.default_rng(0)
    words = ("w17", "w4", "w9", "flip up-down")
    for _ in range(40):
        first, second = (tuple(rng.choice(words, rng.integers(0, 7))) for _ in range(2))
        found = columns(puzzle, first, second)
        assert [a for a, _ in found if a is not None] == list(range(len(first) + 1))
        assert [b for _, b in found if b is not None] == list(range(len(second) + 1))


def seen(puzzle, first, second, pair=("train", 0)):
    first, second = candidate(puzzle, first), candidate(puzzle, second)
    return compare(first, second, align(first, second), pair)


def test_cells_that_differ_are_marked(puzzle):
    compared = seen(puzzle, ("w17", "w9"), ("w17", "flip up-down"))
    assert [place.alike for place in compared] == [True, True, False]
    assert parting(compared) == 2
    assert compared[2].mask.tolist() == [[True, False, True], [True, False, True]]
    assert compared[2].text == "≠ 4 cells differ"
    turned = seen(puzzle, ("w4",), ("w17",))
    assert turned[1].mask is None
    assert turned[1].text == "≠ 3 × 2 and 2 × 3"


def test_where_they_part_is_said_in_words(puzzle):
    for first, second, expected in (
        (("w17",), ("w17",), "Alike at every step."),
        (("w17",), ("w9", "w17"), "Alike but for 1 step that only one takes."),
        (
            ("w17", "w4"),
            ("w17",),
            "Alike but for 1 step that only one takes. In the end: 3 × 2 and 2 × 3.",
        ),
        (("w17", "w9"), ("w17", "flip up-down"), "Alike up to step 1; from there: 4 cells differ."),
        (("w4",), ("w17",), "Alike at the input; from there: 3 × 2 and 2 × 3."),
        (
            ("w17", "w4", "w4", "w17"),
            ("w17", "w9", "w9", "flip up-down"),
            "Alike up to step 1; from there: 3 × 2 and 2 × 3. In the end they agree.",
        ),
        (
            ("w9", "w17", "w9", "w4"),
            ("w17", "flip up-down"),
            "Alike up to step 2 of A and step 1 of B; from there: 3 × 2 and 2 × 3.",
        ),
    ):
        assert parting_text(seen(puzzle, first, second)) == expected, (first, second)


def test_answers_are_compared_on_every_test(puzzle):
    two = Puzzle("two tests", puzzle.train, (Pair(as_grid([[1, 1]])), Pair(as_grid([[1, 2]]))))

    def said(first, second, of=two):
        return answers_text(candidate(of, first), candidate(of, second))

    assert said(("w17",), ("w9", "w17")) == "Their answers to the tests are alike."
    assert said(("w17",), ("w9",)) == "Their answers to 1 of 2 tests differ."
    assert said(("w17",), ("w4",)) == "Their answers to the tests differ."
    assert said(("w17",), ("w9",), puzzle) == "Their answers to the test differ."


def test_the_first_pair_that_tells_them_apart_is_shown_first():
    flat = Pair(as_grid([[1, 1]]), as_grid([[1, 1]]))
    puzzle = Puzzle("flat", (flat, Pair(as_grid([[1, 2]]), as_grid([[2, 1]]))), (Pair(as_grid([[3, 4]])),))
    first, second = candidate(puzzle, ("w17",)), candidate(puzzle, ("w9",))
    assert pairs_of(first) == (("train", 0), ("train", 1), ("test", 0))
    assert first_parted(first, second, align(first, second)) == 1
    assert first_parted(first, first, align(first, first)) == 0


def test_the_best_that_answers_otherwise_is_the_rival(puzzle):
    found = [candidate(puzzle, words) for words in (("w17",), ("w9", "w17"), ("w4", "w4"), ("w9",))]
    assert rival(found[0], found) is found[2]
    assert rival(found[2], found) is found[0]
    assert rival(found[0], found[:2]) is found[1]
    assert rival(found[0], found[:1]) is None


def test_pieces_are_compared_by_their_picture():
    grid = as_grid([[1, 0, 2], [0, 0, 0], [3, 0, 4]])
    puzzle = Puzzle("pieces", (Pair(grid, grid),), (Pair(grid),))
    cut = Program((Step(SPLITS[0].name),), EXACT_FINGERPRINT)
    one = run_program(EXACT_LANGUAGE, cut, puzzle, (30, 30), "search")
    outcome = one.demonstrations[0].outcomes[1]
    assert outcome.pieces is not None
    compared = compare(one, one, align(one, one), ("train", 0))
    assert compared[1].first is outcome.grid
    assert compared[1].alike


@pytest.fixture
def solved(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=FOUND))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def dialog_of(window):
    return next(d for d in window.findChildren(ComparisonDialog) if d.isVisible())


def test_the_menu_compares_what_is_shown_with_what_answers_otherwise(solved):
    action = next(a for a in solved.findChildren(QAction) if a.text() == "C&ompare programs…")
    assert action.isEnabled()
    action.trigger()
    dialog = dialog_of(solved)
    assert not dialog.isModal()
    assert [program.program.words for program in dialog.programs] == [("w17",), ("w4", "flip up-down")]
    assert [chooser.currentIndex() for chooser in dialog.choosers] == [0, 2]
    assert dialog.says.text().startswith("Alike at the input; from there: ")
    assert dialog.says.text().endswith("Their answers to the test differ.")


def test_the_right_button_offers_the_other_programs(solved):
    solved.bench.run.choose(solved.bench.run.candidates[1])
    menu = solved.solve_panel.compare_menu()
    entries = menu.actions()[0].menu().actions()
    assert len(entries) == 2
    entries[1].trigger()
    assert [p.program.words for p in dialog_of(solved).programs] == [("w9", "w17"), ("w4", "flip up-down")]
    menu.close()


def test_there_is_nothing_to_compare_with_one_program(make_window, puzzle, qtbot):
    window = make_window(FakeSolver())
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    assert not window.actions_.compare.isEnabled()
    assert window.solve_panel.comparing.isHidden()


def test_arrow_keys_turn_to_another_pair(solved, qtbot):
    solved.solve_panel.compare()
    dialog = dialog_of(solved)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.where.text() == "Demonstration 1 of 2"
    for key, expected in (
        (Qt.Key.Key_Left, "Demonstration 1 of 2"),
        (Qt.Key.Key_Right, "Demonstration 2 of 2"),
        (Qt.Key.Key_Right, "Test 1 of 1"),
        (Qt.Key.Key_Right, "Test 1 of 1"),
        (Qt.Key.Key_Left, "Demonstration 2 of 2"),
    ):
        qtbot.keyClick(dialog, key)
        assert dialog.where.text() == expected
    shown = dialog.columns[0].cells[0].grid.grid
    assert shown is not None
    assert shown.tolist() == [[4, 5], [6, 7]]


def test_the_first_divergence_is_framed_and_its_cells_outlined(solved):
    first, second = (
        candidate(solved.bench.document.puzzle, w) for w in (("w17", "w9"), ("w17", "flip up-down"))
    )
    dialog = ComparisonDialog(solved.bench, first, second, solved)
    dialog.show()
    assert [column.objectName() for column in dialog.columns] == ["column", "column", "parting"]
    upper, lower = dialog.columns[2].cells
    assert upper.grid.changed.sum() == lower.grid.changed.sum() == 4
    assert not upper.grid.wrong.any()
    assert lower.grid.wrong.sum() == 4
    upper.grid.setFocus()
    upper.grid.read_out((0, 0))
    assert upper.grid.accessibleDescription().endswith(", differs")


def test_a_program_chosen_above_is_compared_at_once(solved):
    solved.solve_panel.compare()
    dialog = dialog_of(solved)
    dialog.choosers[1].setCurrentIndex(1)
    dialog.choosers[1].activated.emit(1)
    assert (
        dialog.says.text() == "Alike but for 1 step that only one takes. Their answers to the test are alike."
    )
    assert dialog.columns[1].cells[0] is None


def test_the_place_where_they_part_is_scrolled_to(solved, qtbot):
    puzzle = solved.bench.document.puzzle
    long = ("w17",) * 12
    dialog = ComparisonDialog(
        solved.bench, candidate(puzzle, (*long, "w9")), candidate(puzzle, (*long, "w17")), solved
    )
    dialog.show()
    bar = dialog.area.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    column = dialog.columns[-1]
    assert column.objectName() == "parting"
    # the columns may be laid out a moment later than the first of them is in sight
    qtbot.waitUntil(lambda: 0 <= column.x() - bar.value() < dialog.area.viewport().width())


def test_a_program_of_a_file_is_run_and_compared(solved, qtbot, tmp_path, messages):
    solved.solve_panel.compare()
    dialog = dialog_of(solved)
    puzzle = solved.bench.document.puzzle
    program = candidate(puzzle, ("w17", "w4")).program
    (tmp_path / "p.json").write_text(program_to_json(program, puzzle))
    with qtbot.waitSignal(solved.client.executed):
        dialog.open_file(tmp_path / "p.json")
    assert dialog.programs[1].program == program
    assert dialog.says.text().startswith("Alike but for 1 step that only one takes. In the end: ")
    assert len(dialog.columns) == 3
    assert [c.program.words for c in solved.bench.run.candidates][:3] == [*FOUND[:2], FOUND[2]]
    (tmp_path / "p.json").write_text("[]")
    dialog.open_file(tmp_path / "p.json")
    assert messages == ["p.json: expected an object with format, language, steps and puzzle"]


def test_it_goes_when_another_puzzle_opens(solved):
    solved.solve_panel.compare()
    dialog = dialog_of(solved)
    solved.new_puzzle()
    assert not dialog.isVisible()
