import pytest
from PySide6.QtGui import QColor

from app.theme import DARK, LIGHT, PALETTES, palette_by_key


def luminance(colour):
    def linear(value):
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = QColor(colour).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(a, b):
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_text_reaches_wcag_aa(theme):
    for text in (theme.text, theme.muted, theme.good, theme.bad, theme.warn):
        for surface in (theme.window, theme.surface, theme.raised):
            assert contrast(text, surface) >= 4.5, (text, surface)
    for surface in (theme.window, theme.surface, theme.raised):
        assert contrast(theme.accent, surface) >= 4.5, surface
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.text, theme.accent_soft) >= 4.5


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.key)
def test_palettes_have_ten_different_colours(palette):
    assert len(set(palette.colours)) == 10


def test_an_unknown_palette_falls_back():
    assert palette_by_key("nonsense") is PALETTES[0]
