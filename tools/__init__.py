"""Scripts for those who work on the project; each is run as `python -m tools.NAME` from its root."""
