"""The table in docs/formats.md is true: every layout it lists has an example here, and opens as it says."""

import gzip
import io
import json
import os
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from puzzles.collections import folder, open_path
from puzzles.grid import PuzzleError

TABLE = Path(__file__).parents[2] / "docs" / "formats.md"
PAIR = {"input": [[1, 0]], "output": [[0, 1]]}
TASK = {"train": [PAIR], "test": [PAIR]}
OPEN = {"train": [PAIR], "test": [{"input": [[1]]}]}


def put(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def opened(tmp_path, value, name="set.json"):
    return open_path(put(tmp_path / name, value))


def refused(path):
    with pytest.raises(PuzzleError) as caught:
        open_path(path)
    return str(caught.value)


def a_task(tmp_path):
    assert opened(tmp_path, TASK, "mirror.json").name == "mirror"


def pairs(tmp_path):
    path = put(tmp_path / "p.json", [PAIR, PAIR, PAIR])
    assert [len(open_path(path, k).train) for k in (None, 1)] == [2, 1]


def tasks_by_id(tmp_path):
    put(tmp_path / "x_solutions.json", {"a": [[[5]]]})
    found = opened(tmp_path, {"a": OPEN, "b": OPEN}, "x_challenges.json")
    assert [found[name].test[0].output is None for name in ("a", "b")] == [False, True]


def pairs_by_id(tmp_path):
    assert len(opened(tmp_path, {"a": [PAIR, PAIR]})["a"].train) == 1


def a_list_of_tasks(tmp_path):
    keys = ("id", "uid", "task_id", "name")
    found = opened(tmp_path, [TASK, *({key: f"by {key}", **TASK} for key in keys)])
    assert found.ids == ("0", "by id", "by name", "by task_id", "by uid")


def groups(tmp_path):
    assert opened(tmp_path, {"train": {"a": TASK}, "evaluation": [TASK]}).ids == ("evaluation/0", "train/a")
    assert opened(tmp_path, {"tasks": [TASK]}).ids == ("0",)


def json_lines(tmp_path):
    line = json.dumps({"id": "t", **TASK})
    assert opened(tmp_path, f"{line}\n{line}", "t.txt").ids == ("t", "t (1)")
    assert len(opened(tmp_path, "\n".join([json.dumps(PAIR)] * 3), "p.ndjson").train) == 2


def a_folder(tmp_path):
    put(tmp_path / "set" / "training" / "67a3c6ac.json", TASK)
    put(tmp_path / "set" / "more.json", {"a": TASK})
    assert folder(tmp_path / "set").ids == ("more/a", "training/67a3c6ac")


def a_kaggle_folder(tmp_path):
    put(tmp_path / "set" / "x_challenges.json", {"a": OPEN})
    put(tmp_path / "set" / "x_solutions.json", {"a": [[[5]]]})
    put(tmp_path / "set" / "sample_submission.json", {"a": [{"attempt_1": [[0]]}]})
    found = folder(tmp_path / "set")
    assert found.ids == ("a",)
    assert found["a"].test[0].output is not None


def descriptions(tmp_path):
    put(tmp_path / "set" / "a.json", TASK)
    put(tmp_path / "set" / "descriptions.json", {"a": ["One", "Two"]})
    put(tmp_path / "set.csv", "id,description\na,Three\n")
    found = folder(tmp_path / "set")
    assert found.ids == ("a",)
    assert found["a"].told == ("One", "Two", "Three")


def an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        archive.writestr("data/a.json", json.dumps(TASK))
    assert open_path(tmp_path / "set.zip").ids == ("data/a",)


def packed(tmp_path):
    (tmp_path / "t.json.gz").write_bytes(gzip.compress(json.dumps(TASK).encode()))
    assert open_path(tmp_path / "t.json.gz").name == "t"


def arrays(tmp_path):
    with zipfile.ZipFile(tmp_path / "set.npz", "w") as archive:
        for name, values in (("shapes", [[1, 1, 1, 1]] * 5), ("cells", [0] * 10)):
            stream = io.BytesIO()
            np.lib.format.write_array(stream, np.array(values, np.uint8))
            archive.writestr(f"a/{name}.npy", stream.getvalue())
    found = open_path(tmp_path / "set.npz")["a"]
    assert (len(found.train), len(found.test)) == (4, 1)


def digits_as_text(tmp_path):
    pair = {"input": ["10"], "output": [["3", 1]]}
    assert opened(tmp_path, {"train": [pair], "test": [pair]}).train[0].output.tolist() == [[3, 1]]


def no_answer(tmp_path):
    tests = [{"input": [[1]]}, {"input": [[1]], "output": None}, {"input": [[1]], "output": []}]
    found = opened(tmp_path, {"train": [PAIR], "test": tests})
    assert [pair.output for pair in found.test] == [None] * 3


def encodings(tmp_path):
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        (tmp_path / "t.json").write_text(json.dumps({"name": "grün", **TASK}, ensure_ascii=False), encoding)
        assert open_path(tmp_path / "t.json").description == "grün"


def a_submission(tmp_path):
    said = refused(put(tmp_path / "s.json", {"a": [{"attempt_1": [[1]]}], "odd": 3}))
    assert "this is a submission" in said


def other_files(tmp_path):
    assert "x_challenges.json" in refused(put(tmp_path / "x_solutions.json", {"a": [[[1]]]}))
    assert "a single grid" in refused(put(tmp_path / "g.json", [[1, 2]]))


def a_program(tmp_path):
    said = refused(put(tmp_path / "p.json", {"format": 1, "language": "", "steps": []}))
    assert "this is a Glossa program" in said


def a_pipe(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs named pipes")
    os.mkfifo(tmp_path / "pipe.json")
    assert "not a regular file" in refused(tmp_path / "pipe.json")


EXAMPLES = {
    '`{"train": [{"input"': a_task,
    "a plain list of pairs": pairs,
    "`{id: task, …}`": tasks_by_id,
    "`{id: [pair, …], …}`": pairs_by_id,
    "`[task, …]`": a_list_of_tasks,
    '`{"train": {id: task}': groups,
    "JSON Lines": json_lines,
    "a folder, with": a_folder,
    "a folder of one Kaggle set": a_kaggle_folder,
    "descriptions": descriptions,
    "`.zip`": an_archive,
    "`.gz`": packed,
    "`.npz`": arrays,
    "rows as strings": digits_as_text,
    "a test's `output`": no_answer,
    "UTF-8": encodings,
    "a submission": a_submission,
    "a solutions file": other_files,
    "a Glossa program": a_program,
    "a pipe": a_pipe,
}
"""By the beginning of the row's first cell."""
CELLS = ("grids of", "values")
"""Rows about what grids hold, which are no layouts; tests/puzzles/test_grid.py has these."""
ROWS = [
    cell
    for cell in re.findall(r"^\| (.*?) \|", TABLE.read_text(encoding="utf-8"), re.M)
    if cell != "Layout" and not cell.startswith(CELLS)
]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_the_table_opens_as_it_says(tmp_path, row):
    (example,) = (example for beginning, example in EXAMPLES.items() if row.startswith(beginning))
    example(tmp_path)


def test_every_example_has_its_row():
    assert len(ROWS) == len(EXAMPLES)
