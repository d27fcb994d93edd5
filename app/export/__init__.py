"""What can be taken out of the window: programs, predictions, pictures and animations."""
