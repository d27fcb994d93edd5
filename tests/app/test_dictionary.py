"""The dictionary of all kinds of words: examples, filters, completion, and filling places."""

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from app.probes import WordEntry
from app.state.examples import examples_of, run_exact
from app.state.lexicon import Words, exact_entries, is_used, spelled, suggestions
from app.texts_of_words import GROUPS, family_title, sentence
from puzzles.grid import as_grid, same_grid
from puzzles.puzzle import Pair, Puzzle
from solver.words.arguments import arguments
from solver.words.program import EXACT_FINGERPRINT, Outcome
from tests.app.fake import LANGUAGE, FakeSolver

KEPT = Puzzle(
    "kept",
    (Pair(as_grid([[1, 0, 2], [1, 0, 0]]), as_grid([[1], [1]])),),
    (Pair(as_grid([[3, 0, 0], [3, 0, 4]]), None),),
)


class TalkingSolver(FakeSolver):
    """Knows what can be changed in a name, as the real one does."""

    def arguments(self, word):
        return arguments(word)


@pytest.fixture
def opened(make_window, qtbot):
    window = make_window(TalkingSolver(found=()))
    window.bench.open(KEPT)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    return window


def names(dictionary):
    return [entry.name for entry in dictionary.list.model().entries]


@pytest.mark.parametrize("group", list(GROUPS))
def test_every_group_has_words_with_a_family_and_a_sentence(group):
    entries = [entry for entry in exact_entries() if entry.group == group]
    assert entries or group in ("learned", "named")  # these come with weights and with the person
    for entry in entries:
        assert family_title(entry.group, entry.family)
        assert sentence(entry.group, entry.family)


def test_exact_words_show_what_they_do_on_grids_that_suit_them():
    tried = {e.name: examples_of(e, run_exact) for e in exact_entries() if e.kind == "exact"}
    assert [name for name, examples in tried.items() if not examples] == []
    (first, *_) = tried["replace 3 by 7"]
    assert 3 in first.before
    assert 7 in first.after[0]
    assert len(tried["objects"][0].after) > 1, "pieces are shown one by one"
    for name in ("keep those with most cells", "take the piece where rank by cells = 1", "stack over"):
        assert not np.array_equal(tried[name][0].before, tried[name][0].after[0])


@pytest.mark.parametrize("by", ["", " by the box around them", " by place from the left"])
def test_colours_are_shown_given_back_after_they_were_numbered_alike(by):
    (pattern,) = [e for e in exact_entries() if e.name == "give the colours back but 0"]
    word = replace(pattern, name=f"give the colours back{by} but 0")
    numbered = f"number the colours{by or ' by frequency'} but 0"
    shown = examples_of(word, run_exact)
    assert shown
    for example in shown:
        given = Outcome(example.before)
        changed = run_exact("fall down", [run_exact(numbered, [given])])
        assert same_grid(example.after[0], run_exact(word.name, [changed, given]).grid)


def test_a_word_without_an_answer_has_no_example():
    nothing = WordEntry("paint 3 where grid B = 2", "exact", "", "", (), EXACT_FINGERPRINT, group="rule")
    assert examples_of(nothing, run_exact) == ()


def test_the_window_starts_without_knowing_the_words(make_window, qtbot):
    window = make_window()
    dictionary = window.dictionary
    qtbot.wait(50)
    assert names(dictionary) == []
    assert not dictionary.insert.isEnabled()
    window.show_word("flip left-right")
    assert "flip left-right" in names(dictionary)
    assert "Loading the learned words" in dictionary.message.text()
    assert dictionary.chosen.name == "flip left-right"


def test_kinds_and_families_narrow_the_list(opened):
    dictionary = opened.dictionary
    every = len(names(dictionary))
    assert every == len({*names(dictionary)})
    assert not dictionary.family.isEnabled()
    dictionary.group.setCurrentIndex(dictionary.group.findData("keep"))
    kept = names(dictionary)
    assert "sort by rising cells" in kept
    assert "flip left-right" not in kept
    dictionary.family.setCurrentIndex(dictionary.family.findData("sort"))
    assert all(name.startswith("sort") for name in names(dictionary))
    dictionary.group.setCurrentIndex(0)
    assert len(names(dictionary)) == every


