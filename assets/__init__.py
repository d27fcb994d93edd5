"""Icons and shipped weights."""
