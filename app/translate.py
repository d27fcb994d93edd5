"""Texts in the person's own language.

Every text the window shows goes through `tr`; `python -m tools.messages` collects them for translators.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

CONTEXT = "Glossa"
"""The one context of all texts."""
SOURCE_LANGUAGE = "en"
FOLDER = Path(str(files("assets"))) / "translations"


def tr(text: str, /, **values: object) -> str:
    """Return `text` in the language of the window, with `{name}` replaced by the values given."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**values) if values else translated


def mark(text: str) -> str:
    """Return `text` as it is, for texts that are written before the language is known and shown by `tr`."""
    return text


def counted(number: int, one: str, many: str, /, **values: object) -> str:
    """Return `one` or `many` in the language of the window, with `{n}` replaced by the number."""
    return tr(one if number == 1 else many, n=number, **values)


def languages() -> list[str]:
    """Return the languages there are translations for, English first."""
    found = sorted(path.stem.removeprefix("glossa_") for path in FOLDER.glob("glossa_*.qm"))
    return [SOURCE_LANGUAGE, *found]


def use_language(choice: str) -> str:
    """Speak the language `choice`, e.g. "de", or the desktop's own for "system"; return the one spoken.

    Widgets read their texts when they are built, so this comes before the first window.
    """
    wanted = QLocale.system().uiLanguages() if choice == "system" else [choice]
    language = _first_known(wanted)
    if language != SOURCE_LANGUAGE:
        qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _install(Path(qt_texts) / f"qtbase_{language}.qm")
        _install(FOLDER / f"glossa_{language}.qm")
    return language


def _first_known(wanted: Iterable[str]) -> str:
    known = languages()
    return next((code[:2] for code in wanted if code[:2] in known), SOURCE_LANGUAGE)


def _install(file: Path) -> None:
    """Let texts be looked up in `file` first; a file that is missing or broken changes nothing."""
    app = QCoreApplication.instance()
    translator = QTranslator(app)
    if app is not None and translator.load(str(file)):
        app.installTranslator(translator)
