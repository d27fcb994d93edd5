"""What people wrote about puzzles is found beside or within their collection, and what is bad is said."""

import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles import descriptions
from puzzles.collections import folder, open_path
from puzzles.descriptions import LONGEST, MOST_OF_ONE, describe
from puzzles.puzzle import puzzle_to_text
from tests.puzzles.strategies import JUNK

PAIR = {"input": [[1, 0]], "output": [[0, 1]]}
TASK = {"train": [PAIR], "test": [PAIR]}


def make_folder(path, *names):
    for name in names:
        file = path / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(TASK))
    return path


def read(files, ids=("a", "b", "x/c")):
    contents = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    return describe(ids, contents, contents.__getitem__, lambda name: contents[name][:4096])


def texts(files, **options):
    return dict(read(files, **options).texts)


def test_a_table_in_a_folder_is_shown_with_its_puzzles_and_not_saved_with_them(tmp_path):
    tasks = make_folder(tmp_path / "tasks", "a", "deep/b")
    table = 'id,description\na,"Mirror, then\nrotate"\nb.json,Fill\na,Flip it\n'
    (tasks / "descriptions.csv").write_text(table)
    found = folder(tasks)
    assert found.ids == ("a", "deep/b")
    assert found["a"].told == ("Mirror, then\nrotate", "Flip it")
    assert found["a"].description == "Mirror, then\nrotate\n\nFlip it"
    assert found["deep/b"].description == "Fill"
    assert found.about("deep/b") == "Fill"
    assert "Mirror" not in puzzle_to_text(found["a"])
    assert found["a"] == open_path(tasks / "a.json")
    assert found.told.problems == ()


@pytest.mark.parametrize("name", ["tasks.csv", "descriptions.csv", "My annotations.csv"])
def test_a_table_beside_a_folder_an_archive_or_a_file(tmp_path, name):
    tasks = make_folder(tmp_path / "tasks", "a")
    (tmp_path / name).write_text("id;text\na;Mirror\n")
    assert folder(tasks)["a"].told == ("Mirror",)
    with zipfile.ZipFile(tmp_path / "tasks.zip", "w") as archive:
        archive.write(tasks / "a.json", "a.json")
    assert folder(tmp_path / "tasks.zip")["a"].told == ("Mirror",)
    challenges = tmp_path / "tasks.json"
    challenges.write_text(json.dumps({"a": TASK, "b": TASK}))
    assert folder(challenges)["a"].told == ("Mirror",)
    assert folder(challenges)["b"].told == ()


def test_a_table_of_any_name_beside_a_file_counts_by_its_columns(tmp_path):
    challenges = tmp_path / "x_challenges.json"
    challenges.write_text(json.dumps({"a": TASK}))
    (tmp_path / "crowd.csv").write_text("Task ID\tworker\tDescription\na\tw1\tMirror\n")
    (tmp_path / "prices.csv").write_text("id,price\na,3\n")
    assert folder(challenges)["a"].told == ("Mirror",)


def test_descriptions_in_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        archive.writestr("data/a.json", json.dumps(TASK))
        archive.writestr("data/descriptions.json", json.dumps({"a": "Mirror"}))
    found = folder(tmp_path / "set.zip")
    assert found.ids == ("data/a",)
    assert found["data/a"].told == ("Mirror",)


@pytest.mark.parametrize(
    "value",
    [
        {"a": ["Mirror", "Flip"]},
        {"a": [{"text": "Mirror"}, {"text": "Flip", "by": "me"}]},
        {"descriptions": {"a": ["Mirror", "Flip"]}},
        [{"id": "a", "description": "Mirror"}, {"task_id": "a.json", "id": 7, "description": "Flip"}],
        [{"name": "x/y/a", "descriptions": ["Mirror", "Flip"]}],
    ],
)
def test_forms_of_json(value):
    assert texts({"descriptions.json": json.dumps(value)}) == {"a": ("Mirror", "Flip")}


def test_a_json_file_of_descriptions_is_no_entry_and_leaves_kaggle_ids_as_they_are(tmp_path):
    (tmp_path / "x_challenges.json").write_text(json.dumps({"a": TASK}))
    (tmp_path / "descriptions.json").write_text(json.dumps({"a": "Mirror", "other": "Flip"}))
    found = folder(tmp_path)
    assert found.ids == ("a",)
    assert found["a"].told == ("Mirror",)
    (tmp_path / "descriptions.json").write_text("{")
    found = folder(tmp_path)
    assert found.ids == ("a",)
    assert found.told.problems[0].startswith("descriptions.json: line 1 column 2 is not JSON")
    (tmp_path / "descriptions.json").write_text(json.dumps({"t": TASK}))
    assert folder(tmp_path).ids == ("descriptions/t", "x_challenges/a")


