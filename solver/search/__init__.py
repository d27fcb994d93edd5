"""How a program is found: the one public entry, the stages of the search, refinement, memory."""
