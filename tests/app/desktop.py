"""A screen of its own with Glossa on it, driven by the keys and the mouse of xdotool."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

PATIENCE_S = 120
"""What a busy machine may take for anything that is waited for."""
PAUSE_S = 0.1
ROOT = Path(__file__).parents[2]
SCREEN = (1366, 900)
_MISSING = [command for command in ("Xvfb", "xdotool", "import") if shutil.which(command) is None]
needs_screen = pytest.mark.skipif(
    bool(_MISSING), reason=f"a real window needs {', '.join(_MISSING)}, which this machine does not have"
)


class Screen:
    """An X server without a monitor, and a window manager on it where there is one."""

    def __init__(self, folder):
        self.folder = folder
        read, write = os.pipe()
        size = "x".join(map(str, (*SCREEN, 24)))
        self._processes = [
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
                pass_fds=[write],
                stderr=subprocess.DEVNULL,
            )
        ]
        os.close(write)
        with os.fdopen(read) as stream:
            number = stream.readline().strip()
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        places = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache"}
        self.environment = os.environ | {
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            **{name: str(folder / place) for name, place in places.items()},
        }
        self.managed = shutil.which("openbox") is not None
        if self.managed:
            self._processes.append(
                subprocess.Popen(
                    ["openbox"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )

    def close(self):
        for process in reversed(self._processes):
            process.terminate()
            process.wait(timeout=30)


class Desktop:
    """Glossa on a `Screen`: what a person does to it, and what they can see of it."""

    def __init__(self, screen, *arguments):
        self._screen = screen
        self.app = subprocess.Popen(
            [sys.executable, "-m", "app", *map(str, arguments)],
            env=screen.environment,
            cwd=ROOT,
            stderr=subprocess.PIPE,
        )

    def do(self, *command):
        return self.run(*command).stdout.split()

    def run(self, *command):
        return subprocess.run(
            ["xdotool", *map(str, command)],
            env=self._screen.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def window(self, name):
        """Wait for a window whose title matches, and until it has the keyboard."""

        def focused():
            found = self.windows(name)
            if not found:
                return None
            if self.do("getwindowfocus") != [found[-1]]:
                self.do("windowactivate" if self._screen.managed else "windowfocus", found[-1])
                return None
            return found[-1]

        return self.wait(focused, f"window {name}")

    def windows(self, name):
        return self.do("search", "--onlyvisible", "--name", name)

    def gone(self, name):
        """Wait until no window with such a title is left."""
        self.wait(lambda: not self.windows(name), f"window {name} to close")

    def key(self, *keys):
        """Press keys by their names in X, one after the other; those of a combination are joined by +."""
        said = self.run("key", "--delay", "60", *keys).stderr
        assert not said, said  # a name that X does not know

    def type(self, text):
        self.do("type", "--delay", "30", text)

    def click(self, window, x, y):
        self.do("mousemove", "--window", window, x, y, "click", 1)

    def size(self, window):
        found = dict(line.split("=") for line in self.do("getwindowgeometry", "--shell", window))
        return int(found["WIDTH"]), int(found["HEIGHT"])

    def picture(self, window, box=None):
        """Return the pixels of a window, red, green and blue; box: left, top, width and height in it."""
        crop = ["-crop", "{2}x{3}+{0}+{1}".format(*box)] if box else []
        command = ["import", "-window", window, *crop, "-depth", "8", "rgb:-"]
        return subprocess.run(command, env=self._screen.environment, capture_output=True, check=True).stdout

    def keep_picture(self, window, file):
        """Write what a window looks like, for people who look into what a test did."""
        file.parent.mkdir(exist_ok=True)
        command = ["import", "-window", window, str(file)]
        subprocess.run(command, env=self._screen.environment, capture_output=True, check=True)

    def wait(self, happened, what):
        """Return the first true thing that `happened` returns."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if self.app.poll() is not None:
                pytest.fail(f"Glossa ended before {what}: {self.app.stderr.read().decode()}")
            found = happened()
            if found:
                return found
            time.sleep(PAUSE_S)
        self.keep_picture("root", self._screen.folder / "pictures" / "in-vain.png")
        pytest.fail(f"waited in vain for {what}; the screen is in {self._screen.folder / 'pictures'}")

    def leave(self):
        """Quit, and return the exit status."""
        self.key("ctrl+q")
        return self.app.wait(timeout=PATIENCE_S)

    def close(self):
        self.app.terminate()
        self.app.wait(timeout=30)
        self.app.stderr.close()


def settle(folder, **values):
    """Write a profile's settings: the tour has been seen, and what else is given."""
    settings = folder / "config" / "glossa" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"tour/seen": "yes", "solve/effort": "QUICK"} | values))
