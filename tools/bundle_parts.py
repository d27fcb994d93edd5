"""What belongs into a bundled application: our own modules and files, and what is left out of others'."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path, PurePosixPath

OUR_PACKAGES = ("app", "solver", "puzzles", "assets")
EXCLUDED = [
    # for measurements, tests, development and one export
    *("distributed", "onnx", "onnxscript", "onnx_ir", "pytest", "_pytest", "hypothesis", "tools", "tests"),
    *(
        "benchmarks",
        "mypy",
        "ruff",
        "IPython",
        "matplotlib",
        "scipy",
        "pandas",
        "tkinter",
        "pip",
        "PyInstaller",
    ),
    *("torch.utils.tensorboard", "torch.utils.benchmark", "tensorboard", "triton"),
    # parts of Qt that no window of ours has; pyqtgraph and hooks would bring them
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtQuickControls2"),
    *("PySide6.QtQuickTest", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtHelp", "PySide6.QtDesigner"),
    *("PySide6.QtUiTools", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtConcurrent"),
    *("PySide6.QtXml", "PySide6.QtDBus", "PySide6.QtSvgWidgets", "PySide6.QtPrintSupport"),
]
"""Modules that are not collected, whoever imports them."""
KEPT_PLUGINS = {
    "platforms": "xcb wayland offscreen minimal cocoa windows",
    "imageformats": "gif ico jpeg svg webp icns",
    "iconengines": "svgicon",
    "platforminputcontexts": "composeplatforminputcontextplugin ibusplatforminputcontextplugin",
    "platformthemes": "xdgdesktopportal",
    "styles": "modernwindowsstyle windowsvistastyle macstyle",
    "wayland-decoration-client": "bradient adwaita",
    "wayland-graphics-integration-client": "qt-plugin-wayland-egl",
    "wayland-shell-integration": "xdg-shell",
    "xcbglintegrations": "xcb-egl-integration xcb-glx-integration",
}
"""Qt's plugins by folder; what is in no folder here is left out."""
LANGUAGES = ("de",)
"""Languages the window speaks beside English; Qt's own texts are taken for these."""
_TORCH_LEFT_OUT = re.compile(
    r"torch/(include|share|test|csrc|bin(?!/torch_shm_manager$))/|torch/lib/\w*(test|backend_with_compiler|aoti_custom_ops)\w*\.so"
)
_QT_LIBRARY_LEFT_OUT = re.compile(
    r"(lib)?Qt6(Qml|Quick|VirtualKeyboard|Pdf|Sql|Test|Designer|Help|EglFS|EglFs|LabsQml|Labs|ShaderTools|Concurrent"
    r"|WaylandCompositor|WaylandEglCompositor|SvgWidgets|PrintSupport)\w*[.\d\w-]*"
)
_GTK = re.compile(
    r"lib(gtk|gdk|atk|atspi|pango|cairo|harfbuzz|gdk_pixbuf|epoxy|thai|datrie|fribidi|graphite)[\w.+-]*"
)
"""What Qt's theme for GTK would bring of this system."""


def modules(root: Path) -> list[str]:
    """Return the names of our modules: commands and engines are imported by name, which no search finds."""
    files = (
        file.relative_to(root) for package in OUR_PACKAGES for file in root.joinpath(package).rglob("*.py")
    )
    return sorted(".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files)


def assets(root: Path) -> list[tuple[str, str]]:
    """Return our files that are no modules, with the folders they go to: those the wheel carries."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["setuptools"]["package-data"]
    return [
        (str(file), str(PurePosixPath(file.relative_to(root).parent.as_posix())))
        for package, patterns in packed.items()
        for pattern in patterns
        for file in sorted(root.joinpath(package).glob(pattern))
    ]


def unneeded(name: str) -> bool:
    """Whether a file of a dependency is left out, by the name it would have in the bundle."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.parts[0] == "torch":
        return _TORCH_LEFT_OUT.match(str(path)) is not None
    if "plugins" in path.parts and path.parts[0] in ("PySide6", "shiboken6"):
        folder = path.parts[path.parts.index("plugins") + 1]
        plugin = path.name.split(".")[0].removeprefix("lib")
        kept = KEPT_PLUGINS.get(folder, "").split()
        return not {plugin, plugin.removeprefix("q")} & set(kept)
    if "translations" in path.parts and path.parts[0] == "PySide6":
        return path.name not in {f"qtbase_{language}.qm" for language in LANGUAGES}
    return _QT_LIBRARY_LEFT_OUT.fullmatch(path.name) is not None or (
        len(path.parts) == 1 and _GTK.fullmatch(path.name) is not None
    )
