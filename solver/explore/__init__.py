"""Search over exact words: what a person would call rules, found without a network."""
