"""What the kinds and families of words are called, and a plain sentence for each."""

from __future__ import annotations

from app.translate import mark

GROUPS: dict[str, str] = {
    "learned": mark("Learned"),
    "named": mark("Named by you"),
    "grid": mark("On grids"),
    "cut": mark("Cutting"),
    "keep": mark("On pieces"),
    "choose": mark("Choosing"),
    "merge": mark("Joining"),
    "rule": mark("Rules"),
    "procedure": mark("Procedures"),
}
FAMILIES: dict[str, tuple[str, str]] = {
    "symmetry": (mark("turning"), mark("Turns or flips the whole grid.")),
    "shift": (mark("shifting"), mark("Moves everything by one cell; what leaves the grid is gone.")),
    "roll": (mark("rolling"), mark("Moves everything by one cell; what leaves the grid comes in opposite.")),
    "enlarge": (mark("enlarging"), mark("Makes the grid larger: it unfolds, repeats or stretches.")),
    "crop": (mark("cropping"), mark("Keeps a part of the grid.")),
    "gravity": (mark("falling"), mark("Lets cells or shapes fall to one side.")),
    "ray": (mark("rays"), mark("Draws lines from coloured cells, or between two of a colour.")),
    "complete": (mark("completing"), mark("Repairs a symmetry or a pattern, or what is covered of it.")),
    "halves": (mark("two halves"), mark("Compares the two halves of the grid, or lays one over the other.")),
    "whole": (mark("the whole grid"), mark("Looks at the whole grid to clean, fill, crop or shrink it.")),
    "halo": (mark("halos"), mark("Paints the empty cells around everything.")),
    "fill": (mark("enclosed cells"), mark("Fills what is enclosed.")),
    "frame": (mark("frames"), mark("Puts a frame around the grid.")),
    "border": (mark("borders"), mark("Paints the outermost cells.")),
    "replace": (mark("replacing"), mark("Gives the cells of one colour another.")),
    "swap": (mark("swapping"), mark("Exchanges two colours.")),
    "paint": (mark("painting"), mark("Paints cells in a colour.")),
    "keep": (mark("one colour"), mark("Keeps one colour; everything else becomes empty.")),
    "scale": (mark("scale"), mark("Makes the grid larger or smaller by a factor that may follow from it.")),
    "area": (mark("areas"), mark("Fills holes and boxes, outlines shapes or hollows them out.")),
    "line": (mark("lines"), mark("Extends lines, or joins what lies in one line.")),
    "role": (mark("colours by number"), mark("Picks colours by how common they are in the grid.")),
    "continue": (mark("continuing"), mark("Continues a pattern to the edge.")),
    "between": (mark("around corners"), mark("Joins two marks by a line around one corner.")),
    "unfold": (mark("mirrors"), mark("Mirrors the grid beside itself; both share the edge.")),
    "turn": (
        mark("turning until"),
        mark("Turns the grid until something is true of it, or turns it back again."),
    ),
    "things": (mark("things"), mark("Cuts the grid into the things in it: objects, regions or colours.")),
    "parts": (mark("parts"), mark("Cuts the grid into parts: halves, blocks, rows, or what lines part.")),
    "keep pieces": (mark("keeping"), mark("Keeps some of the pieces, or drops them.")),
    "sort": (mark("sorting"), mark("Puts the pieces in order.")),
    "each": (mark("each piece"), mark("Changes every piece in its place.")),
    "most": (mark("most and least"), mark("Takes the one piece with the most or the least of something.")),
    "odd": (mark("the odd one"), mark("Takes the one piece that differs from the others.")),
    "join": (mark("joining"), mark("Makes one grid of the pieces.")),
    "over": (mark("laying over"), mark("Lays the result over the grid it came from.")),
    "keep painting": (
        mark("painting on"),
        mark("Paints where all conditions hold, again and again until nothing changes."),
    ),
    "take": (mark("taking a piece"), mark("Takes the one piece for which all conditions hold.")),
    "move": (mark("moving pieces"), mark("Moves the pieces for which all conditions hold.")),
    "change pieces": (mark("changing pieces"), mark("Changes the pieces for which all conditions hold.")),
    "each piece": (mark("a word for each piece"), mark("Does another word to every piece.")),
    "canvas": (mark("canvases"), mark("Gives the grid another size: a larger canvas, or an empty one.")),
    "copies": (mark("copies"), mark("Lays a copy of the grid for each of its cells that is meant.")),
    "renumber": (
        mark("numbering colours"),
        mark("Numbers the colours by the part they play, or gives them back."),
    ),
    "ray_call": (mark("ray"), mark("Draws from each place in one direction until something is in the way.")),
    "beam": (mark("beam"), mark("Draws from each place to the edge of the grid, over everything.")),
    "bounce": (mark("bounce"), mark("Draws diagonally and is thrown back at the sides.")),
    "fill_call": (mark("filling"), mark("Fills the empty area around each place.")),
    "drop": (mark("drop"), mark("Moves each piece until it touches something.")),
}
RULE_PAINT = mark("Paints the cells for which all conditions hold in one colour.")


def family_title(group: str, family: str) -> str:
    """Return what a family is called, before translation; empty for words without one."""
    return FAMILIES[_key(group, family)][0] if family else ""


def sentence(group: str, family: str) -> str:
    """Return what the words of a family do, before translation."""
    if group == "rule" and family == "paint":
        return RULE_PAINT
    return FAMILIES[_key(group, family)][1] if family else ""


def _key(group: str, family: str) -> str:
    """Return the key of a family: some procedures are called like families of exact words."""
    called = f"{family}_call"
    return called if group == "procedure" and called in FAMILIES else family
