"""The knowledge base in use: editions, training, vectors."""
