"""Every layout people have: what opens as what, and what is said about the rest."""

import gzip
import io
import json
import os
import struct
import threading
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puzzles import files, formats, spans
from puzzles.collections import Collection, folder, open_path
from puzzles.formats import natural_key
from puzzles.grid import PuzzleError
from puzzles.puzzle import Puzzle
from tests.puzzles.strategies import JUNK

PAIR = {"input": [[1, 0], [0, 0]], "output": [[0, 1], [0, 0]]}
OTHER = {"input": [[2, 0], [0, 0]], "output": [[0, 2], [0, 0]]}
TASK = {"train": [PAIR, OTHER], "test": [PAIR]}
OPEN = {"train": [PAIR], "test": [{"input": [[1]]}]}
WIDE = {"train": [{"input": [[0] * 101], "output": [[0]]}], "test": [PAIR]}


def written(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def refusal(path):
    with pytest.raises(PuzzleError) as caught:
        open_path(path)
    message = str(caught.value)
    assert len(message) < 300
    assert "\n" not in message
    return message


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content if isinstance(content, bytes) else json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"b": TASK, "a": OPEN}, ("a", "b")),
        ([TASK, OPEN], ("0", "1")),
        ([{"id": "x", **TASK}, {"uid": 7, **TASK}, {"task_id": "z", **TASK}], ("7", "x", "z")),
        ([{"name": "same", **TASK}, {"name": "same", **TASK}], ("same", "same (1)")),
        (
            {"train": {"a": TASK}, "evaluation": {"a": TASK, "b": OPEN}},
            ("evaluation/a", "evaluation/b", "train/a"),
        ),
        ({"train": [TASK], "test": [TASK, TASK]}, ("test/0", "test/1", "train/0")),
        ({"about": {"by": "me"}, "version": 1, "tasks": [{"id": "x", **TASK}]}, ("x",)),
        ({"a": [PAIR, OTHER], "b": [PAIR, OTHER, PAIR]}, ("a", "b")),
    ],
)
def test_collections_in_one_file(tmp_path, value, ids):
    found = open_path(written(tmp_path / "set.json", value))
    assert isinstance(found, Collection)
    assert found.ids == ids
    assert [name for name, _ in found.puzzles()] == list(ids)


def test_ids_can_be_printed_and_names_are_their_last_part(tmp_path):
    found = open_path(written(tmp_path / "set.json", {"a\x1b[1m": TASK, "n" * 999: TASK}))
    assert found.ids == ("a·[1m", "n" * 200)
    found = open_path(written(tmp_path / "set.json", {"x": {"a": TASK}, "y": {"a": WIDE}}))
    assert found["x/a"].name == "a"
    assert found.entry("y/a").reason.startswith("set.json: y/a.train[0].input has 101")


def test_a_list_of_pairs_is_one_puzzle_with_the_first_as_demonstrations(tmp_path):
    path = written(tmp_path / "pairs.json", [PAIR, OTHER, PAIR])
    puzzle = open_path(path)
    assert (len(puzzle.train), len(puzzle.test), puzzle.name) == (2, 1, "pairs")
    assert len(open_path(path, demonstrations=1).test) == 2
    assert len(open_path(path, demonstrations=9).test) == 1
    assert "list of 1 pair" in refusal(written(tmp_path / "one.json", [PAIR]))


def test_json_lines_are_tasks_or_pairs(tmp_path):
    lines = [{"id": f"t{n}", **TASK} for n in (10, 9)]
    for name in ("tasks.jsonl", "tasks.txt"):
        path = written(tmp_path / name, "\n".join(map(json.dumps, lines)) + "\n\n")
        assert open_path(path).ids == ("t9", "t10")
    path = written(tmp_path / "pairs.jsonl", "\n".join(map(json.dumps, (PAIR, OTHER))))
    assert len(open_path(path).train) == 1
    path = written(tmp_path / "bad.jsonl", json.dumps(TASK) + '\n{"train": [\n')
    found = open_path(path)
    assert [name for name, _ in found.puzzles()] == ["0"]
    assert "not JSON" in found.refused[0].reason


