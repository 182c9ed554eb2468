"""What customers write: heard, edited, thanked for, hidden, answered by a menu."""
