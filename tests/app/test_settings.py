"""What is remembered between sessions: plain texts, read by nothing that could run them."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QDockWidget

from app.settings import Settings, UserPaths

ROOT = Path(__file__).parents[2]
DYING = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app import main
from app.window import Window

Window.restoreState = lambda self, *_: os._exit(11)

def run():
    print("window", flush=True)
    QTimer.singleShot(1500, QApplication.closeAllWindows)
    return original()

original = QApplication.exec
QApplication.exec = staticmethod(run)
main.main([])
"""


class Mischief:
    """Unpickled, it makes a folder."""

    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (self.folder,)


def test_nothing_stored_in_a_settings_file_is_ever_run(user_paths, tmp_path):
    user_paths.config.mkdir(parents=True)
    store = QSettings(str(user_paths.config / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue("view/theme", Mischief(str(tmp_path / "run")))
    store.setValue("view/palette", "mono")
    store.sync()
    assert "PyObjectWrapper" in (user_paths.config / "settings.ini").read_text()
    settings = Settings(user_paths)
    assert settings.text("view/theme", "system") == "system"
    assert settings.text("view/palette", "") == "mono"
    assert not (tmp_path / "run").exists()


def test_earlier_settings_come_along_once(user_paths):
    user_paths.config.mkdir(parents=True)
    store = QSettings(str(user_paths.earlier_settings_file), QSettings.Format.IniFormat)
    folders = json.dumps(["/a, b/ü;c", 'say "x"'])
    texts = {
        "browser/folders": folders,
        "solved/arc1-train": "b\na",
        "names/wört 1": "@ mirror",
        "view/rulers": "yes",
        "loose": "x",
    }
    for key, text in texts.items():
        store.setValue(key, text)
    store.setValue("window/layout", QByteArray(b"\0\1"))
    store.setValue("a/list", ["x", "y"])
    store.sync()
    first = Settings(user_paths)
    assert {key: first.text(key, "") for key in texts} == texts
    assert first.blob("window/layout") is None
    assert first.text("a/list", "none") == "none"
    first.set("view/rulers", False)
    store.setValue("loose", "changed")
    store.sync()
    again = Settings(user_paths)
    assert not again.flag("view/rulers", True)
    assert again.text("loose", "") == "x"


def test_texts_flags_and_bytes_come_back(user_paths):
    first = Settings(user_paths)
    first.set("a", "grün \udc80\n")
    first.set("b", True)
    first.set("c", QByteArray(b"\0\xff"))
    again = Settings(user_paths)
    assert (again.text("a", ""), again.flag("b", False)) == ("grün \udc80\n", True)
    assert again.blob("c") == QByteArray(b"\0\xff")
    assert again.blob("a") is None
    again.forget("c")
    assert Settings(user_paths).blob("c") is None


def test_a_file_that_cannot_be_read_is_put_aside_before_another_is_written(user_paths):
    user_paths.config.mkdir(parents=True)
    for number, text in enumerate(("{", "[1]", "[" * 100_000, "\0"), start=1):
        user_paths.settings_file.write_text(text)
        settings = Settings(user_paths)
        assert settings.text("view/theme", "system") == "system"
        settings.set("view/theme", "dark")
        assert Settings(user_paths).text("view/theme", "") == "dark"
        assert (user_paths.config / f"settings.aside-{number}.json").read_text() == text


def test_a_place_that_cannot_be_written_is_survived(user_paths):
    user_paths.config.write_text("no folder")
    settings = Settings(user_paths)
    settings.set("view/theme", "dark")
    assert settings.text("view/theme", "") == "dark"


def test_after_a_start_that_did_not_finish_the_layout_is_left_out(make_window, user_paths, qtbot):
    first = make_window()
    next(d for d in first.findChildren(QDockWidget) if d.windowTitle() == "Browser").hide()
    first.close()
    user_paths.restoring_file.touch()
    second = make_window()
    assert not next(d for d in second.findChildren(QDockWidget) if d.windowTitle() == "Browser").isHidden()
    assert second.settings.blob("window/layout") is None
    qtbot.waitUntil(lambda: not user_paths.restoring_file.exists(), timeout=5000)


def test_a_layout_that_kills_the_window_kills_one_start(tmp_path):
    tmp_path.chmod(0o700)
    places = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    file = tmp_path / "glossa" / "settings.json"
    file.parent.mkdir()
    file.write_text('{"tour/seen": "yes", "window/layout": "AAAA"}')
    ended = [
        subprocess.run(
            [sys.executable, "-c", DYING],
            cwd=ROOT,
            env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        for _ in range(2)
    ]
    assert ended[0].returncode == 11
    assert (ended[1].returncode, ended[1].stdout) == (0, "window\n"), ended[1].stderr
    assert "window/layout" in json.loads(file.read_text())


READ_ONLY = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app import main, window
from app.state.draft import Place, new_puzzle, with_grid
from puzzles.grid import as_grid

def use():
    QTimer.singleShot(60_000, lambda: os._exit(3))
    shown = QApplication.activeModalWidget()
    print(shown.text(), flush=True)
    shown.reject()
    (window_,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, window.Window)]
    window_.bench.open(new_puzzle())
    window_.bench.view.choose_theme("dark")
    answer = Place("test", 0, "answer")
    window_.bench.document.edit("draw", lambda draft: with_grid(draft, answer, as_grid([[1]])))
    window_.recovery.write()
    window_.close()

def run():
    QTimer.singleShot(1000, use)
    return original()

original = QApplication.exec
QApplication.exec = staticmethod(run)
sys.exit(main.main([]))
"""


def test_starts_at_once_do_not_take_each_others_trial_for_a_place_that_is_closed(tmp_path):
    paths = UserPaths(tmp_path / "config", tmp_path / "data")
    with ThreadPoolExecutor(8) as starts:
        told = list(starts.map(lambda _: paths.why_nothing_is_kept(), range(400)))
    assert set(told) == {""}
    assert not list(paths.config.iterdir())


@pytest.mark.parametrize("broken", ["config", "data"])
def test_without_a_place_to_write_the_window_opens_and_says_so(tmp_path, broken):
    """A file where a folder should be, as nothing is closed to an administrator."""
    tmp_path.chmod(0o700)
    (tmp_path / "file").touch()
    places = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    for kind in ("config", "data"):
        folder = tmp_path / ("file" if broken == kind else kind) / "folder"
        places[f"XDG_{kind.upper()}_HOME"] = str(folder)
    ended = subprocess.run(
        [sys.executable, "-c", READ_ONLY],
        cwd=ROOT,
        env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "not kept" in ended.stdout
    assert str(tmp_path / "file") in ended.stdout
    assert "Traceback" not in ended.stderr
