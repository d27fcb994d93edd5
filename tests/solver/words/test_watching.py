"""What a search tells whoever watches: bounded, and true to what was counted."""

from __future__ import annotations

from itertools import pairwise

import pytest

from puzzles.grid import as_grid
from solver.words import watching
from solver.words.film import MOST_MOMENTS, Film, Moment, Start
from solver.words.program import EXACT_FINGERPRINT, Program
from solver.words.watching import MOST_STATES, Ledger, Rewriting, TriedState


def state(*words: str, wrong: float, above: TriedState | None = None) -> TriedState:
    return TriedState(Program.of(words, EXACT_FINGERPRINT), wrong, as_grid([[1]]), above, "search", 0.0)


def test_seconds_belong_to_the_stage_they_were_spent_in() -> None:
    ledger = Ledger()
    for stage, now in (("loading", 0.0), ("search", 2.0), ("search", 5.0), ("repair", 6.0), ("search", 9.0)):
        ledger.enter(stage, f"at {now}", now)
        if stage == "search":
            ledger.count(stage, 10)
    work = {one.stage: one for one in ledger.whole().work}
    assert {name: one.seconds for name, one in work.items()} == {"loading": 2.0, "search": 4.0, "repair": 3.0}
    assert {name: one.states for name, one in work.items()} == {"loading": None, "search": 30, "repair": None}
    assert work["search"].doing == "at 9.0"


def test_the_nearest_states_stay_and_the_records_are_in_their_order() -> None:
    ledger = Ledger()
    wrongs = [0.9 - 0.001 * ((37 * i) % 200) for i in range(200)]
    for i, wrong in enumerate(wrongs):
        ledger.note(state(f"w{i}", wrong=wrong))
    seen = ledger.whole()
    assert [one.wrong for one in seen.states] == sorted(wrongs)[:MOST_STATES]
    records = [one.wrong for one in seen.records]
    assert records == sorted(records, reverse=True)
    assert records[-1] == min(wrongs)
    assert not ledger.is_near(0.9)


def test_a_picture_is_made_at_most_ten_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []
    monkeypatch.setattr(watching, "Seen", lambda *_: made.append(1.0) or object())
    ledger = Ledger()
    seen = [ledger.seen(now / 1000) for now in range(0, 1000, 5)]
    assert 8 <= len(made) <= 10
    assert seen[0] is seen[1]


def test_programs_of_a_rest_are_written_with_what_came_before() -> None:
    ledger = Ledger()
    first = state("a", wrong=0.5)
    ledger.note(state("a", "b", wrong=0.2, above=first))
    before = Program.of(["pinned"], EXACT_FINGERPRINT)
    seen = ledger.whole()
    rewriting = Rewriting(before.then)
    read = rewriting.seen(seen)
    assert read is not None
    (there,) = read.states
    assert there.program.words == ("pinned", "a", "b")
    assert there.above is not None
    assert there.above.program.words == ("pinned", "a")
    assert read.records == (there,)
    assert rewriting.seen(seen) is read
    assert rewriting.seen(None) is None


def moment(at_s: float) -> Moment:
    start = Start(0, Program.of(["w1"], "weights"), (), (as_grid([[1]]),), 0.5)
    return Moment(at_s, "refinement", 1, 1, 1.0, 1, (start,), start)


def test_a_film_covers_the_whole_search_with_a_bounded_number_of_moments() -> None:
    film = Film()
    for tick in range(40_000):
        now = tick / 50
        if film.wants(now):
            film.add(moment(now))
    times = [one.at_s for one in film.moments]
    assert MOST_MOMENTS / 2 <= len(times) <= MOST_MOMENTS
    assert times[0] == 0.0
    assert times[-1] > 795
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert max(gaps) <= 3 * min(gaps)


def test_programs_of_a_film_are_written_with_what_came_before() -> None:
    ledger = Ledger()
    ledger.film.add(moment(1.0))
    read = Rewriting(Program.of(["first"], EXACT_FINGERPRINT).then).seen(ledger.whole())
    assert read is not None
    (one,) = read.moments
    assert one.starts[0].program.words == ("first", "w1")
    assert one.best is one.starts[0]
