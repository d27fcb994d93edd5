"""What the pencil is: the tool, colour, selection, cursor and clipboard, and the edits made with them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.state import drawing
from app.state.document import Document
from app.state.draft import Draft, Place, blank, grid_at, pairs_of, with_grid
from app.state.drawing import Cell, Region
from app.state.view import ViewOptions
from app.translate import tr
from puzzles.grid import Grid


class Tool(Enum):
    """How dragging over a grid changes it; the value is its key."""

    PENCIL = "B"
    LINE = "L"
    RECTANGLE = "U"
    FILL = "G"
    PICK = "I"
    SELECT = "M"


class Mode(Enum):
    """What may be drawn on: nothing, the person's answers, or every grid of the puzzle."""

    LOOK = "look"
    ANSWER = "answer"
    EDIT = "edit"


class Drawable(Protocol):
    """What a widget needs to draw on the grids of a puzzle."""

    @property
    def document(self) -> Document:
        """The puzzle drawn on."""
        ...

    @property
    def editor(self) -> Editor:
        """The pencil."""
        ...

    @property
    def view(self) -> ViewOptions:
        """How things look."""
        ...


class Editor(QObject):
    """Edits the document; one grid at a time is active and takes commands without a selection.

    `changed` announces mode, tool, colour, selection, cursor and the active grid, `checked_changed` that
    answers were compared or are no longer.
    """

    changed = Signal()
    checked_changed = Signal()
    copied = Signal(object)
    """`Grid`"""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.mode = Mode.LOOK
        self.tool = Tool.PENCIL
        self.colour = 1
        self.active: Place | None = None
        self.selection: Region | None = None
        self.cursor: Cell = (0, 0)
        self.clipboard: Grid | None = None
        self.floating: Grid | None = None
        self.checked = False
        document.opened.connect(self._on_opened)
        document.changed.connect(self._on_changed)

    @property
    def enabled(self) -> bool:
        """Whether anything may be drawn on."""
        return self.mode is not Mode.LOOK

    def may_draw(self, place: Place) -> bool:
        """Whether the grid at `place` may be drawn on now."""
        return self.mode is Mode.EDIT or (self.mode is Mode.ANSWER and place.side == "answer")

    def set_enabled(self, enabled: bool) -> None:
        """Edit the puzzle, every grid of it, or look at it only."""
        self.set_mode(Mode.EDIT if enabled else Mode.LOOK)

    def set_mode(self, mode: Mode) -> None:
        """Allow drawing on what `mode` says."""
        self.mode = mode
        self.selection, self.floating = None, None
        if self.active is not None and not self.may_draw(self.active):
            self.active = None
        self.changed.emit()

    def choose_tool(self, tool: Tool) -> None:
        """Take another tool."""
        self.tool, self.floating = tool, None
        if tool is not Tool.SELECT:
            self.selection = None
        self.changed.emit()

    def choose_colour(self, colour: int) -> None:
        """Dip into another colour: any value that grids hold."""
        self.colour = colour
        self.changed.emit()

    def activate(self, place: Place, cursor: Cell | None = None) -> None:
        """Make the grid at `place` the one that commands act on."""
        if place != self.active:
            self.selection, self.floating = None, None
        self.active = place
        if cursor is not None:
            self.cursor = cursor
        self.changed.emit()

    def select(self, region: Region | None) -> None:
        """Select cells of the active grid."""
        self.selection = region
        self.changed.emit()

    @property
    def grid(self) -> Grid | None:
        """The active grid."""
        draft = self._document.draft
        if draft is None or self.active is None:
            return None
        if self.active.pair >= len(pairs_of(draft.puzzle, self.active.part)):
            return None
        return grid_at(draft, self.active)

    def put(self, text: str, grid: Grid) -> bool:
        """Replace the active grid as one undoable step; return whether it changed."""
        place = self.active
        return place is not None and self._document.edit(text, lambda draft: with_grid(draft, place, grid))

    def begin(self, place: Place) -> None:
        """Start the missing grid at `place` with a black one of its input's size."""
        draft = self._document.draft
        if draft is None:
            return
        self.activate(place, (0, 0))
        rows, columns = pairs_of(draft.puzzle, place.part)[place.pair].input.shape
        self.put(tr("start a grid"), blank(rows, columns))

    def resize(self, rows: int, columns: int) -> None:
        """Give the active grid another size."""
        grid = self.grid
        if grid is not None:
            self.put(tr("resize"), drawing.resized(grid, rows, columns))

    def copy_from_input(self) -> None:
        """Make the active output or answer a copy of its input."""
        draft, place = self._document.draft, self.active
        if draft is not None and place is not None and place.side != "input":
            self.put(tr("copy from input"), pairs_of(draft.puzzle, place.part)[place.pair].input)

    def clear(self) -> None:
        """Make the selection black, or all of the active grid."""
        self._change(tr("clear"), drawing.erased)

    def copy(self) -> None:
        """Keep the selection, or all of the active grid, for pasting."""
        grid = self.grid
        if grid is not None:
            self.take(drawing.cut_out(grid, self._target(grid)))

    def take(self, grid: Grid) -> None:
        """Keep a grid for pasting."""
        self.clipboard = grid
        self.copied.emit(grid)
        self.changed.emit()

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Let what was copied float over the selection or the cursor; a second time, drop it there."""
        if self.floating is not None:
            self.drop()
            return
        if self.grid is None or self.clipboard is None:
            return
        if self.selection is not None:
            self.cursor = (self.selection.top, self.selection.left)
        self.floating, self.selection = self.clipboard, None
        self.changed.emit()

    def paste_whole(self) -> None:
        """Make what was copied the active grid."""
        if self.grid is not None and self.clipboard is not None:
            self.selection, self.floating = None, None
            self.put(tr("paste"), self.clipboard)

    def crop(self) -> None:
        """Keep of the active grid what is selected and nothing else."""
        grid = self.grid
        inside = self.selection.clipped(grid) if grid is not None and self.selection is not None else None
        if grid is not None and inside is not None:
            self.selection = None
            self.put(tr("crop"), drawing.cut_out(grid, inside))

    def float_to(self, cell: Cell) -> None:
        """Move what floats, its top left corner to `cell`, which may lie outside the grid."""
        if self.floating is not None and cell != self.cursor:
            self.cursor = cell
            self.changed.emit()

    def drop(self) -> None:
        """Lay what floats on the grid and select it."""
        grid, piece, at = self.grid, self.floating, self.cursor
        self.floating = None
        if grid is None or piece is None:
            return
        self.put(tr("paste"), drawing.pasted(grid, piece, at))
        area = Region(at[0], at[1], at[0] + piece.shape[0] - 1, at[1] + piece.shape[1] - 1)
        self.tool = Tool.SELECT
        self._hold_cursor()
        self.select(area.clipped(grid))

    def put_away(self) -> None:
        """Paste nothing after all."""
        if self.floating is not None:
            self.floating = None
            self._hold_cursor()
            self.changed.emit()

    def _hold_cursor(self) -> None:
        """Bring the cursor back to the grid."""
        if self.grid is not None:
            rows, columns = self.grid.shape
            self.cursor = (max(0, min(rows - 1, self.cursor[0])), max(0, min(columns - 1, self.cursor[1])))

    def rotate(self) -> None:
        """Turn the selection in place, or all of the active grid, a quarter clockwise."""
        grid = self.grid
        if grid is None:
            return
        if self.selection is None:
            self.put(tr("rotate"), drawing.turned(grid))
            return
        area = self.selection
        piece = drawing.turned(drawing.cut_out(grid, area))
        self.put(tr("rotate"), drawing.pasted(drawing.erased(grid, area), piece, area[:2]))
        turned = Region(area.top, area.left, area.top + area.columns - 1, area.left + area.rows - 1)
        self.select(turned.clipped(grid))

    def flip(self, upside_down: bool = False) -> None:
        """Mirror the selection, or all of the active grid."""

        def change(grid: Grid, area: Region) -> Grid:
            piece = drawing.mirrored(drawing.cut_out(grid, area), upside_down)
            return drawing.pasted(grid, piece, area[:2])

        self._change(tr("flip"), change)

    def change_pairs(self, text: str, change: Callable[[Draft], Draft]) -> None:
        """Add, copy, move or delete pairs; positions shift, so no grid stays active."""
        self.active, self.selection = None, None
        self._document.edit(text, change)
        self.changed.emit()

    def check(self) -> None:
        """Compare the person's answers with the expected outputs, until the next edit."""
        self.checked = True
        self.checked_changed.emit()

    def _change(self, text: str, change: Callable[[Grid, Region], Grid]) -> None:
        grid = self.grid
        if grid is not None:
            self.put(text, change(grid, self._target(grid)))

    def _target(self, grid: Grid) -> Region:
        inside = self.selection.clipped(grid) if self.selection else None
        return inside or drawing.whole(grid)

    def _on_opened(self) -> None:
        """Look at another puzzle before anything of it can be drawn over."""
        self.checked = False
        self.set_mode(Mode.LOOK)

    def _on_changed(self) -> None:
        grid = self.grid
        if grid is None:
            self.active, self.selection, self.floating = None, None, None
        else:
            self._hold_cursor()
            self.selection = self.selection.clipped(grid) if self.selection else None
        self.checked = False
        self.checked_changed.emit()
        self.changed.emit()
