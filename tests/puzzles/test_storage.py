"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import threading

import pytest

from puzzles.storage import check_writable, write_whole


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "kept.json"
    path.write_text("old")

    def refuse(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["kept.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes, and few may make links")
def test_an_existing_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path):
    path, link = tmp_path / "file.txt", tmp_path / "link.txt"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_whole(link, "nëw")
    assert link.is_symlink()
    assert path.read_text("utf-8") == "nëw"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_mode_of_any_new_file(tmp_path):
    write_whole(tmp_path / "new.txt", "text")
    (tmp_path / "other.txt").write_text("text")
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "other.txt").stat().st_mode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_only_regular_files_are_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no regular file"):
        write_whole(pipe, "text")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_simultaneous_writers_leave_one_whole_file(tmp_path):
    path, texts = tmp_path / "shared.json", [str(n) * 50_000 for n in range(4)]

    def write(text: str) -> None:
        for _ in range(20):
            write_whole(path, text)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text() in texts
    assert os.listdir(tmp_path) == ["shared.json"]


def test_what_a_killed_writer_left_goes_with_the_next_write(tmp_path):
    path = tmp_path / "kept.json"
    names = {
        ".kept.json.abcd_123.tmp": True,
        ".kept.json.abcd_124.tmp": False,  # young: somebody may be writing it
        ".kept.json.notes.tmp": False,
        ".other.json.abcd_123.tmp": False,
    }
    for name in names:
        (tmp_path / name).write_text("half")
        if name != ".kept.json.abcd_124.tmp":
            os.utime(tmp_path / name, (0, 0))
    write_whole(path, "new")
    left = {name for name, gone in names.items() if not gone}
    assert set(os.listdir(tmp_path)) == {"kept.json", *left}


def test_whether_a_place_can_be_written_is_known_before(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text("old")
    check_writable(path)
    check_writable(tmp_path / "new.json")
    assert os.listdir(tmp_path) == ["answers.json"]
    assert path.read_text() == "old"
    for bad in (tmp_path, tmp_path / "missing" / "answers.json"):
        with pytest.raises(OSError, match=bad.name):
            check_writable(bad)
