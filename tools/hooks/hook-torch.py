"""What a bundle takes of torch: the modules that imports lead to, with their sources, and the libraries.

PyInstaller's usual hook takes every submodule and data file. Sources are kept, as parts of torch compile
themselves from them.
"""

from PyInstaller.utils.hooks import collect_dynamic_libs

module_collection_mode = "pyz+py"
binaries = collect_dynamic_libs("torch", search_patterns=["*.so", "*.so.*", "*.dylib", "*.dll"])
warn_on_missing_hiddenimports = False
