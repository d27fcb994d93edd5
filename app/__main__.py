"""python -m app: the window, and its exports from the command line."""

import sys

from app.main import main

if __name__ == "__main__":
    sys.exit(main())
