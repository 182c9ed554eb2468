"""Whom notices reach: subscribers by component, and people whom one incident concerns."""
