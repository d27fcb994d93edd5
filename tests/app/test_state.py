"""The models on their own: random work on a document, drawing, and the timeline."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.state import drawing
from app.state.answers import AnswerStore
from app.state.document import Document
from app.state.draft import (
    Draft,
    Place,
    add_pair,
    delete_pair,
    duplicate_pair,
    grid_at,
    move_pair,
    new_puzzle,
    with_grid,
)
from app.state.file_stamp import FileStamp
from app.state.recovery import draft_from_json, draft_to_json
from app.state.rows import judge, step_state
from app.state.sources import changed_mask
from app.state.timeline import Timeline
from app.widgets.edit_bar import parse_size
from app.widgets.paint import region_edges
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle, load_puzzle, save_puzzle
from solver.words.program import Outcome, Program, Step, Trace
from solver.words.results import Candidate

GRIDS = st.builds(
    lambda shape, seed: as_grid(np.random.default_rng(seed).integers(0, 10, shape, dtype=np.uint8)),
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    st.integers(0, 2**16),
)
NAMES = ["grid", "add", "copy", "delete", "move", "undo", "redo"]
COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(["grid", "add", "copy", "delete", "move", "undo", "redo"]),
        st.randoms(use_true_random=False),
    ),
    max_size=25,
)


def small_draft():
    one = as_grid([[1, 2], [3, 4]])
    return Puzzle("p", (Pair(one, one), Pair(one, one)), (Pair(one, None), Pair(one, one)))


@settings(max_examples=60, deadline=None)
@given(commands=COMMANDS)
def test_random_edits_undos_and_redos_keep_the_state_consistent(qapp, commands):
    document = Document()
    document.open(small_draft())
    past, future = [document.draft], []
    for command, chance in commands:
        if command in ("undo", "redo"):
            source, target = (past, future) if command == "undo" else (future, past)
            if len(source) > (command == "undo"):
                target.append(source.pop())
            getattr(document.undo_stack, command)()
        elif document.edit(command, lambda draft, c=command, r=chance: random_change(draft, c, r)):
            past.append(document.draft)
            future = []
        draft = document.draft
        assert draft == past[-1] or same_draft(draft, past[-1])
        assert len(draft.answers) == len(draft.puzzle.test) >= 1
        assert all(pair.output is not None for pair in draft.puzzle.train)
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert same_draft(document.draft, Draft.of(small_draft()))
    assert not document.unsaved


def random_change(draft, command, chance):
    part = chance.choice(["train", "test"])
    pairs = draft.puzzle.train if part == "train" else draft.puzzle.test
    index = chance.randrange(len(pairs))
    if command == "grid":
        side = chance.choice(["input", "output", "answer"] if part == "test" else ["input", "output"])
        cells = [[chance.randrange(10) for _ in range(3)] for _ in range(chance.randrange(1, 4))]
        return with_grid(draft, Place(part, index, side), as_grid(cells))
    if command == "add":
        return add_pair(draft, part)
    if command == "copy":
        return duplicate_pair(draft, part, index)
    if command == "delete":
        return delete_pair(draft, part, index)
    return move_pair(draft, part, index, chance.randrange(-1, 5))


def same_draft(a, b):
    return a.puzzle == b.puzzle and all(
        (x is None and y is None) or (x is not None and y is not None and same_grid(x, y))
        for x, y in zip(a.answers, b.answers, strict=True)
    )


@given(grid=GRIDS, start=st.tuples(st.integers(0, 5), st.integers(0, 5)))
def test_flood_takes_exactly_one_connected_area(grid, start):
    start = (min(start[0], grid.shape[0] - 1), min(start[1], grid.shape[1] - 1))
    area = set(drawing.flood(grid, start))
    for row, column in np.ndindex(grid.shape):
        near = {(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)} & area
        if near and (row, column) not in area:
            assert grid[row, column] != grid[start]
    assert all(grid[cell] == grid[start] for cell in area)


@given(grid=GRIDS, rows=st.integers(-3, 110), columns=st.integers(-3, 110))
def test_resizing_keeps_what_fits(grid, rows, columns):
    result = drawing.resized(grid, rows, columns)
    assert result.shape == (min(max(rows, 1), 100), min(max(columns, 1), 100))
    kept = tuple(np.minimum(grid.shape, result.shape))
    assert same_grid(result[: kept[0], : kept[1]], grid[: kept[0], : kept[1]])


@given(grid=GRIDS, piece=GRIDS, at=st.tuples(st.integers(-7, 7), st.integers(-7, 7)))
def test_pasting_outside_is_cut(grid, piece, at):
    result = drawing.pasted(grid, piece, at)
    for row, column in np.ndindex(grid.shape):
        inside = 0 <= row - at[0] < piece.shape[0] and 0 <= column - at[1] < piece.shape[1]
        expected = piece[row - at[0], column - at[1]] if inside else grid[row, column]
        assert result[row, column] == expected


@given(
    a=st.tuples(st.integers(-9, 9), st.integers(-9, 9)), b=st.tuples(st.integers(-9, 9), st.integers(-9, 9))
)
def test_a_line_is_connected_and_ends_where_it_should(a, b):
    cells = drawing.line(a, b)
    assert (cells[0], cells[-1]) == (a, b)
    assert all(max(abs(p[0] - q[0]), abs(p[1] - q[1])) <= 1 for p, q in pairwise(cells))


def test_a_draft_survives_being_written_aside(tmp_path):
    draft = with_grid(Draft.of(small_draft()), Place("test", 1, "answer"), as_grid([[7]]))
    stamp = FileStamp(3, "abc")
    again, path, held = draft_from_json(draft_to_json(draft, tmp_path / "p.json", stamp), "recovery.json")
    assert held == stamp
    assert same_draft(again, draft)
    assert path == tmp_path / "p.json"


def test_the_timeline_stays_within_the_program(qapp):
    timeline = Timeline()
    timeline.set_length(3)
    assert timeline.position == 3
    timeline.step(5)
    assert timeline.position == 3
    timeline.go(-2)
    assert timeline.position == 0
    timeline.toggle()
    assert timeline.playing
    timeline.set_length(0)
    assert not timeline.playing


def test_playing_stops_at_the_end(qtbot):
    timeline = Timeline()
    timeline._timer.setInterval(1)
    timeline.set_length(2)
    with qtbot.waitSignal(timeline.playing_changed, check_params_cb=lambda playing: not playing):
        timeline.toggle()
    assert timeline.position == 2


def test_a_step_that_reads_an_earlier_one_is_compared_with_that():
    grids = [as_grid([[value]]) for value in (1, 2, 3)]
    trace = Trace(tuple(Outcome(grid) for grid in grids))
    program = Program((Step("a"), Step("b", source=-1)), "f")
    found = Candidate(program, (trace,), (), (0,), 0.0, "beam")
    assert step_state(found, "train", 0, 2).before is grids[0]
    assert step_state(found, "train", 0, 1).before is grids[0]
    assert step_state(found, "train", 1, 1) is None


def test_verdicts_compare_sizes_first():
    assert judge(as_grid([[1, 1]]), as_grid([[1]])).text == "✗ size 1 × 2"
    assert judge(as_grid([[1, 1]]), as_grid([[1, 2]])).text == "✗ 1 cell"
    assert judge(as_grid([[1]]), as_grid([[1]])).text == "✓"


def test_changed_cells_of_a_grown_grid():
    mask = changed_mask(as_grid([[1, 2]]), as_grid([[1, 3, 0]]))
    assert mask.tolist() == [[False, True, True]]
    assert len(region_edges(mask)) == 6


def test_sizes_are_read_leniently():
    assert parse_size("4 × 7") == (4, 7)
    assert parse_size("5") == (5, 5)
    assert parse_size("0x3") is None
    assert parse_size("a") is None


def test_grid_at_reads_what_with_grid_wrote():
    draft = Draft.of(small_draft())
    for place in (Place("train", 1, "output"), Place("test", 0, "output"), Place("test", 0, "answer")):
        grid = as_grid([[5, 6]])
        assert grid_at(with_grid(draft, place, grid), place) is not None
        assert same_grid(grid_at(with_grid(draft, place, grid), place), grid)


def test_answers_come_back_with_their_puzzle(tmp_path, puzzle):
    store = AnswerStore(tmp_path / "answers")
    document = Document(store)
    document.open(puzzle)
    place, drawn = Place("test", 0, "answer"), as_grid([[1, 2]])
    document.edit("draw", lambda draft: with_grid(draft, place, drawn))
    document.open(new_puzzle())
    assert document.draft.answers == (None,)
    document.open(puzzle)
    assert same_grid(document.draft.answers[0], drawn)
    again = Document(AnswerStore(tmp_path / "answers"))
    again.open(puzzle)
    assert same_grid(again.draft.answers[0], drawn)
    assert not again.unsaved


def test_an_undone_answer_is_forgotten_and_nonsense_is_survived(tmp_path, puzzle):
    store = AnswerStore(tmp_path)
    document = Document(store)
    document.open(puzzle)
    document.edit("draw", lambda draft: with_grid(draft, Place("test", 0, "answer"), as_grid([[1]])))
    (file,) = tmp_path.glob("*.json")
    for text in ("[3]", "{", "[null, null]", "7", "[[[1, 2], [3]]]"):
        file.write_text(text)
        assert store.find(puzzle) == (None,)
    document.undo_stack.undo()
    assert not list(tmp_path.glob("*.json"))


def answer(document, value, test=0):
    grid = as_grid([[value]])
    document.edit("answer", lambda draft: with_grid(draft, Place("test", test, "answer"), grid))


def edit(document, value):
    grid = as_grid([[value]])
    document.edit("draw", lambda draft: with_grid(draft, Place("train", 0, "input"), grid))


def test_answers_survive_an_edit_that_is_saved(tmp_path, puzzle):
    document, path = Document(AnswerStore(tmp_path / "answers")), tmp_path / "p.json"
    save_puzzle(puzzle, path)
    document.open(load_puzzle(path), path)
    answer(document, 4)
    edit(document, 7)
    save_puzzle(document.puzzle, path)
    document.mark_saved(path)
    again = Document(AnswerStore(tmp_path / "answers"))
    again.open(load_puzzle(path), path)
    assert same_grid(again.draft.answers[0], as_grid([[4]]))


def test_an_answer_drawn_after_an_edit_survives_giving_the_edit_up(tmp_path, puzzle):
    document = Document(AnswerStore(tmp_path))
    document.open(puzzle)
    edit(document, 7)
    answer(document, 4)
    document.open(new_puzzle())
    document.open(puzzle)
    assert same_grid(document.draft.answers[0], as_grid([[4]]))


def test_answers_stay_with_their_tests_when_tests_are_added_moved_and_deleted(tmp_path):
    one, two = as_grid([[1]]), as_grid([[2]])
    saved = Puzzle("p", (Pair(one, one),), (Pair(one, None), Pair(two, None)))
    document = Document(AnswerStore(tmp_path))
    document.open(saved)
    answer(document, 8, test=0)
    document.edit("move", lambda draft: move_pair(draft, "test", 0, 1))
    answer(document, 9, test=0)
    document.edit("delete", lambda draft: delete_pair(draft, "test", 1))
    document.open(saved)
    assert [grid.tolist() for grid in document.draft.answers] == [[[8]], [[9]]]
