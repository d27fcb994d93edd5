"""Conditions: comparisons of a feature with a number, "size rank of its object = 3", which rules are made of.

A feature (`solver.words.features`) says one small number about every cell of a grid, or about every piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.words.features import Features, similar_features
from solver.words.operations.registry import NotApplicable
from solver.words.rule import NUMBERS, Part, Slot, joined

RELATIONS = ("=", "≠", "≥", "≤")
_CONDITION = re.compile(r"(?P<feature>.+) (?P<relation>[=≠≥≤]) (?P<value>-?\d+)")


@dataclass(frozen=True)
class Condition:
    """One comparison of a feature with a number."""

    feature: str
    relation: str
    value: int

    def __str__(self) -> str:
        return f"{self.feature} {self.relation} {self.value}"

    def holds(self, features: Features) -> NDArray[np.bool_]:
        """Cells or pieces for which it is true; raises `NotApplicable` where there is no such feature."""
        return compare(values_of(features, self.feature), self.relation, self.value)


def compare(values: NDArray[np.int16], relation: str, value: int | NDArray[np.int64]) -> NDArray[np.bool_]:
    """Compare a feature with a number."""
    if relation == "=":
        return np.asarray(values == value)
    if relation == "≠":
        return np.asarray(values != value)
    return np.asarray(values >= value) if relation == "≥" else np.asarray(values <= value)


def values_of(features: Features, name: str) -> NDArray[np.int16]:
    """The numbers of the feature called `name`; raises `NotApplicable` where the grid has none."""
    if name not in features.values:
        raise NotApplicable(f"this grid has no {name}")
    return features.values[name]


def parse_conditions(text: str) -> tuple[Condition, ...] | None:
    """Read "<condition> and <condition>"; None when one of them is none."""
    found = [_CONDITION.fullmatch(part) for part in text.split(" and ")]
    if None in found:
        return None
    return tuple(Condition(m["feature"], m["relation"], int(m["value"])) for m in found if m)


def where_parts(where: tuple[Condition, ...]) -> tuple[Part, ...]:
    """The end of a rule's text, " where <condition> and <condition>"; nothing without conditions."""
    if not where:
        return ()
    return (" where ", *joined([_parts(condition) for condition in where], " and "))


def _parts(condition: Condition) -> tuple[Part, ...]:
    value = str(condition.value)
    return (
        *similar_features(condition.feature),
        " ",
        Slot(condition.relation, RELATIONS),
        " ",
        Slot(value, NUMBERS),
    )
