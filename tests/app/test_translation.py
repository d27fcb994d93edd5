"""Every text of the window can be translated, and German is complete."""

import ast
import re

from PySide6.QtCore import QLocale, QTranslator

from app.translate import CONTEXT, FOLDER, counted, languages, tr, use_language
from tests.app.fake import FakeSolver
from tools.messages import APP, texts, translations

SHOWING = {
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText",
    "setWindowTitle", "addAction", "addMenu", "QPushButton", "QCheckBox", "label", "heading", "show_error",
    "Face",
}  # fmt: skip
"""Calls whose strings a person reads."""
NAMES = {"heading", "muted", "title", "flat", "primary", "plain", "good", "bad", "warn", "ARC", "Glossa"}
"""Strings in such calls that name a style or a product."""


def fields(text):
    return sorted(re.findall(r"\{\w+\}", text))


def test_german_has_every_text_with_the_same_fields():
    known = translations(FOLDER / "glossa_de.ts")
    assert set(known) == set(texts())
    assert all(fields(source) == fields(translation) for source, translation in known.items())


def test_the_compiled_file_is_up_to_date(qapp):
    translator = QTranslator()
    assert translator.load(str(FOLDER / "glossa_de.qm"))
    for source, translation in translations(FOLDER / "glossa_de.ts").items():
        assert translator.translate(CONTEXT, source) == translation


def test_a_german_window_speaks_german(german, make_window, puzzle, qtbot):
    window = make_window()
    menus = [action.text() for action in window.menuBar().actions()]
    assert menus == ["&Datei", "&Bearbeiten", "&Puzzle", "&Lösen", "Pro&gramm", "&Ansicht", "&Hilfe"]
    assert window.board.welcome.isVisible()
    window.bench.open(puzzle)
    with qtbot.waitSignal(window.client.finished):
        window.solve_panel.press()
    assert window.solve_panel.face().title == "✓ Bestätigt"
    assert window.board.rows[-1].verdict.text() == "✓ richtig"
    assert window.program_strip.counter.text() == "Schritt 1 von 1"


def test_numbers_choose_their_form(german):
    assert counted(1, "{n} cell", "{n} cells") == "1 Zelle"
    assert counted(7, "{n} cell", "{n} cells") == "7 Zellen"


def test_what_nobody_translated_stays_english(qapp, monkeypatch):
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: ["fr-FR", "en-GB", "de-DE"])
    assert use_language("system") == "en"
    assert use_language("xx") == "en"
    assert tr("no such text {n}", n=3) == "no such text 3"
    assert languages() == ["en", "de"]


def spoken(node):
    """Words of a literal outside `tr`; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts = [node.value]
    elif isinstance(node, ast.JoinedStr):
        parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
    else:
        return []
    return [word for part in parts for word in re.findall(r"[A-Za-z]{3,}", part) if word not in NAMES]


def test_no_widget_is_given_a_text_that_cannot_be_translated():
    untranslated = []
    others = (APP / "window.py", APP / "actions.py", APP / "files.py")
    for file in (*sorted((APP / "widgets").glob("*.py")), *others):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in SHOWING and any(spoken(argument) for argument in node.args):
                    untranslated.append(f"{file.name}:{node.lineno}")
    assert not untranslated


def test_german_is_not_cut_where_words_are_longer(german, make_window, puzzle, qtbot):
    window = make_window(FakeSolver(endless=True))
    window.watch_search()
    header = window.search_view.tree.header()
    assert [header.sectionSize(i) >= header.sectionSizeHint(i) for i in (1, 2)] == [True, True], [
        header.sectionSizeHint(i) for i in (1, 2)
    ]
    window.bench.open(puzzle)
    window.solve_panel.press()
    qtbot.waitUntil(lambda: window.bench.run.progress is not None)
    panel = window.solve_panel
    panel._phase.setText("Gradienten-Verfeinerung")
    panel._clock.setText("12.3 s, höchstens noch 168 s")
    content = panel._clock.parentWidget()
    content.layout().activate()
    qtbot.waitUntil(lambda: content.width() == content.parentWidget().width())
    assert panel._clock.width() >= panel._clock.sizeHint().width()
    assert panel._phase.height() >= panel._phase.heightForWidth(panel._phase.width())
    window.bench.cancel()


def test_german_calls_a_puzzle_by_one_name_and_spaces_what_goes_on():
    for text in translations(FOLDER / "glossa_de.ts").values():
        for form in text if isinstance(text, (list, tuple)) else [text]:
            assert "Rätsel" not in str(form)
            assert not re.search(r"\w…$", str(form)), form
