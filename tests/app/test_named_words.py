"""Steps named as a word: the dialog, the dictionary, the files, and programs made with it."""

import json

import pytest

from app import dialogs
from app.reset import KINDS
from app.state.named_words import NamedWords
from app.state.program_edit import insert_steps
from app.widgets.name_steps_dialog import NameStepsDialog
from solver.words.named import NamedWord
from solver.words.program import EXACT_FINGERPRINT, Program, ProgramError, Step
from tests.app.fake import FakeSolver


def exact(*words):
    return Program.of(words, EXACT_FINGERPRINT)


WORD = NamedWord("turn over", exact("flip up-down", "transpose"))


@pytest.fixture
def solver():
    return FakeSolver(found=(("w9", "flip up-down", "flip up-down", "w17"),))


def entry(window, name="turn over"):
    return next((e for e in window.bench.lexicon if e.name == name), None)


def test_the_dialog_names_the_steps_chosen(solved):
    solved.bench.timeline.go(3)
    dialog = NameStepsDialog(solved.bench, solved.bench.run.candidate.program, solved)
    assert (dialog.first.value(), dialog.last.value()) == (1, 3)
    assert dialog.word is None
    dialog.first.setValue(2)
    dialog.name.setText("  turn   over ")
    assert dialog.word.name == "turn over"
    assert dialog.word.program.words == ("flip up-down", "flip up-down")
    assert "flip up-down  →  flip up-down" in dialog.steps.text()
    dialog.last.setValue(1)
    assert dialog.word is None
    assert "expected some of" in dialog.trouble.text()
    dialog.last.setValue(3)
    for taken in ("transpose", "w9", "paint 4 where colour = 3"):
        dialog.name.setText(taken)
        assert dialog.word is None
        assert "already" in dialog.trouble.text()


def test_a_named_word_stands_in_the_dictionary_and_is_searched_with(solved, solver, qtbot, monkeypatch):
    monkeypatch.setattr(NameStepsDialog, "exec", lambda self: (setattr(self, "word", WORD), True)[1])
    solved.actions_.name_steps.trigger()
    shown = entry(solved)
    assert shown.steps == WORD.program
    assert len(shown.results) == 3
    with qtbot.waitSignal(solved.client.finished):
        solved.solve_panel.press()
    assert solver.asked[-1].named == (WORD,)
    solved.show_word("turn over")
    assert solved.dictionary.chosen.name == "turn over"
    assert solved.dictionary.delete.isVisible()
    assert "2 steps" in solved.dictionary.card.about.text()


def test_it_is_put_in_as_its_steps_and_undone(solved, qtbot):
    solved.bench.named.save(WORD)
    solved.bench.timeline.go(1)
    with qtbot.waitSignal(solved.client.executed):
        solved.bench.insert_word(entry(solved))
    assert solved.bench.run.candidate.program.words == (
        "w9", "flip up-down", "transpose", "flip up-down", "flip up-down", "w17",
    )  # fmt: skip
    assert solved.bench.timeline.position == 3
    solved.bench.document.undo_stack.undo()
    assert solved.bench.run.candidate.program.words == ("w9", "flip up-down", "flip up-down", "w17")
    solved.bench.timeline.go(4)
    with qtbot.waitSignal(solved.client.executed):
        solved.bench.replace_word(entry(solved))
    assert solved.bench.run.candidate.program.words[3:] == ("flip up-down", "transpose")


def test_later_steps_read_what_they_read():
    program = Program((Step("a"), Step("b", -1), Step("c", 0, (1,))), EXACT_FINGERPRINT)
    steps = Program((Step("x"), Step("y", -1), Step("z", 0, (1,))), "weights", (("x", (1.0,)),), (4, 9))
    put = insert_steps(program, 1, steps)
    assert put.steps == (
        Step("a"), Step("x"), Step("y", 0), Step("z", 1, (2,)), Step("b", -1), Step("c", 0, (4,)),
    )  # fmt: skip
    assert (put.fingerprint, put.coined, put.least_canvas) == ("weights", (("x", (1.0,)),), (4, 9))


def test_deleting_asks_and_programs_keep_the_steps(solved, qtbot, monkeypatch, user_paths):
    solved.bench.named.save(WORD)
    with qtbot.waitSignal(solved.client.executed):
        solved.bench.insert_word(entry(solved))
    words = solved.bench.run.candidate.program.words
    solved.show_word("turn over")
    monkeypatch.setattr(dialogs, "ask_to_delete_word", lambda *_: False)
    solved.dictionary.delete.click()
    assert entry(solved) is not None
    monkeypatch.setattr(dialogs, "ask_to_delete_word", lambda *_: True)
    solved.dictionary.delete.click()
    assert entry(solved) is None
    assert not list(user_paths.words.glob("*"))
    assert solved.bench.run.candidate.program.words == words


def test_they_are_there_after_a_restart_and_a_spoilt_file_is_passed_over(tmp_path, qapp):
    folder = tmp_path / "words"
    NamedWords(folder).save(WORD)
    (folder / "bad.json").write_text("{")
    assert NamedWords(folder).words == (WORD,)
    assert NamedWords(None).words == ()


def test_a_newer_file_stays_as_it_is(tmp_path, qapp):
    named = NamedWords(tmp_path)
    named.save(WORD)
    (file,) = tmp_path.glob("*.json")
    newer = json.dumps({"format": 99})
    file.write_text(newer)
    with pytest.raises(ProgramError, match="newer Glossa"):
        NamedWords(tmp_path).save(WORD)
    assert file.read_text() == newer


def test_reset_knows_them(user_paths, qapp):
    NamedWords(user_paths.words).save(WORD)
    assert KINDS["words"].found(user_paths) == [user_paths.words]
