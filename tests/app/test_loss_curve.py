"""The loss curve: its axes, its readout, and its logarithmic scale."""

import math

import pytest
from pyqtgraph import PlotWidget
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.theme import DARK, LIGHT
from app.widgets.loss_curve import LossCurve, decades
from app.widgets.solve_panel import LOW
from app.widgets.still_plot import MOST_POINTS
from tests.app.fake import FakeSolver


@pytest.fixture
def curve(qtbot):
    curve = LossCurve(LIGHT)
    qtbot.addWidget(curve)
    curve.resize(260, curve.sizeHint().height())
    curve.show()
    return curve


def test_a_logarithmic_scale_has_round_numbers():
    assert [text for _, text in decades(-1.0, 0.0)] == ["0.1", "0.2", "0.5", "1", "2", "5"]
    assert [text for _, text in decades(-2.5, 0.2)] == ["0.001", "0.01", "0.1", "1", "10"]


def heights(curve):
    """How far up its plot the curve stands at its first, second and last loss, 0 to 1."""
    view = curve.findChild(PlotWidget)
    (drawn, _dot) = view.getPlotItem().listDataItems()
    low, high = view.viewRange()[1]
    return [(y - low) / (high - low) for y in drawn.curve.getData()[1]]


def test_a_logarithmic_scale_spreads_small_losses(curve):
    curve.set_losses([1.0, 0.1, 0.01])
    linear = heights(curve)
    curve.log.click()
    logarithmic = heights(curve)
    assert linear[1] - linear[2] < 0.1 < 0.4 < logarithmic[1] - logarithmic[2]
    assert all(0 <= height <= 1 for height in (*linear, *logarithmic))


def test_the_pointer_reads_out_step_and_loss(curve, qtbot):
    curve.set_losses([math.inf, 2.0, 1.0, 0.5])
    assert curve.readout == "loss 0.500"
    plot = curve.findChild(PlotWidget).viewport()
    qtbot.waitUntil(lambda: plot.width() > 150)
    QTest.mouseMove(plot, QPoint(plot.width() * 2 // 3, 30))
    assert curve.readout == "step 4: loss 0.5000"
    QTest.mouseMove(plot, QPoint(46, 30))
    assert curve.readout == "step 2: loss 2.0000"
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert curve.readout == "loss 0.500"


def test_a_long_curve_is_drawn_by_few_points_from_its_first_to_its_last(curve):
    losses = [3.0 / i for i in range(1, 3000)]
    curve.set_losses(losses)
    (drawn, _dot) = curve.findChild(PlotWidget).getPlotItem().listDataItems()
    steps, shown = drawn.curve.getData()
    assert len(steps) <= MOST_POINTS
    assert (steps[0], steps[-1]) == (1, len(losses))
    assert list(shown) == [losses[int(step) - 1] for step in steps]
    assert curve.losses == tuple(losses)


def test_the_scale_is_remembered(make_window):
    window = make_window()
    window.solve_panel.curve.set_losses([2.0, 1.0])
    window.solve_panel.curve.log.click()
    assert window.settings.flag("solve/log_scale", False)
    assert make_window().solve_panel.curve.log.isChecked()


def test_it_paints_whatever_comes(curve):
    for losses in ([], [0.0], [1.0], [5.0, 5.0], [math.nan], [3.0 / i for i in range(1, 3000)]):
        curve.set_losses(losses)
        for logarithmic in (False, True):
            curve.log.setChecked(logarithmic)
            curve.set_theme(DARK)
            assert not curve.grab().isNull()


def test_in_a_low_window_the_curve_of_an_ended_search_gives_way_to_the_programs(make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w17",), ("w9",))))
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    panel = window.solve_panel
    for height, shown in ((LOW + 300, True), (LOW - 60, False), (LOW + 300, True)):
        window.resize(1280, height)
        qtbot.waitUntil(lambda shown=shown: panel.curve.isVisible() is shown)
    window.resize(1280, LOW - 60)
    window.bench.run.start(puzzle)
    assert panel.curve.isVisible()
