"""Methods the interpreter is compared with, built from the same blocks: in-context, TTT, LPN, D-LPN."""
