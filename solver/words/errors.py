"""What a person got wrong, as opposed to what is wrong with the program."""

from __future__ import annotations


class UsageError(ValueError):
    """A setting has a value that does not exist here; the message names it and what was expected."""


class CheckpointError(ValueError):
    """Weights or their JSON cannot be read; the message names file, place and expectation."""


class DeviceError(ValueError):
    """There is no such device here."""
