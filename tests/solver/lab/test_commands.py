from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
import torch

from solver.__main__ import main
from solver.lab.baselines.learner import Effort
from solver.lab.bench import settings
from solver.lab.bench.ablations import ablated_methods
from solver.lab.bench.curves import over_starts, over_steps
from solver.lab.bench.methods import METHODS
from solver.lab.bench.report import Cell, bars, curves, markdown
from solver.lab.bench.score import accuracy
from solver.lab.bench.speed import as_markdown, flop_counter, measure
from solver.lab.bench.tasks import SUITES
from solver.nli import model as networks
from solver.nli.config import ModelConfig
from solver.nli.model import NLI


@pytest.fixture
def tiny(monkeypatch, setting):
    from solver.lab.bench import methods, paper

    monkeypatch.setattr(paper, "SETTINGS", dict.fromkeys(settings.SETTINGS, replace(setting, named=("icl",))))
    monkeypatch.setattr(methods, "_TUNING_STEPS", 1)
    effort = Effort(steps=1, starts=2)
    plan = replace(paper.PaperPlan(), effort=effort)
    monkeypatch.setattr(paper, "PaperPlan", lambda: plan)


ARGUMENTS = ["--quick", "--steps", "2", "--most", "2", "--tasks", "2", "--threads", "1"]


def test_the_papers_table_is_written_and_a_second_run_trains_nothing(tiny, tmp_path, capsys):
    arguments = ["bench", "paper", "--only", "comp-i", *ARGUMENTS, "--folder", str(tmp_path)]
    assert main(arguments) == 0
    rows = json.loads((tmp_path / "table.json").read_text())["rows"]
    assert list(rows) == [row.label for method in METHODS for row in method.rows]
    assert all(set(cells) == {"comp-i, in", "comp-i, out"} for cells in rows.values())
    assert (tmp_path / "table.md").read_text() in capsys.readouterr().out
    ElementTree.parse(tmp_path / "table.svg")
    weights = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.safetensors")}
    assert len([path for path in weights if ".part" not in path.name]) == len(METHODS)
    assert main(arguments) == 0
    assert weights == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.safetensors")}
    before = (tmp_path / "table.json").read_text()
    assert main([*arguments, "--validation", "--methods", "lpn"]) == 0
    assert (tmp_path / "table-validation.json").exists()
    assert (tmp_path / "table.json").read_text() == before


def test_a_run_without_time_leaves_an_empty_table_and_the_next_one_goes_on(tiny, tmp_path, capsys):
    arguments = ["bench", "paper", "--only", "shift-l-wide", "--methods", "icl", "dlpn", "--main"]
    arguments += [*ARGUMENTS, "--folder", str(tmp_path)]
    assert main([*arguments, "--minutes", "0"]) == 0
    assert json.loads((tmp_path / "table.json").read_text())["rows"] == {}
    assert main(arguments) == 0
    document = json.loads((tmp_path / "table.json").read_text())
    assert [run["steps"] for run in document["training"]] == [2, 2]
    assert document["learned"]["in-context"] == {"shift-l-wide, in": [True], "shift-l-wide, out": [False]}
    assert "not learned" in capsys.readouterr().out
    assert main([*arguments, "--telling", "nothing"]) == 0
    assert (tmp_path / "table-nothing.json").exists()
    trained = {path.name for path in tmp_path.rglob("*.safetensors") if ".part" not in path.name}
    assert trained == {"icl-0.safetensors", "icl-nothing-0.safetensors", "dlpn-0.safetensors"}


def test_scores_need_no_weights_any_more(tiny, tmp_path):
    arguments = ["bench", "paper", "--only", "shift-l", "--methods", "lpn", "--folder", str(tmp_path)]
    arguments += ARGUMENTS
    assert main(arguments) == 0
    before = json.loads((tmp_path / "table.json").read_text())
    for weights in tmp_path.rglob("*.safetensors"):
        weights.unlink()
    assert main(arguments) == 0
    assert json.loads((tmp_path / "table.json").read_text()) == before
    assert not list(tmp_path.rglob("*.safetensors"))


def test_weights_of_another_plan_are_refused(tiny, tmp_path, capsys):
    arguments = ["bench", "paper", "--only", "shift-l", "--methods", "lpn", "--folder", str(tmp_path)]
    assert main([*arguments, *ARGUMENTS]) == 0
    assert main([*arguments, "--quick", "--steps", "3", "--tasks", "2"]) == 2
    assert "lpn-0.json: trained with another plan" in capsys.readouterr().err


def test_rows_may_be_chosen_and_the_others_scored_later(tiny, tmp_path):
    arguments = ["bench", "paper", "--only", "shift-l", "--methods", "lpn", *ARGUMENTS]
    arguments += ["--folder", str(tmp_path)]
    assert main([*arguments, "--rows", "LPN"]) == 0
    assert list(json.loads((tmp_path / "table.json").read_text())["rows"]) == ["LPN"]
    assert main([*arguments, "--rows", "LPN", "LPN, starts alone"]) == 0
    assert list(json.loads((tmp_path / "table.json").read_text())["rows"]) == ["LPN", "LPN, starts alone"]


@pytest.mark.parametrize(
    "wrong",
    [["paper", "--only", "shift-x"], ["grids", "--methods", "gpt"], ["paper", "--rows", "LPN, blind"]],
)
def test_an_unknown_name_gets_one_line_that_says_what_was_expected(wrong, capsys):
    assert main(["bench", *wrong]) == 2
    error = capsys.readouterr().err
    assert wrong[-1] in error
    assert "expected one of" in error
    assert error.count("\n") == 1


