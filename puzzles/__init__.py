"""What a puzzle is: grids, demonstrations, collections and the exact operations on them."""
