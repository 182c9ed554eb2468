"""What waits, for those who watch over us."""
