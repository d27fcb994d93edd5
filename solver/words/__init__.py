"""What can be said: words, programs, their language, and the exact operations behind exact words."""
