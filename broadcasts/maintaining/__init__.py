"""Maintenance: planned, moved, called off; begun by the clock, ended by a person."""
