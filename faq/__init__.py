"""The knowledge base and the matcher."""
