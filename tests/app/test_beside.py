import threading
from threading import Event

import pytest
from PySide6.QtCore import QEventLoop

from app.beside import Beside


@pytest.fixture
def heard():
    return []


@pytest.fixture
def beside(qapp, heard):
    thread = Beside("tested", lambda *message: heard.append((*message, threading.current_thread())))
    yield thread
    if thread.running:
        thread.end()


def test_calls_are_made_in_order_in_one_other_thread(beside, heard, qtbot):
    for number in range(50):
        beside.ask(lambda n: beside.tell(n, threading.current_thread()), number)
    qtbot.waitUntil(lambda: len(heard) == 50)
    numbers, made_in, heard_in = zip(*heard, strict=True)
    assert numbers == tuple(range(50))
    assert {thread.name for thread in made_in} == {"tested"}
    assert set(heard_in) == {threading.current_thread()}


def test_what_waits_is_heard_while_a_dialog_is_open(qapp, qtbot):
    """The first message opens an event loop of its own, which the second ends."""
    loop, order = QEventLoop(), []

    def hear(number):
        order.append(number)
        if number == 1:
            loop.exec()
            order.append("closed")
        else:
            loop.quit()

    thread = Beside("tested", hear)
    thread.ask(lambda: (thread.tell(1), thread.tell(2)))
    qtbot.waitUntil(lambda: order == [1, 2, "closed"])
    thread.end()


def test_an_error_is_raised_in_the_window_and_the_thread_lives_on(beside, heard, qtbot):
    def fail():
        raise ValueError("nobody expected it")

    with qtbot.captureExceptions() as raised:
        beside.ask(fail)
        beside.ask(beside.tell, "after it")
        qtbot.waitUntil(lambda: len(heard) == 1)
    assert [str(error) for _, error, _ in raised] == ["nobody expected it"]


def test_the_end_waits_for_the_call_that_runs_and_forgets_those_behind(beside, heard, qtbot):
    begun, go_on, made = Event(), Event(), []

    def run():
        begun.set()
        go_on.wait(5)
        made.append("first")
        beside.tell("too late")

    beside.ask(run)
    beside.ask(made.append, "second")
    assert begun.wait(5)
    threading.Timer(0.05, go_on.set).start()
    beside.end()
    assert not beside.running
    assert made == ["first"]
    qtbot.wait(20)
    assert heard == []
