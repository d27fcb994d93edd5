"""What a terminal is sent: one line, short and without control characters, whatever a file put into it.

Names, words and values come out of files that anybody may have written; an escape code among them would
move the cursor, recolour the screen or hide what stands before it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

LONGEST_LINE = 280
"""Characters of a message; the prefix and the line's end stay below 300."""
LONGEST_NAME = 200
INTERRUPTED = 130
"""Exit status of a command that Ctrl+C ended, as shells have it: 128 and the signal's number."""
_TAIL = 90


def printable(text: str, most: int = LONGEST_NAME) -> str:
    """The first characters of a text; what is not printable becomes a space or a middle dot."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "·" for c in text[:most])


def one_line(text: str) -> str:
    """A message as one line of at most `LONGEST_LINE` printable characters, shortened in its middle."""
    line = " ".join(printable(text, len(text)).split())
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[: LONGEST_LINE - _TAIL - 3]} … {line[-_TAIL:]}"


def complain(program: str, problem: object) -> None:
    """Print what went wrong as one line on standard error, after the program's name."""
    print(f"{program}: {one_line(str(problem))}", file=sys.stderr, flush=True)


def exit_status(program: str, run: Callable[[], int], refused: tuple[type[Exception], ...]) -> int:
    """Run a command; what is `refused` is one line and status 2, Ctrl+C one line and status 130.

    A reader that has seen enough, as `head` does, ends the command silently with status 0.
    """
    try:
        status = run()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except refused as error:
        complain(program, error)
        return 2
    except KeyboardInterrupt:
        complain(program, "interrupted")
        return INTERRUPTED
    return status
