"""Observable models of what the window shows; they use Qt's signals but none of its widgets."""
