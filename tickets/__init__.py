"""Tickets: a customer's matter, from the question to its closing."""
