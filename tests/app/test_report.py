"""The report on a collection: its numbers, its files, and two runs side by side."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest

from app import dialogs
from app.state.batch import Result, results_to_json, rows_from_json
from app.state.report import Comparison, Report, as_csv, as_page
from app.theme import LIGHT
from app.widgets.report_dialog import ReportDialog
from puzzles.collections import Collection
from tests.app.conftest import FLIPPED


def result(verified=True, correct=True, seconds=1.0, words=("w17",), origin="explore", error=""):
    return Result(verified, correct, seconds, words, (), error, origin=origin)


RESULTS = {
    "a": result(seconds=4.0),
    "b": result(seconds=1.0, words=("w17", "w4"), origin="search"),
    "<c>": result(correct=False, seconds=2.0),
    "d": result(verified=False, correct=False, seconds=15.0, words=()),
    "e": result(error="died"),
}


@pytest.fixture
def collection():
    return Collection("made", "Made <b>", [*RESULTS, "f"], lambda _: FLIPPED)


@pytest.fixture
def report(collection):
    return Report.of(collection, RESULTS)


def test_numbers_curves_and_words(report):
    assert dict(report.numbers()) == {
        "puzzles": "6",
        "done": "4",
        "solved": "2 (50%)",
        "explained, but wrong on a test": "1",
        "seconds, median of the solved": "2.5",
    }
    assert report.curve() == ([1.0, 4.0], [1, 2])
    assert report.points(good=False) == ([6, 6], [2.0, 15.0])
    assert report.words() == [("w17", 2), ("w4", 1)]
    assert [count for _, count in report.origins()] == [1, 1]


def test_where_answers_are_unknown_what_is_explained_counts(collection):
    report = Report.of(collection, {"a": result(correct=None), "b": result(verified=False, correct=None)})
    assert [line.puzzle_id for line in report.solved] == ["a"]
    assert not report.deceived


def test_the_table_reads_back(report):
    rows = list(csv.DictReader(io.StringIO(as_csv(report))))
    assert [row["puzzle"] for row in rows] == ["a", "b", "<c>", "d"]
    assert rows[1] == {
        "puzzle": "b",
        "verified": "1",
        "correct": "1",
        "seconds": "1.00",
        "cells": "6",
        "origin": "search",
        "program": "w17 → w4",
    }


def test_the_page_is_sound_and_names_stay_text(report):
    text = as_page(report, [("Solved within", "AAAA")])
    assert "<b>" not in text
    assert "&lt;c&gt;" in text
    assert 'src="data:image/png;base64,AAAA"' in text
    parser = HTMLParser()
    parser.feed(text)
    parser.close()


def test_two_runs():
    other = {"a": result(verified=False, correct=False), "b": result(), "<c>": result(), "z": result()}
    found = Comparison.of(RESULTS, other)
    assert (found.both, found.only_first, found.only_second, found.neither) == (("b",), ("a",), ("<c>",), 0)


def test_results_written_and_read_are_the_same():
    again = rows_from_json(results_to_json("made", RESULTS), "results.json")[0]
    assert again == {key: one for key, one in RESULTS.items() if not one.error}


@pytest.fixture
def dialog(window, report, qtbot):
    dialog = ReportDialog(report, RESULTS, LIGHT, window)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize("kind", ["save_results", "save_table", "save_page"])
def test_files_are_written_where_asked(dialog, kind, tmp_path, monkeypatch):
    path = tmp_path / "out"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    getattr(dialog, kind).click()
    text = path.read_text()
    if kind == "save_results":
        assert set(json.loads(text)["results"]) == {"a", "b", "<c>", "d"}
    elif kind == "save_table":
        assert text.startswith("puzzle,verified")
    else:
        assert text.count("data:image/png;base64,iVBOR") == 2


def test_a_file_that_cannot_be_written_is_said(dialog, tmp_path, monkeypatch, messages):
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: tmp_path / "no" / "where")
    dialog.save_table.click()
    assert "where" in messages[0]


def test_another_run_is_compared(dialog, tmp_path, monkeypatch, messages):
    path = tmp_path / "other.json"
    path.write_text(results_to_json("made", {"a": result(verified=False, correct=False), "b": result()}))
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: path)
    dialog.compare.click()
    assert "Only this run (1): a" in dialog.comparison.text()
    path.write_text("[]")
    dialog.compare.click()
    assert "other.json" in messages[0]


def test_the_collection_offers_it_once_there_are_results(window):
    window.solve_collection()
    dialog = window.collection_dialog
    assert not dialog.report.isEnabled()
    batch = dialog._batch
    batch.results = {batch.collection.ids[0]: result()}
    batch.changed.emit()
    assert dialog.report.isEnabled()
    dialog.report.click()
    shown = dialog.findChild(ReportDialog)
    assert shown is not None
    assert shown.isVisible()
