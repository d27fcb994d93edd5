"""Pictures of every panel, for looking at: python -m tools.screens FOLDER [--scale 2] [--theme dark].

The window is 1280 × 720, the smallest it is designed for, and the real solver fills it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QWidget

from app.actions import make_window
from app.services import solver_services
from app.settings import UserPaths
from app.state.draft import Place
from app.translate import use_language
from app.widgets.export_dialog import ExportDialog
from app.widgets.tour import Tour
from app.widgets.wanted_dialog import WantedDialog
from app.window import Window
from puzzles.collections import collection, open_puzzle
from puzzles.grid import COLOURS
from solver.words.results import SolveOptions

SIZE = (1280, 720)
SETTLE_MS = 250
Part = TypeVar("Part", bound=QWidget)


def wait(signal: SignalInstance | None = None, ms: int = SETTLE_MS) -> None:
    """Let the window live until `signal` comes, or for some milliseconds."""
    loop = QEventLoop()
    if signal is None:
        QTimer.singleShot(ms, loop.quit)
    else:
        signal.connect(lambda *_: loop.quit())
    loop.exec()


def own_attempts() -> dict[str, list[dict[str, list[list[int]]]]]:
    """Attempts at our own puzzles: the answers, in every third one with another first cell."""
    attempts = {}
    for number, (name, puzzle) in enumerate(collection("originals").puzzles()):
        answers = [pair.output.tolist() for pair in puzzle.test if pair.output is not None]
        for answer in answers if number % 3 == 0 else ():
            answer[0][0] = (answer[0][0] + 1) % COLOURS
        attempts[name] = [{"attempt_1": answer, "attempt_2": answer} for answer in answers]
    return attempts


class Album:
    """Puts the window into one state after another and saves what it looks like."""

    def __init__(self, window: Window, folder: Path) -> None:
        self.window, self.bench, self.folder = window, window.bench, folder

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture of the window, or of a dialog."""
        wait()
        (widget or self.window).grab().save(str(self.folder / f"{name}.png"))

    def child(self, kind: type[Part]) -> Part:
        """Return the one part of the window that is of this kind."""
        found = self.window.findChild(kind)
        assert found is not None, f"the window has no {kind.__name__}"
        return found

    def raise_dock(self, name: str) -> None:
        """Show a dock that lies behind another."""
        next(d for d in self.window.findChildren(QDockWidget) if d.objectName() == name).raise_()

    def solve(self, puzzle: str, engine: str) -> None:
        """Open a puzzle and wait for its programs."""
        self.bench.open(open_puzzle(puzzle))
        self.search(engine)

    def search(self, engine: str) -> None:
        """Wait for programs of the puzzle that is open."""
        self.bench.solve(SolveOptions(budget_s=10.0, engine=engine))
        wait(self.window.client.finished)

    def dialog(self, name: str, show: Callable[[], object]) -> None:
        """Save a picture of the dialog that `show` opens."""
        show()
        dialog = next(d for d in self.window.findChildren(QDialog) if d.isVisible())
        self.take(name, dialog)
        dialog.close()
        wait()

    def modal(self, name: str, show: Callable[[], object]) -> None:
        """Save a picture of the dialog that `show` waits for."""

        def take() -> None:
            dialog = QApplication.activeModalWidget()
            assert dialog is not None, f"no dialog opened for {name}"
            self.take(name, dialog)
            dialog.close()

        QTimer.singleShot(SETTLE_MS, take)
        show()

    def take_all(self) -> None:
        """Take every picture."""
        self.take_first_steps()
        self.take_solving()
        self.take_dialogs()
        self.take_score()
        self.take_words()
        self.take_drawing()
        self.take_exact_words()
        self.take_steering()
        self.take_watching()

    def take_first_steps(self) -> None:
        """Take the empty window and the tour."""
        self.take("01-welcome")
        self.window.take_tour()
        self.take("02-tour")
        self.child(Tour).end()

    def take_solving(self) -> None:
        """Take a large puzzle, a search while it runs, and one that has ended."""
        self.bench.open(open_puzzle("arc1-train/06df4c85"))
        self.take("03-large-puzzle")
        self.bench.solve(SolveOptions(budget_s=60.0))
        wait(ms=4000)
        self.take("04-solving")
        self.bench.cancel()
        self.solve("arc1-train/67a3c6ac", "nli")
        self.take("05-solved")
        self.window.browser.open_id("arc1-train", "a79310a0")
        self.search("nli")
        self.take("05-two-words")
        self.window.browser.show_collection("originals")
        self.solve("arc1-train/67a3c6ac", "nli")
        self.raise_dock("Words")
        self.take("06-words")
        self.window.actions_.show_help()
        self.take("16-help")
        self.raise_dock("Solve")

    def take_score(self) -> None:
        """Take what a submission is worth."""
        with tempfile.TemporaryDirectory() as folder:
            submission = Path(folder, "submission.json")
            submission.write_text(json.dumps(own_attempts()))
            self.dialog("20-score", lambda: self.window.open_path(submission))

    def take_dialogs(self) -> None:
        """Take every dialog."""
        self.dialog("07-export", self.window.desk.show_exports)
        self.window.desk.show_exports()
        dialog = self.child(ExportDialog)
        dialog.choose("program")
        self.take("08-export-text", dialog)
        dialog.close()
        self.dialog("09-collection", self.window.solve_collection)
        self.dialog("13-settings", self.window.show_settings)
        self.dialog("15-memory", self.window.show_memory)
        self.dialog("18-palette", self.window.actions_.everything.open)
        self.dialog("19-contact-sheet", self.window.show_sheet)
        self.modal("17-log", self.window.solve_panel.log.click)

    def take_words(self) -> None:
        """Take the card of a rule, the browser's filters, and the field for a word between two steps."""
        self.raise_dock("Words")
        self.window.dictionary.choose("paint 4 where colour = 3")
        self.window.browser.filter_button.click()
        wait(ms=4 * SETTLE_MS)  # examples are made one after the other
        self.take("14-card-and-filters")
        self.window.browser.filter_button.click()
        field = self.window.program_strip.ask_word(1)
        field.field.setText("paint 3 where row")
        self.take("21-word-field", field)
        field.close()
        self.raise_dock("Solve")

    def take_drawing(self) -> None:
        """Take an answer that is being drawn and was checked."""
        self.bench.editor.set_enabled(True)
        self.bench.editor.begin(Place("test", 0, "answer"))
        self.bench.editor.check()
        self.take("10-editing")
        self.bench.editor.set_enabled(False)
        self.bench.editor.change_pairs("undo", lambda draft: draft)

    def take_exact_words(self) -> None:
        """Take a program of exact words, and a step of it that uses several grids."""
        self.solve("arc1-train/39a8645d", "explore")
        self.bench.timeline.go(1)
        self.window.solve_panel.more.setChecked(True)
        self.take("11-exact-words")
        self.bench.timeline.go(3)
        self.take("12-several-grids")

    def take_steering(self) -> None:
        """Take attempts chosen by hand, steps that get a name, and grids that are drawn for a step."""
        window = self.window
        window.solve_panel.more.setChecked(False)
        self.solve("arc1-train/39a8645d", "explore")
        cards = window.solve_panel.answers.cards
        cards.setCurrentRow(cards.count() - 1)
        self.bench.steering.choose_attempt(1)
        self.take("22-attempts")
        cards.setCurrentRow(0)
        self.modal("23-name-steps", window.name_steps)
        self.solve("arc1-train/67a3c6ac", "nli")
        self.bench.timeline.go(0)
        window.draw_wanted()
        dialog = self.child(WantedDialog)
        dialog.editor.flip()
        self.take("24-wanted", dialog)
        dialog.close()

    def take_watching(self) -> None:
        """Take a search that is watched, while it runs and afterwards, and the film of a refinement."""
        bench, window = self.bench, self.window
        bench.open(open_puzzle("arc1-train/264363fd"))
        window.watch_search()
        bench.solve(SolveOptions(budget_s=60.0))
        wait(ms=6000)
        self.take("25-watching")
        bench.cancel()
        tree = window.search_view.tree
        tree.setCurrentIndex(tree.model().index(0, 0))
        self.take("26-watched")
        bench.open(open_puzzle("arc1-train/0d3d703e"))
        bench.solve(SolveOptions(budget_s=25.0, engine="nli", stages=("refinement",)))
        wait(window.client.finished)
        window.show_film()
        window.film_view.keep_moment()
        self.take("27-film")


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", default="1")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--language", default="en")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = arguments.scale
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    use_language(arguments.language)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        paths = UserPaths(Path(folder, "config"), Path(folder, "data"))
        window = make_window(solver_services(paths.memory), paths)
        window.bench.view.choose_theme(arguments.theme)
        window.resize(*SIZE)
        window.show()
        wait(window.client.vocabulary_ready)
        Album(window, arguments.folder).take_all()
        window.bench.document.undo_stack.clear()
        window.bench.document.open(open_puzzle("arc1-train/67a3c6ac"))
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
