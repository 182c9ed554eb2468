"""Finding the entry that answers a question, in stages, with a probability."""
