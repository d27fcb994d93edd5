"""What is said while a procedure is taught: what to do next, how learning stands, what stood in the way."""

from __future__ import annotations

from app.state.procedure_words import DIRECTIONS, PUSH, pointer_title
from app.state.recording import Arguments
from app.state.teaching import Teaching
from app.taught import POINTERS, Learned, NotLearned, Shown
from app.translate import counted, tr


def guide_text(teaching: Teaching) -> str:
    """What can be done now, or what could not be done just before."""
    if teaching.notice:
        return teaching.notice
    if teaching.recording:
        return tr("Recording: move the pointer, write, push or call. Done ends the demonstration.")
    if teaching.preparing:
        return tr("Draw the pad, put the eye where it begins, choose the hand colour; then Record.")
    if len(teaching.performed) < 2:
        return tr("Add another pad: of another size, where a step is repeated until something.")
    return tr("Learn now, or add one more pad.")


def learning_text(teaching: Teaching) -> str:
    """How learning stands, or what came of it."""
    if teaching.error:
        return teaching.error
    if teaching.learning:
        return _progress_text(teaching)
    if isinstance(teaching.result, Learned):
        return tr(
            "Learned after {iterations} iterations, {seconds} s: it does every demonstration again.",
            iterations=teaching.result.iterations,
            seconds=f"{teaching.result.seconds:.1f}",
        )
    return "" if teaching.result is None else _refusal(teaching, teaching.result)


def _progress_text(teaching: Teaching) -> str:
    if teaching.progress is None:
        return tr("loading the network…")
    if not teaching.progress.frames:
        return tr("looking for what is repeated…")
    frames = counted(teaching.progress.frames, "{n} frame", "{n} frames")
    return tr(
        "iteration {at}; {wrong} of {frames} wrong",
        at=teaching.progress.iterations,
        wrong=teaching.progress.wrong,
        frames=frames,
    )


def _refusal(teaching: Teaching, found: NotLearned) -> str:
    """Why it was not learned, with the demonstrations as they are numbered in the list."""
    places = [(teaching.performed[shown - 1] + 1, move) for shown, move in found.places]
    if found.why == "other steps" and len(places) == 2:
        (one, _), (other, move) = places
        return tr(
            "Not learned: demonstration {other} does otherwise than {one} from move {move} on. Each has to "
            "do the same, or to repeat one unit; a choice between steps cannot be learned.",
            other=other,
            one=one,
            move=move,
        )
    if found.why == "same view" and len(places) == 2:
        (on, before), (off, after) = places
        return tr(
            "Not learned: the same is seen in demonstration {on} after move {before}, where it goes on, "
            "and in demonstration {off} after move {after}, where it stops. Seen are the nine cells around "
            "the eye, what its piece is blocked by, and the cell under the pen.",
            on=on,
            before=before,
            off=off,
            after=after,
        )
    if places:
        return tr(
            "Not learned: demonstration {shown} is still done otherwise at move {move}. Another "
            "demonstration may help.",
            shown=places[0][0],
            move=places[0][1],
        )
    return tr("Not learned: {why}", why=found.sentence)


def shown_text(number: int, shown: Shown, recording: bool) -> str:
    """A line for the list of demonstrations."""
    if recording:
        return tr("{number}.  recording: {moves}", number=number, moves=_moves(shown))
    if not shown.groups:
        return tr("{number}.  to be done", number=number)
    rows, columns = shown.start.cells.shape
    return f"{number}.  {rows} × {columns}, {_moves(shown)}"


def _moves(shown: Shown) -> str:
    return counted(len(shown.moves), "{n} move", "{n} moves")


def group_text(group: tuple[Arguments, ...]) -> str:
    """A recorded move in words; a call that was made as its first move and how many follow."""
    which, action, value = group[0]
    pointer = pointer_title(POINTERS[which])
    if action < len(DIRECTIONS):
        text = f"{pointer} {tr(DIRECTIONS[action])}"
    elif action == PUSH:
        text = tr("push {direction}", direction=tr(DIRECTIONS[value]))
    else:
        text = tr("{pointer} writes", pointer=pointer)
    more = len(group) - 1
    return text + (" " + counted(more, "and {n} more", "and {n} more") if more else "")