def test_an_odd_entry_beside_tasks_is_listed_and_refused(tmp_path):
    found = open_path(written(tmp_path / "set.json", {"good": TASK, "wide": WIDE, "odd": [1], "by": "me"}))
    assert found.ids == ("good", "odd", "wide")
    assert [name for name, _ in found.puzzles()] == ["good"]
    assert found.refused[1].reason == "set.json: wide.train[0].input has 101 columns, expected 1 to 100"


def test_a_tree_of_folders_has_the_paths_as_ids(tmp_path):
    home = tmp_path / "data"
    for name in ("training/task 10", "training/task 2", "evaluation/a"):
        written(home / f"{name}.json", TASK)
    written(home / "UPPER.JSON", TASK)
    written(home / ".hidden/b.json", TASK)
    written(home / "readme.txt", "no task")
    (home / "packed.json.gz").write_bytes(gzip.compress(json.dumps(TASK).encode()))
    found = folder(home)
    assert found.ids == ("evaluation/a", "packed", "training/task 2", "training/task 10", "UPPER")
    assert len(list(found.puzzles())) == 5
    assert found.paths["UPPER"] == home / "UPPER.JSON"
    assert "packed" not in found.paths  # saving would write plain text under that name
    assert found["training/task 2"].name == "task 2"


def test_a_folder_of_kaggle_files(tmp_path):
    answers = {"t1": [[[5]]]}
    attempts = {"t1": [{"attempt_1": [[0]], "attempt_2": [[0]]}]}
    written(tmp_path / "arc_challenges.json", {"t1": OPEN, "t2": OPEN})
    written(tmp_path / "arc_solutions.json", answers)
    written(tmp_path / "sample_submission.json", attempts)
    found = folder(tmp_path)
    assert found.ids == ("t1", "t2")
    assert found["t1"].test[0].output.tolist() == [[5]]
    assert found["t2"].test[0].output is None
    written(tmp_path / "second_challenges.json", {"t1": OPEN})
    assert folder(tmp_path).ids == ("arc_challenges/t1", "arc_challenges/t2", "second_challenges/t1")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "x_solutions.json",
            {"a": [[[1]]]},
            "this is a solutions file, expected tasks; open x_challenges.json",
        ),
        ("s.json", {"a": [{"attempt_1": [[1]]}]}, "this is a submission"),
        ("s.json", [{"attempt_1": {"answer": [[1]]}}], "this is a submission"),
        ("p.json", {"format": 1, "language": "", "steps": []}, "this is a Glossa program"),
        ("p.json", {"language": "", "steps": [], "puzzle": TASK}, "this is a Glossa program"),
        ("g.json", [[1, 2], [3, 4]], "this is a single grid"),
        ("i.json", {"name": "x", "count": 1}, "an object with 'name', 'count', expected train and test"),
        ("e.json", [], "the file is empty, expected an object with train and test"),
    ],
)
def test_other_files_are_told_by_what_they_look_like(tmp_path, name, value, said):
    assert said in refusal(written(tmp_path / name, value))


