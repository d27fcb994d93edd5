"""glossa desktop and glossa reset: what they write and remove, and what they leave alone."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app import cli, menu, reset
from app.settings import Settings
from app.state.answers import AnswerStore
from app.state.notes import NoteStore
from puzzles import own_program
from puzzles.grid import as_grid
from puzzles.own_program import MODULE_SWITCH, module_command, module_environment
from puzzles.saved import write_saved

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from app.profile_lock import ProfileLock
assert ProfileLock(Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""
on_linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="menu entries are Linux's")


@pytest.fixture
def share(tmp_path, monkeypatch):
    """A data folder of a person, and a Glossa installed at an awkward place."""
    folder = tmp_path / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setattr(menu, "command_file", lambda: Path('/opt/my "$tools"/100%/glossa'))
    monkeypatch.setattr(menu.shutil, "which", lambda _: None)
    return folder


def everything(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


@on_linux
def test_the_menu_entry_comes_with_icon_and_type_and_goes_again(share, capsys):
    assert cli.main(["desktop"]) == 0
    assert everything(share) == sorted([menu.ENTRY, menu.ICON, menu.TYPES])
    assert capsys.readouterr().out.split() == [
        str(share / name) for name in (menu.ENTRY, menu.ICON, menu.TYPES)
    ]
    entry = (share / menu.ENTRY).read_text()
    assert 'Exec="/opt/my \\\\"\\\\$tools\\\\"/100%%/glossa" %u\n' in entry
    assert "MimeType=application/x-arc+json;" in entry
    assert ElementTree.parse(share / menu.ICON).getroot().tag.endswith("svg")
    assert "*.arc.json" in (share / menu.TYPES).read_text()
    ElementTree.parse(share / menu.TYPES)
    assert cli.main(["desktop"]) == 0  # brought up to date
    assert cli.main(["desktop", "--remove"]) == 0
    assert everything(share) == []


@on_linux
def test_the_entry_starts_what_it_names(share, tmp_path, monkeypatch):
    """As a shell unescapes the value: the quoting rules of Exec are those of double quotes in a shell."""
    program = tmp_path / 'a "b" $c `d`' / "glossa"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "opened"}\n')
    program.chmod(0o755)
    monkeypatch.setattr(menu, "command_file", lambda: program)
    assert cli.main(["desktop"]) == 0
    line = next(x for x in (share / menu.ENTRY).read_text().splitlines() if x.startswith("Exec="))
    command = line.removeprefix("Exec=").replace("\\\\", "\\").replace("%u", "task.json").replace("%%", "%")
    subprocess.run(["/bin/sh", "-c", command], check=True, timeout=30)
    assert (tmp_path / "opened").read_text() == "task.json\n"


@on_linux
def test_files_of_others_are_neither_written_over_nor_removed(share, capsys):
    (share / menu.ICON).parent.mkdir(parents=True)
    (share / menu.ICON).write_text("<svg/>")
    assert cli.main(["desktop"]) == 2
    said = capsys.readouterr().err
    assert "glossa.svg: was not written by glossa desktop" in said
    assert said.count("\n") == 1
    assert everything(share) == [menu.ICON]
    assert cli.main(["desktop", "--remove"]) == 0
    assert (share / menu.ICON).read_text() == "<svg/>"


@on_linux
def test_without_a_command_there_is_no_entry(share, monkeypatch, capsys):
    monkeypatch.setattr(menu, "command_file", lambda: None)
    assert cli.main(["desktop"]) == 2
    assert "expected an installed Glossa" in capsys.readouterr().err
    assert everything(share) == []


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_are_told_what_to_do(share, system, monkeypatch, capsys):
    monkeypatch.setattr(menu.sys, "platform", system)
    assert cli.main(["desktop"]) == 2
    assert "pin the command glossa-gui" in capsys.readouterr().err


@pytest.fixture
def kept(user_paths, puzzle):
    """Something of every kind, and a file of the person's that lies among it."""
    Settings(user_paths).set("view/theme", "dark")
    (user_paths.config / "settings.aside-1.json").write_text("{")
    AnswerStore(user_paths.answers).keep(puzzle, (as_grid([[1]]),))
    NoteStore(user_paths.notes).keep(puzzle, "mirror?")
    write_saved(user_paths.data / "saved.json", [])
    folders = (user_paths.memory / "abc", user_paths.results, user_paths.findings, user_paths.procedures)
    for folder in (*folders, user_paths.words, user_paths.data / "baselines"):
        folder.mkdir(parents=True)
        (folder / "one.json").write_text("{}")
    for file in (user_paths.recovery_file, user_paths.log_file, user_paths.data / "glossa.log.1"):
        file.write_text("{}")
    return user_paths


def folders(paths):
    return [folder for folder in (paths.config, paths.data) if folder.exists()]


