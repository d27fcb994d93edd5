"""A moment shared: what a link or a file holds opens puzzle, program and step; anything else is refused."""

import json
import zlib
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from app import dialogs
from app.main import _named
from app.state.moment import (
    LARGEST_TEXT,
    LONGEST_LINK,
    NOTHING,
    START,
    Moment,
    link_to,
    moment_from_json,
    moment_from_link,
    moment_to_json,
)
from puzzles.collections import open_puzzle
from puzzles.grid import PuzzleError, as_grid
from puzzles.puzzle import Pair, Puzzle, save_puzzle
from solver.words.program import Program, ProgramError, Step, program_from_json
from tests.app.fake import FakeSolver

KNOWN = "arc1-train/67a3c6ac"
PROGRAM = Program((Step("w9"), Step("w17"), Step("w9", 0)), "fake-weights")


def packed(document):
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    return START + urlsafe_b64encode(zlib.compress(text)).decode().rstrip("=")


@pytest.fixture
def moment(puzzle):
    return Moment(puzzle, PROGRAM, 2, "test", 0)


def test_both_are_read_back(moment):
    assert moment_from_link(link_to(moment)) == moment
    assert moment_from_json(moment_to_json(moment), "m.json") == moment
    assert program_from_json(moment_to_json(moment), "m.json") == (moment.program, moment.puzzle)


def test_a_puzzle_that_comes_along_is_only_named():
    known = open_puzzle(KNOWN)
    link = link_to(Moment(known, PROGRAM, 1))
    assert len(link) < 400
    assert moment_from_link(link) == Moment(known, PROGRAM, 1)
    assert link_to(moment_from_link(link)) == link  # it still is the puzzle of its collection
    changed = replace(known, train=known.train[1:])
    assert moment_from_link(link_to(Moment(changed, PROGRAM, 1))).puzzle.train == changed.train


def test_an_older_program_file_shows_its_last_step(moment):
    document = json.loads(moment_to_json(moment))
    del document["moment"]
    assert moment_from_json(json.dumps(document), "p.json").step == 3


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (3, "moment is 3"),
        ([], "moment is a list"),
        ({}, "moment.step is null, expected 0 to 3"),
        ({"step": 4}, "moment.step is 4, expected 0 to 3"),
        ({"step": -1}, "moment.step is -1"),
        ({"step": True}, "moment.step is true"),
        ({"step": 1.5}, "moment.step is 1.5"),
        ({"step": 1, "part": "solution"}, "moment.part is 'solution', expected train or test"),
        ({"step": 1, "part": ["train"]}, "moment.part"),
        ({"step": 1, "part": "test", "pair": 1}, "moment.pair is 1, expected 0 to 0"),
        ({"step": 1, "pair": "0"}, "moment.pair is '0'"),
    ],
)
def test_a_spoilt_place_is_refused_in_one_line(moment, place, said):
    text = json.dumps(json.loads(moment_to_json(moment)) | {"moment": place})
    for read in (lambda: moment_from_json(text, "m.json"), lambda: moment_from_link(packed(text.encode()))):
        with pytest.raises(ProgramError) as caught:
            read()
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "link",
    [
        "glossa:",
        "glossa://other/abc",
        "http://moment/abc",
        START,
        START + "§§",
        START + "abcd",
        START + "A" * (LONGEST_LINK + 1),
        packed(b"[]"),
        packed(b"{"),
        packed(b"[" * 200_000),
        packed(b"\xff"),
        packed({"of": KNOWN}),
        packed({"of": KNOWN, "key": "0" * 32}),
        packed({"of": "/etc/passwd", "key": ""}),
        packed({"of": "mine/secret", "key": ""}),
        packed({"of": "arc1-train/../x", "key": ""}),
        packed({"of": ["arc1-train"], "key": ""}),
        packed(b'"' + b"a" * LARGEST_TEXT + b'"'),
        packed({"format": 1, "language": "exact", "steps": [], "puzzle": {"train": [], "test": []}}),
    ],
)
def test_other_links_are_refused_in_one_line(link):
    with pytest.raises((ProgramError, PuzzleError)) as caught:
        moment_from_link(link)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("name", ["a" * 201, "two\nlines"])