def test_digits_as_strings_and_rows_as_strings(tmp_path):
    pair = {"input": ["10", "00"], "output": [["0", 1], [0, "0"]]}
    puzzle = open_path(
        written(tmp_path / "t.json", {"train": [pair], "test": [{"input": ["7"], "output": []}]})
    )
    assert puzzle.train[0].input.tolist() == PAIR["input"]
    assert puzzle.train[0].output.tolist() == PAIR["output"]
    assert puzzle.test[0].output is None
    pair["input"] = ["1x", "00"]
    said = refusal(written(tmp_path / "t.json", {"train": [pair], "test": [pair]}))
    assert (
        said
        == "t.json: train[0].input row 0 column 1 is 'x', expected a whole number 0 to 15, or -1 for padding"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_byte_order_mark(tmp_path, encoding):
    path = tmp_path / "task.json"
    path.write_text(json.dumps({"name": "grün", **TASK}, ensure_ascii=False), encoding=encoding)
    assert isinstance(open_path(path), Puzzle)


def test_an_archive_opens_like_the_folder_in_it(tmp_path):
    found = open_path(zipped(tmp_path / "set.zip", {"data/training/a.json": TASK, "data/b.json": WIDE}))
    assert found.ids == ("data/b", "data/training/a")
    assert [name for name, _ in found.puzzles()] == ["data/training/a"]


def test_archives_are_bounded(tmp_path, monkeypatch):
    inner = zipped(tmp_path / "inner.zip", {"a.json": TASK}).read_bytes()
    hidden = {"inner.zip": inner, "b.json": inner, "c.json.gz": gzip.compress(b"{}"), "d.json": TASK}
    found = open_path(zipped(tmp_path / "outer.zip", hidden))
    assert [name for name, _ in found.puzzles()] == ["d"]
    assert len(found.refused) == 3
    assert "archive" in refusal_of(found, "b")
    (tmp_path / "double.json.gz").write_bytes(gzip.compress(gzip.compress(b"{}")))
    assert "another archive" in refusal(tmp_path / "double.json.gz")
    large = zipped(tmp_path / "large.zip", {"a.json": b" " * 5000, "b.json": TASK})
    packed = tmp_path / "large.json.gz"
    packed.write_bytes(gzip.compress(b" " * 5000))
    for name in ("MAX_FILE_BYTES", "MAX_COLLECTION_BYTES"):
        monkeypatch.setattr(files, name, 1000)
    with pytest.raises(PuzzleError, match=r"large\.json\.gz: the file is larger"):
        files.read_text(packed)
    with pytest.raises(PuzzleError, match="unpacks to"):
        files.open_zip(large.read_bytes(), "large.zip")
    monkeypatch.setattr(files, "MAX_COLLECTION_BYTES", 10_000)
    found = open_path(large)
    assert [name for name, _ in found.puzzles()] == ["b"]
    assert "larger than" in refusal_of(found, "a")
    monkeypatch.setattr(files, "MAX_MEMBERS", 1)
    assert "too many files" in refusal(large)


def refusal_of(found, name):
    with pytest.raises(PuzzleError) as caught:
        found[name]
    return str(caught.value)


def test_a_size_that_an_archive_understates_is_still_bounded(tmp_path):
    path = zipped(tmp_path / "lying.zip", {"a.json": TASK})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\1\2")
    content[at + 24 : at + 28] = struct.pack("<I", 5)  # declared size
    path.write_bytes(content)
    assert "cannot be unpacked" in refusal_of(open_path(path), "a") or "not JSON" in refusal_of(
        open_path(path), "a"
    )


@given(
    content=st.binary(max_size=80),
    start=st.sampled_from([b"", b"PK\3\4", b"PK\5\6", b"\x1f\x8b", b"\xff\xfe", b"[{"]),
)
def test_any_bytes_give_tasks_or_a_puzzle_error(tmp_path_factory, content, start):
    path = tmp_path_factory.mktemp("any") / "any.json"
    path.write_bytes(start + content)
    said = "any.json: "
    try:
        open_path(path)
    except PuzzleError as error:
        said = str(error)
    assert said.startswith("any.json: ")
    assert len(said) < 300


@given(JUNK)
def test_any_json_gives_tasks_or_a_puzzle_error(tmp_path_factory, value):
    path = written(tmp_path_factory.mktemp("any") / "any.json", {"t": TASK, "other": value})
    assert "t" in dict(open_path(path).puzzles())


def arrays(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            stream = io.BytesIO()
            if isinstance(content, bytes):
                stream.write(content)
            else:
                np.lib.format.write_array(stream, content)
            archive.writestr(name.replace("_", "/") + ".npy", stream.getvalue())
    return path


def test_arrays_of_examples_open_as_tasks(tmp_path):
    shapes = np.array([[1, 2, 2, 1]] * 9, np.uint8)
    cells = np.arange(36, dtype=np.uint8) % 10
    found = open_path(arrays(tmp_path / "set.npz", b_shapes=shapes, b_cells=cells))
    puzzle = found["b"]
    assert (len(puzzle.train), len(puzzle.test)) == (4, 1)
    assert puzzle.train[1].input.tolist() == [[4, 5]]
    assert puzzle.train[1].output.tolist() == [[6], [7]]
    assert len(open_path(tmp_path / "set.npz", demonstrations=8)["b"].train) == 8


def test_arrays_that_do_not_fit_are_refused_before_anything_is_allocated(tmp_path):
    shapes = np.array([[1, 2, 2, 1]] * 2, np.uint8)
    cells = np.zeros(8, np.uint8)
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": "|u1", "fortran_order": False, "shape": (10**15,)})
    for bad, said in (
        (stream.getvalue() + b"12345", "declares"),
        (b"no array", "no numpy array"),
        (cells[:7], "7 cells, expected 8"),
        (cells.astype(np.int64), "int64, expected uint8"),
        (cells.reshape(2, 4), "flat"),
        (cells + 77, "is 77"),
    ):
        found = open_path(arrays(tmp_path / "set.npz", a_shapes=shapes, a_cells=bad))
        assert said in refusal_of(found, "a")
    found = open_path(arrays(tmp_path / "set.npz", a_shapes=shapes, a_cells=np.array([{}, "x"], object)))
    assert "expected uint8" in refusal_of(found, "a")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_device_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    said = []
    reading = threading.Thread(target=lambda: said.append(refusal(tmp_path / "pipe.json")), daemon=True)
    reading.start()
    reading.join(10)
    assert said == ["pipe.json: cannot be read (not a regular file), expected a JSON file"]
    assert "not a regular file" in refusal("/dev/zero")
    written(tmp_path / "a.json", TASK)
    assert folder(tmp_path).ids == ("a",)


def test_numbers_in_ids_sort_as_numbers_but_arc_ids_as_text():
    names = ["t10", "t2", "a/t1", "T3", "00d62c1b", "007bbfb7", "x9y2", "x9y10"]
    assert sorted(names, key=natural_key) == [
        "007bbfb7", "00d62c1b", "a/t1", "t2", "T3", "t10", "x9y2", "x9y10"
    ]  # fmt: skip


TEXTS = st.text(alphabet='ab{}[]",:\\ é\n', max_size=12)


@settings(max_examples=40)
@given(
    st.dictionaries(
        TEXTS, st.dictionaries(TEXTS, TEXTS | st.lists(st.dictionaries(TEXTS, TEXTS)), max_size=3), min_size=1
    ),
    st.booleans(),
    st.integers(20, 64),
)
def test_objects_found_by_their_braces_are_those_of_the_text(values, indented, chunk):
    text = json.dumps(values, indent=2 if indented else None, ensure_ascii=indented)
    before, spans._CHUNK = spans._CHUNK, chunk
    try:
        found = spans.object_spans(text.encode())
        listed = spans.object_spans(json.dumps(list(values.values())).encode())
    finally:
        spans._CHUNK = before
    assert dict(found) == {spans.shown_id(name): value for name, value in values.items()}
    assert list(listed.values()) == list(values.values())


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "[1]", '{"a": 1}', '{"a": {}', '{"a": {}}}', '{"a": [{}]}', '{"a": {} "b": {}}']
)
def test_other_texts_are_left_to_the_parser(text):
    assert spans.object_spans(text.encode()) is None


def test_a_large_file_is_read_task_by_task(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "INDEXED_FROM", 0)
    path = written(tmp_path / "set.json", {"good": TASK, "wide": WIDE, "by": {"train": 3}})
    found = open_path(path)
    assert isinstance(found, Collection)
    assert [name for name, _ in found.puzzles()] == ["good"]
    assert "wide.train[0].input has 101 columns" in refusal_of(found, "wide")
    broken = path.read_text().replace("[[2, 0]", "[[2 0]")
    found = open_path(written(tmp_path / "broken.json", broken))
    assert "not JSON" in refusal_of(found, "good")
    assert isinstance(open_path(written(tmp_path / "one.json", TASK)), Puzzle)
    monkeypatch.setattr(formats, "MAX_FILE_BYTES", 10)
    assert "is larger than" in refusal(written(tmp_path / "text.json", ["x" * 100]))
