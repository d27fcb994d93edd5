"""The first minute: a solved puzzle under the tour, a puzzle of the day, files opened lately."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import dialogs
from app.first_minute import example, puzzle_of
from app.widgets.tour import Tour
from puzzles.collections import collection, open_puzzle
from puzzles.puzzle import save_puzzle
from solver.words.results import run_program
from solver.words.vocabulary import EXACT_LANGUAGE


def test_the_example_explains_its_puzzle_and_its_test():
    program, puzzle = example()
    found = run_program(EXACT_LANGUAGE, program, puzzle, (30, 30), "example")
    assert found.verified
    assert len(program.steps) > 1
    assert [t.output.tolist() for t in found.tests] == [pair.output.tolist() for pair in puzzle.test]
    assert puzzle == open_puzzle(f"originals/{puzzle.name}")


def test_the_tour_begins_over_a_solved_puzzle(window, qtbot):
    with qtbot.waitSignal(window.client.executed):
        window.offer_tour()
    assert window.bench.run.candidate.verified
    assert not window.bench.document.unsaved
    window.findChild(Tour).end()
    assert window.bench.document.puzzle.name == example()[1].name


def test_the_tour_leaves_alone_what_is_open(window, puzzle):
    window.bench.open(puzzle)
    window.take_tour()
    assert window.bench.document.puzzle is puzzle
    assert not window.help.isVisible()


def test_every_original_has_its_day():
    ids = collection("originals").ids
    days = [date(2026, 1, 1) + timedelta(days=at) for at in range(len(ids))]
    assert sorted(puzzle_of(day).name for day in days) == sorted(ids)
    assert puzzle_of(days[0]) == puzzle_of(days[0])


def test_the_first_page_offers_the_day_and_what_was_opened_lately(make_window, puzzle, tmp_path):
    path = tmp_path / "R&D.json"
    save_puzzle(puzzle, path)
    window = make_window()
    welcome = window.board.welcome
    assert not welcome.recent
    welcome.daily_asked.emit()
    assert window.bench.document.puzzle == puzzle_of(date.today())
    window.open_path(path)
    again = make_window()
    (button,) = again.board.welcome.recent
    assert button.text() == "R&&D.json"
    button.click()
    assert again.bench.document.path == path


@pytest.mark.parametrize("writable", [True, False])
def test_a_report_is_saved_as_a_file(window, tmp_path, monkeypatch, messages, writable):
    path = tmp_path / ("report.txt" if writable else "no/where.txt")
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    dialogs.save_report(window, "what happened")
    if writable:
        assert path.read_text() == "what happened"
    else:
        assert "where.txt" in messages[0]


EXACT_AT_ONCE = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from app.services import solver_services
from app.worker import SolverClient
from puzzles.collections import open_puzzle
from solver.words.program import EXACT_FINGERPRINT, Program

app = QCoreApplication([])
client = SolverClient(solver_services(None))
client.executed.connect(lambda *_: app.quit())
QTimer.singleShot(60_000, lambda: app.exit(1))
program = Program.of(["flip left-right"], EXACT_FINGERPRINT)
client.execute(program, open_puzzle("originals/01-looking-glass"), "")
ended = app.exec()
loaded = "torch" in sys.modules
client.shut_down()
print(ended, loaded)
"""


def test_a_program_of_exact_words_runs_without_waiting_for_torch():
    command, root = [sys.executable, "-c", EXACT_AT_ONCE], Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert done.stdout.split() == ["0", "False"], done.stderr
