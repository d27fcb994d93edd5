"""How a puzzle is solved: the Neural Language Interpreter, its training and its searches."""