def test_ids_that_stand_in_other_tables_are_followed():
    tables = {
        "tasks.csv": 'task_id,task_name,size\n0,a.json,"(3, 3)"\n1,b.json,"(1, 1)"\n',
        "links.csv": "task_id,description_id,build_id\n0,d1,b1\n0,d1,b2\n1,d2,\n0,d3,\n",
        "texts.csv": "description_id,user_id,description_input,description_output,description_seconds\n"
        "d1,u,See a row,Mirror it,12\nd2,u,,Fill,3\nd3,u,See cells,Flip,4.5\nd4,u,Nobody's,Own,1\n",
    }
    assert texts(tables) == {"a": ("See a row\nMirror it", "See cells\nFlip"), "b": ("Fill",)}
    del tables["links.csv"]
    assert texts(tables) == {}


def test_the_same_id_in_two_folders_gets_the_text_twice_but_a_whole_path_is_exact():
    table = {"d.csv": "id,text\nc,Both\nx/c,One\n"}
    assert texts(table, ids=("x/c", "y/c")) == {"x/c": ("Both", "One"), "y/c": ("Both",)}


def test_bad_rows_are_passed_over_and_said_in_one_line():
    rows = ["id,description", "a,Good", "b", "a,two,many", ",Nobody", "b,", "b,42", "", "a,Better,"]
    found = read({"d.csv": "\n".join(rows)})
    assert found.texts == {"a": ("Good", "Better")}
    assert found.problems == ("d.csv: 5 rows passed over; line 3 has 1 column, expected 2",)
    entries = [{"id": "a", "text": "Good"}, {"text": "x"}, 3, {"id": "b"}]
    found = read({"descriptions.json": json.dumps(entries)})
    assert found.texts == {"a": ("Good",)}
    said = found.problems[0]
    assert said.startswith("descriptions.json: 3 entries passed over; [1] has no id, expected one of")
    assert len(said) < 300


def test_a_quote_that_is_never_closed_spoils_one_row():
    long = 'b,"' + "x" * 140_000
    found = read({"d.csv": f"id,text\na,Good\n{long}\n"})
    assert found.texts == {"a": ("Good",)}
    assert found.problems == ("d.csv: 1 row passed over; line 3 cannot be read, expected a row of a table",)


def test_spreadsheets_of_another_encoding_and_signs_that_cannot_be_printed():
    assert texts({"d.csv": "id,text\na,Größe\n".encode("cp1252")}) == {"a": ("Größe",)}
    assert texts({"d.csv": "\ufeffid,text\na,Größe\n".encode()}) == {"a": ("Größe",)}
    assert texts({"d.csv": "id,text\na,one\x1b[1mtwo <b>\n"}) == {"a": ("one [1mtwo <b>",)}
    assert len(texts({"d.csv": f"id,text\na,{'x' * 9999}\n"})["a"][0]) == LONGEST


def test_very_many_texts_of_one_puzzle_are_cut():
    rows = "".join(f"a,text {number}\n" for number in range(2 * MOST_OF_ONE))
    assert len(texts({"d.csv": f"id,text\n{rows}"})["a"]) == MOST_OF_ONE


def test_tables_without_texts_are_not_read(monkeypatch):
    monkeypatch.setattr(descriptions, "_table", lambda *_: pytest.fail("it was read"))
    assert texts({"p.csv": "id,price\na,3\n", "empty.csv": ""}) == {}


@given(st.binary(max_size=60), JUNK)
def test_any_content_gives_texts_or_problems(content, value):
    for files in (
        {"d.csv": b"id,text\n" + content},
        {"d.csv": content},
        {"descriptions.json": content},
        {"descriptions.json": json.dumps({"a": value, "b": [value]})},
        {"descriptions.json": json.dumps([value, {"id": "a", "text": value}])},
    ):
        found = read(files)
        assert all(isinstance(text, str) and text for said in found.texts.values() for text in said)
        assert all("\n" not in problem for problem in found.problems)
