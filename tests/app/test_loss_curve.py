"""The loss curve: its axes, its readout, and its logarithmic scale."""

import math

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from app.theme import DARK, LIGHT
from app.widgets.axes import Scale, round_numbers, short
from app.widgets.loss_curve import LossCurve, picked


@pytest.fixture
def curve(qtbot):
    curve = LossCurve(LIGHT)
    qtbot.addWidget(curve)
    curve.resize(260, curve.sizeHint().height())
    curve.show()
    return curve


def test_ticks_are_round_and_within_the_axis():
    assert round_numbers(0, 2.3, 4) == [0, 1, 2]
    assert round_numbers(1, 400, 5) == [100, 200, 300, 400]
    assert Scale.around([2.0, 0.5, 0.01], logarithmic=True).ticks(4) == pytest.approx([0.01, 0.1, 1.0])
    assert Scale.around([0.9, 0.3], logarithmic=True).ticks(4) == pytest.approx([0.5])
    for scale in (Scale.around([3.0, 0.0], True), Scale.around([0.0], False), Scale.around([7.0] * 2, True)):
        assert all(scale.low <= value <= scale.high for value in scale.ticks(4))


def test_a_logarithmic_scale_spreads_small_losses():
    losses = [1.0, 0.1, 0.01]
    linear, logarithmic = Scale.around(losses, False), Scale.around(losses, True)
    assert [logarithmic.share(loss) for loss in losses] == pytest.approx([1.0, 0.5, 0.0])
    assert [linear.share(loss) for loss in losses] == pytest.approx([1.0, 0.1, 0.01])
    assert logarithmic.share(0.0) == 0.0


def test_numbers_of_ticks_are_short():
    assert [short(value) for value in (0, 0.25, 1200, 0.00002)] == ["0", "0.25", "1.2e+03", "2e-5"]


def test_the_pointer_reads_out_step_and_loss(curve):
    curve.set_losses([math.inf, 2.0, 1.0, 0.5])
    assert curve.readout == "loss 0.500"
    QTest.mouseMove(curve, QPoint(curve.width() - 8, 60))
    assert curve.readout == "step 4: loss 0.5000"
    QTest.mouseMove(curve, QPoint(46, 60))
    assert curve.readout == "step 2: loss 2.0000"
    curve.leaveEvent(None)
    assert curve.readout == "loss 0.500"


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


def test_the_last_loss_is_always_drawn():
    assert picked(3000, 200)[-1] == 2999
    assert len(picked(3000, 200)) <= 202
