"""What everything costs in a search over exact words, in one place.

A program's cost is its description length (minimum description length: J. Rissanen, "Modeling by shortest
data description", Automatica 14, 1978): the shorter the description, the likelier the program. A unit is a
plain word such as "flip left-right" and counts like two bits: a program of cost c weighs 4^-c when programs
vote on the answers. Features and words bring their own costs (`Features.costs`, `Operation.cost`); limits on
time and on how many candidates are kept stay beside the code that they protect.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Costs:
    """Costs of the parts of a program, and the costs from which a program is doubted."""

    # Words and rules
    paint: float = 0.6
    """A painting rule, before its colour and its conditions."""
    fixed_colour: float = 0.2
    """A colour that is mentioned by its number."""
    and_: float = 0.3
    """Each condition after the first one."""
    not_equal: float = 0.25
    """A comparison other than "="."""
    colour_value: float = 0.1
    """Comparing with a colour, whichever it is."""
    number: float = 0.06
    """Comparing with a number, for each unit of it up to ten."""
    further_term: float = -0.1
    """Each further conjunction where one is not enough for a colour."""
    two_sources: float = 0.8
    """A decision list that paints in two sources: there are many pairs, so some fit by chance."""
    keep_on: float = 0.5
    """Applying a painting rule until nothing changes."""
    piece_to_paint: float = 0.3
    """Painting on the first of several parts, beyond what taking that part costs."""
    canvas_of_parts: float = 0.5
    """The word that makes a canvas out of pieces."""
    select: float = 0.4
    """A rule that picks a piece, before its conditions."""
    transform: float = 0.8
    """A rule that moves or turns pieces, before its conditions."""
    put_back: float = 0.5
    """Putting transformed pieces back."""
    per_piece: float = 0.5
    """Applying a program to every piece."""
    copies: float = 0.8
    """Laying copies of one grid for the cells of another, before the conditions."""
    further_copies: float = 0.5
    """Each further rule that lays copies."""
    stack: float = 0.7
    """Laying one grid over another."""
    into_parts: float = 0.8
    """Putting a picture without lines back between the lines."""
    spread: float = 0.8
    """Spreading an answer with one cell per part over the parts."""
    named: float = 1.0
    """A word that a person named, whatever its steps."""
    marked: float = 0.25
    """Share of its cost that a rule counts which picks what a person marked: pointing says most of it."""
    blank: float = 1.0
    """Starting from an empty grid."""
    larger_canvas: float = 1.5
    """Starting on a larger canvas, in the plainest way."""
    dearer_canvas: float = 0.2
    """Added for every way to say how large the canvas is that was thought of before."""
    view: float = 1.0
    """Looking at the puzzle with its colours by role, or with its grids turned alike."""
    learned: float = 3.5
    """A learned word: it has no text to count, and fits by chance more often than an exact one."""
    unchanged: float = 2.0
    """A program that leaves a test input as it is, which no puzzle asks for."""

    # Distance from a state to the outputs, in the same unit, for best-first search
    recoloured: float = 0.08
    """Added where the outputs are reached by giving every colour another."""
    other_shape: float = 0.6
    """Least distance of a grid of another shape; a wholly wrong grid of the right shape is at 1."""
    pieces: float = 0.9
    """Distance of pieces."""

    # Costs from which something is doubted or given up
    most_conditions_of_select: float = 5.0
    """Conditions on one piece that cost more only enumerate the demonstrations."""
    most_of_transform: float = 8.0
    """Rules on pieces that cost more only enumerate the demonstrations."""
    most_of_decision_list: float = 9.0
    """Decision lists that cost more only enumerate the demonstrations."""
    most_of_part: float = 2.6
    """Conditions of a rule that paints only a part of what must change."""
    most_before_part: float = 5.0
    """Cost up to which a canvas may be painted in part, to go on from there."""
    plain: float = 3.0
    """Decision lists up to this cost leave no reason to look for two sources."""
    surely_general: float = 3.0
    """What costs no more is believed without leaving a demonstration out."""
    cheap: float = 2.5
    """Cost up to which a program is trusted without looking long for a rival."""
    overfitting: float = 5.0
    """Cost from which a program must predict left-out demonstrations to be offered at all."""
    dear: float = 7.0
    """Cost from which a program is no reason to stop looking."""


COSTS = Costs()
