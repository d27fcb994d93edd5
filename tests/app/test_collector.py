"""Garbage with widgets in it is destroyed in the window's thread, whoever else makes garbage meanwhile."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from app.collector import Collector


class Knot(QObject):
    """Qt's object in a cycle, as a window's signals tie many."""

    def __init__(self):
        super().__init__()
        self.itself = self


class Witness:
    """Says in which thread it died."""

    def __init__(self, died):
        self.itself = self
        weakref.finalize(self, lambda: died.append(threading.current_thread()))


def litter(count=20_000):
    """Allocate until the automatic collection would have run many times."""
    kept = []
    for _ in range(count):
        kept.append([kept])


def test_no_other_thread_collects_what_the_window_leaves_behind(collector):
    died = []
    Witness(died)
    other = threading.Thread(target=litter)
    other.start()
    other.join()
    assert died == []
    while not died:
        assert collector.collect_due() is not None
        litter(2000)
    assert died == [threading.main_thread()]


def test_the_generation_that_is_due_is_collected(collector):
    gc.collect()
    assert collector.collect_due() is None
    litter(2000)
    assert collector.collect_due() == 0
    for _ in range(gc.get_threshold()[1] + 1):
        gc.collect(0)
    assert collector.collect_due() == 1


def test_it_collects_by_itself(collector, qtbot):
    gone = weakref.ref(Knot())
    assert gone() is not None
    litter(2000)
    qtbot.waitUntil(lambda: gone() is None, timeout=5000)


def test_what_lives_is_set_aside_until_it_stops():
    collector = Collector()
    try:
        collector.settle()
        assert gc.get_freeze_count() > 0
        assert not gc.isenabled()
    finally:
        collector.stop()
        assert gc.get_freeze_count() == 0
        assert gc.isenabled()
        gc.disable()  # as the other tests of the window have it


def test_it_can_wait_until_the_solver_has_loaded(qtbot):
    collector = Collector(at_once=False)
    try:
        assert not collector._timer.isActive()
        collector.settle()
        assert collector._timer.isActive()
    finally:
        collector.stop()
        gc.disable()  # as the other tests of the window have it
