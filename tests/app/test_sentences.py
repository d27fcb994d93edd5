"""Every sentence of the solver that the window shows has a German one."""

import ast
from pathlib import Path

import numpy as np
import pytest

import solver
from app.texts import PHASES
from app.texts_of_searches import SENTENCES, matching, pattern_of, said
from app.widgets.faces import face_of
from puzzles.grid import as_grid
from puzzles.puzzle import Pair, Puzzle
from solver.search.crystal import ORIGIN as CRYSTALLISED
from solver.search.solve import solve
from solver.words.results import STAGES, Progress, SolveOptions
from tests.app.fake import FakeSolver

ROOT = Path(solver.__file__).parent
FILES = (
    *sorted((ROOT / "search").glob("*.py")),
    *(ROOT / "explore" / name for name in ("run.py", "engine.py", "__main__.py")),
    ROOT / "lab" / "bench" / "engine.py",
)
DEVICE = ROOT / "nli" / "device.py"
TELLING = {"progress": (0, 1), "Progress": (0, 1), "take": (0, 1), "partial": (1, 2)}
"""Calls that tell something, and where their arguments have the phase and the sentence."""
NAMED = {"message", "tried", "fell_back", "told_of_marks"}
"""Names of variables that hold a sentence, or begin with one that another is added to."""
SAYING = {"_told_of_marks", "_read"}
"""Functions that return a sentence."""
KEYS = {"progress", "doing"}
"""Keys of what search processes tell under which a sentence stands."""
ENGINES = {"icl", "ttt", "lpn"}


def is_known(text):
    """Whether a template stands for a sentence, or for each of several joined by semicolons."""
    return matching(text) is not None or all(matching(part) for part in text.split("; "))


def filled(node):
    """A literal with a 7 for everything that is filled in; none for what is no literal."""
    if isinstance(node, ast.IfExp):
        return [*filled(node.body), *filled(node.orelse)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(p.value if isinstance(p, ast.Constant) else "7" for p in node.values)]
    return []


def told_in(file):
    """Phases and sentences that a module tells."""
    phases, sentences = [], []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            places = TELLING.get(name, ())
            for place, told in zip(places, (phases, sentences), strict=False):
                told.extend(filled(node.args[place]) if place < len(node.args) else [])
        elif isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {getattr(t, "attr", getattr(t, "id", "")) for t in targets}
            sentences += filled(node.value) if names & NAMED else []
        elif isinstance(node, ast.Yield) and node.value is not None:
            sentences += filled(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name in SAYING:
            for part in ast.walk(node):
                sentences += filled(part.value) if isinstance(part, ast.Return) and part.value else []
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in KEYS:
                    sentences += filled(value)
    return phases, [text.removeprefix("; ") for text in sentences if text not in ("", "7", "; 7")]


def test_the_scan_finds_sentences_in_all_their_forms():
    found = [text for file in FILES for text in told_in(file)[1]]
    assert len(set(found)) > 25
    for text in (
        "guessed a first program",
        "7 states",
        "repairing a near miss",
        "plans of procedures tried: 7",
        "the GPU 7; going on with the CPU",
        "7 canvases that rules were learned on",
    ):
        assert text in found


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_sentence_has_a_template_and_every_phase_a_title(file):
    phases, sentences = told_in(file)
    assert [text for text in sentences if not is_known(text)] == []
    stages = {phase for phase in phases if not phase.startswith(("_", "7"))}
    assert stages - set(PHASES) - ENGINES == set()
    assert {*STAGES, CRYSTALLISED, "rules", "nearest", "start"} <= set(PHASES)


def test_a_sentence_without_a_template_would_be_seen(tmp_path):
    module = tmp_path / "new.py"
    module.write_text("def go(run):\n    yield run.progress('search', f'pondering {run.depth} riddles')\n")
    assert [text for text in told_in(module)[1] if not is_known(text)] == ["pondering 7 riddles"]


def test_no_template_is_without_use():
    """What refusals and devices say stands elsewhere and is looked at by the test below."""
    found = [text for file in FILES for text in told_in(file)[1]] + reasons_of_devices()
    unused = [text for text in SENTENCES if not any(said_as(text, told) for told in found)]
    elsewhere = (
        "learned words hold",
        "cuda: ",
        "mps: ",
        "ran out",
        "failed (",
        "pinned: ",
        "{place}, the",
        "{name} cannot",
    )
    assert [text for text in unused if not text.startswith(elsewhere)] == []


def reasons_of_devices():
    """Every literal of the module that says why a device is taken or not."""
    tree = ast.parse(DEVICE.read_text(encoding="utf-8"))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def said_as(template, told):
    """Whether a template stands for a sentence."""
    return pattern_of(template).fullmatch(told) is not None


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("12 states", "Zustände: 12"),
        (
            "learned words hold up to 30 cells a side, train[0].input has 40 × 31: exact words alone",
            "gelernte Wörter fassen bis zu 30 Zellen je Seite, train[0].input hat 40 × 31: nur exakte Wörter",
        ),
        ("the GPU ran out of memory; going on with the CPU", "Grafikprozessor: der Speicher reichte nicht; "
         "weiter auf der CPU"),
        (
            "programs tried in the learned language: 3, rounds of gradient refinement: 2, "
            "programs of exact words found: 5; plans of procedures tried: 9",
            "versuchte Programme in der gelernten Sprache: 3, Runden der Gradienten-Verfeinerung: 2, "
            "gefundene Programme aus exakten Wörtern: 5; versuchte Pläne aus Prozeduren: 9",
        ),
        ("pinned: objects has no answer for test[0].input: it is odd", "festgehaltene Schritte: objects hat "
         "keine Antwort für test[0].input: it is odd"),
        (
            "cuda: there is none; mps: this build of torch is made without it",
            "cuda: es gibt keinen; mps: dieses torch ist ohne das gebaut",
        ),
        ("something that nobody knows", "something that nobody knows"),
        ("braces {n} stay", "braces {n} stay"),
    ],
)  # fmt: skip
def test_what_was_filled_in_is_filled_into_the_translation(german, english, translated):
    assert said(english) == translated


def test_english_stays_as_the_solver_said_it(qapp):
    for text in ("12 states", "a search process died (exit code -9), looking on without it", "x; 3 states"):
        assert said(text) == text


def test_a_real_search_says_nothing_in_english(german):
    grids = [np.random.default_rng(seed).integers(0, 5, (4, 4)).astype(np.uint8) for seed in range(3)]
    pairs = [Pair(as_grid(grid), as_grid(grid[::-1])) for grid in grids]
    puzzle = Puzzle("flipped", tuple(pairs[:2]), tuple(pairs[2:]))
    search, heard = solve(puzzle, SolveOptions(engine="explore", budget_s=3.0)), set()
    while True:
        try:
            heard.add(next(search).message)
        except StopIteration as stop:
            heard.add(stop.value.tried)
            break
    assert len(heard) > 2
    assert [text for text in heard if said(text) == text] == []


def test_the_panel_and_the_log_speak_german(german, make_window, puzzle, qtbot):
    window = make_window(FakeSolver(found=(("w9",),)))
    window.bench.open(puzzle)
    run = window.bench.run
    run.start(puzzle, False)
    run.advance(Progress("repair", "repairing a near miss", 0.1, 1.0, (), None))
    assert face_of(run, True).text == "ein Beinahe-Treffer wird repariert"
    assert run.log[-1].endswith("Reparatur eines Beinahe-Treffers: ein Beinahe-Treffer wird repariert")
    run.fail("pinned: x is odd")
    assert face_of(run, True).text == "festgehaltene Schritte: x is odd"