def test_a_link_names_its_puzzle_in_one_short_line(moment, name):
    with pytest.raises(ProgramError, match=r"a link: name is .*, expected at most 200 letters") as caught:
        moment_from_link(link_to(replace(moment, puzzle=replace(moment.puzzle, name=name))))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_link_that_was_cut_or_goes_on_is_refused(moment):
    link = link_to(moment)
    more = START + urlsafe_b64encode(zlib.compress(b"{}") + b"more").decode()
    for spoilt in (link[:-9], more):
        with pytest.raises(ProgramError, match="incomplete or changed"):
            moment_from_link(spoilt)


def test_very_long_programs_are_not_run_from_a_link(puzzle):
    long = Program((Step("w9"),) * 201, "fake-weights")
    with pytest.raises(ProgramError, match="steps has 201"):
        moment_from_link(link_to(Moment(puzzle, long, 1)))


def test_what_is_too_large_for_a_link_is_said(puzzle):
    import numpy as np

    noise = [as_grid(np.random.default_rng(i).integers(0, 10, (60, 60)).astype(np.uint8)) for i in range(16)]
    large = Puzzle("large", tuple(Pair(grid, grid) for grid in noise), puzzle.test)
    with pytest.raises(ProgramError, match="save a file instead"):
        link_to(Moment(large, PROGRAM, 0))
    assert moment_from_json(moment_to_json(Moment(large, PROGRAM, 0)), "m.json").puzzle == large


@pytest.fixture
def solved(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w9", "w17"), ("w9",))))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


def test_the_link_copied_opens_puzzle_program_step_and_pair(solved, puzzle, qtbot, make_window):
    solved.bench.timeline.go(1)
    solved.bench.look_at("test", 0)
    action = next(a for a in solved.actions_._needs_puzzle if a.text() == "Copy a &link to this moment")
    action.trigger()
    link = QGuiApplication.clipboard().text()
    assert link.startswith(START)
    solved.bench.open(open_puzzle(KNOWN))
    with qtbot.waitSignal(solved.client.recalled):  # what was found earlier joins it
        assert solved.open_named(link)
    bench = solved.bench
    assert bench.document.puzzle.train == puzzle.train
    assert bench.run.candidate.program.words == ("w9", "w17")
    assert (bench.timeline.position, bench.timeline.length) == (1, 2)
    assert bench.pair == ("test", 0)
    bench.run.choose(bench.run.candidates[1])
    bench.run.choose(bench.run.candidates[0])
    assert bench.timeline.position == 2  # it is shown once


def test_a_second_start_hands_the_link_over_as_it_is(moment, tmp_path):
    link = link_to(moment)
    assert _named([link]) == link
    file = tmp_path / "a b.json"
    assert _named([file.as_uri()]) == str(file)


def test_a_file_opens_at_its_step_and_is_one_of_the_saved_programs(
    solved, puzzle, qtbot, tmp_path, monkeypatch
):
    file = tmp_path / "flipped.moment.json"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: file)
    solved.bench.timeline.go(0)
    assert solved.desk.save_moment()
    solved.bench.open(open_puzzle(KNOWN))
    with qtbot.waitSignal(solved.client.executed):
        assert solved.open_path(file)
    qtbot.waitUntil(lambda: not solved.client.busy)
    assert solved.bench.timeline.position == 0
    assert solved.bench.run.candidate.program.words == ("w9", "w17")
    assert file in solved.programs.where(lambda words: "w17" in words)


def test_a_puzzle_alone_is_a_moment_too(make_window, puzzle):
    window = make_window(FakeSolver())
    assert window.bench.moment is None
    window.bench.open(puzzle)
    assert window.bench.moment == Moment(puzzle, NOTHING, 0)
    assert window.open_named(link_to(window.bench.moment))
    assert window.bench.run.candidate is None


def test_a_bad_link_says_so_and_what_is_open_stays(solved, puzzle, messages):
    before = solved.bench.document.puzzle
    assert not solved.open_named(START + "abc")
    assert len(messages) == 1
    assert "incomplete or changed" in messages[0]
    assert solved.bench.document.puzzle is before


def test_unsaved_work_is_asked_about_first(solved, moment, monkeypatch, tmp_path):
    save_puzzle(moment.puzzle, tmp_path / "own.json")
    solved.open_path(tmp_path / "own.json")
    solved.bench.document.edit("draw", lambda draft: replace(draft, puzzle=open_puzzle(KNOWN)))
    monkeypatch.setattr(dialogs, "ask_about_changes", lambda *_: "cancel")
    assert not solved.open_named(link_to(moment))
    assert solved.bench.document.unsaved
    monkeypatch.setattr(dialogs, "ask_about_changes", lambda *_: "discard")
