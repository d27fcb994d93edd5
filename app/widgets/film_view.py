"""Gradient refinement as a film: the starts, their words and the loss, live and afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSlider,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.state.film import Kept
from app.state.workbench import Workbench
from app.translate import counted, mark, tr
from app.widgets.cards import Cards
from app.widgets.following import FollowingPanel
from app.widgets.parts import IconButton, column, heading, label, make_surface
from app.widgets.thumbnail import thumbnail
from app.widgets.time_plot import TimePlot
from app.widgets.word_odds import WordOdds
from solver.words.film import Moment, Start
from solver.words.results import SolveOptions

FRAME_MS = 100
"""Between pictures while the film is played."""
LIVE_MS = 250
"""Between pictures while the search runs, which needs the processor too."""
PICTURE = 56
CARD = QSize(72, PICTURE + 26)
LEAST_TEXT = 260
"""Logical pixels of what is said where there is no film."""
NUMBER = Qt.ItemDataRole.UserRole
WORDS_ALONE = mark("No film yet: it begins with gradient refinement, which comes after the other stages.")
NOTHING = mark(
    "This search took no step of gradient refinement: it ended before, or its engine has none. "
    "Refine a program of learned words (Ctrl+Shift+R) to see one."
)
NO_SEARCH = mark("Press Solve: the starts of gradient refinement appear here, and how they change.")


class FilmSlider(QSlider):
    """Goes through the moments; the arrow keys, Home and End are its own."""


class FilmView(FollowingPanel):
    """Follows the run while it is seen; the keys of its slider scrub, Space on its button plays."""

    def __init__(self, bench: Workbench, options: Callable[[], SolveOptions]) -> None:
        super().__init__(bench.run, LIVE_MS)
        self._bench = bench
        self._options = options
        self._shown_grids: dict[int, int] = {}
        """By the number of a start: the identity of the grid that is drawn."""
        self._drawn: list[Start] = []
        """What is drawn, kept so that no other grid gets the same identity."""
        self._player = QTimer(self)
        self._player.setInterval(FRAME_MS)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        theme = self._bench.view.theme
        self.title = heading("")
        self.starts = Cards(tr("Starts"), PICTURE, CARD, rows=True)
        self.words_heading = heading("")
        self.odds = WordOdds(theme, self._bench.title_of_word)
        area = QScrollArea()
        area.setWidget(self.odds)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        make_surface(area.viewport(), "panel")
        make_surface(self.odds, "panel")
        self.plot = TimePlot(theme)
        self.empty = label("", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.left = column(self.title, self.starts)
        self.middle = column(self.words_heading, area)
        self.instead = column(self.empty)
        self.instead.setMinimumWidth(LEAST_TEXT)
        for part, stretch in (
            (self.instead, 5),
            (self.left, 5),
            (self.middle, 4),
            (column(self.plot), 4),
        ):
            self.parts.addWidget(part)
            self.parts.setStretchFactor(self.parts.count() - 1, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 10)
        layout.setSpacing(6)
        layout.addWidget(self.parts, 1)
        self.bar = QWidget()
        self.bar.setLayout(self._controls())
        layout.addWidget(self.bar)

    def _controls(self) -> QHBoxLayout:
        theme = self._bench.view.theme
        self.first = IconButton("first", tr("First moment"), theme)
        self.play = IconButton("play", tr("Play the film"), theme)
        self.last = IconButton("last", tr("Last moment; follow the search"), theme)
        self.slider = FilmSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("Moment of the film"))
        self.status = label("", "muted")
        self.keep = QPushButton(tr("Keep"))
        self.keep.setToolTip(tr("Keep this start at this moment, to refine from it later"))
        self.kept = QComboBox()
        self.kept.setAccessibleName(tr("Moments kept"))
        self.kept.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kept.setMinimumContentsLength(16)
        self.refine = QPushButton(tr("Refine from here"))
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        for button in (self.first, self.play, self.last):
            row.addWidget(button)
        row.addWidget(self.slider, 1)
        for widget in (self.status, self.keep, self.kept, self.refine):
            row.addWidget(widget)
        return row

    def _connect(self) -> None:
        bench = self._bench
        self._player.timeout.connect(self._next)
        self.follow_run()
        bench.pair_changed.connect(self._redraw)
        bench.vocabulary_changed.connect(self._redraw)
        bench.view.changed.connect(self._redraw)
        bench.view.theme_changed.connect(self._on_theme)
        self.first.clicked.connect(lambda: self.go(0))
        self.last.clicked.connect(lambda: self.go(len(bench.run.film.moments)))
        self.play.clicked.connect(self.toggle)
        self.slider.valueChanged.connect(self.go)
        self.plot.time_chosen.connect(self._go_to_time)
        self.starts.currentItemChanged.connect(self._on_start)
        self.keep.clicked.connect(self.keep_moment)
        self.kept.activated.connect(self._recall)
        self.refine.clicked.connect(self.refine_from_here)

    def on_shown(self, shown: bool) -> None:
        """Catch up once the dock is on top of its tab; play on only while it is seen."""
        super().on_shown(shown)
        if not shown:
            self._player.stop()

    def _on_theme(self) -> None:
        theme = self._bench.view.theme
        self.plot.set_theme(theme)
        self.odds.set_theme(theme)
        for button in (self.first, self.play, self.last):
            button.set_theme(theme)

    def _redraw(self) -> None:
        self._shown_grids = {}
        self.follow()

    def go(self, position: int) -> None:
        """Show the moment at a place of the film."""
        self._bench.run.film.go(position)
        self.refresh()

    def _go_to_time(self, at_s: float) -> None:
        self._player.stop()
        self._bench.run.film.go_to_time(at_s)
        self.refresh()

    def toggle(self) -> None:
        """Play from the moment shown, from the first if it is the last; or hold."""
        film = self._bench.run.film
        if self.playing:
            self._player.stop()
            film.hold()
        else:
            if film.following and not self._bench.run.solving:
                film.go(0)
            self._player.start()
        self.refresh()

    @property
    def playing(self) -> bool:
        """Whether the film goes on by itself, played or because the search does."""
        film = self._bench.run.film
        return self._player.isActive() or (film.following and self._bench.run.solving)

    def _next(self) -> None:
        film = self._bench.run.film
        if film.following:
            self._player.stop()
            self.refresh()
        else:
            self.go(film.position + 1)

    def keep_moment(self) -> None:
        """Keep the start looked at."""
        if self._bench.run.film.keep() is not None:
            self.refresh()

    def _recall(self, place: int) -> None:
        kept: Kept | None = self.kept.itemData(place)
        if kept is not None:
            self._player.stop()
            self._bench.run.film.recall(kept)
            self.refresh()

    def refine_from_here(self) -> None:
        """Begin gradient refinement at the words of the start looked at."""
        film = self._bench.run.film
        if film.start is not None and self._bench.can_start_from(film.start.program):
            film.keep()
            self._bench.refine_from(film.start.program, self._options())

    def _on_start(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._bench.run.film.number = item.data(NUMBER)
            self.refresh()

    @property
    def _pair(self) -> int:
        """Which demonstration the pictures show: that looked at on the board, or the first."""
        part, index = self._bench.pair
        return self._bench.run.film.demonstration(index if part == "train" else 0)

    def refresh(self) -> None:
        """Show the moment as it is now."""
        run, film = self._bench.run, self._bench.run.film
        moment = film.moment
        self.instead.setVisible(moment is None)
        for part in (self.left, self.middle):
            part.setVisible(moment is not None)
        self.bar.setVisible(moment is not None)
        nothing = WORDS_ALONE if run.solving else NOTHING if film.points else NO_SEARCH
        self.empty.setText(tr(nothing))
        at_s = moment.at_s if moment is not None and moment in film.moments else None
        self.plot.show_losses(film.points, film.spans, at_s)
        if moment is not None:
            self._show_moment(moment)

    def _show_moment(self, moment: Moment) -> None:
        film = self._bench.run.film
        starts, shown = counted(moment.count, "{n} start", "{n} starts"), len(film.starts)
        if shown < moment.count:
            starts = tr("{shown} of {starts}", shown=shown, starts=starts)
        text = tr("{starts}, on demonstration {pair}", starts=starts, pair=self._pair + 1)
        self.title.setText(text.upper())
        self._show_starts(film.starts, moment.best)
        start = film.start
        self.odds.show_start(start)
        if start is not None:
            text = tr("words of start {n}", n=start.number + 1)
            self.words_heading.setText(text.upper())
        self.status.setText(
            tr(
                "{at} s, round {round}, step {step}, temperature {temperature}",
                at=f"{moment.at_s:.1f}",
                round=moment.round,
                step=moment.step,
                temperature=f"{moment.temperature:.2f}",
            )
        )
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(film.moments) - 1))
        self.slider.setValue(film.position)
        self.slider.blockSignals(blocked)
        theme = self._bench.view.theme
        self.play.set_icon("pause" if self.playing else "play", theme)
        self._show_kept()
        ready = start is not None and self._bench.can_start_from(start.program)
        self.refine.setEnabled(ready)
        self.refine.setToolTip(
            tr("Begin gradient refinement at the likeliest words of this start; a running search ends")
            if ready
            else tr("Refinement needs learned words alone, and at least one")
        )

    def _show_starts(self, starts: tuple[Start, ...], best: Start) -> None:
        """Draw the starts whose grids are others than before; each stays in its place."""
        blocked = self.starts.blockSignals(True)
        while self.starts.count() > len(starts):
            self.starts.takeItem(self.starts.count() - 1)
        palette, ratio, pair = self._bench.view.look.palette, self.devicePixelRatioF(), self._pair
        film = self._bench.run.film
        chosen = film.start
        for place, start in enumerate(starts):
            item = self.starts.item(place)
            if item is None:
                item = QListWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
                self.starts.addItem(item)
                self._shown_grids.pop(place, None)
            grid = film.grid_of(start, pair)
            if self._shown_grids.get(place) != id(grid):
                item.setIcon(thumbnail(grid, PICTURE, palette, ratio))
                self._shown_grids[place] = id(grid)
            loss = f"{start.loss:.2f}"
            item.setText(f"★ {loss}" if start is best else loss)
            item.setData(NUMBER, start.number)
            text = tr("start {n}, loss {loss}", n=start.number + 1, loss=loss)
            if start is best:
                text = tr("{start}, the lowest", start=text)
            item.setToolTip(text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
            if chosen is not None and start.number == chosen.number:
                self.starts.setCurrentItem(item)
        self._drawn = list(starts)
        self.starts.blockSignals(blocked)

    def _show_kept(self) -> None:
        kept = self._bench.run.film.kept
        listed = [self.kept.itemData(place) for place in range(self.kept.count())]
        if listed == kept and listed:
            return
        self.kept.clear()
        for one in kept:
            words = " → ".join(map(self._bench.title_of, one.start.program.steps))
            self.kept.addItem(f"{one.moment.at_s:.1f} s, {one.start.loss:.3f}, {words}", one)
        self.kept.setCurrentIndex(self.kept.count() - 1)
        self.kept.setVisible(bool(kept))
