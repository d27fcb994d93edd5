"""Weights and their JSON: what was saved is loaded, what does not fit is refused in a line that names it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from puzzles.grid import as_grid
from solver.nli.checkpoint import load_model, save_model
from solver.nli.config import ModelConfig
from solver.nli.learned import LearnedLanguage, coin, coined_name, learned_words
from solver.nli.model import NLI
from solver.tensors import load_tensors, save_tensors
from solver.words.errors import CheckpointError
from solver.words.program import Language, ProgramError

SMALL = ModelConfig(
    slots=2, codebook=6, width=16, heads=2, expansion=2, inductor_layers=1, executor_layers=1, code_width=8
)
ABOUT: dict[str, Any] = {
    "meanings": {
        "w0": {"operation": "shift up", "agreement": 1.0},
        "w2": {"operation": "crop", "agreement": 0},
    },
    "bootstrapped": ["shift up"],
    "trained": {"plan": {"last_side": 9}},
}


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    save_model(NLI(SMALL), tmp_path / "m.safetensors", ABOUT)
    return tmp_path / "m.safetensors"


Change = Callable[[dict[str, Any]], object]


def changed(weights: Path, change: Change) -> None:
    path = weights.with_suffix(".json")
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document), "utf-8")


def test_what_was_saved_is_loaded(weights: Path) -> None:
    model, about = load_model(weights)
    assert model.config == SMALL
    assert {key: about[key] for key in ABOUT} == ABOUT
    torch.manual_seed(0)
    for mine, theirs in zip(NLI(SMALL).state_dict().values(), model.state_dict().values(), strict=True):
        assert torch.equal(mine, theirs)


@pytest.mark.parametrize(
    "change",
    [
        lambda about: [about.pop(key) for key in ABOUT],
        lambda about: about["trained"]["plan"].update(last_side=1),
        lambda about: about["trained"]["plan"].update(last_side=30),
        lambda about: about["config"].update(skip_bias=-5, uniform_mix=0.0),
        lambda about: about["config"].update(skip_bias=-65_536),
        lambda about: about["meanings"]["w0"].update(agreement=0),
    ],
)
def test_json_may_lack_what_is_not_needed_and_go_to_its_bounds(weights: Path, change: Change) -> None:
    changed(weights, change)
    load_model(weights)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda about: about.update(format=2), "expected an object with format 1"),
        (lambda about: about.pop("format"), "expected an object with format 1"),
        (lambda about: about.pop("config"), "config is null, expected the model's config"),
        (lambda about: about.update(config=[]), "config is .*, expected the model's config"),
        (lambda about: about.update(meanings=[1]), "meanings is .*, expected an object by word"),
        (lambda about: about.update(bootstrapped={}), "bootstrapped is .*, expected a list of words"),
        (lambda about: about.update(trained="long"), "trained is .*, expected an object that says how"),
        (lambda about: about["meanings"].update(w0=3), r"meanings\.w0 is 3, expected an object"),
        (lambda about: about["meanings"]["w0"].pop("operation"), r"meanings\.w0\.operation is null"),
        (lambda about: about["meanings"]["w0"].update(agreement=1.01), "expected a share from 0 to 1"),
        (lambda about: about["meanings"]["w0"].update(agreement=-0.01), "expected a share from 0 to 1"),
        (lambda about: about["meanings"]["w0"].update(agreement="1"), "expected a share from 0 to 1"),
        (lambda about: about["trained"].pop("plan"), r"trained\.plan\.last_side is null"),
        (lambda about: about["trained"].update(plan=[]), r"trained\.plan\.last_side is null"),
        (lambda about: about["trained"]["plan"].update(last_side=0), "last_side is 0, expected a whole"),
        (lambda about: about["trained"]["plan"].update(last_side=31), "last_side is 31, expected a whole"),
        (lambda about: about["trained"]["plan"].update(last_side=True), "last_side is .*, expected a whole"),
        (lambda about: about["config"].update(sloths=3), r"config\.sloths is unknown"),
        (lambda about: about["config"].update(slots=0), r"slots is 0, expected a whole number from 1 to 64"),
        (lambda about: about["config"].update(slots=65), "slots is 65, expected a whole number from 1 to 64"),
        (lambda about: about["config"].update(slots=2.0), r"slots is 2\.0, expected a whole number"),
        (lambda about: about["config"].update(convolution=33), "convolution is 33, expected a whole number"),
        (lambda about: about["config"].update(skip_bias=True), "skip_bias is .*, expected a number"),
        (lambda about: about["config"].update(skip_bias=70_000), "skip_bias is 70000, expected a number"),
        (lambda about: about["config"].update(uniform_mix="much"), "uniform_mix is .*, expected a number"),
        (lambda about: about["config"].update(heads=3), "heads is 3, expected a divisor of 16"),
        (lambda about: about["config"].update(rotary_heads=3), "rotary_heads is 3, expected at most 2"),
        (lambda about: about["config"].update(convolution=2), "config cannot be built, .*odd"),
        (lambda about: about["config"].update(width=32), "expected .* as m.json says"),
        (lambda about: about["config"].update(codebook=7), "is 6×8, expected 7×8 as m.json says"),
        (lambda about: about["config"].update(executor_layers=2), "is missing, expected"),
    ],
)
def test_json_that_does_not_fit_is_refused(weights: Path, change: Change, complaint: str) -> None:
    changed(weights, change)
    with pytest.raises(CheckpointError, match=complaint) as refused:
        load_model(weights)
    assert str(refused.value).startswith(("m.json: ", "m.safetensors: "))
    assert len(str(refused.value)) < 300


def test_as_many_rotary_heads_as_heads_are_taken(tmp_path: Path) -> None:
    model = NLI(replace(SMALL, rotary_heads=2))
    save_model(model, tmp_path / "m.safetensors", {})
    assert asdict(load_model(tmp_path / "m.safetensors")[0].config)["rotary_heads"] == 2


def test_tensors_that_nobody_asked_for_are_refused(weights: Path) -> None:
    save_tensors(load_tensors(weights) | {"spare": torch.zeros(2, 3)}, weights)
    with pytest.raises(CheckpointError, match=r"m\.safetensors: spare is 2×3, expected nothing"):
        load_model(weights)


@pytest.fixture
def learned() -> LearnedLanguage:
    torch.manual_seed(0)
    model = NLI(SMALL).eval().requires_grad_(False)
    return LearnedLanguage(model, Language(learned_words(model, ABOUT), "weights"), ABOUT)


def test_every_row_but_skip_is_a_word_with_what_is_known_of_it(learned: LearnedLanguage) -> None:
    words: Any = learned.language.words
    rows = [row for row in range(SMALL.codebook) if row != SMALL.skip]
    assert [word.name for word in words] == [f"w{row}" for row in rows]
    assert [word.meaning for word in words][:3] == ["shift up", "", "crop"]
    assert [word.bootstrapped for word in words] == [True] + [False] * (len(rows) - 1)
    assert [word.agreement for word in words][:3] == [1.0, None, 0]
    assert learned.usable == rows
    assert replace(learned, without=frozenset({1, 2})).usable == [row for row in rows if row not in (1, 2)]
    assert learned.trained_side == 9
    assert replace(learned, about={}).trained_side == 30
    assert not learned.on_gpu


def test_a_coined_word_is_named_after_the_row_it_moved_from(learned: LearnedLanguage) -> None:
    words: Any = learned.language.words
    codes = learned.model.executor.codes

    def meaning(row: int, moved: float) -> str:
        away = torch.zeros(SMALL.code_width)
        away[0] = moved * codes[row].norm()
        code = tuple(round(value, 4) for value in (codes[row] + away).tolist())
        return coin(learned.model, words, coined_name(code), code).meaning

    assert meaning(0, 0.2) == "w0′ (shift up), moved .20"
    assert meaning(1, 0.1) == "w1′, moved .10"
    assert meaning(0, 40).startswith("a new word near ")
    assert meaning(SMALL.skip, 0.01) == "a new word"


def test_learned_words_take_grids_up_to_thirty_a_side_on_any_canvas(learned: LearnedLanguage) -> None:
    word = learned.language["w1"]
    large, wide = as_grid(np.ones((2, 31), np.uint8)), as_grid(np.ones((3, 30), np.uint8))
    with pytest.raises(ProgramError, match="up to 30 cells a side, a grid has 4 × 31"):
        word.apply([wide, large], (4, 4))
    (outcome,) = word.apply([wide], (2, 2))
    assert outcome.confidence is not None
    assert outcome.confidence.shape == outcome.grid.shape
    assert word.apply([], (4, 4)) == []
