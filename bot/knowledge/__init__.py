"""The knowledge base at work: its editions, what is learnt for it, its vectors."""
