"""How we are: what is counted while working, what waits, and whether anything stands still."""
