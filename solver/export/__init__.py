"""Exports of programs as files that need nothing of this project."""