def test_a_text_that_spells_a_word_offers_it(opened):
    dictionary = opened.dictionary
    dictionary.search.setText("paint 3 where row = 1 and column = 2")
    assert names(dictionary) == ["paint 3 where row = 1 and column = 2"]
    dictionary.search.setText("paint 3 where row mod")
    assert "paint 3 where row modulo 2 = 1" in names(dictionary)
    dictionary.search.setText("for each cell of colour 7: beam l")
    assert "for each cell of colour 7: beam left in its own colour" in names(dictionary)
    dictionary.search.setText("paint 3 where weather = 1")
    assert names(dictionary) == []


def test_places_of_a_rule_are_filled_and_it_is_put_in(opened, qtbot):
    dictionary = opened.dictionary
    dictionary.choose("paint 4 where colour = 3")
    dictionary.card.slots.changed.emit("paint 5 where colour = 3")
    assert dictionary.chosen.name == "paint 5 where colour = 3"
    assert "conditions hold" in dictionary.card.about.text()
    places = [a.value for a in arguments("paint 5 where colour = 3")]
    assert dictionary.card.slots.text().count("<a ") == len(places)
    menu = dictionary.card.slots.offer(0)
    assert "6" in [action.text() for action in menu.actions()]
    next(action for action in menu.actions() if action.text() == "6").trigger()
    menu.close()
    with qtbot.waitSignal(opened.client.executed):
        dictionary.insert.click()
    assert opened.bench.run.candidate.program.words == ("paint 6 where colour = 3",)


def test_words_on_pieces_make_a_program_and_say_where_they_are_used(opened, qtbot):
    dictionary = opened.dictionary
    for word in ("objects", "the piece with most cells"):
        dictionary.choose(word)
        with qtbot.waitSignal(opened.client.executed):
            dictionary.insert.click()
    run = opened.bench.run
    assert run.candidate.verified
    assert run.candidate.program.fingerprint == EXACT_FINGERPRINT
    assert [link.text() for link in dictionary.card.links] == ["In 1 program found for this puzzle"]
    dictionary.choose("objects")
    run.choose(run.candidates[-1])
    dictionary.card.links[0].click()
    assert run.candidate is run.candidates[0]


def test_a_word_that_needs_two_grids_also_reads_the_input(opened, qtbot):
    for word in ("flip left-right", "stack over"):
        opened.dictionary.choose(word)
        with qtbot.waitSignal(opened.client.executed):
            opened.dictionary.insert.click()
    assert opened.bench.run.candidate.program.steps[1].others == (-1,)


def test_a_learned_word_among_exact_ones_names_its_weights(opened, qtbot):
    for word in ("flip left-right", "w17"):
        opened.dictionary.choose(word)
        with qtbot.waitSignal(opened.client.executed):
            opened.dictionary.insert.click()
    assert opened.bench.run.candidate.program.fingerprint == LANGUAGE.fingerprint


def test_procedures_wait_for_their_weights(opened):
    opened.dictionary.choose("for each coloured cell: ray up in its own colour")
    assert opened.dictionary.chosen.kind == "procedure"
    assert not opened.dictionary.insert.isEnabled()
    opened.client.further_known.emit("npi-some")
    assert opened.dictionary.insert.isEnabled()


def test_a_pattern_is_used_where_another_of_its_kind_is():
    pattern = spelled("paint 4 where colour = 3")
    assert is_used(pattern, ["flip left-right", "paint 5 where row = 1"])
    assert not is_used(pattern, ["keep on: paint 5"])
    assert not is_used(spelled("flip left-right"), ["flip up-down"])
    ray = spelled("for each piece: ray up in colour 3")
    assert is_used(ray, ["for each coloured cell: ray down in its own colour"])
    assert not is_used(ray, ["for each piece: drop down"])


def test_examples_are_made_for_what_is_in_sight_alone(opened, qtbot):
    opened.show_word("flip left-right")
    examples = opened.bench.examples
    qtbot.waitUntil(lambda: bool(examples._known))
    qtbot.waitUntil(lambda: not examples._timer.isActive())
    assert 0 < len(examples._known) < 60
    assert not opened.dictionary.list.grab().isNull()
    assert opened.dictionary.list.indexAt(QPoint(5, 5)).isValid()


def test_a_thousand_words_are_searched_at_once():
    entries = exact_entries() * 2
    words = Words(entries, ["x"] * len(entries))
    began = time.perf_counter()
    found = words.find("replace 3")
    suggestions("paint 3 where colour up")
    assert time.perf_counter() - began < 0.1
    assert found[0].name.startswith("replace 3")
