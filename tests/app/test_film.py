"""Gradient refinement as a film: the model without Qt, then the dock by hand and by keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from app.state.film import MOST_KEPT, MOST_POINTS, FilmReel
from app.state.run import Status
from app.theme import DARK
from app.widgets.parts import is_seen
from puzzles.grid import as_grid
from solver.words.film import SKIP, Moment, Start
from solver.words.program import Program
from solver.words.results import Progress
from solver.words.watching import Seen
from tests.app.fake import LANGUAGE, FakeSolver


def start(number, at=0, loss=1.0, words=("w17",)):
    """A start whose first cell tells the moment it belongs to."""
    grids = tuple(as_grid(np.full((2, 3), (number + at + pair) % 10, np.uint8)) for pair in range(2))
    odds = (
        (("w17", 0.5 + at / 20), ("w9", 0.3), (SKIP, 0.01)),
        ((SKIP, 0.9), ("w4", 0.05), ("w9", 0.01)),
    )
    return Start(number, Program.of(words, LANGUAGE.fingerprint), odds, grids, loss)


def moment(at=0, best=1, words=("w17",)):
    starts = tuple(start(i, at, 1.0 - 0.5 * (i == best), words) for i in range(3))
    return Moment(at / 10, "refinement", 1, at + 1, 0.7, 32, starts, starts[best])


def progress(at_s=1.0, stage="refinement", loss=0.5, moments=()):
    return Progress(stage, "", at_s, None, (loss,), None, Seen(moments=tuple(moments)))


def test_a_film_follows_until_somebody_goes_back_and_again_from_its_end():
    film, moments = FilmReel(), [moment(i) for i in range(10)]
    film.take(progress(moments=moments[:3]))
    film.take(progress(moments=moments[:5]))
    assert film.moment is moments[4]
    film.go(1)
    film.take(progress(moments=moments[:8]))
    assert film.moment is moments[1]
    assert not film.following
    film.go(99)
    film.take(progress(moments=moments))
    assert film.moment is moments[9]


def test_the_moment_shown_stays_when_others_are_thinned_out():
    film, moments = FilmReel(), [moment(i) for i in range(11)]
    film.take(progress(moments=moments))
    film.go(5)
    film.take(progress(moments=moments[::2]))
    assert film.moment is moments[4]
    film.go_to_time(0.79)
    assert film.moment is moments[8]


def test_grids_are_those_of_the_demonstrations_that_the_search_looks_at():
    film, grid, one = FilmReel(), as_grid([[1]]), moment().best
    assert film.demonstration(1) == 1
    assert film.grid_of(one, 1) is one.grids[1]
    film.see(Seen(aims=(None, grid, None, grid)))
    for wanted, shown, place in ((0, 1, 0), (1, 1, 0), (2, 1, 0), (3, 3, 1)):
        assert film.demonstration(wanted) == shown
        assert film.grid_of(one, wanted) is one.grids[place]
    film.clear()
    assert film.demonstration(0) == 0


def test_a_start_keeps_its_place_and_the_best_follows_the_moments():
    film = FilmReel()
    film.take(progress(moments=[moment(0, best=1), moment(1, best=2)]))
    assert film.start.number == 2
    film.number = 0
    film.go(0)
    assert film.start is film.moment.starts[0]
    film.number = None
    assert film.start.number == 1


def test_the_best_is_shown_behind_the_others_where_it_is_none_of_them():
    film, one = FilmReel(), moment()
    other = start(20, loss=0.1)
    film.take(progress(moments=[Moment(0.0, "refinement", 1, 1, 0.7, 32, one.starts, other)]))
    assert [shown.number for shown in film.starts] == [0, 1, 2, 20]
    assert film.start is other


def test_what_is_kept_survives_other_searches_but_not_another_puzzle():
    film = FilmReel()
    film.take(progress(moments=[moment(3)]))
    kept = film.keep()
    assert film.keep() is kept
    film.clear()
    assert film.moment is None
    film.recall(kept)
    assert film.moment is kept.moment
    assert film.start is kept.start
    film.forget()
    assert film.keep() is None
    assert not film.kept
    for at in range(MOST_KEPT + 3):
        film.take(progress(moments=[moment(at)]))
        film.keep()
    assert len(film.kept) == MOST_KEPT


def test_stages_are_spans_of_time_and_the_curve_is_bounded():
    film = FilmReel()
    for second in range(3000):
        film.take(progress(second, "search" if second < 1500 else "refinement"))
    assert len(film.points) <= MOST_POINTS
    first, second = film.spans
    assert (first.stage, first.first_s, second.stage) == ("search", 0, "refinement")
    assert 1490 <= first.last_s == second.first_s <= 1510
    assert FilmReel().spans == ()


@pytest.fixture
def filmed(make_window, puzzle, qtbot):
    """A window with a running search that has a film of ten moments."""
    window = make_window(FakeSolver(endless=True))
    qtbot.waitUntil(lambda: bool(window.bench.vocabulary))
    window.bench.open(puzzle)
    window.show_film()
    window.solve_panel.press()
    qtbot.waitUntil(lambda: window.bench.run.progress is not None)
    window.client.cancel()  # no more reports of the scripted search
    window.bench.run.film.clear()
    window.bench.run.advance(progress(0.5))
    window.bench.run.advance(progress(1.0, moments=[moment(i) for i in range(10)]))
    window.film_view.refresh()
    return window


def test_before_a_refinement_it_is_said_that_there_is_no_film(make_window, puzzle, qtbot):
    window = make_window(FakeSolver())
    window.bench.open(puzzle)
    window.show_film()
    view = window.film_view
    assert "Press Solve" in view.empty.text()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    assert "no step of gradient refinement" in view.empty.text()
    assert not view.bar.isVisible()
    assert view.plot.drawn.widget.isVisible()
    assert "one start" not in view.plot.readout.text()
    assert "loss" in view.plot.readout.text()


def test_starts_words_and_loss_of_the_moment_are_shown(filmed):
    view = filmed.film_view
    assert [view.starts.item(i).text() for i in range(3)] == ["1.00", "★ 0.50", "1.00"]
    assert view.title.text() == "3 OF 32 STARTS, ON DEMONSTRATION 1"
    assert view.odds.described == "slot 1: w17 ≈ flip left-right 95 %, slot 2: nothing (skip) 90 %"
    assert view.plot.readout.text() == "0.5 s, Gradient refinement: loss 0.500"
    assert "step 10" in view.status.text()


def test_the_keys_of_the_slider_scrub_and_do_not_step_through_the_program(filmed, qtbot):
    view, film = filmed.film_view, filmed.bench.run.film
    view.slider.setFocus()
    assert QApplication.focusWidget() is view.slider
    qtbot.keyClick(view.slider, Qt.Key.Key_Home)
    assert film.position == 0
    qtbot.keyClick(view.slider, Qt.Key.Key_Right)
    assert film.position == 1
    assert "slot 1: w17 ≈ flip left-right 55 %" in view.odds.described
    qtbot.keyClick(view.slider, Qt.Key.Key_End)
    assert film.following


def test_a_start_is_chosen_by_the_arrow_keys_and_stays_chosen(filmed, qtbot):
    view, film = filmed.film_view, filmed.bench.run.film
    assert film.start.number == 1
    view.starts.setFocus()
    qtbot.keyClick(view.starts, Qt.Key.Key_Right)
    assert film.number == 2
    assert view.words_heading.text() == "WORDS OF START 3"
    film.go(0)
    view.refresh()
    assert film.start.number == 2


def test_pictures_are_of_the_demonstration_looked_at_and_drawn_only_when_they_change(filmed):
    view = filmed.film_view
    first = view.starts.item(0).icon().cacheKey()
    view.refresh()
    assert view.starts.item(0).icon().cacheKey() == first
    filmed.bench.look_at("train", 1)
    assert view.starts.item(0).icon().cacheKey() != first
    assert view.title.text().endswith("DEMONSTRATION 2")


def test_it_plays_and_pauses(filmed, qtbot):
    view, film = filmed.film_view, filmed.bench.run.film
    filmed.bench.cancel()
    view.play.setFocus()
    qtbot.keyClick(view.play, Qt.Key.Key_Space)
    assert view.playing
    qtbot.waitUntil(lambda: film.position >= 2)
    qtbot.keyClick(view.play, Qt.Key.Key_Space)
    assert not view.playing
    held = film.position
    assert 2 <= held < 9
    qtbot.wait(250)
    assert film.position == held
    view.toggle()
    qtbot.waitUntil(lambda: film.following, timeout=5000)
    qtbot.waitUntil(lambda: not view.playing)


def test_holding_a_running_film_stays_while_moments_come(filmed, qtbot):
    view, film = filmed.film_view, filmed.bench.run.film
    assert view.playing
    view.play.click()
    filmed.bench.run.advance(progress(2.0, moments=[moment(i) for i in range(14)]))
    view.refresh()
    assert film.position == 9
    view.last.click()
    assert film.position == 13


def test_a_click_in_the_curve_goes_there(filmed, qtbot):
    view = filmed.film_view
    box = view.plot.drawn.widget.getPlotItem().getViewBox()
    at = view.plot.drawn.widget.mapFromScene(box.mapViewToScene(QPointF(0.3, 0.1)))
    qtbot.mouseClick(view.plot.drawn.widget.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert filmed.bench.run.film.moment.at_s == pytest.approx(0.3)


def test_a_moment_kept_is_the_start_of_a_refinement_and_what_was_found_stays(filmed, qtbot, monkeypatch):
    view, bench = filmed.film_view, filmed.bench
    asked = []
    monkeypatch.setattr(bench.client, "solve", lambda _puzzle, options: asked.append(options))
    bench.run.film.go(4)
    view.refresh()
    qtbot.mouseClick(view.keep, Qt.MouseButton.LeftButton)
    assert view.kept.count() == 1
    view.go(0)
    view.kept.activated.emit(0)
    assert bench.run.film.moment.at_s == pytest.approx(0.4)
    before = len(bench.run.candidates)
    view.refine.setFocus()
    qtbot.keyClick(view.refine, Qt.Key.Key_Space)
    assert asked[-1].start == Program.of(["w17"], LANGUAGE.fingerprint)
    assert asked[-1].watch
    assert bench.run.status is Status.SOLVING
    assert len(bench.run.candidates) == before
    assert len(bench.run.film.kept) == 1


@pytest.mark.parametrize("words", [(), ("flip up-down",)])
def test_what_no_refinement_could_begin_at_is_not_offered(filmed, words):
    view = filmed.film_view
    filmed.bench.run.advance(progress(3.0, moments=[moment(words=words)]))
    view.refresh()
    assert not view.refine.isEnabled()
    assert "learned words" in view.refine.toolTip()
    view.refine_from_here()
    assert not filmed.bench.run.film.kept


def test_nothing_is_drawn_while_nobody_looks(filmed, qtbot):
    view = filmed.film_view
    filmed._bring_up(filmed.program_strip)
    qtbot.waitUntil(lambda: not is_seen(view))
    view._timer.stop()
    filmed.bench.run.advance(progress(2.0, moments=[moment(i) for i in range(14)]))
    assert not view._timer.isActive()
    assert view.slider.maximum() == 9
    filmed.show_film()
    qtbot.waitUntil(lambda: view.slider.maximum() == 13)


def test_it_follows_the_theme_and_another_puzzle_has_no_film(filmed, puzzle):
    filmed.bench.view.choose_theme("dark")
    assert filmed.bench.view.theme is DARK
    filmed.film_view.keep_moment()
    filmed.bench.open(puzzle)
    assert not filmed.film_view.bar.isVisible()
    assert not filmed.bench.run.film.kept
