"""What a person sees: the Glossa window."""
