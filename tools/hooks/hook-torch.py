"""What a bundle takes of torch: the modules that imports lead to, with their sources, and the libraries.

PyInstaller's usual hook takes every submodule and data file. Sources are kept, as parts of torch compile
themselves from them. torch._dynamo, which building a model on the meta device loads, imports by name.
"""

from importlib.metadata import distribution
from pathlib import Path

from PyInstaller.utils.hooks import collect_dynamic_libs

TORCH = Path(str(distribution("torch").locate_file("torch")))
BY_NAME = ("_dynamo",)
"""Packages of torch whose modules are imported by names that no search finds."""

module_collection_mode = "pyz+py"
warn_on_missing_hiddenimports = False
hiddenimports = [
    ".".join(file.relative_to(TORCH.parent).with_suffix("").parts).removesuffix(".__init__")
    for package in BY_NAME
    for file in TORCH.joinpath(package).rglob("*.py")
]
binaries = collect_dynamic_libs("torch", search_patterns=["*.so", "*.so.*", "*.dylib", "*.dll"])
MANAGER = TORCH / "bin" / "torch_shm_manager"  # torch cannot be imported without it
if MANAGER.is_file():
    binaries.append((str(MANAGER), "torch/bin"))
