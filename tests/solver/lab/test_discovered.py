from __future__ import annotations

import json

import pytest
import torch

from solver.__main__ import main
from solver.lab.bench.discovered import assigned, discovered, shares, single_examples
from solver.lab.bench.grids import GridSuite
from solver.lab.bench.methods import METHODS
from solver.lab.bench.paper import Bench, PaperPlan
from solver.lab.bench.tasks import SUITES
from solver.words.errors import UsageError

NLI = next(method for method in METHODS if method.name == "nli")


def test_every_operation_gets_one_word_the_surest_first():
    right = torch.tensor([[0.2, 0.9, 0.0], [0.0, 1.0, 0.8], [0.1, 0.0, 0.0]])
    meanings = assigned(["a", "b", "c"], right)
    assert [m.word for m in meanings] == [0, 1, 2]
    assert [m.own for m in meanings] == [False, True, False]
    assert assigned(["a"], torch.tensor([[54 / 60]]))[0].own
    assert [round(m.best, 1) for m in meanings] == [0.9, 1.0, 0.1]
    assert [m.word for m in assigned(["a", "b"], torch.tensor([[1.0], [1.0]]))] == [0, None]


def test_examples_are_of_single_operations_alone():
    suite = GridSuite(side=4)
    examples = single_examples(suite, 12, seed=0)
    assert sorted(examples) == sorted(op.name for op in suite.operations)
    assert all(one.inputs.shape == one.outputs.shape == (1, 12, 16) for one in examples.values())


def test_the_share_of_a_word_is_that_of_its_operation(setting, monkeypatch):
    learner = NLI.build(setting)
    by_name = {t.name: t.function for t in SUITES["comp-i"].inside}

    def run_hard(inputs, words, canvas):
        both = [torch.from_numpy(by_name[name](inputs.numpy())) for name in ("halve", "complement")]
        made = torch.stack([*both, *[inputs] * (setting.codebook - 2)], 1)
        return made[torch.arange(len(inputs)), words[:, 0]]

    monkeypatch.setattr(learner, "run_hard", run_hard)
    examples = single_examples(SUITES["comp-i"], 8, seed=0)
    names = list(examples)
    right = shares(learner, list(examples.values()))
    assert right.shape == (8, setting.codebook - 1)
    assert right[names.index("halve")].argmax() == 0
    assert right[names.index("complement"), 1] == 1
    assert {m.operation for m in assigned(names, right) if m.own} >= {"halve", "complement"}


def test_without_a_trained_interpreter_one_line_says_so(tmp_path, capsys):
    assert main(["bench", "discovered", "--suite", "comp-i", "--folder", str(tmp_path)]) == 2
    assert "no trained interpreter" in capsys.readouterr().err


def test_a_trained_interpreter_is_told_word_by_word(setting, tmp_path, monkeypatch):
    from solver.lab.bench import paper

    monkeypatch.setattr(paper, "SETTINGS", {"comp-i": setting})
    bench = Bench(tmp_path, SUITES["comp-i"], torch.device("cpu"), lambda line: None)
    plan = PaperPlan(steps=2, most=2, seeds=1)
    with pytest.raises(UsageError):
        discovered(bench, plan)
    bench.trained(NLI, plan, seed=0)
    text = discovered(bench, plan)
    assert "of 8 operations have a word of their own" in text
    kept = json.loads((tmp_path / "discovered.json").read_text())
    assert {row["operation"] for row in kept["0"]} == {t.name for t in SUITES["comp-i"].inside}
    words = [row["word"] for row in kept["0"] if row["word"] is not None]
    assert len(words) == len(set(words)) == setting.codebook - 1
