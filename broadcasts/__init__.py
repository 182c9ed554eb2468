"""Incidents and what is told about them."""
