"""The pictures of the guide and of README.md, taken anew and made small: python -m tools.guide_pictures."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
PICTURES = {
    "05-solved": "docs/guide/solved.png",
    "05-two-words": "assets/readme/window.png",
    "07-export": "docs/guide/export.png",
    "10-editing": "docs/guide/drawing.png",
    "12-several-grids": "docs/guide/exact-words.png",
    "14-card-and-filters": "docs/guide/words.png",
    "20-score": "docs/guide/score.png",
}
"""Names that `tools.screens` gives, and where the pictures belong."""
_COLOURS = 128
"""Colours of a palette in which the window's pictures look the same and take a third of the space."""


def main() -> int:
    """Take every picture of the window and keep those that documents show."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "tools.screens", folder], check=True)
        for taken, name in PICTURES.items():
            with Image.open(Path(folder, f"{taken}.png")) as picture:
                small = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
            small.save(ROOT / name, optimize=True)
            print(f"{name}: {(ROOT / name).stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
