"""A thousand random things a person may do: nothing breaks, nothing leaks, undo tells the truth."""

import gc
import random
import tracemalloc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.state.draft import Place, add_pair, delete_pair, duplicate_pair, move_pair
from app.state.drawing import Region
from app.state.run import Status
from tests.app.fake import FakeSolver

ACTIONS = 1000
WARM_UP = 300
"""Actions until caches such as fonts and icons have filled."""
ALLOWED_GROWTH = 1.05
KEPT_UNDO = 30
"""The history is emptied at this length: what is kept for undoing is no leak."""


class Person:
    """Does random things to a window and checks after each that its parts agree."""

    def __init__(self, window, qtbot, seed):
        self.window, self.bench, self.qtbot = window, window.bench, qtbot
        self.random = random.Random(seed)
        self.stack = self.bench.document.undo_stack
        self.drafts = [self.bench.document.draft]
        self.deeds = (
            [self.draw] * 5 + [self.select_and_change] * 3 + [self.undo] * 4 + [self.redo] * 3
            + [self.pairs, self.solve, self.solve_to_the_end, self.cancel, self.pause, self.scrub]
            + [self.edit_program, self.check]
        )  # fmt: skip

    def act(self):
        index = self.stack.index()
        self.random.choice(self.deeds)()
        after = self.bench.document.draft
        if self.stack.index() > index and not self.redone:
            del self.drafts[index + 1 :]
            self.drafts.append(after)
        self.agree()
        if self.stack.count() >= KEPT_UNDO:
            self.stack.clear()
            self.drafts = [self.bench.document.draft]

    @property
    def redone(self):
        return len(self.drafts) > self.stack.index() and self.drafts[self.stack.index()] == (
            self.bench.document.draft
        )

    def agree(self):
        draft, run, timeline = self.bench.document.draft, self.bench.run, self.bench.timeline
        assert self.drafts[self.stack.index()] == draft
        assert len(draft.answers) == len(draft.puzzle.test)
        assert len(self.window.board.rows) == len(draft.puzzle.train) + len(draft.puzzle.test)
        assert 0 <= timeline.position <= timeline.length
        assert timeline.length == (len(run.candidate.program.steps) if run.candidate else 0)
        assert run.solving == (run.status is Status.SOLVING)
        assert self.window.client.busy or not run.solving
        assert run.solving or not run.paused

    def place(self):
        puzzle = self.bench.document.puzzle
        part = self.random.choice(("train", "test"))
        pair = self.random.randrange(len(puzzle.train if part == "train" else puzzle.test))
        return Place(part, pair, "input" if part == "test" else self.random.choice(("input", "output")))

    def draw(self):
        editor = self.bench.editor
        editor.set_enabled(True)
        editor.activate(self.place(), (0, 0))
        editor.choose_colour(self.random.randrange(10))
        editor.select(None)
        if self.random.random() < 0.3:
            editor.resize(self.random.randint(1, 6), self.random.randint(1, 6))
        else:
            cell = self.random.choice([(0, 0), (0, editor.grid.shape[1] - 1)])
            changed = editor.grid.copy()
            changed[cell] = editor.colour
            editor.put("draw", changed)

    def select_and_change(self):
        editor = self.bench.editor
        if editor.grid is not None:
            rows, columns = editor.grid.shape
            corners = [(self.random.randrange(rows), self.random.randrange(columns)) for _ in range(2)]
            editor.select(Region.spanning(*corners))
            editor.copy()
            self.random.choice([editor.rotate, editor.flip, editor.clear, self.paste, editor.cut])()

    def paste(self):
        self.bench.editor.paste()
        self.bench.editor.float_to((self.random.randrange(-2, 6), self.random.randrange(-2, 6)))
        self.random.choice([self.bench.editor.paste, self.bench.editor.drop, self.bench.editor.put_away])()

    def pairs(self):
        part = self.random.choice(("train", "test"))
        count = len(getattr(self.bench.document.puzzle, part))
        at, to = self.random.randrange(count), self.random.randrange(-1, 4)
        changes = [lambda d: delete_pair(d, part, at), lambda d: move_pair(d, part, at, to)]
        if count < 4:
            changes += [lambda d: add_pair(d, part), lambda d: duplicate_pair(d, part, at)]
        self.bench.editor.change_pairs("pairs", self.random.choice(changes))

    def undo(self):
        self.stack.undo()

    def redo(self):
        self.stack.redo()

    def solve(self):
        if not self.bench.run.solving:
            self.window.solve_panel.press()

    def solve_to_the_end(self):
        self.bench.cancel()
        with self.qtbot.waitSignal(self.window.client.finished):
            self.window.solve_panel.press()

    def cancel(self):
        self.bench.cancel()

    def pause(self):
        self.bench.toggle_pause()

    def scrub(self):
        self.bench.timeline.step(self.random.randint(-2, 2))
        QCoreApplication.processEvents()

    def edit_program(self):
        if self.bench.run.candidate is not None and self.bench.can_edit_program:
            self.random.choice([self.bench.delete_step, lambda: self.bench.move_step(1)])()

    def check(self):
        self.bench.editor.check()


def settle():
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.mark.parametrize("seed", [0])
def test_a_thousand_random_deeds(make_window, puzzle, qtbot, seed):
    window = make_window(FakeSolver(found=(("w17", "w9"), ("w17",)), reports=1, pace_s=0.0))
    window.bench.open(puzzle)
    person = Person(window, qtbot, seed)
    tracemalloc.start()
    for count in range(ACTIONS):
        if count == WARM_UP:
            person.bench.open(puzzle)
            person.drafts = [person.bench.document.draft]
            settle()
            before, objects = tracemalloc.get_traced_memory()[0], len(gc.get_objects())
        person.act()
    person.bench.open(puzzle)
    settle()
    after, objects_after = tracemalloc.get_traced_memory()[0], len(gc.get_objects())
    tracemalloc.stop()
    assert objects_after <= objects * ALLOWED_GROWTH
    assert after <= before * ALLOWED_GROWTH + 100_000
