"""The menus: every command of the window, its name, shortcut and what it does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMenu

from app.everything import Everything, shortcuts_of
from app.plain import plain_tip
from app.services import Services
from app.settings import UserPaths
from app.state.attempts import is_chosen
from app.state.editor import Mode, Tool
from app.state.view import THEME_CHOICES
from app.theme import COLOUR_NAMES, MARKS, PALETTES
from app.translate import tr
from app.widgets.edit_bar import TOOLS
from app.widgets.help_page import Shortcut
from app.window import Window

Do = Callable[[], object]


class Actions:
    """Builds the menu bar of a window and keeps what must be enabled and disabled."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.everything = Everything(window)
        self._needs_puzzle: list[QAction] = []
        self._needs_program: list[QAction] = []
        self._needs_editing: list[QAction] = []
        self._needs_grid: list[QAction] = []
        self.step_actions: list[QAction] = []
        self._follow: list[Callable[[], None]] = []
        self._file_menu()
        self._edit_menu()
        self._puzzle_menu()
        self._solve_menu()
        self._program_menu()
        self._view_menu()
        self._help_menu()
        self._watch()
        self.refresh()

    def _watch(self) -> None:
        window, bench = self._window, self._window.bench
        window.program_strip.set_step_actions(
            [
                *self.step_actions,
                self.refine,
                self.search_on,
                self.draw_wanted,
                *self.wishes,
                self.name_steps,
                self.breakpoint,
            ],
            self.list_arguments,
        )
        window.solve_panel.answers.set_actions([*self.attempts, self.found_attempts, self.copy_answer])
        for changed in (
            bench.document.opened,
            bench.editor.changed,
            bench.document.changed,
            bench.pair_changed,
            bench.timeline.moved,
            bench.vocabulary_changed,
            bench.run.changed,
            bench.run.candidate_changed,
            bench.view.changed,
            bench.marked.changed,
        ):
            changed.connect(self.refresh)

    def refresh(self) -> None:
        """Enable what makes sense now."""
        bench = self._window.bench
        for action in self._needs_puzzle:
            action.setEnabled(bench.document.puzzle is not None)
        for action in self._needs_program:
            action.setEnabled(bench.run.candidate is not None)
        for action in self._needs_editing:
            action.setEnabled(bench.editor.enabled)
        for action in self._needs_grid:
            action.setEnabled(bench.editor.grid is not None)
        for action in self.step_actions:
            action.setEnabled(bench.can_edit_program and bench.timeline.position > 0)
        for action in self.attempts:
            action.setEnabled(bench.steering.can_choose_attempt)
        self.clear_marks.setEnabled(bool(bench.marked.marks))
        self.found_attempts.setEnabled(is_chosen(bench.run.choice) and not bench.run.solving)
        self.copy_answer.setEnabled(any(bench.run.attempts))
        self.go_on.setEnabled(bench.steering.can_go_on)
        self.name_steps.setEnabled(bench.steering.can_name_steps)
        self.draw_wanted.setEnabled(bool(bench.steering.states_here))
        self.correct.setEnabled(bench.steering.can_correct_answer)
        self.add_answer.setEnabled(bench.steering.can_add_answer)
        self.put_in.setEnabled(bench.can_edit_program)
        self.refine.setEnabled(bench.can_refine)
        self.search_on.setEnabled(bench.can_search_on)
        for action in self.wishes:
            action.setEnabled(bench.word_shown is not None)
        self.compare.setEnabled(self._window.solve_panel.can_compare)
        self.remembered.setEnabled(bool(bench.vocabulary))
        for follow in self._follow:
            follow()
        self.reveal.setChecked(bench.view.reveal)
        self.edit.setChecked(bench.editor.mode is Mode.EDIT)
        self.solve.setEnabled(bench.document.puzzle is not None and not bench.run.solving)
        self.cancel.setEnabled(bench.run.solving or bench.client.busy)
        self.pause.setEnabled(bench.run.solving)

    def _file_menu(self) -> None:
        desk = self._window.desk
        menu = self._menu(tr("&File"))
        self._add(menu, tr("&New puzzle"), "Ctrl+N", self._window.new_puzzle)
        self._add(menu, tr("&Open…"), "Ctrl+O", desk.ask_open)
        self._add(menu, tr("Open a &folder…"), "Ctrl+Shift+O", desk.ask_folder)
        self._recent = menu.addMenu(tr("Open &recent"))
        self._recent.aboutToShow.connect(self._list_recent)
        menu.addSeparator()
        puzzle = self._needs_puzzle
        puzzle.append(self._add(menu, tr("&Save"), "Ctrl+S", desk.save))
        puzzle.append(self._add(menu, tr("Save &as…"), "Ctrl+Shift+S", desk.save_as))
        menu.addSeparator()
        puzzle.append(self._add(menu, tr("&Export…"), "Ctrl+E", desk.show_exports))
        puzzle.append(self._add(menu, tr("Copy a &link to this moment"), "Ctrl+M", desk.copy_link))
        puzzle.append(self._add(menu, tr("Save this &moment…"), "", desk.save_moment))
        self._add(menu, tr("&Contact sheet of the list…"), "Ctrl+Shift+E", self._window.show_sheet)
        menu.addSeparator()
        self._add(menu, tr("&Quit"), "Ctrl+Q", self._window.close)

    def _list_recent(self) -> None:
        """Offer the files opened lately."""
        self._recent.clear()
        shelf = self._window.shelf
        for path in shelf.recent:
            action = self._recent.addAction(path.name, partial(self._window.open_path, path))
            action.setToolTip(plain_tip(str(path)))
        if shelf.recent:
            self._recent.addSeparator()
            self._recent.addAction(tr("&Forget these"), shelf.forget_recent)
        else:
            self._recent.addAction(tr("Nothing yet")).setEnabled(False)

    def _edit_menu(self) -> None:
        menu = self._menu(tr("&Edit"))
        stack = self._window.bench.document.undo_stack
        undo, redo = (
            stack.createUndoAction(self._window, tr("&Undo")),
            stack.createRedoAction(self._window, tr("&Redo")),
        )
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addActions([undo, redo])
        self._add(menu, tr("Re&play the drawing"), "F8", self._window.replay.toggle)
        menu.addSeparator()
        editor = self._window.bench.editor
        self.edit = self._add(menu, tr("&Edit the puzzle"), "E", None)
        self.edit.setCheckable(True)
        self.edit.triggered.connect(editor.set_enabled)
        self._needs_puzzle.append(self.edit)
        menu.addSeparator()
        clipboard = self._window.clipboard
        self._needs_puzzle.append(self._add(menu, tr("&Copy"), "Ctrl+C", clipboard.copy))
        for text, key, do in (
            (tr("Cu&t"), "Ctrl+X", editor.cut),
            (tr("&Paste"), "Ctrl+V", clipboard.paste),
            (tr("Paste as the &whole grid"), "Ctrl+Shift+V", clipboard.paste_whole),
            (tr("Cr&op to the selection"), "Ctrl+Shift+X", editor.crop),
            (tr("C&lear"), "Del", editor.clear),
            (tr("&Rotate clockwise"), "R", editor.rotate),
            (tr("Flip &left-right"), "H", editor.flip),
            (tr("Flip &top-bottom"), "V", lambda: editor.flip(upside_down=True)),
            (tr("Copy from the &input"), "Ctrl+I", editor.copy_from_input),
        ):
            self._needs_grid.append(self._add(menu, text, key, do))
        self._drawing_menus(menu)
        menu.addSeparator()
        self._add(menu, tr("&Settings…"), "Ctrl+,", self._window.show_settings)

    def _drawing_menus(self, menu: QMenu) -> None:
        editor = self._window.bench.editor
        menu.addSeparator()
        tools = menu.addMenu(tr("T&ool"))
        for tool in Tool:
            choose = partial(editor.choose_tool, tool)
            self._needs_editing.append(self._add(tools, tr(TOOLS[tool][1]), tool.value, choose))
        colours = menu.addMenu(tr("Colo&ur"))
        for value, name in enumerate(COLOUR_NAMES):
            dip = partial(editor.choose_colour, value)
            self._needs_editing.append(self._add(colours, tr(name).capitalize(), str(value), dip))

    def _puzzle_menu(self) -> None:
        browser = self._window.browser
        menu = self._menu(tr("&Puzzle"))
        self._add(menu, tr("&Next"), "Ctrl+PgDown", lambda: browser.step(1))
        self._add(menu, tr("&Previous"), "Ctrl+PgUp", lambda: browser.step(-1))
        self._add(menu, tr("&Random"), "Ctrl+R", browser.open_random)
        self._add(menu, tr("&Search"), "Ctrl+F", self._window.search)
        menu.addSeparator()
        reveal = self._add(menu, tr("Show the &expected test outputs"), "Ctrl+T", None)
        reveal.setCheckable(True)
        reveal.toggled.connect(self._window.bench.view.set_reveal)
        self.reveal = reveal
        self._needs_puzzle.append(
            self._add(menu, tr("&Check the answers"), "Ctrl+K", self._window.bench.editor.check)
        )
        bench = self._window.bench
        self.correct = self._add(
            menu, tr("Correct the program's &answer"), "Ctrl+Shift+A", self._correct_answer
        )
        self.add_answer = self._add(
            menu, tr("Make the answer a &demonstration"), "Ctrl+Shift+M", bench.steering.add_answer
        )
        menu.addSeparator()
        self._needs_puzzle.append(self._add(menu, tr("N&ote…"), "Ctrl+Shift+N", self._window.write_note))

    def _solve_menu(self) -> None:
        menu = self._menu(tr("&Solve"))
        self.solve = self._add(menu, tr("&Solve"), "Ctrl+Return", self._window.solve_panel.press)
        self.pause = self._add(menu, tr("&Pause or go on"), "Ctrl+P", self._window.bench.toggle_pause)
        self.cancel = self._add(menu, tr("&Cancel"), "Esc", self._window.bench.cancel)
        bench = self._window.bench
        self.go_on = self._add(menu, tr("Continue, &deeper"), "F5", self._window.solve_panel.go_on)
        menu.addSeparator()
        self._needs_puzzle.append(
            self._add(menu, tr("&Mark this object"), "Ctrl+Shift+K", bench.marked.toggle_pointed)
        )
        self.clear_marks = self._add(menu, tr("Take all mar&ks away"), "", bench.marked.clear)
        menu.addSeparator()
        self.attempts = [
            self._add(
                menu, tr("Make this answer attempt &1"), "Ctrl+1", lambda: bench.steering.choose_attempt(1)
            ),
            self._add(
                menu, tr("Make this answer attempt &2"), "Ctrl+2", lambda: bench.steering.choose_attempt(2)
            ),
        ]
        self.found_attempts = self._add(
            menu, tr("A&ttempts as found"), "Ctrl+Shift+1", bench.steering.choose_no_attempt
        )
        self.copy_answer = self._add(
            menu, tr("Cop&y the answer"), "Ctrl+Shift+C", self._window.clipboard.copy_answer
        )
        menu.addSeparator()
        self._add(menu, tr("Watc&h the search"), "Ctrl+Shift+W", self._window.watch_search)
        self._add(menu, tr("&Film of the refinement"), "Ctrl+Shift+F", self._window.show_film)
        self._add(menu, tr("A &whole collection…"), "Ctrl+Shift+Return", self._window.solve_collection)
        self._add(menu, tr("Sc&ore a submission…"), "", self._window.scoring.ask)

    def _program_menu(self) -> None:
        menu = self._menu(tr("Pro&gram"))
        self._stepping_actions(menu)
        menu.addSeparator()
        self._changing_actions(menu)
        menu.addSeparator()
        timeline = self._window.bench.timeline
        self.breakpoint = self._add(
            menu,
            tr("&Stop playing at this step"),
            "F9",
            lambda: timeline.toggle_breakpoint(timeline.position),
        )
        self._needs_program.append(self.breakpoint)
        menu.addSeparator()
        self.compare = self._add(
            menu, tr("C&ompare programs…"), "Ctrl+Shift+D", self._window.solve_panel.compare
        )
        self._add(menu, tr("Pro&cedures…"), "Ctrl+Shift+L", self._window.procedures.show)
        self.remembered = self._add(menu, tr("Re&membered programs…"), "", self._window.show_memory)

    def _stepping_actions(self, menu: QMenu) -> None:
        timeline = self._window.bench.timeline
        for text, key, do in (
            (tr("&First state"), "Home", lambda: timeline.step(-timeline.length)),
            (tr("Step &back"), "Left", lambda: timeline.step(-1)),
            (tr("&Play or pause"), "Space", timeline.toggle),
            (tr("Step &on"), "Right", lambda: timeline.step(1)),
            (tr("&Last state"), "End", lambda: timeline.step(timeline.length)),
        ):
            self._needs_program.append(self._add(menu, text, key, do))

    def _changing_actions(self, menu: QMenu) -> None:
        bench = self._window.bench
        self.put_in = self._add(menu, tr("P&ut in a word…"), "Ins", self._put_in)
        for text, key, do in (
            (tr("&Delete this step"), "Ctrl+Backspace", bench.delete_step),
            (tr("Move this step &earlier"), "Ctrl+Left", lambda: bench.move_step(-1)),
            (tr("Move this step &later"), "Ctrl+Right", lambda: bench.move_step(1)),
        ):
            self.step_actions.append(self._add(menu, text, key, do))
        self._arguments = menu.addMenu(tr("Change an &argument"))
        self._arguments.aboutToShow.connect(lambda: self.list_arguments(self._arguments))
        self.refine = self._add(menu, tr("&Refine from here"), "Ctrl+Shift+R", self._refine)
        self.search_on = self._add(menu, tr("Search on from &this step"), "Ctrl+G", self._search_on)
        self.draw_wanted = self._add(
            menu, tr("Draw what &is wanted here…"), "Ctrl+Shift+G", self._window.draw_wanted
        )
        self.wishes = [
            self._add(menu, tr("Search &without this word"), "", lambda: bench.wish(demand=False)),
            self._add(menu, tr("Search wit&h this word"), "", lambda: bench.wish(demand=True)),
        ]
        self.name_steps = self._add(menu, tr("&Name steps as a word…"), "F2", self._window.name_steps)

    def _correct_answer(self) -> None:
        """Take the program's answer over, and go to where it is drawn."""
        steering = self._window.bench.steering
        steering.correct_answer()
        if steering.test_meant is not None:
            self._window.board.go_to_answer(steering.test_meant)

    def _put_in(self) -> None:
        """Ask for a word that goes in after the step shown."""
        self._window.program_strip.ask_word(self._window.bench.timeline.position)

    def list_arguments(self, menu: QMenu) -> None:
        """Offer other values for every argument of the word shown."""
        menu.clear()
        bench = self._window.bench
        for argument in bench.arguments():
            values = menu.addMenu(argument.shown)
            for value, name in argument.choices:
                values.addAction(value, partial(bench.change_word, name))
        if menu.isEmpty():
            menu.addAction(tr("This step has none")).setEnabled(False)

    def _refine(self) -> None:
        self._window.bench.refine(self._window.solve_panel.options())

    def _search_on(self) -> None:
        self._window.bench.search_on(self._window.solve_panel.options())

    def _view_menu(self) -> None:
        view = self._window.bench.view
        menu = self._menu(tr("&View"))
        self._add(menu, tr("C&ommand palette…"), "Ctrl+Shift+P", self.everything.open)
        menu.addSeparator()
        self._choices(menu.addMenu(tr("&Theme")), THEME_CHOICES, lambda: view.theme_choice, view.choose_theme)
        palettes = {palette.key: palette.title for palette in PALETTES}
        colours, marks = menu.addMenu(tr("&Cell colours")), menu.addMenu(tr("&Write into cells"))
        self._choices(colours, palettes, lambda: view.look.palette.key, view.choose_palette)
        self._choices(marks, MARKS, lambda: view.look.marks, view.choose_marks)
        for text, key, shown, show in (
            (tr("&Rulers"), "Ctrl+L", lambda: view.rulers, view.show_rulers),
            (tr("&Differences from the expected"), "Ctrl+D", lambda: view.differences, view.show_differences),
            (tr("Cells it is un&sure of"), "Ctrl+U", lambda: view.confidence, view.show_confidence),
            (tr("All &drawing tools"), "", lambda: view.full_tools, view.show_full_tools),
        ):
            action = self._add(menu, text, key, None)
            action.setCheckable(True)
            action.setChecked(shown())
            action.triggered.connect(show)
            self._follow.append(partial(_check, action, shown))
        menu.addSeparator()
        self._add(menu, tr("Zoom &in"), "Ctrl++", lambda: view.set_zoom(view.zoom + 1))
        self._add(menu, tr("Zoom &out"), "Ctrl+-", lambda: view.set_zoom(view.zoom - 1))
        self._add(menu, tr("&Fit"), "Ctrl+0", lambda: view.set_zoom(0))
        menu.addSeparator()
        for dock in self._window.findChildren(QDockWidget):
            menu.addAction(dock.toggleViewAction())
        self._add(menu, tr("&Reset the layout"), "", self._window.reset_layout)

    def _help_menu(self) -> None:
        menu = self._menu(tr("&Help"))
        self._add(menu, tr("&Help"), "F1", self.show_help)
        self._add(menu, tr("&Take the tour"), "", self._window.take_tour)
        self._add(menu, tr("&About Glossa"), "", self._window.show_about)

    def show_help(self) -> None:
        """Open the help page with the shortcuts of these menus."""
        self._window.show_help([Shortcut(*entry) for entry in shortcuts_of(self._window)])

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _add(self, menu: QMenu, text: str, key: str, do: Do | None) -> QAction:
        action = QAction(text, self._window)
        if key:
            action.setShortcut(QKeySequence(key))
        if do is not None:
            action.triggered.connect(lambda _checked=False: do())
        menu.addAction(action)
        return action

    def _choices(
        self, menu: QMenu, choices: dict[str, str], current: Callable[[], str], choose: Callable[[str], None]
    ) -> None:
        group = QActionGroup(self._window)
        for key, title in choices.items():
            action = QAction(tr(title), self._window)
            action.setCheckable(True)
            action.setChecked(key == current())
            self._follow.append(partial(_tick, action, key, current))
            action.triggered.connect(lambda _checked=False, key=key: choose(key))
            group.addAction(action)
            menu.addAction(action)


def _tick(action: QAction, key: str, current: Callable[[], str]) -> None:
    """Tick one of several choices if it is the one taken, here or elsewhere."""
    action.setChecked(current() == key)


def _check(action: QAction, shown: Callable[[], bool]) -> None:
    """Tick a menu entry if what it stands for is chosen, here or elsewhere."""
    action.setChecked(shown())


def make_window(services: Services, paths: UserPaths) -> Window:
    """The window with its menus."""
    window = Window(services, paths)
    window.actions_ = Actions(window)
    return window