def test_everything_that_is_kept_is_listed_and_nothing_more_happens(kept, capsys):
    before = [everything(folder) for folder in folders(kept)]
    assert cli.main(["reset", "--list"]) == 0
    said = capsys.readouterr().out
    assert [line.split(":")[0] for line in said.splitlines() if line[0] != " "] == list(reset.KINDS)
    assert str(kept.settings_file) in said
    assert [everything(folder) for folder in folders(kept)] == before


def test_all_of_it_goes_and_so_do_the_folders(kept, capsys):
    (kept.data / "glossa.lock").touch()  # of an earlier window
    assert cli.main(["reset", "--yes"]) == 0
    assert folders(kept) == []
    assert cli.main(["reset"]) == 0
    assert "keeps nothing" in capsys.readouterr().out


def test_files_of_the_person_stay(kept):
    (kept.data / "mine.txt").write_text("mine")
    assert cli.main(["reset", "--yes"]) == 0
    assert set(everything(kept.data)) - {"glossa.lock"} == {"mine.txt"}


def test_a_link_goes_without_what_it_leads_to(kept, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    kept.answers.rename(elsewhere)
    kept.answers.symlink_to(elsewhere)
    assert cli.main(["reset", "--yes"]) == 0
    assert len(everything(elsewhere)) == 1
    assert not kept.answers.is_symlink()


def test_what_is_to_be_kept_stays(kept):
    assert cli.main(["reset", "--yes", "--keep", "answers", "--keep", "settings"]) == 0
    assert everything(kept.config) == ["settings.aside-1.json", "settings.json"]
    assert {name.split("/")[0] for name in everything(kept.data)} == {"answers", "glossa.lock"}


@pytest.mark.parametrize(("said", "goes"), [("y", True), ("n", False), ("", False)])
def test_it_asks_first(kept, said, goes, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: said)
    monkeypatch.setattr(reset.sys.stdin, "isatty", lambda: True, raising=False)
    assert cli.main(["reset"]) == (0 if goes else reset.DECLINED)
    assert kept.settings_file.exists() is not goes


def test_nobody_to_ask_is_no_agreement(kept, monkeypatch, capsys):
    monkeypatch.setattr(reset.sys.stdin, "isatty", lambda: False, raising=False)
    assert cli.main(["reset"]) == reset.DECLINED
    assert "--yes" in capsys.readouterr().err
    assert kept.settings_file.exists()


def test_nothing_is_removed_while_a_window_is_open(kept, capsys):
    window = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(kept.data)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert window.stdout.readline() == "held\n"
        before = everything(kept.data)
        assert cli.main(["reset", "--yes"]) == 2
        said = capsys.readouterr().err
        assert f"Glossa is running (process {window.pid})" in said
        assert said.count("\n") == 1
        assert everything(kept.data) == before
        assert kept.settings_file.exists()
    finally:
        window.communicate("", timeout=30)


def test_a_bundled_application_runs_its_own_modules(tmp_path, monkeypatch):
    monkeypatch.setattr(own_program.sys, "frozen", True, raising=False)
    monkeypatch.setattr(own_program.sys, "executable", str(tmp_path / "glossa-gui"))
    command = module_command("solver.explore")
    assert command[1:] == [MODULE_SWITCH, "solver.explore"]
    assert Path(command[0]).parent == tmp_path
    assert Path(command[0]).stem == "glossa"
    assert "PYTHONPATH" not in module_environment() or "PYTHONPATH" in os.environ


def test_only_a_bundled_application_obeys_the_switch_and_only_for_its_own_modules(monkeypatch, capsys):
    seen = []
    monkeypatch.setattr("app.main.main", lambda given: seen.append(given) or 0)
    assert cli.main([MODULE_SWITCH, "solver.explore"]) == 0
    assert seen == [[MODULE_SWITCH, "solver.explore"]]
    monkeypatch.setattr(own_program.sys, "frozen", True, raising=False)
    assert cli.main([MODULE_SWITCH, "os"]) == 2
    assert "expected one of solver, solver.explore" in capsys.readouterr().err


def test_a_bundled_application_searches_in_a_process_of_its_own(monkeypatch):
    """Its first argument takes the place of Python's -m: the same lines come out."""
    script = "import sys; sys.frozen = True; from app.cli import main; sys.exit(main())"
    asked = json.dumps(
        {
            "puzzle": {"train": [{"input": [[1, 2]], "output": [[2, 1]]}], "test": [{"input": [[3, 4]]}]},
            "budget_s": 1.0,
            "variant": "plain",
        }
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, MODULE_SWITCH, "solver.explore"],
        cwd=ROOT,
        input=asked + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert any("steps" in line for line in told)
    assert "done" in told[-1]
