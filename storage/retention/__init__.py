"""What is kept no longer, and what is personal in what is kept."""
