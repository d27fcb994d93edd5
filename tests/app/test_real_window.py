"""The main journey in a real window: under Xvfb, with the keyboard and mouse of xdotool.

Nothing but what a person can do is done, and nothing but what a person can see is looked at: windows and
their titles, pixels, and the files that are left. Pictures lie in the test's temporary folder.
"""

import json

import pytest
from PIL import Image

from app.export.formats import FORMATS
from puzzles.collections import collection, open_puzzle
from puzzles.grid import as_grid
from puzzles.puzzle import load_puzzle, save_puzzle
from solver.words.program import program_from_json
from tests.app.desktop import Desktop, Screen, needs_screen, settle

pytestmark = [pytest.mark.slow, needs_screen]
BROWSED = "39a8645d"
"""Has exact programs of two steps that answer its test differently, found within seconds."""
INSERTED = "flip left-right"


@pytest.fixture
def screen(tmp_path):
    opened = Screen(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def start(screen):
    """Start Glossa on the screen; it ends with the test."""
    started = []

    def begin(*arguments):
        started.append(Desktop(screen, *arguments))
        return started[-1]

    yield begin
    for desktop in started:
        desktop.close()


def test_browse_solve_understand_change_and_export(start, tmp_path):
    settle(tmp_path, **{"browser/collection": "arc1-train"})
    journey = Journey(start(), tmp_path)
    journey.browse()
    journey.solve()
    journey.understand()
    journey.change()
    journey.export()
    assert journey.desktop.leave() == 0
    again = start()
    window = again.window(f"^{BROWSED} – Glossa$")  # a restart opens what was open
    again.keep_picture(window, tmp_path / "pictures" / "9-again.png")
    assert again.leave() == 0


class Journey:
    """What a person does, station by station."""

    def __init__(self, desktop, folder):
        self.desktop, self.folder = desktop, folder
        self.data = folder / "data" / "glossa"
        self.pictures = self.moments = 0

    def look(self, name, window):
        self.pictures += 1
        self.desktop.keep_picture(window, self.folder / "pictures" / f"{self.pictures}-{name}.png")

    def browse(self):
        """A click opens a puzzle; letters only filter, and Return opens what they found."""
        desktop = self.desktop
        window = desktop.window("^Glossa$")

        def opened():
            """Click into the list once more, as long as it is still being laid out."""
            desktop.click(window, 60, 240)
            return desktop.windows("^[0-9a-f]{8} – Glossa$")

        desktop.wait(opened, "the puzzle that was clicked")
        clicked = desktop.do("getwindowname", window)[0]
        assert clicked in collection("arc1-train").ids
        desktop.window(f"^{clicked}")
        desktop.key("ctrl+f")
        desktop.type(BROWSED)
        assert desktop.do("getwindowname", window)[0] == clicked
        desktop.key("Return")
        self.window = desktop.window(f"^{BROWSED} – Glossa$")
        self.look("browsed", self.window)

    def solve(self):
        """Ctrl+Return finds programs; they are kept with the puzzle."""
        self.desktop.key("ctrl+Return")
        self.desktop.wait(lambda: len(self.found()) > 1, "two programs")
        self.look("solved", self.window)

    def found(self):
        """What the search left with the puzzle, once it has ended."""
        files = list((self.data / "findings").glob("*.json"))
        return json.loads(files[0].read_text())["found"] if files else []

    def understand(self):
        """Keys go through the steps, and what is seen follows them; two programs are put side by side."""
        desktop = self.desktop
        width, height = desktop.size(self.window)
        board = (270, 60, width - 560, height - 280)
        last = desktop.picture(self.window, board)
        desktop.key("Home")
        desktop.wait(lambda: desktop.picture(self.window, board) != last, "the input on the board")
        assert self.moment() == (0, 2)
        desktop.key("Right")
        assert self.moment() == (1, 2)
        self.look("first-step", self.window)
        desktop.key("End")
        assert self.moment() == (2, 2)
        desktop.key("ctrl+shift+d")
        compared = desktop.window("^Compare programs$")
        self.look("compared", compared)
        desktop.key("Escape")
        desktop.gone("^Compare programs$")

    def moment(self):
        """Save what is on the board, found in the palette; return the step shown, and of how many."""
        desktop = self.desktop
        self.moments += 1
        file = self.folder / f"{self.moments}.moment.json"
        desktop.window(f"^{BROWSED}")
        desktop.key("ctrl+shift+p")
        desktop.window("^Command palette$")
        desktop.type("save this moment")
        desktop.key("Return")
        save(desktop, "^Save this moment$", file)
        text = file.read_text()
        return json.loads(text)["moment"]["step"], len(program_from_json(text, file.name)[0].steps)

    def change(self):
        """A word is put behind the program, and the program's answer is taken over, corrected and undone."""
        desktop = self.desktop
        desktop.window(f"^{BROWSED}")
        desktop.key("Insert")
        desktop.window("^A word")
        desktop.type(INSERTED)
        desktop.key("Return")
        desktop.gone("^A word")
        desktop.wait(lambda: self.moment()[1] == 3, "a program of three steps")
        desktop.key("ctrl+shift+a")
        taken = desktop.wait(self.answer, "the program's answer to be taken over")
        desktop.key("9", "space")
        drawn = desktop.wait(lambda: self.answer() != taken and self.answer(), "a cell to be drawn")
        self.look("corrected", self.window)
        assert (as_grid(taken) != as_grid(drawn)).sum() == 1
        desktop.key("ctrl+z")
        desktop.wait(lambda: self.answer() == taken, "the drawing to be undone")

    def answer(self):
        """The rows of the answer to the test as it is kept, None before there is one."""
        files = list((self.data / "answers").glob("*.json"))
        return json.loads(files[0].read_text())[0] if files else None

    def export(self):
        """A picture that moves has a frame for every state; the program file holds what was put in."""
        animation, program = self.folder / "journey.gif", self.folder / "journey.program.json"
        for form, file in (("gif", animation), ("program", program)):
            export_as(self.desktop, form, file)
        with Image.open(animation) as picture:
            assert picture.n_frames >= 4
        written, puzzle = program_from_json(program.read_text(), program.name)
        assert written.words[-1] == INSERTED
        assert puzzle == open_puzzle(f"arc1-train/{BROWSED}")


def export_as(desktop, form, file):
    """Export in a format, chosen in the list by keyboard; return the dialog to the window."""
    desktop.key("ctrl+e")
    desktop.window("^Export$")
    desktop.key("Home", *["Down"] * list(FORMATS).index(form), "Return")
    save(desktop, "^Export: ", file)
    desktop.gone("^Export$")


def save(desktop, title, file):
    """Name a file in the dialog with this title, and wait until it has been written."""
    desktop.window(title)
    desktop.key("ctrl+a")
    desktop.type(str(file))
    desktop.key("Return")
    desktop.wait(file.is_file, f"{file.name} to be written")
    desktop.gone(title)


def test_draw_in_a_file_save_it_and_leave(start, tmp_path):
    settle(tmp_path)
    file = tmp_path / "mirror.json"
    save_puzzle(open_puzzle("arc1-train/67a3c6ac"), file)
    before = load_puzzle(file)
    desktop = start(file)
    window = desktop.window("^mirror – Glossa$")
    first = desktop.wait(lambda: _first_grid(desktop, window), "a magenta cell")
    desktop.key("e")
    desktop.wait(lambda: _first_grid(desktop, window) not in (None, first), "the tools above the grids")

    def painted():
        """Point at a cell and paint it, as long as the grids may still move."""
        x, y = _first_grid(desktop, window)
        desktop.click(window, x, y)
        desktop.key("3", "space")
        return desktop.windows(r"^\*mirror")

    desktop.wait(painted, "the puzzle to be changed")
    desktop.key("ctrl+s")
    desktop.wait(lambda: load_puzzle(file) != before, "the drawing to be saved")
    desktop.window("^mirror – Glossa$")
    assert desktop.leave() == 0


def _first_grid(desktop, window):
    """Return where the first demonstration's input lies, by its colours in the window; None before."""
    width, _ = desktop.size(window)
    pixels = desktop.picture(window)
    for y in range(100, 500, 3):
        for x in range(270, 900, 3):
            if pixels[3 * (y * width + x) :][:3] == bytes((0xF0, 0x12, 0xBE)):
                return x + 4, y + 4
    return None