def test_ablations_and_curves_run_on_what_was_trained(tiny, tmp_path):
    common = ["--suite", "comp-i", *ARGUMENTS, "--folder", str(tmp_path)]
    assert main(["bench", "ablations", *common]) == 0
    rows = json.loads((tmp_path / "table.json").read_text())["rows"]
    assert len(rows) == 2 * len(ablated_methods())
    assert main(["bench", "curves", *common, "--most-steps", "10", "--most-starts", "4"]) == 0
    points = json.loads((tmp_path / "comp-i" / "curves.json").read_text())
    assert [x for x, _ in points["steps"]] == [1, 10]
    assert [x for x, _ in points["starts"]] == [x for x, _ in points["starts alone"]] == [1, 4]
    ElementTree.parse(tmp_path / "comp-i" / "curve-steps.svg")


def test_ablations_change_what_they_say(setting):
    # Trial draws words at random; without it, randomness at the end of training is the two noises alone.
    setting = replace(setting, anneal=replace(setting.anneal, anchored=0.0))
    built = {m.name.removeprefix("ablation-"): m.build(setting) for m in ablated_methods()}
    batch = SUITES["comp-i"].draw("train", 0, 4, 3, seed=0)
    words = built["no-skip"].inductor.logits(built["no-skip"].induce(batch))
    assert words.detach().softmax(-1)[..., -1].max().item() == 0.0
    torch.manual_seed(0)
    quiet = [built["no-state-noise"].loss(batch, 1.0).item() for _ in range(2)]
    assert quiet[0] != quiet[1]  # the words' noise is still there
    built["no-state-noise"].code_noise = 0.0
    assert built["no-state-noise"].loss(batch, 1.0).item() == built["no-state-noise"].loss(batch, 1.0).item()
    skipping = torch.zeros(4, 2, 8)
    skipping[..., -1] = 1
    state = torch.nn.functional.one_hot(batch.inputs[:, 0], 11).float()
    copied = built["continuous"].execute(state, skipping, batch.canvas, 1.0, 0.0)
    assert torch.equal(copied.argmax(-1), batch.inputs[:, 0])
    assert built["fast"].anneal.at(0.2) == built["base"].anneal.at(1.0)


def test_curves_end_where_a_plain_search_ends(setting):
    learner = next(m for m in METHODS if m.name == "nli").build(setting).requires_grad_(False)
    tasks = SUITES["comp-i"].draw("test", 0, 3, 3, seed=0)
    points = over_steps(learner, tasks, 3, [1, 10, 12], seed=0)
    assert [x for x, _ in points] == [1, 10, 12]
    assert all(0 <= y <= 1 for _, y in points)
    assert over_starts(learner, tasks, [3], 12, seed=0)[0][1] == points[-1][1]
    assert accuracy(learner, tasks, Effort(12, 3), seed=0) == pytest.approx(points[-1][1])


def test_reports_round_as_people_read_them():
    table = {"NLI": {"in": Cell((1.0, 0.9, 0.95))}, "LPN": {"in": Cell((0.5,)), "out": Cell((0.0,))}}
    text = markdown(table, ["in", "out"])
    assert "| NLI | 0.95 ± 0.05 | – |" in text
    assert "| LPN | 0.50 | 0.00 |" in text
    for svg in (bars(table, ["in", "out"], "a < b"), curves({"NLI": [(1, 0.1), (10, 0.7)]}, "t", "steps")):
        assert ElementTree.fromstring(svg).tag.endswith("svg")


def test_speed_is_measured_within_its_limit():
    small = ModelConfig(width=16, heads=2, code_width=8, codebook=8, executor_layers=1, inductor_layers=1)
    rate, rows = measure(NLI(small), torch.device("cpu"), [4], [1, 100_000], limit_s=0.1)
    assert rate > 1e8
    assert rows[0].gradient_steps > 0
    assert 0 < rows[0].share < 1
    assert rows[1].gradient_steps is None
    assert "| 4×4 | 100000 | " in as_markdown(rate, rows)


def test_runs_side_by_side_leave_what_one_after_another_leaves(tmp_path):
    arguments = ["bench", "paper", "--only", "comp-i", "--methods", "icl", "--quick", "--steps", "2"]
    arguments += ["--most", "2", "--tasks", "1", "--threads", "1", "--folder"]
    assert main([*arguments, str(tmp_path / "one")]) == 0
    assert main([*arguments, str(tmp_path / "two"), "--jobs", "2"]) == 0
    one, two = (json.loads((tmp_path / name / "table.json").read_text()) for name in ("one", "two"))
    assert one["rows"] == two["rows"]
    assert two["rows"]["in-context"]["comp-i, out"] == [0.0]


def test_fused_and_written_out_attention_count_the_same_operations():
    counts = []
    for attend in (networks.attend, networks._attend_all):
        parts = torch.randn(3, 2, 4, 50, 8).requires_grad_().unbind()
        with flop_counter() as counter:
            attend(*parts).sum().backward()
        counts.append(counter.get_total_flops())
    products = 2 * 2 * 4 * 50 * 50 * 8
    # Two products forwards; backwards twice as many, and one more where scores are computed again.
    assert counts == [7 * products, 6 * products]
