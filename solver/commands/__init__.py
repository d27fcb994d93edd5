"""The commands of `python -m solver`, one module each with `add_to(parser)` and `run(options)`."""
