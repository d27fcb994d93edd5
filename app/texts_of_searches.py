"""The sentences of the solver in the language of the window.

The solver knows no Qt and says everything in English. Here stands each of its sentences as a template; what
it filled in is read back and filled into the translation. Names of words stay English on purpose: they are
those of the program files and of the command line. So does what other software said, as a reason.
"""

from __future__ import annotations

import re
from functools import cache

from app.translate import mark, tr

SENTENCES = (
    mark("loading the learned language"),
    mark("running the pinned steps"),
    mark("looking at the grids that are wanted"),
    mark("reading the demonstrations"),
    mark("guessed a first program"),
    mark("looking for exact words"),
    mark("trying programs of similar puzzles"),
    mark("repairing a near miss"),
    mark("coining a new word"),
    mark("searching in other views of the puzzle"),
    mark("asking other views of the puzzle"),
    mark("learning the demonstrations in other views"),
    mark("searching with tuned words"),
    mark("trying programs of {n} words"),
    mark("round {round}, step {step} of {steps}, {starts} starts, temperature {temperature}"),
    mark("near miss {at} of {n}: {reason}"),
    mark("{n} states, rules learned on {canvases} canvases"),
    mark("{n} states"),
    mark("{n} canvases that rules were learned on"),
    mark("{n} programs of exact words"),
    mark("{n} plans of procedures tried"),
    mark("no way to cut the inputs singles out what is marked: searching as without marks"),
    mark("trying rules that pick what is marked first; ways to cut the inputs that single it out: {n}"),
    mark("marks count in the search over exact words, which was left out"),
    mark("learned words hold up to {n} cells a side, {place} has {rows} × {columns}"),
    mark("{reason}: exact words alone"),
    mark("the program cannot be remembered: {reason}"),
    mark("a search process died (exit code {code}), looking on without it"),
    mark("the GPU {reason}; going on with the CPU"),
    mark("the GPU {reason}, so the search went on on the CPU"),
    mark("{name} cannot be used, the CPU is: {reason}"),
    mark("cuda: {reason}"),
    mark("mps: {reason}"),
    mark("this build of torch is made without it"),
    mark("there is none"),
    mark("it was asked for"),
    mark("a GPU is faster than the CPU"),
    mark("ran out of memory"),
    mark("failed ({reason})"),
    mark(
        "programs tried in the learned language: {programs}, rounds of gradient refinement: {rounds}, "
        "programs of exact words found: {exact}"
    ),
    mark("plans of procedures tried: {n}"),
    mark("{n} search processes died (exit codes {codes}): solve again"),
    mark("grid {at} of {n}"),
    mark("asked {engine} once per grid; it writes no program"),
    mark("pinned: {word} has no answer for {place}: {reason}"),
    mark("pinned: the last step, {word}, yields pieces, expected a grid"),
    mark("pinned: {reason}"),
    mark("{place}, the solver knows 0 to {n}; padding has to be cut away first"),
    mark("{place}, the solver knows 0 to {n}; other values are only shown"),
)
"""The more specific ones first; `{name}` stands for what the solver fills in."""
_FIELD = re.compile(r"\{(\w+)\}")
_NUMBERS = {
    "n",
    "round",
    "step",
    "steps",
    "starts",
    "canvases",
    "rounds",
    "programs",
    "exact",
    "at",
    "rows",
    "columns",
}
"""Fields that hold a whole number, so that a template takes no other sentence for its own."""
_REASON = "reason"
"""The field that may hold a sentence of its own."""


def said(text: str) -> str:
    """Write what the solver said in the language of the window; what is no sentence of its stays as it is.

    Several sentences joined by semicolons, as in the account of what was tried, are written one by one.
    """
    whole = _translated(text)
    return "; ".join(_translated(part) or part for part in text.split("; ")) if whole is None else whole


def _translated(text: str) -> str | None:
    found = matching(text)
    if found is None:
        return None
    template, values = found
    if _REASON in values:
        values[_REASON] = said(values[_REASON])
    return tr(template, **values)


def matching(text: str) -> tuple[str, dict[str, str]] | None:
    """Return the template a sentence was made from and what was filled in; None where there is none."""
    for template in SENTENCES:
        match = pattern_of(template).fullmatch(text)
        if match is not None:
            return template, match.groupdict()
    return None


@cache
def pattern_of(template: str) -> re.Pattern[str]:
    """Return what a template looks like when it is filled in."""
    parts = _FIELD.split(template)
    for place in range(0, len(parts), 2):
        parts[place] = re.escape(parts[place])
    for place in range(1, len(parts), 2):
        held = r"\d+" if parts[place] in _NUMBERS else ".+?"
        parts[place] = f"(?P<{parts[place]}>{held})"
    return re.compile("".join(parts), re.DOTALL)
