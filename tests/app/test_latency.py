"""The window while the real solver searches in deep mode."""

import pytest

from benchmarks.latency import figures, measure
from puzzles.collections import open_puzzle
from solver.nli.learned import SHIPPED


@pytest.mark.slow
@pytest.mark.skipif(not SHIPPED.is_file(), reason="the weights have not been trained yet")
def test_the_window_answers_within_50_ms_while_solving(qapp, tmp_path):
    found = measure(open_puzzle("arc1-train/264363fd"), 30.0, tmp_path)
    _median, high, _most = figures(found.searching)
    assert high <= 50.0, found.report()


def test_figures_of_nothing_are_zero():
    assert figures([]) == (0.0, 0.0, 0.0)
    assert figures([1.0, 3.0]) == (2.0, pytest.approx(2.98), 3.0)
