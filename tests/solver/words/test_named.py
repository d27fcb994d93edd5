"""Words that a person named: cut out of programs, kept in files, tried by the search as one word."""

from __future__ import annotations

import json

import numpy as np
import pytest

from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.explore.states import Space, program_of
from solver.search.solve import solve
from solver.words.named import MOST_STEPS, NamedWord, cut_out, named_from_json, named_to_json
from solver.words.operations.together import STACK
from solver.words.program import EXACT_FINGERPRINT, Program, ProgramError, Step, program_to_json
from solver.words.results import SolveOptions, finish
from solver.words.vocabulary import EXACT_LANGUAGE
from solver.words.wanted import Wanted


def exact(*steps: str | Step) -> Program:
    return Program(tuple(Step(s) if isinstance(s, str) else s for s in steps), EXACT_FINGERPRINT)


GRID = as_grid(np.random.default_rng(1).integers(1, 10, (3, 4)))
LONG = exact("transpose", "flip left-right", Step(STACK, 1, (0,)), Step("flip up-down", 0), "transpose")


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 5), (2, 3), (4, 4), (5, 5), (1, 3)])
def test_steps_do_alone_what_they_do_in_their_program(first: int, last: int) -> None:
    if (first, last) == (4, 4):
        with pytest.raises(ProgramError, match="step 4 reads the result of step 1"):
            cut_out(LONG, first, last)
        return
    states = EXACT_LANGUAGE.execute(LONG, [GRID], (30, 30))[0].grids
    own = EXACT_LANGUAGE.execute(cut_out(LONG, first, last), [states[first - 1]], (30, 30))[0]
    assert np.array_equal(own.output, states[last])


def test_what_reads_the_input_from_further_back_is_refused() -> None:
    program = exact("transpose", "flip up-down", Step("flip left-right", -1))
    with pytest.raises(ProgramError, match="step 3 reads the input, which is not among steps 3 to 3"):
        cut_out(program, 3, 3)
    for first, last in ((0, 1), (2, 1), (1, 4)):
        with pytest.raises(ProgramError, match="expected some of 1 to 3"):
            cut_out(program, first, last)


def test_only_the_coined_words_it_uses_come_along() -> None:
    program = Program((Step("new-1"), Step("new-2")), "weights", (("new-1", (1.0,)), ("new-2", (2.0,))))
    assert cut_out(program, 2, 2).coined == (("new-2", (2.0,)),)


def test_a_file_is_read_back() -> None:
    word = NamedWord("spiegeln & drehen", cut_out(LONG, 1, 5))
    assert named_from_json(named_to_json(word), "a.json") == word


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "expected a named word"),
        ({"name": 3}, "name is 3, expected a text"),
        ({"name": ""}, "the name is ''"),
        ({"name": "a\nb"}, "one line"),
        ({"name": "a" * 61}, "1 to 60 letters"),
        ({"steps": []}, "has 0 steps"),
        ({"steps": [{"word": "transpose"}] * (MOST_STEPS + 1)}, f"expected 1 to {MOST_STEPS}"),
        ({"steps": [{"word": 1}]}, "steps[0]"),
        ({"steps": [{"word": "transpose", "source": 0}]}, "steps[0].source is 0"),
        ({"language": None}, "language"),
        ({"coined": {"a": ["x"]}}, "coined.a"),
    ],
)
def test_a_spoilt_file_is_refused_in_one_line(change: dict, said: str) -> None:
    document = json.loads(named_to_json(NamedWord("word", exact("transpose")))) | change
    with pytest.raises(ProgramError) as caught:
        named_from_json(json.dumps(document), "bad.json")
    assert said in str(caught.value)
    assert str(caught.value).startswith("bad.json: ")
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", "3", "[" * 100_000, "{", '"' + "a" * 1_000_001 + '"'])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ProgramError, match=r"^bad\.json: "):
        named_from_json(text, "bad.json")


def test_a_program_file_is_no_named_word() -> None:
    puzzle = Puzzle("p", (Pair(GRID, GRID),), (Pair(GRID, None),))
    with pytest.raises(ProgramError, match="expected a named word"):
        named_from_json(program_to_json(exact("transpose"), puzzle), "p.json")


STEPS = (
    Step("roll right"),
    Step("transpose", 0),
    Step("roll right"),
    Step("flip up-down", 2),
    Step("roll up"),
)
MADE = (Step("flip up-down"), Step(STACK, None, (-1,)), Step("transpose"))


def puzzle_of_steps() -> Puzzle:
    rng = np.random.default_rng(2)
    inputs = [as_grid(rng.choice([0, 0, 1, 2, 3], (4, 4))) for _ in range(4)]
    twice = exact(*STEPS).then(exact(*STEPS))
    outputs = [trace.output for trace in EXACT_LANGUAGE.execute(twice, inputs, (30, 30))]
    pairs = tuple(Pair(*pair) for pair in zip(inputs, outputs, strict=True))
    return Puzzle("twice", pairs[:3], pairs[3:])


def test_the_space_takes_all_its_steps_at_once() -> None:
    puzzle = puzzle_of_steps()
    one = Puzzle("one", puzzle.train, puzzle.test)
    plain = [program_of(node) for node in Space(one).expand_next()]
    named = [program_of(node) for node in Space(one, named=(MADE,)).expand_next()]
    assert named[: len(plain)] == plain
    assert [program.steps for program in named[len(plain) :]] == [MADE]
    without = Space(one, Wanted(frozenset({STACK})), named=(MADE,))
    assert all(STACK not in program_of(node).words for node in without.expand_next())


def test_a_search_uses_it_and_writes_its_steps_out() -> None:
    puzzle = puzzle_of_steps()
    options = SolveOptions(engine="explore", budget_s=20.0, named=(NamedWord("fold", exact(*STEPS)),))
    solution = finish(solve(puzzle, options))
    twice = exact(*STEPS).then(exact(*STEPS))
    assert solution.correct
    found = [candidate.program.words for candidate in solution.candidates if candidate.verified]
    assert twice.words in found
    without = finish(solve(puzzle, SolveOptions(engine="explore", budget_s=2.0)))
    assert twice.words not in [candidate.program.words for candidate in without.candidates]
