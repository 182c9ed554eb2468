"""What is kept of a knowledge base: its versions, its vectors, and what is learnt for it."""
