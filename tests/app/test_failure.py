"""Why a guess fails: wrong cells by demonstration and step, and the one demonstration that may be wrong."""

from PySide6.QtCore import Qt

from app.state.failure import Suspect, suspect, wrong_by_step
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from tests.app.fake import FakeSolver, candidate

GRIDS = ([[1, 2], [3, 4]], [[5, 6, 7]], [[0, 8], [9, 1]])


def flipped(*slips):
    """Three demonstrations of a flip; in the second, other values at `slips` (row, column)."""
    pairs = []
    for i, rows in enumerate(GRIDS):
        out = [row[::-1] for row in rows]
        for row, column in slips if i == 1 else ():
            out[row][column] = 3
        pairs.append(Pair(as_grid(rows), as_grid(out)))
    return Puzzle("slip", tuple(pairs), (Pair(as_grid([[1, 2]]), None),))


def test_wrong_cells_are_counted_at_every_step():
    puzzle = flipped((0, 0))
    assert wrong_by_step(candidate(puzzle, ("w9", "w17")), puzzle) == {
        0: (4, 4, 0), 1: (2, 2, 1), 2: (4, 4, 0),
    }  # fmt: skip


def test_the_one_demonstration_that_is_not_explained_may_be_wrong_itself():
    for slips, expected in (
        (((0, 0),), Suspect(1, ((0, 0),))),
        (((0, 0), (0, 2)), Suspect(1, ((0, 0), (0, 2)))),
        ((), None),
    ):
        puzzle = flipped(*slips)
        assert suspect(candidate(puzzle, ("w17",)), puzzle) == expected
    puzzle = flipped()
    assert suspect(candidate(puzzle, ("w9",)), puzzle) is None
    few = Puzzle("few", flipped((0, 0)).train[:2], flipped().test)
    assert suspect(candidate(few, ("w17",)), few) is None


def test_the_panel_says_so_and_a_click_goes_to_the_step(make_window, qtbot):
    window = make_window(FakeSolver(found=(("w9", "w17"),)))
    window.bench.open(flipped((0, 0)))
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    text = window.solve_panel.face().text
    assert "Every demonstration but 2 is explained." in text
    assert "This cell may be an error in it: row 1, column 1." in text
    table = window.solve_panel.failure
    assert table.isVisible()
    assert [[table.item(row, at).text() for at in range(3)] for row in range(3)] == [
        ["4", "4", "✓"], ["2", "2", "1"], ["4", "4", "✓"],
    ]  # fmt: skip
    table.setCurrentCell(1, 1)
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(table.item(1, 1)).center()
    )
    assert window.bench.timeline.position == 1
    assert table.item(1, 1).toolTip() == "demonstration 2, after step 1: 2 cells wrong"


def test_there_is_no_table_for_what_is_verified(make_window, puzzle, qtbot):
    window = make_window()
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    assert window.solve_panel.failure.isHidden()


def test_the_table_has_no_button_in_its_corner(make_window, qtbot):
    window = make_window(FakeSolver(found=(("w9", "w17", "w17"),)))
    window.bench.open(flipped())
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    table = window.solve_panel.failure
    for theme in ("light", "dark"):
        window.bench.view.choose_theme(theme)
        image = table.grab().toImage()
        width, height = table.verticalHeader().width() - 2, table.horizontalHeader().height() - 3
        found = {image.pixelColor(x, y).name() for x in range(2, width) for y in range(2, height)}
        assert found == {window.bench.view.theme.surface}
