"""What a terminal is sent: one short line without control characters."""

from __future__ import annotations

import pytest

from puzzles.terminal import LONGEST_LINE, complain, exit_status, one_line, printable


def test_escape_codes_and_line_ends_of_a_name_never_reach_the_terminal():
    assert printable("a\x1b[31mred\x07\u202eback\ud800") == "a·[31mred··back·"
    assert one_line("first\nsecond\r\tthird\u2028fourth") == "first second third fourth"


def test_a_message_of_megabytes_is_shortened_in_its_middle():
    line = one_line("file.json: " + "x" * 3_000_000 + ", expected a grid")
    assert len(line) <= LONGEST_LINE
    assert line.startswith("file.json: ")
    assert line.endswith(", expected a grid")


def test_complaints_are_one_line(capsys):
    complain("glossa", ValueError("a\nb\x1b]0;title\x07"))
    assert capsys.readouterr().err == "glossa: a b·]0;title·\n"


@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        (ValueError("no puzzle"), 2, "test: no puzzle\n"),
        (KeyboardInterrupt(), 130, "test: interrupted\n"),
    ],
)
def test_a_command_that_fails_is_one_line(raised, status, said, capsys):
    def run() -> int:
        raise raised

    assert exit_status("test", run, (ValueError,)) == status
    assert capsys.readouterr().err == said


def test_what_is_not_foreseen_is_not_hidden():
    def run() -> int:
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        exit_status("test", run, (ValueError,))
