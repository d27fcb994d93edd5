"""How the interpreter is trained: batches, objective, schedule, loop and report."""
