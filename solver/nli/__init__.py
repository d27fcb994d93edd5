"""The Neural Language Interpreter: inductor, executor, their words, configuration and weights."""
