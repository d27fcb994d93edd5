"""The pictures of the user guide, taken anew and made small: python -m tools.guide_pictures."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

GUIDE = Path(__file__).parents[1] / "docs" / "guide"
PICTURES = {
    "05-solved": "solved",
    "07-export": "export",
    "10-editing": "drawing",
    "12-several-grids": "exact-words",
    "14-card-and-filters": "words",
    "20-score": "score",
}
"""Names that `tools.screens` gives, and names in the guide."""
_COLOURS = 128
"""Colours of a palette in which the window's pictures look the same and take a third of the space."""


def main() -> int:
    """Take every picture of the window and keep those of the guide."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "tools.screens", folder], check=True)
        for taken, name in PICTURES.items():
            with Image.open(Path(folder, f"{taken}.png")) as picture:
                small = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
            small.save(GUIDE / f"{name}.png", optimize=True)
            print(f"{name}.png: {(GUIDE / f'{name}.png').stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
