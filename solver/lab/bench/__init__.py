"""The published comparisons: tasks, training of every method on the same data, tables."""
