"""A window with a scripted solver, whose files all go to a temporary folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import actions, dialogs
from app.collector import Collector
from app.placement import DEFAULT_SIZE
from app.services import Services
from app.settings import UserPaths
from app.translate import use_language
from app.window import Window
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from tests.app.fake import FakeSolver

FLIPPED = Puzzle(
    "flipped",
    (
        Pair(as_grid([[1, 0, 0], [2, 0, 3]]), as_grid([[0, 0, 1], [3, 0, 2]])),
        Pair(as_grid([[4, 5], [6, 7]]), as_grid([[5, 4], [7, 6]])),
    ),
    (Pair(as_grid([[0, 8], [9, 0]]), as_grid([[8, 0], [0, 9]])),),
)


@pytest.fixture(autouse=True)
def user_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserPaths:
    monkeypatch.setattr("appdirs.user_config_dir", lambda *_, **__: str(tmp_path / "config"))
    monkeypatch.setattr("appdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    return UserPaths.default()


@pytest.fixture(autouse=True, scope="package")
def collector(qapp: QApplication) -> Iterator[Collector]:
    """As in the app: what the tests leave behind is destroyed in this thread, never in a solver's."""
    collector = Collector()
    yield collector
    collector.stop()


@pytest.fixture(autouse=True)
def collected(collector: Collector) -> Iterator[None]:
    """Collect between tests, while no other thread is at work."""
    yield
    collector.collect_due()


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes would have said."""
    said: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, _title, text: said.append(text))
    monkeypatch.setattr(dialogs, "show_lines", lambda _parent, _title, text: said.append(text))
    monkeypatch.setattr(dialogs, "show_text", lambda _parent, _title, text: said.append(text))
    return said


@pytest.fixture
def make_window(qtbot: QtBot, user_paths: UserPaths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable]:
    windows: list[Window] = []
    monkeypatch.setattr(dialogs, "ask_about_changes", lambda *_: "discard")

    def make(solver: FakeSolver | Services | None = None) -> Window:
        services = solver if isinstance(solver, Services) else (solver or FakeSolver()).services
        window = actions.make_window(services, user_paths)
        windows.append(window)
        if len(windows) == 1:  # the offscreen screen is smaller; later windows restore what the first left
            window.resize(*DEFAULT_SIZE)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(make_window: Callable) -> Window:
    return make_window()


@pytest.fixture
def puzzle() -> Puzzle:
    return FLIPPED


@pytest.fixture
def solved(make_window, puzzle, qtbot, solver):
    """A window that knows its words and has searched, by the `solver` of the module that asks for it."""
    window = make_window(solver)
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.bench.vocabulary_changed):
        window.client.load_vocabulary()
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    return window


@pytest.fixture
def drawing(window):
    window.new_puzzle()
    window.bench.editor.choose_colour(2)
    return window


@pytest.fixture
def german(qapp):
    """The texts in German, until the test ends."""
    assert use_language("de") == "de"
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
