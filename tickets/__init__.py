"""A customer's matter, from question to close."""
