"""What the network saw and said at one step: the observation in words, probabilities as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.plain import plain_tip
from app.state.procedure_run import ProcedureRun
from app.state.procedure_words import component_title, component_value, made_text, pointer_title
from app.theme import Theme
from app.translate import mark, tr
from app.widgets.parts import heading, label, make_surface

BAR_LINE = 20
BAR_HEIGHT = 8
NAME_SHARE = 0.42
VALUE_WIDTH = 66
TOP_PROGRAMS = 4
COLUMNS_OF_SEEN = 2
AROUND = 9
"""Cells that a drawing procedure sees, as three rows of three."""
ARGUMENTS = (mark("1st argument"), mark("2nd argument"), mark("3rd argument"))
ACT_ARGUMENTS = (mark("pointer"), mark("action"), mark("value"))


@dataclass(frozen=True)
class Bar:
    """One probability."""

    name: str
    share: float
    chosen: bool = False


class Bars(QWidget):
    """Probabilities below each other, the one that was taken in the accent colour."""

    def __init__(self, what: str, theme: Theme) -> None:
        super().__init__()
        self._what, self._theme = what, theme
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(what)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other probabilities."""
        resized = len(bars) != len(self.bars)
        self.bars = tuple(bars)
        said = ", ".join(f"{bar.name} {_percent(bar.share)}" for bar in bars)
        self.setAccessibleName(f"{self._what}: {said}" if said else self._what)
        self.setToolTip(said)
        if resized:
            self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height the bars take."""
        return QSize(160, BAR_LINE * len(self.bars))

    def minimumSizeHint(self) -> QSize:
        """Return the height the bars take."""
        return QSize(80, BAR_LINE * len(self.bars))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name, bar and percentage, line by line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        theme, width = self._theme, self.width()
        names = int(width * NAME_SHARE)
        room = max(1, width - names - VALUE_WIDTH)
        centre = Qt.AlignmentFlag.AlignVCenter
        for line, bar in enumerate(self.bars):
            top = line * BAR_LINE
            painter.setPen(QColor(theme.text if bar.chosen else theme.muted))
            name = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, names - 6)
            painter.drawText(0, top, names, BAR_LINE, Qt.AlignmentFlag.AlignLeft | centre, name)
            value = (width - VALUE_WIDTH, top, VALUE_WIDTH, BAR_LINE)
            painter.drawText(*value, Qt.AlignmentFlag.AlignRight | centre, _percent(bar.share))
            painter.setPen(Qt.PenStyle.NoPen)
            box = QRectF(QPointF(names, top + (BAR_LINE - BAR_HEIGHT) / 2), QPointF(names + room, 0))
            box.setHeight(BAR_HEIGHT)
            painter.setBrush(QColor(theme.border))
            painter.drawRoundedRect(box, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
            box.setWidth(max(BAR_HEIGHT if bar.share > 0.005 else 0.0, room * bar.share))
            painter.setBrush(QColor(theme.accent if bar.chosen else theme.muted))
            painter.drawRoundedRect(box, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
        painter.end()


class StepCard(QWidget):
    """Follows the timeline of a `ProcedureRun`."""

    def __init__(self, procedure: ProcedureRun, theme: Theme) -> None:
        super().__init__()
        make_surface(self, "panel")
        self._procedure = procedure
        self._theme = theme
        self.title = label("", "", wrap=True)
        font = self.title.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.true = label("", "bad", wrap=True)
        self.hint = label("", "muted", wrap=True)
        self.returns = Bars(tr("Returns"), theme)
        self.programs = Bars(tr("Key matches"), theme)
        self.arguments = Bars(tr("Arguments"), theme)
        self._seen = QWidget()
        self._seen_labels: list[tuple[QLabel, QLabel]] = []
        self._seen_for = ("", 0)
        self._said = QWidget()
        self._arrange()
        procedure.chosen.connect(self.refresh)
        procedure.changed.connect(self.refresh)
        procedure.library_changed.connect(self.refresh)
        procedure.timeline.moved.connect(self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(5)
        self._saw = heading(tr("Saw"))
        for widget in (self.title, self.true, self.hint, self._saw, self._seen):
            layout.addWidget(widget)
        said = QVBoxLayout(self._said)
        said.setContentsMargins(0, 6, 0, 0)
        said.setSpacing(3)
        for title, bars in (
            (tr("Returns"), self.returns),
            (tr("Key matches"), self.programs),
            (tr("Arguments"), self.arguments),
        ):
            said.addWidget(heading(title))
            said.addWidget(bars)
        layout.addWidget(self._said)
        layout.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        for bars in (self.returns, self.programs, self.arguments):
            bars.set_theme(theme)

    def refresh(self) -> None:
        """Show the step before where one stands."""
        procedure = self._procedure
        position = procedure.position
        step = procedure.recording.steps[position - 1] if position else None
        self.title.setText(procedure.step_text() if step is None else f"{position}.  {procedure.step_text()}")
        self.true.setVisible(step is not None and step.wrong)
        if step is not None and step.wrong and step.true is not None:
            text = made_text(procedure.facts, step.true)
            self.true.setText(tr("The true procedure does here: {what}", what=text))
        self._saw.setVisible(step is not None)
        self._show_seen(step.seen if step is not None else ())
        thought = procedure.thoughts[position - 1] if position and procedure.thoughts else None
        self._said.setVisible(thought is not None)
        self.hint.setText(self._advice(step is not None, thought is not None))
        self.hint.setVisible(bool(self.hint.text()))
        if thought is None or step is None:
            return
        ends = step.made.kind == "return"
        self.returns.show_bars([Bar(tr("return now"), thought.end, ends)])
        library = procedure.library
        names = library.programs if library is not None else ()
        ranked = sorted(zip(names, thought.matches, strict=False), key=lambda pair: -pair[1])
        self.programs.show_bars(
            [Bar(name, share, not ends and not i) for i, (name, share) in enumerate(ranked[:TOP_PROGRAMS])]
        )
        act = step.made.kind == "act"
        titles = ACT_ARGUMENTS if act else ARGUMENTS
        pairs = zip(titles, thought.arguments, thought.argument_probabilities, strict=True)
        self.arguments.show_bars(
            [
                Bar(f"{tr(title)}: {self._argument(place, value, act)}", share, not ends)
                for place, (title, value, share) in enumerate(pairs)
            ]
        )

    def _argument(self, place: int, value: int, act: bool) -> str:
        pointers = self._procedure.facts.pointers
        return pointer_title(pointers[value]) if act and not place and value < len(pointers) else str(value)

    def _advice(self, stepped: bool, thought: bool) -> str:
        if not stepped:
            has_run = len(self._procedure.recording) > 0
            return tr("Step into the run to see what the network sees and says.") if has_run else ""
        return "" if thought else tr("What the network said is shown once the run has ended.")

    def _show_seen(self, seen: tuple[int, ...]) -> None:
        facts = self._procedure.facts
        if self._seen_for != (facts.environment, len(seen)):
            self._seen_for = (facts.environment, len(seen))
            self._lay_out_seen(len(seen))
        for (name, what), component, value in zip(self._seen_labels, facts.components, seen, strict=False):
            title, text = component_title(component), component_value(facts, component, value)
            name.setText(title)
            what.setText(text)
            what.setToolTip(plain_tip(f"{title}: {text}"))
            what.setAccessibleName(f"{title}: {text}")

    def _lay_out_seen(self, count: int) -> None:
        """Make labels for the numbers of an observation: nine cells around the eye lie as they are seen."""
        old, self._seen = self._seen, QWidget()
        layout = QGridLayout(self._seen)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(10)
        layout.setVerticalSpacing(2)
        self._seen_labels = []
        around = AROUND if self._procedure.facts.environment == "drawing" else 0
        for place in range(count):
            name, what = label("", "muted"), label("")
            self._seen_labels.append((name, what))
            if place < around:
                layout.addWidget(what, place // 3, 2 * (place % 3), 1, 2)
                continue
            row, column = divmod(place - around, COLUMNS_OF_SEEN)
            layout.addWidget(name, around // 3 + row, 3 * column, 1, 2)
            layout.addWidget(what, around // 3 + row, 3 * column + 2)
        for column in range(3 * COLUMNS_OF_SEEN):
            layout.setColumnStretch(column, 1)
        self._layout.replaceWidget(old, self._seen)
        old.hide()
        old.deleteLater()


def _percent(share: float) -> str:
    """A probability for people; never rounded up to certainty or down to none."""
    if 0 < share < 0.001:
        return "< 0.1 %"
    if 0.999 < share < 1:
        return "> 99.9 %"
    return f"{share * 100:.1f} %"
