"""Colours of the window and of the cells.

Text colours reach WCAG AA (4.5 : 1) on every surface they are used on; `tests/app/test_theme.py` checks it.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.translate import mark
from puzzles.grid import PADDING, SHOWN_COLOURS


@dataclass(frozen=True)
class Theme:
    """The colours of the chrome, as #rrggbb."""

    name: str
    window: str
    """Behind the board."""
    surface: str
    """Docks, menus, fields."""
    raised: str
    """Buttons and chips."""
    border: str
    text: str
    muted: str
    """Secondary text."""
    accent: str
    on_accent: str
    """Text on the accent."""
    accent_soft: str
    """A tint of the accent for selections."""
    good: str
    bad: str
    warn: str


LIGHT = Theme(
    "light",
    window="#f4f5f7",
    surface="#ffffff",
    raised="#eff1f4",
    border="#d7dbe2",
    text="#1b1f26",
    muted="#5a6370",
    accent="#5151cd",
    on_accent="#ffffff",
    accent_soft="#e6e6fb",
    good="#18734a",
    bad="#bd2430",
    warn="#865300",
)
DARK = Theme(
    "dark",
    window="#14161b",
    surface="#1b1e25",
    raised="#272b34",
    border="#363c48",
    text="#e8eaee",
    muted="#a0a8b5",
    accent="#9a9af8",
    on_accent="#12121f",
    accent_soft="#2c2d52",
    good="#55c98f",
    bad="#ff8a8f",
    warn="#efb44f",
)


@dataclass(frozen=True)
class CellPalette:
    """The ten colours of ARC's cells, and of the lines between them; those of further values; of padding."""

    key: str
    title: str
    colours: tuple[str, ...]
    line: str
    further: tuple[str, ...]
    """Of the values 10 to 15."""
    padding: str

    @property
    def shown(self) -> tuple[str, ...]:
        """Every colour, by `place_of` a value."""
        return (*self.colours, *self.further, self.padding)

    def colour(self, value: int) -> str:
        """The colour of cells with a value as grids hold it, `PADDING` included."""
        return self.shown[place_of(value)]


def place_of(value: int) -> int:
    """Where a value stands in lists of what is shown: those of padding come last."""
    return SHOWN_COLOURS if value == PADDING else value


COLOUR_NAMES = (
    mark("black"),
    mark("blue"),
    mark("red"),
    mark("green"),
    mark("yellow"),
    mark("grey"),
    mark("magenta"),
    mark("orange"),
    mark("sky"),
    mark("maroon"),
)
"""What the ten cell values are called in the original ARC palette."""
FURTHER_NAMES = (mark("white"), mark("brown"), mark("purple"), mark("teal"), mark("pink"), mark("lime"))
"""What the values 10 to 15, which ARC does not have, are called."""
SHOWN_NAMES = (*COLOUR_NAMES, *FURTHER_NAMES, mark("padding"))
"""What every value that can be shown is called, by `place_of` it."""

# The colour-blind-safe set starts from Okabe & Ito (2008) and adds two tones told apart by lightness.
PALETTES = (
    CellPalette(
        "arc",
        mark("ARC colours"),
        (
            "#000000",
            "#0074d9",
            "#ff4136",
            "#2ecc40",
            "#ffdc00",
            "#aaaaaa",
            "#f012be",
            "#ff851b",
            "#7fdbff",
            "#870c25",
        ),
        "#4a4a4a",
        ("#ffffff", "#8b5a2b", "#6f42c1", "#006d6f", "#ffb6c9", "#c3ee6a"),
        "#5b6478",
    ),
    CellPalette(
        "safe",
        mark("Colour-blind safe"),
        (
            "#000000",
            "#0072b2",
            "#d55e00",
            "#009e73",
            "#f0e442",
            "#9a9a9a",
            "#cc79a7",
            "#e69f00",
            "#8fd3ff",
            "#5c2a4f",
        ),
        "#4a4a4a",
        ("#ffffff", "#7a4a1e", "#5a48c8", "#00484f", "#f7cfe0", "#cfe8a0"),
        "#59606e",
    ),
    CellPalette(
        "contrast",
        mark("High contrast"),
        (
            "#000000",
            "#1f3cff",
            "#ff0000",
            "#00c800",
            "#ffff00",
            "#ffffff",
            "#ff00ff",
            "#ff8c00",
            "#00ffff",
            "#7a3b00",
        ),
        "#8c8c8c",
        ("#c9c9c9", "#b5651d", "#8a2be2", "#006060", "#ffb0d0", "#c0ff70"),
        "#4d5566",
    ),
)


MARKS = {"none": mark("Nothing"), "numbers": mark("Numbers"), "symbols": mark("Symbols")}
"""What may be written into cells, for eyes that do not tell the colours apart."""
SYMBOLS = ("", "●", "▲", "■", "◆", "○", "✚", "▼", "□", "◇", "★", "☆", "△", "▽", "◎", "▣", "╳")
"""One shape for each value, by `place_of` it; black, mostly background, has none."""
NUMBERS = (*map(str, range(SHOWN_COLOURS)), "−1")
"""The same as numbers."""


@dataclass(frozen=True)
class GridLook:
    """How cells are painted, apart from their size."""

    palette: CellPalette
    marks: str = "none"
    """One of `MARKS`."""


def palette_by_key(key: str) -> CellPalette:
    """Return the palette called `key`, or the ARC palette when there is none."""
    return next((palette for palette in PALETTES if palette.key == key), PALETTES[0])


def system_theme() -> Theme:
    """Return the theme the desktop asks for."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def theme_for(choice: str) -> Theme:
    """Turn the setting "light", "dark" or "system" into a theme."""
    return {"light": LIGHT, "dark": DARK}.get(choice) or system_theme()
