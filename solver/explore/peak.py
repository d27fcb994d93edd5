"""How much memory this process has taken at most, where the system tells."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import resource


def peak_mb() -> float:
    """Largest resident memory of this process so far in MiB; 0 on Windows, which has no `getrusage`."""
    if sys.platform != "win32":
        unit = 1 if sys.platform == "darwin" else 1024  # bytes on macOS, KiB on Linux
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20, 1)
    return 0.0
