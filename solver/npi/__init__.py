"""The neural programmer-interpreter: procedures on a scratch pad that call each other and loop."""
