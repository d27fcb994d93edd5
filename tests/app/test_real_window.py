"""The main journey in a real window: under Xvfb, with the keyboard and mouse of xdotool."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from puzzles.collections import open_puzzle
from puzzles.puzzle import load_puzzle, save_puzzle
from solver.words.program import program_from_json

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
    ),
]
PATIENCE_S = 120
ROOT = Path(__file__).parents[2]


class Desktop:
    """A screen of its own with Glossa on it."""

    def __init__(self, folder, file):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as stream:
            self.environment = os.environ | {
                "DISPLAY": f":{stream.readline().strip()}",
                "QT_QPA_PLATFORM": "xcb",
                "XDG_CONFIG_HOME": str(folder / "config"),
                "XDG_DATA_HOME": str(folder / "data"),
                "LANG": "C.UTF-8",
            }
        self.app = subprocess.Popen(
            [sys.executable, "-m", "app", str(file)], env=self.environment, cwd=ROOT, stderr=subprocess.PIPE
        )

    def do(self, *command):
        result = subprocess.run(
            ["xdotool", *map(str, command)], env=self.environment, capture_output=True, text=True, check=False
        )
        return result.stdout.split()

    def window(self, name):
        """Wait for a window whose title matches, and give it the keyboard, as no window manager does."""
        found = self.wait(lambda: self.do("search", "--onlyvisible", "--name", name), f"window {name}")
        self.do("windowfocus", "--sync", found[-1])
        time.sleep(0.3)
        return found[-1]

    def key(self, *keys):
        self.do("key", "--delay", "80", *keys)
        time.sleep(0.2)

    def wait(self, happened, what):
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            assert self.app.poll() is None, self.app.stderr.read().decode()
            found = happened()
            if found:
                return found
            time.sleep(0.2)
        pytest.fail(f"waited in vain for {what}")

    def close(self):
        for process in (self.app, self.server):
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture
def desktop(tmp_path):
    settings = tmp_path / "config" / "glossa" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"tour/seen": "yes", "solve/effort": "QUICK"}')
    save_puzzle(open_puzzle("arc1-train/67a3c6ac"), tmp_path / "mirror.json")
    opened = Desktop(tmp_path, tmp_path / "mirror.json")
    yield opened
    opened.close()


def test_solve_export_draw_save_and_leave(desktop, tmp_path):
    desktop.window("^mirror")
    program = tmp_path / "mirror.program.json"

    def exported():
        """Ask for the export until the search has found a program that can be written."""
        desktop.window("^mirror")
        desktop.key("ctrl+e")
        return desktop.do("search", "--onlyvisible", "--name", "^Export$")

    desktop.key("ctrl+Return")
    desktop.wait(exported, "the export dialog")
    desktop.window("^Export$")
    desktop.key("Down", "Down", "Down", "Down", "Down", "Return")
    desktop.window("Export: Program")
    desktop.key("ctrl+a")
    desktop.do("type", "--delay", "20", str(program))
    desktop.key("Return")
    desktop.wait(program.is_file, "the program file")
    written, puzzle = program_from_json(program.read_text(), program.name)
    assert written.words
    assert puzzle.name == "mirror"

    before = load_puzzle(tmp_path / "mirror.json")
    desktop.window("^mirror")
    desktop.key("e")
    desktop.key("Tab", "ctrl+shift+z")
    desktop.do("mousemove", *_first_grid(desktop), "click", 1)
    desktop.key("3", "space", "ctrl+s")
    desktop.wait(lambda: load_puzzle(tmp_path / "mirror.json") != before, "the drawing to be saved")
    desktop.key("ctrl+q")
    assert desktop.app.wait(timeout=PATIENCE_S) == 0


def _first_grid(desktop):
    """Return where the first demonstration's input lies, by its colours on the screen."""
    picture = subprocess.run(
        ["import", "-window", "root", "-depth", "8", "rgb:-"],
        env=desktop.environment,
        capture_output=True,
        check=True,
    ).stdout
    for y in range(100, 500, 3):
        for x in range(270, 900, 3):
            if picture[3 * (y * 1280 + x) :][:3] == bytes((0xF0, 0x12, 0xBE)):
                return x + 4, y + 4
    return pytest.fail("no magenta cell on the screen")
