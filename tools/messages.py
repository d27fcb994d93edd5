"""Collect the texts of the window for translators: python -m tools.messages [--language de].

Writes assets/translations/glossa_LANGUAGE.ts: new texts are added empty, texts that have gone are left out.
Translate what is empty, in an editor or in Qt Linguist, then run
`pyside6-lrelease assets/translations/glossa_LANGUAGE.ts`.
"""

from __future__ import annotations

import argparse
import ast
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from app.translate import CONTEXT, FOLDER

APP = Path(__file__).parents[1] / "app"
TEXTS = {"tr": (0,), "mark": (0,), "counted": (1, 2)}
"""Functions of `app.translate`, and which of their arguments are texts."""


def texts() -> list[str]:
    """Return every text of the window, each once, in the order of the source."""
    found: dict[str, None] = {}
    for file in sorted(APP.rglob("*.py")):
        for text in _texts_in(ast.parse(file.read_text(encoding="utf-8"))):
            found[text] = None
    return list(found)


def _texts_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for place in TEXTS.get(node.func.id, ()):
                argument = node.args[place] if place < len(node.args) else None
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def translations(file: Path) -> dict[str, str]:
    """Read a .ts file; texts that are not translated yet are left out."""
    found = {}
    for message in ET.parse(file).getroot().iter("message"):
        source, translation = message.findtext("source", ""), message.findtext("translation", "")
        if translation:
            found[source] = translation
    return found


def write(file: Path, language: str, known: dict[str, str]) -> None:
    """Write a .ts file with every text of the window and what is known of its translation."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text in texts():
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        if text in known:
            translation.text = known[text]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    file.parent.mkdir(parents=True, exist_ok=True)
    content = ET.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{content}\n', encoding="utf-8")


def main() -> int:
    """Bring a .ts file up to date and say what is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--language", default="de")
    language = parser.parse_args().language
    file = FOLDER / f"glossa_{language}.ts"
    known = translations(file) if file.is_file() else {}
    write(file, language, known)
    missing = [text for text in texts() if text not in known]
    print(f"{file.name}: {len(texts())} texts, {len(missing)} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
