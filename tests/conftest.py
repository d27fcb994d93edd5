"""Settings for every test: no window on the screen, and no time limit on single property examples."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine must not turn a correct property into a failure.
settings.register_profile("glossa", deadline=None)
settings.load_profile("glossa")
