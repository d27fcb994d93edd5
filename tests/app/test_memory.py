"""Programs that are remembered between puzzles, and words coined for one."""

from dataclasses import replace

import numpy as np
import pytest

from app import dialogs, services
from app.export.formats import FORMATS
from app.options import SearchOptions
from app.services import solver_services
from app.widgets.dictionary import WordList
from app.widgets.export_dialog import ExportDialog
from app.widgets.memory_dialog import MemoryDialog
from app.widgets.settings_dialog import SettingsDialog
from app.widgets.word_card import about_text
from solver.search.memory import Memory
from solver.words.program import Program, ProgramError, Step, program_from_json
from tests.app.fake import LANGUAGE, FakeSolver, FakeWord, candidate

NEW = "new-0a1b2c"


@pytest.fixture
def memory(tmp_path, puzzle):
    memory = Memory(LANGUAGE.fingerprint, tmp_path / "memory")
    memory.remember(Program.of(["w17"], LANGUAGE.fingerprint), puzzle, np.zeros(4, np.float32))
    memory.remember(Program.of(["w4", "w4"], LANGUAGE.fingerprint), puzzle, np.ones(4, np.float32))
    return memory


@pytest.fixture
def window(make_window, memory, qtbot):
    window = make_window(replace(FakeSolver().services, memory=lambda: memory))
    assert not window.actions_.remembered.isEnabled()
    qtbot.waitUntil(lambda: bool(window.bench.vocabulary))
    return window


def _dialog(window):
    window.actions_.remembered.trigger()
    return next(d for d in window.findChildren(MemoryDialog) if d.isVisible())


def _choose(dialog, words):
    rows = [i for i in range(dialog.list.count()) if words in dialog.list.item(i).text()]
    dialog.list.setCurrentRow(rows[0])


def test_an_entry_opens_its_puzzle_and_program(window, puzzle, qtbot):
    dialog = _dialog(window)
    _choose(dialog, "w17 ≈ flip left-right")
    with qtbot.waitSignal(window.client.executed):
        dialog.open_.click()
    assert window.bench.document.puzzle == puzzle
    assert window.bench.run.candidate.verified


def test_entries_are_renamed_and_forgotten(window, memory, monkeypatch):
    dialog = _dialog(window)
    _choose(dialog, "w17")
    monkeypatch.setattr(dialogs, "ask_program_name", lambda *_: "mirror")
    dialog.rename.click()
    assert "mirror" in [entry.name for entry in memory.entries()]
    _choose(dialog, "mirror")
    dialog.forget.click()
    assert [entry.program.words for entry in memory.entries()] == [("w4", "w4")]
    dialog.list.selectAll()
    dialog.forget.click()
    assert dialog.empty.isVisible()
    assert not dialog.open_.isEnabled()
    dialog.close()


def test_an_entry_that_has_gone_is_said_to_be(window, memory, messages):
    dialog = _dialog(window)
    memory.forget(dialog.chosen[0].id)
    dialog.forget.click()
    assert "no entry" in messages[0]
    assert dialog.list.count() == 1
    dialog.close()


def test_remembering_can_be_switched_off(window):
    assert window.solve_panel.options().remember
    settings = SettingsDialog(window.bench.view, window.settings, window)
    settings.remember.click()
    assert not window.solve_panel.options().remember


def test_the_real_solver_gets_the_memory_unless_it_is_switched_off(tmp_path, puzzle, monkeypatch):
    given = []

    class Solver:
        ENGINES, COMPARED = ("auto",), ()
        solve = staticmethod(lambda _puzzle, **options: given.append(options["memory"]))

    monkeypatch.setattr(services, "_import_solver", lambda: Solver)
    real = solver_services(tmp_path)
    real.solve(puzzle, SearchOptions(), lambda: 0.0)
    real.solve(puzzle, SearchOptions(remember=False), lambda: 0.0)
    solver_services().solve(puzzle, SearchOptions(), lambda: 0.0)
    assert [type(memory) for memory in given] == [Memory, type(None), type(None)]


@pytest.fixture
def coining(make_window, puzzle, qtbot):
    """A window that shows a program with a word of its own."""

    def coin(name, code):
        assert code == (0.5, 1.5)
        return FakeWord(name, "a new word near flip left-right", "flip", agreement=None)

    language = replace(LANGUAGE, coin=coin)
    window = make_window(FakeSolver().with_language(lambda: language))
    qtbot.waitUntil(lambda: bool(window.bench.vocabulary))
    program = Program((Step(NEW),), LANGUAGE.fingerprint, ((NEW, (0.5, 1.5)),))
    with qtbot.waitSignals([window.client.executed, window.client.coined_ready]):
        window.bench.open_program(program, puzzle)
    return window


def test_coined_words_are_shown_as_such(coining, qtbot):
    assert coining.bench.run.candidate.verified
    chip = coining.program_strip.chips[1]
    assert chip.text().startswith("✱ new-0a1b2c")
    assert "coined for this puzzle" in chip.accessibleName()
    entry = coining.bench.vocabulary[0]
    assert (entry.name, entry.code) == (NEW, (0.5, 1.5))
    assert "Coined for this puzzle" in about_text(entry)
    coining.dictionary.choose(NEW)
    index = coining.dictionary.list.currentIndex()
    assert "coined for this puzzle" in index.data()
    assert index.data(WordList.ENTRY) == entry
    assert not coining.bench.can_refine
    coining.bench.run.choose(candidate(coining.bench.document.puzzle, ["w17"]))
    assert NEW not in [word.name for word in coining.bench.vocabulary]


def test_an_edited_program_still_brings_its_words(coining, qtbot):
    bench = coining.bench
    entry = bench.vocabulary[0]
    bench.timeline.go(1)
    for edit in (bench.delete_step, lambda: bench.insert_word(entry)):
        with qtbot.waitSignal(bench.client.executed):
            edit()
    assert bench.run.candidate.program.words == (NEW,)
    written = FORMATS["program"].make(coining.desk._what()).decode()
    assert program_from_json(written, "p")[0].coined == ((NEW, (0.5, 1.5)),)


def test_python_and_onnx_refuse_coined_words_and_say_why(coining, messages, tmp_path, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: tmp_path / "out")
    for key in ("python", "onnx"):
        with pytest.raises(ProgramError, match="coined for this puzzle"):
            FORMATS[key].make(coining.desk._what())
        assert not coining.desk.export(key)
    assert len(messages) == 2
    assert all("only a program file (JSON) carries it" in text for text in messages)
    assert not list(tmp_path.glob("out*"))
    coining.desk.show_exports()
    dialog = coining.findChild(ExportDialog)
    dialog.choose("onnx")
    assert "coined for this puzzle" in dialog.text.toPlainText()
    dialog.close()
